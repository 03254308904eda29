"""The notebook server: its configuration, and the files it keeps."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path

import psutil
import pytest
from tests.stories.broken.story import Story, play, told
from tests.stories.machine import Machine, MakeMachine, pointed
from tests.stories.marked import VARIABLE, new_mark
from tests.variants import variants

pytestmark = pytest.mark.slow

PY = "home/.jupyter/jupyter_server_config.py"
JSON = "home/.jupyter/jupyter_server_config.json"
VIEWERS = "lab/user-settings/@jupyterlab/docmanager-extension/plugin.jupyterlab-settings"
LAB_SETTINGS = "lab/user-settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"


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


def headers(name: str, value: str, word: str) -> Story:
    """A config file that gives every answer a header; with that the page is of no use."""
    return config(
        f"c.ServerApp.tornado_settings = {{'headers': {{{name!r}: {value!r}}}}}", word=word
    )


def below_a_pattern(machine: Machine) -> None:
    was, now = machine.prefix, machine.root / "ml[2026]" / "venv"
    now.parent.mkdir()
    was.rename(now)
    machine.python = pointed(was, now)


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


def lab_settings_cut_short(machine: Machine) -> None:
    machine.write(f"home/.jupyter/{LAB_SETTINGS}", '{"codeCellConfig": {')


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


def settings_that_open_notebooks_as_text(machine: Machine) -> None:
    """JupyterLab alone is there: its page is the one that opens."""
    machine.remove(
        "@site/notebook",
        "@site/notebook-*",
        "venv/etc/jupyter/jupyter_server_config.d/notebook.json",
        "venv/bin/jupyter-notebook",
    )
    machine.write(f"home/.jupyter/{VIEWERS}", '{"defaultViewers": {"notebook": "Editor"}} // mine')


def overrides_that_open_notebooks_as_text(machine: Machine) -> None:
    told = {"@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"notebook": "JSON"}}}
    machine.write("venv/share/jupyter/lab/settings/overrides.json", told)


def a_cookie_of_root(machine: Machine) -> None:
    secret = machine.write("home/.local/share/jupyter/runtime/jupyter_cookie_secret", "secret\n")
    secret.chmod(0)
    machine.as_a_plain_user()


def a_secret_for_notebooks_of_root(machine: Machine) -> None:
    """Nothing keeps the server from starting; no notebook opens in it."""
    machine.write("home/.local/share/jupyter/notebook_secret", "secret\n").chmod(0)
    machine.as_a_plain_user()


def signatures_of_root(machine: Machine) -> None:
    """Nothing keeps the server from starting; no notebook is saved by it."""
    machine.write("home/.local/share/jupyter/nbsignatures.db", "").chmod(0o444)
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


def sockets_in_a_deep_folder(machine: Machine) -> None:
    """Ours is not as deep: there each kernel starts. What the learner starts answers 500."""
    machine.variables["JUPYTER_RUNTIME_DIR"] = str(machine.work / ("d" * 60) / ("e" * 60))
    machine.write(JSON, {"KernelManager": {"transport": "ipc"}})


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


def the_home_of_another_account(machine: Machine) -> None:
    """After `su` without `-`: what is in it may be read."""
    machine.write("teacher/.local/share/jupyter/runtime/readme", "")
    for folder, _, _ in os.walk(machine.at("teacher")):
        Path(folder).chmod(0o555)
        os.chown(folder, 65534, 65534)
    machine.variables["HOME"] = str(machine.at("teacher"))
    machine.as_a_plain_user()


def a_taken_port(machine: Machine) -> int:
    """Somebody listens there for as long as the story goes on."""
    listening = machine.closing.enter_context(socket.create_server(("127.0.0.1", 0)))
    return int(listening.getsockname()[1])


def one_port_by_a_file(machine: Machine) -> None:
    port = a_taken_port(machine)
    machine.write(PY, f"c.ServerApp.port = {port}\nc.ServerApp.port_retries = 0\n")


def one_port_by_variables(machine: Machine) -> None:
    machine.variables.update(JUPYTER_PORT=str(a_taken_port(machine)), JUPYTER_PORT_RETRIES="0")


def a_door_for_everybody(machine: Machine) -> None:
    machine.write(JSON, {"NotebookApp": {"ip": "0.0.0.0", "token": "", "password": ""}})


def half_of_jupyterlab(machine: Machine) -> None:
    """A variable that was left over from an older JupyterLab, and a build that was never finished."""
    machine.write("lab/static/package.json", "{}")
    machine.write(
        "lab/schemas/@jupyterlab/notebook-extension/tracker.json",
        {"title": "Notebook", "type": "object", "properties": {}},
    )
    machine.variables["JUPYTERLAB_DIR"] = str(machine.root / "lab")


def less_than_half_of_jupyterlab(machine: Machine) -> None:
    """Notebook's own page has its settings from there too, and gets none."""
    machine.write("lab/static/package.json", "{}")
    machine.variables["JUPYTERLAB_DIR"] = str(machine.root / "lab")


