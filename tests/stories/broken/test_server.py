"""The notebook server: its configuration, and the files it keeps."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.stories.broken.story import Story, play, told
from tests.stories.machine import Machine, MakeMachine

pytestmark = pytest.mark.slow

PY = "home/.jupyter/jupyter_server_config.py"
JSON = "home/.jupyter/jupyter_server_config.json"


def config(
    line: str,
    code: str = "jupyter-config-breaks",
    word: str = "jupyter_server_config.py",
    *,
    known: str = "",
) -> Story:
    """A config file with one line that stops the server; moving it aside is the fix."""
    return Story(
        lambda machine: machine.write(PY, f"c = get_config()\n{line}\n"),
        code,
        (word,),
        fixed=True,
        server=True,
        known=known,
    )


def a_certificate_that_is_gone(machine: Machine) -> None:
    machine.write(
        JSON,
        {
            "ServerApp": {
                "certfile": str(machine.home / "cert.pem"),
                "keyfile": str(machine.home / "key.pem"),
            }
        },
    )


def a_folder_that_was_deleted(machine: Machine) -> None:
    machine.write(
        "home/.jupyter/jupyter_notebook_config.py",
        f"c.ServerApp.root_dir = '{machine.home}/courses/2019'\n",
    )


def json_with_a_comma_too_many(machine: Machine) -> None:
    machine.write(JSON, '{"ServerApp": {"open_browser": false,}}')


def json_that_is_a_list(machine: Machine) -> None:
    machine.write(JSON, "[]")


def an_extension_that_was_removed(machine: Machine) -> None:
    machine.write(
        "home/.jupyter/jupyter_server_config.d/nbgrader.json",
        {"ServerApp": {"jpserver_extensions": {"nbgrader.gone": True}}},
    )


def a_config_that_lets_no_websocket_through(machine: Machine) -> None:
    machine.write(
        PY,
        """\
        from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

        async def get(self, *words, **named):
            self.set_status(403, "not on this campus")
            self.finish()

        KernelWebsocketHandler.get = get
        """,
    )
    machine.write("home/.jupyter/jupyter_lab_config.py", "c.ServerApp.open_browser = False\n")


def half_of_the_server_and_no_list(machine: Machine) -> None:
    machine.remove("@site/jupyter_server/serverapp.py")
    machine.remove_list_of_files("jupyter_server")


def a_cookie_of_root(machine: Machine) -> None:
    secret = machine.write("home/.local/share/jupyter/runtime/jupyter_cookie_secret", "secret\n")
    secret.chmod(0)
    machine.as_a_plain_user()


def a_secret_for_notebooks_of_root(machine: Machine) -> None:
    """Nothing keeps the server from starting; no notebook opens in it."""
    machine.write("home/.local/share/jupyter/notebook_secret", "secret\n").chmod(0)
    machine.as_a_plain_user()


def a_folder_of_kernels_that_is_closed(machine: Machine) -> None:
    """The server comes up; its pages offer no kernel."""
    machine.write(
        "home/.local/share/jupyter/kernels/ir/kernel.json",
        {"argv": ["R"], "display_name": "R", "language": "R"},
    )
    machine.at("home/.local/share/jupyter/kernels").chmod(0)
    machine.as_a_plain_user()


def a_file_where_the_data_folder_belongs(machine: Machine) -> None:
    machine.write("home/.local/share/jupyter", "")


def a_home_on_a_disk_that_is_gone(machine: Machine) -> None:
    machine.at("home/.local").symlink_to("/media/ada/disk/.local")


def settings_to_move_and_no_way_to(machine: Machine) -> None:
    """IPython was used, Jupyter was not: it moves settings as it starts, into a folder that it may
    not write to.
    """
    machine.write("home/.ipython/profile_default/history.sqlite", "")
    machine.write("home/.jupyter/custom/custom.css", "")
    machine.at("home/.jupyter").chmod(0o555)
    machine.as_a_plain_user()


def a_runtime_folder_of_root(machine: Machine) -> None:
    machine.write("home/.local/share/jupyter/runtime/old", "")
    machine.at("home/.local/share/jupyter/runtime").chmod(0o555)
    machine.as_a_plain_user()


def a_port_of_the_administrators(machine: Machine) -> None:
    machine.write(PY, "c.ServerApp.port = 80\n")
    machine.wrap = [
        "unshare",
        "-n",
        "sh",
        "-c",
        'ip link set lo up; echo 1024 >/proc/sys/net/ipv4/ip_unprivileged_port_start; exec "$@"',
        "sh",
    ]
    machine.wrap += ["setpriv", "--bounding-set=-net_bind_service"]


def the_first_of_two_configs(machine: Machine) -> None:
    machine.write(PY, "c.KernelSpecManager.allowed_kernelspecs = {'julia-1.6'}\n")
    machine.write("home/.jupyter/jupyter_lab_config.py", "c.ServerApp.open_browser = False\n")


def a_home_that_is_nowhere(machine: Machine) -> None:
    """No folder above it can be made one, not even by an administrator."""
    machine.variables["HOME"] = "/proc/1/nohome"


STORIES = {
    "the address of another machine": config("c.ServerApp.ip = '198.51.100.7'"),
    "a kernel manager that is gone": config(
        "c.ServerApp.kernel_manager_class = 'campus.kernels.Manager'"
    ),
    "a contents manager that is gone": config(
        "c.ServerApp.contents_manager_class = 'pgcontents.PostgresContentsManager'"
    ),
    "a config that exits": config("import sys; sys.exit('use the campus hub')"),
    "a config that ends the process": config("import os; os._exit(3)"),
    "a config that allows other kernels only": config(
        "c.KernelSpecManager.allowed_kernelspecs = {'julia-1.6'}"
    ),
    "the first of two configs allows other kernels only": Story(
        the_first_of_two_configs,
        "jupyter-config-breaks",
        ("jupyter_server_config.py", "offers none"),
        fixed=True,
        server=True,
    ),
    "a port that is a text": config("c.ServerApp.port = '8888'", word="'8888'"),
    "a port of the administrator's": Story(
        a_port_of_the_administrators,
        "jupyter-config-breaks",
        ("may not open", "port = 80"),
        fixed=True,
        server=True,
    ),
    "a base address without an end": config("c.ServerApp.base_url = 5"),
    "a certificate that is gone": Story(
        a_certificate_that_is_gone,
        "jupyter-config-names-missing-file",
        ("certfile",),
        fixed=True,
        server=True,
    ),
    "a folder that was deleted": Story(
        a_folder_that_was_deleted,
        "jupyter-config-names-missing-file",
        ("root_dir",),
        warns=True,
        fixed=True,
        server=True,
    ),
    "JSON with a comma too many": Story(
        json_with_a_comma_too_many,
        "jupyter-config-ignored",
        ("jupyter_server_config.json",),
        warns=True,
        fixed=True,
        server=True,
    ),
    "JSON that is a list": Story(
        json_that_is_a_list,
        "jupyter-config-breaks",
        ("~/.jupyter/jupyter_server_config.json",),
        fixed=True,
        server=True,
    ),
    "an extension that was removed": Story(
        an_extension_that_was_removed,
        "server-extension-missing",
        ("nbgrader.gone",),
        warns=True,
        fixed=True,
        server=True,
    ),
    "a config that lets no WebSocket through": Story(
        a_config_that_lets_no_websocket_through,
        "websocket-blocked",
        ("jupyter_server_config.py", "not on this campus"),
        fixed=True,
        server=True,
    ),
    "half of the server, and no list of its files": Story(
        half_of_the_server_and_no_list,
        "server-does-not-start",
        ("serverapp",),
        fixed=True,
        server=True,
    ),
    "a cookie secret of root": Story(
        a_cookie_of_root,
        "jupyter-file-unreadable",
        ("jupyter_cookie_secret",),
        fixed=True,
        server=True,
        always=True,
    ),
    "a secret for notebooks of root": Story(
        a_secret_for_notebooks_of_root,
        "jupyter-file-unreadable",
        ("notebook_secret",),
        fixed=True,
        server=True,
    ),
    "a folder of kernels that is closed": Story(
        a_folder_of_kernels_that_is_closed,
        "jupyter-file-unreadable",
        ("kernels",),
        fixed=True,
        server=True,
    ),
    "a file where the data folder belongs": Story(
        a_file_where_the_data_folder_belongs,
        "jupyter-folder-blocked",
        ("a file stands",),
        fixed=True,
        server=True,
    ),
    "a home on a disk that is gone": Story(
        a_home_on_a_disk_that_is_gone, "jupyter-folder-blocked", ("/media/ada/disk",), server=True
    ),
    "settings to move, and no way to": Story(
        settings_to_move_and_no_way_to,
        "jupyter-folder-unwritable",
        ("configuration",),
        fixed=True,
        server=True,
    ),
    "a home that is nowhere": Story(
        a_home_that_is_nowhere, "home-missing", ("HOME=", "/proc/1"), fixed=True, server=True
    ),
    "a runtime folder of root": Story(
        a_runtime_folder_of_root, "jupyter-folder-unwritable", ("runtime",), fixed=True, server=True
    ),
}


@told(STORIES)
def test_a_broken_server(story: Story, make_machine: MakeMachine, wheels: Path) -> None:
    """The file with the fault is named, and the server runs a cell once it is out of the way."""
    play(story, make_machine, wheels)