def cut_short(machine: Machine, pattern: str) -> None:
    """As where the disk was full while pip wrote it."""
    file = next(machine.prefix.glob(pattern))
    machine.write(str(file), file.read_bytes()[:5000])


def jupyterlab_opens(machine: Machine) -> None:
    """Notebook is not there: `jupyter lab` is what can be launched, and its page is half."""
    machine.remove(
        "@site/notebook",
        "@site/notebook-*",
        "venv/bin/jupyter-notebook",
        "venv/etc/jupyter/jupyter_server_config.d/notebook.json",
    )
    half_of_jupyterlab(machine)


def turned_off_for_the_environment(machine: Machine) -> None:
    machine.write(
        "venv/etc/jupyter/labconfig/page_config.json",
        {"disabledExtensions": {"@jupyterlab/notebook-extension": True}},
    )


def an_extension_of_the_environment(machine: Machine) -> None:
    """The disk was full while it was installed."""
    machine.write("venv/share/jupyter/labextensions/@bokeh/jupyter_bokeh/package.json")


OPENS_LAB = "c.JupyterNotebookApp.default_url = '/lab'\n"


def switched_off_by_a_line(machine: Machine) -> None:
    machine.write(PY, "c.ServerApp.jpserver_extensions = {'jupyterlab': False}\n" + OPENS_LAB)


def switched_off_for_the_environment(machine: Machine) -> None:
    """`jupyter server extension disable --sys-prefix jupyterlab`"""
    machine.write("home/.jupyter/jupyter_notebook_config.py", OPENS_LAB)
    machine.write(
        "venv/etc/jupyter/jupyter_server_config.d/jupyterlab.json",
        {"ServerApp": {"jpserver_extensions": {"jupyterlab": False}}},
    )


def the_other_page_switched_off(machine: Machine) -> None:
    machine.write(JSON, {"ServerApp": {"jpserver_extensions": {"jupyterlab": False}}})


def one_plugin_turned_off_at_home(machine: Machine) -> None:
    machine.write(
        "home/.jupyter/labconfig/page_config.json",
        {
            "disabledExtensions": {
                "@jupyterlab/docmanager-extension:manager": True,
                "@campus/a": True,
            }
        },
    )


def a_new_notebook_of_another_python(machine: Machine) -> None:
    """The kernel `python3` is the right one, and no new notebook gets it."""
    argv = ["/usr/bin/env", "no-such-python", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    machine.write(
        "home/.local/share/jupyter/kernels/campus/kernel.json",
        {"argv": argv, "display_name": "Campus", "language": "python"},
    )
    machine.write(PY, "c.MultiKernelManager.default_kernel_name = 'campus'\n")


STORIES = {
    "JupyterLab's part of the server is switched off": Story(
        switched_off_by_a_line,
        "page-part-turned-off",
        ("jupyterlab", "jupyter_server_config.py"),
        fixed=True,
        server=True,
    ),
    "JupyterLab's part is switched off for the environment": Story(
        switched_off_for_the_environment,
        "page-part-turned-off",
        ("jupyterlab", "jupyter_server_config.d/jupyterlab.json"),
        fixed=True,
        server=True,
    ),
    "the part of the other page is switched off": Story(
        the_other_page_switched_off,
        "other-page-broken",
        ("switches off the part of the server that it comes from, jupyterlab",),
        warns=True,
        fixed=True,
        server=True,
    ),
    "a runtime folder too deep for the sockets of kernels": Story(
        sockets_in_a_deep_folder,
        "jupyter-config-breaks",
        ("bytes is too long",),
        fixed=True,
        server=True,
    ),
    "a page of nbclassic's that is not there": config(
        "c.JupyterNotebookApp.default_url = '/nbclassic'", word="status 404"
    ),
    "a page of their own that is not there": config(
        "c.JupyterNotebookApp.default_url = '/welcome'", word="status 404"
    ),
    "notebooks that the list leaves out": config(
        "c.ContentsManager.hide_globs = ['__pycache__', '*.ipynb']", word="hide_globs has *.ipynb"
    ),
    "the notes of an environment's extension that are empty": Story(
        an_extension_of_the_environment,
        "lab-extension-breaks",
        ("package.json cannot be read",),
        fixed=True,
        server=True,
    ),
    "a password that is no hash": config(
        "c.PasswordIdentityProvider.hashed_password = 'my word'", word="a text that is no hash"
    ),
    "a hash that is cut off, by the older name": config(
        "c.NotebookApp.password = 'argon2:$argon2id$v=19'", word="cut off"
    ),
    "kernels looked for at a server that is gone": config(
        "c.ServerApp.websocket_url = 'ws://old-hub.invalid:8888'", word="no such name"
    ),
    "kernels looked for at a port of this machine where nobody is": config(
        "c.ServerApp.websocket_url = 'ws://localhost:9'", word="nobody answers there"
    ),
    "kernels looked for by what the server does not speak": config(
        "c.ServerApp.websocket_url = 'wss://localhost:8888'", word="your Jupyter is at http:"
    ),
    "kernels looked for below another address": config(
        "c.ServerApp.websocket_url = 'ws://localhost:8888/user/ada'", word="begin with /"
    ),
    "a config whose kernels draw elsewhere": config(
        "import os\nos.environ['MPLBACKEND'] = 'Agg'", word="showed nothing"
    ),
    "a config whose kernels ask for LaTeX": config(
        "import os\nos.environ['MATPLOTLIBRC'] = os.path.expanduser('~/tex')\n"
        "open(os.environ['MATPLOTLIBRC'], 'w').write('text.usetex: True')",
        word="latex could not be found",
    ),
    "a config whose files nobody may read": config(
        "import os\nos.umask(0o777)", word="jupyter/runtime/jpserver-"
    ),
    "a config that lets few messages of a kernel through": config(
        "c.ZMQChannelsWebsocketConnection.iopub_msg_rate_limit = 0.5", word="rate exceeded"
    ),
    "a config that lets no cell be run": config(
        "c.MappingKernelManager.allowed_message_types = ['kernel_info_request']",
        "websocket-blocked",
        "no answer from the kernel",
    ),
    "a config that speaks to kernels in another language": config(
        "c.Session.packer = 'pickle'\nc.Session.unpacker = 'pickle'",
        "websocket-blocked",
        "no answer from the kernel",
    ),
    "an environment below a folder that is a pattern": Story(
        below_a_pattern, "path-as-pattern", ("`ml[2026]`",), server=True
    ),
    "the settings that packages brought along are gone": Story(
        lambda machine: machine.remove("venv/etc"),
        "other-page-broken",
        ("etc/jupyter", "is missing"),
        warns=True,
        fixed=True,
        server=True,
    ),
    "no host is local": config("c.ServerApp.local_hostnames = []", word="status 403"),
    "other hosts are local": config("c.ServerApp.local_hostnames = ['pc.home']", word="status 403"),
    "a policy without what the page's scripts need": headers(
        "Content-Security-Policy", "frame-ancestors *, default-src 'self' data:", "'unsafe-eval'"
    ),
    "a page that is saved as a file": headers("Content-Disposition", "attachment", "attachment"),
    "a page that leads to another": headers(
        "Refresh", "0; url=https://hub.example.org/", "Refresh"
    ),
    "pictures that a policy forbids": headers(
        "Content-Security-Policy", "img-src 'self'", "the pictures that a cell draws"
    ),
    "a kernel that ends in every pause": config(
        "m = c.MappingKernelManager\nm.cull_idle_timeout, m.cull_connected = 20, True",
        "jupyter-ends-idle",
        "cull_idle_timeout = 20",
    ),
    "a server that ends itself": Story(
        lambda machine: machine.write(JSON, {"ServerApp": {"shutdown_no_activity_timeout": 20}}),
        "jupyter-ends-idle",
        ("after 20 s",),
        warns=True,
        fixed=True,
        server=True,
    ),
    "settings that open notebooks as text": Story(
        settings_that_open_notebooks_as_text,
        "notebooks-open-as-text",
        ("with Editor", "plugin.jupyterlab-settings"),
        fixed=True,
        server=True,
    ),
    "overrides that open notebooks as text": Story(
        overrides_that_open_notebooks_as_text,
        "notebooks-open-as-text",
        ("with JSON", "not the page that opens"),
        warns=True,
        fixed=True,
        server=True,
    ),
    "an address for display that nobody has": Story(
        lambda machine: machine.write(
            JSON, {"ServerApp": {"custom_display_url": "https://hub.no-such-name.invalid/user/ada"}}
        ),
        "jupyter-prints-dead-address",
        ("hub.no-such-name.invalid/user/ada", "no such name"),
        warns=True,
        fixed=True,
        server=True,
    ),
    "a page that opens with a notebook that is gone": Story(
        lambda machine: machine.write(
            JSON, {"JupyterNotebookApp": {"default_url": "/notebooks/week%201/gone.ipynb"}}
        ),
        "jupyter-prints-dead-address",
        ("it is to show week 1/gone.ipynb", "default_url = "),
        warns=True,
        fixed=True,
        server=True,
    ),
    "a cookie that no browser keeps": config(
        "c.IdentityProvider.cookie_options = {'path': '/hub/'}", word="keeps no cookie"
    ),
    "scripts that are not there": config(
        "c.JupyterNotebookApp.static_dir = '/no/such'", word="status 404"
    ),
    "half of JupyterLab": Story(
        half_of_jupyterlab,
        "other-page-broken",
        ("/lab", "JUPYTERLAB_DIR"),
        warns=True,
        fixed=True,
        server=True,
    ),
    "less than half of JupyterLab": Story(
        less_than_half_of_jupyterlab,
        "variable-breaks-python",
        ("JUPYTERLAB_DIR", "settings"),
        fixed=True,
        server=True,
    ),
    "a script of the page that was cut": Story(
        lambda machine: cut_short(
            machine, "lib/*/site-packages/notebook/static/notebook_core.*.js"
        ),
        "package-incomplete",
        ("notebook is installed incompletely", "notebook_core", "is cut short: 5000 of"),
        fixed=True,
        server=True,
    ),
    "a script of the other page that was cut": Story(
        lambda machine: cut_short(machine, "share/jupyter/lab/static/jlab_core.*.js"),
        "other-page-broken",
        ("jupyterlab is installed incompletely", "jlab_core"),
        warns=True,
        fixed=True,
        server=True,
    ),
    "half of JupyterLab, which opens": Story(
        jupyterlab_opens, "variable-breaks-python", ("JUPYTERLAB_DIR",), fixed=True, server=True
    ),
    "a part of the page is turned off": Story(
        turned_off_for_the_environment,
        "page-part-turned-off",
        ("notebook-extension",),
        fixed=True,
        server=True,
    ),
    "one plugin of the page is turned off": Story(
        one_plugin_turned_off_at_home,
        "page-part-turned-off",
        ("docmanager-extension:manager", "~/.jupyter/labconfig"),
        fixed=True,
        server=True,
    ),
    "a new notebook gets a kernel that is dead": Story(
        a_new_notebook_of_another_python,
        "jupyter-config-breaks",
        ("jupyter_server_config.py",),
        fixed=True,
        server=True,
    ),
    "one port only by a file, and taken": Story(
        one_port_by_a_file, "jupyter-port-taken", ("port_retries",), server=True
    ),
    "one port only by variables, and taken": Story(
        one_port_by_variables,
        "jupyter-port-taken",
        ("variables of this terminal",),
        fixed=True,
        server=True,
    ),
    "a name of another machine": config("c.ServerApp.ip = 'no-such-name.invalid'", word="no such"),
    "open to everybody": Story(
        a_door_for_everybody, "server-open-to-network", ("0.0.0.0",), warns=True, server=True
    ),
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
    "small notebooks alone may be saved": config(
        "c.ServerApp.max_body_size = 10_000", word="400 Bad Request"
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
    "settings of JupyterLab that were cut short": Story(
        lab_settings_cut_short,
        "jupyter-config-breaks",
        (f"~/.jupyter/{LAB_SETTINGS}",),
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
        "package-damaged",
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
    "signatures of root": Story(
        signatures_of_root,
        "jupyter-file-unreadable",
        ("nbsignatures.db", "cannot be written"),
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
    "the home of another account": Story(
        the_home_of_another_account,
        "home-missing",
        ("HOME=~", "not your home"),
        fixed=True,
        server=True,
    ),
    "a runtime folder of root": Story(
        a_runtime_folder_of_root, "jupyter-folder-unwritable", ("runtime",), fixed=True, server=True
    ),
}


@told(STORIES)
def test_a_broken_server(story: Story, make_machine: MakeMachine, wheels: Path) -> None:
    """The file with the fault is named, and the server runs a cell once it is out of the way."""
    play(story, make_machine, wheels, without_cells=True)


@pytest.mark.parametrize(
    "lines",
    variants(
        [
            "c.ServerApp.ip = '0.0.0.0'\n",
            "c.ServerApp.ip = '*'\nc.ServerApp.port_retries = 0\n",
            "for name in ('ip',):\n    setattr(c.ServerApp, name, '::')\n",
            "import sys\nc.ServerApp.ip = '127.0.0.1' if sys.argv[0] == '-c' else '0.0.0.0'\n",
        ],
        ["c.ServerApp.ip = '0.0.0.0'\n"],
    ),
)
def test_no_server_of_ours_listens_to_others(machine: Machine, lines: str) -> None:
    """However it is set: what the learner's server would do, ours never does."""
    machine.write(PY, lines)
    machine.variables[VARIABLE] = mark = new_mark()
    over, seen = threading.Event(), set[str]()

    def watch() -> None:
        while not over.wait(0.02):
            seen.update(listened_on(mark))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        said = machine.check("--only", "notebook-launches")
    finally:
        over.set()
        watching.join()
    assert said.status("notebook-launches") == "pass", said.report["diagnoses"]
    assert any(place.startswith("127.") for place in seen)
    assert {place for place in seen if not place.startswith(("127.", "::1"))} == set()


def listened_on(mark: str) -> set[str]:
    """The addresses on which processes with this mark listen now."""
    found = set[str]()
    try:
        connections = psutil.net_connections("inet")
    except (OSError, psutil.Error):  # a process went while its files were looked at
        return found
    for one in connections:
        try:
            if (
                one.status == psutil.CONN_LISTEN
                and one.laddr
                and one.pid
                and psutil.Process(one.pid).environ().get(VARIABLE) == mark
            ):
                found.add(str(one.laddr[0]))
        except psutil.Error:
            continue
    return found
