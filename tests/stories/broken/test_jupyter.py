"""Jupyter itself: parts that are missing or too old, and the command `jupyter`."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.stories.broken.story import Story, play, told
from tests.stories.machine import Machine, MakeMachine, clone
from tests.stories.uv_links import linked

pytestmark = pytest.mark.slow


def events_gone(machine: Machine) -> None:
    machine.remove("@site/jupyter_events", "@site/jupyter_events-*")


def an_older_jinja2(machine: Machine) -> None:
    machine.pip("install", "--no-deps", "jinja2==2.11.3")


def an_older_traitlets(machine: Machine) -> None:
    machine.pip("install", "--no-deps", "traitlets==4.3.3", "ipython_genutils", "decorator")


def an_older_pyzmq(machine: Machine) -> None:
    machine.pip("install", "--no-deps", "pyzmq==24.0.1")


def an_older_anyio(machine: Machine) -> None:
    """It needs sniffio, which nobody else does: still it is its age that is to be mended."""
    machine.pip("install", "--no-deps", "anyio==3.0.1")


def an_older_jsonschema(machine: Machine) -> None:
    """It needs pyrsistent, which newer ones do without."""
    machine.pip("install", "--no-deps", "jsonschema==3.2.0")


def an_older_ipython(machine: Machine) -> None:
    machine.pip("install", "--no-deps", "ipython==7.23.0")


def an_older_jupyterlab_server(machine: Machine) -> None:
    """It asks for an old jupyter_server, and for packages that nobody has."""
    machine.pip("install", "--no-deps", "jupyterlab_server==2.10.0")


def several_of_another_year(machine: Machine) -> None:
    old = ("jupyter_client==7.0.0", "traitlets==4.3.3", "jupyterlab_server==2.10.0")
    machine.pip("install", "--no-deps", *old)


def a_notebook_of_another_year(machine: Machine) -> None:
    """Its own notes allow any newer traitlets, and today's is one that it cannot work with."""
    machine.pip("install", "--no-deps", "notebook==6.4.12", "ipython_genutils", "nest_asyncio")


def localhost_of_another_machine(machine: Machine) -> None:
    """A wrong line in /etc/hosts: Jupyter, told to, cannot listen at an address that is not here."""
    machine.write("home/.jupyter/jupyter_server_config.py", "c.ServerApp.ip = 'localhost'\n")
    hosts = machine.write("hosts", "203.0.113.9 localhost\n")
    machine.wrap = ["unshare", "-m", *machine.wrap]
    machine.limited(f"mount --bind {hosts} /etc/hosts")


def half_of_tornado(machine: Machine) -> None:
    machine.remove("@site/tornado/web.py", "@site/tornado/websocket.py")


def half_of_jupyter_core(machine: Machine) -> None:
    machine.remove("@site/jupyter_core")


def modules_of_jupyter_gone(machine: Machine) -> None:
    """Nor is there a list of files that would say so."""
    machine.remove("@site/notebook", "@site/jupyterlab")
    machine.remove_list_of_files("notebook")
    machine.remove_list_of_files("jupyterlab")


def an_environment_with_a_space_in_its_path(machine: Machine) -> None:
    """Made by a tool that writes the path into a script's first line as it is."""
    machine.python = clone(machine.prefix, machine.root / "my course" / "venv")


def pages_of_the_notebook_gone(machine: Machine) -> None:
    machine.remove("@site/notebook/templates")


def the_command_of_a_moved_environment(machine: Machine) -> None:
    moved = machine.root / "renamed"
    machine.prefix.rename(moved)
    machine.python = moved / "bin" / "python"


def activated_after_it_moved(machine: Machine) -> None:
    """`source .venv/bin/activate` leads to the folder's old name, where nothing is."""
    old, place = machine.prefix, machine.work / ".venv"
    old.rename(place)
    machine.python = place / "bin" / "python"
    machine.variables.update(VIRTUAL_ENV=str(old), PATH=f"{old}/bin:/usr/bin:/bin")


def the_command_of_another_environment(machine: Machine) -> None:
    other = clone(machine.prefix, machine.root / "other")
    machine.variables["PATH"] = f"{other.parent}:{machine.python.parent}:/usr/bin:/bin"
    machine.name_python = True


def commands_not_on_path(machine: Machine) -> None:
    machine.variables["PATH"] = "/usr/bin:/bin"
    machine.name_python = True


def the_command_deleted(machine: Machine) -> None:
    machine.remove("venv/bin/jupyter")


def line_ends_of_windows(machine: Machine) -> None:
    for file in machine.prefix.glob("bin/jupyter*"):
        machine.write(str(file), file.read_bytes().replace(b"\n", b"\r\n"))


def a_part_of_an_environment_that_moved(machine: Machine) -> None:
    """`pip install --force-reinstall jupyter-core` mended the command that is typed, and no other."""
    file = machine.prefix / "bin" / "jupyter-notebook"
    text = file.read_text().replace(str(machine.prefix), "/home/ada/old/.venv")
    machine.write(str(file), text)


def a_part_without_permission(machine: Machine) -> None:
    machine.write(
        "venv/bin/jupyter-notebook", machine.at("venv/bin/jupyter-notebook").read_text(), 0o644
    )


def a_wrapper_that_is_dead(machine: Machine) -> None:
    machine.write("tools/jupyter", '#!/bin/sh\nexec /opt/anaconda3/bin/jupyter "$@"\n', 0o755)
    machine.variables["PATH"] = f"{machine.root}/tools:{machine.python.parent}:/usr/bin:/bin"


def the_command_of_a_python_that_was_removed(machine: Machine) -> None:
    machine.write("local/bin/jupyter", "#!/opt/python3.8/bin/python3.8\nimport sys\n", 0o755)
    machine.variables["PATH"] = f"{machine.root}/local/bin:{machine.python.parent}:/usr/bin:/bin"


def jupyter_of_a_tool(machine: Machine) -> None:
    """As `uv tool install jupyterlab` leaves it: its programs are linked into a folder on PATH."""
    tool = clone(machine.prefix, machine.root / "tools" / "jupyterlab").parent.parent
    machine.write("tools/jupyterlab/uv-receipt.toml", "[tool]\n")
    machine.remove(
        "@site/notebook*", "@site/jupyterlab*", "venv/bin/jupyter-notebook", "venv/bin/jupyter-lab*"
    )
    (machine.root / "bin").mkdir()
    (machine.root / "bin" / "jupyter-lab").symlink_to(tool / "bin" / "jupyter-lab")
    machine.variables["PATH"] = f"{machine.python.parent}:{machine.root}/bin:/usr/bin:/bin"


def a_browser_in_a_path_with_a_space(machine: Machine) -> None:
    """As guides for WSL have it, without quotes of its own."""
    machine.write("venv/bin/firefox", "#!/bin/sh\n", 0o755)
    machine.write(
        "home/.jupyter/jupyter_notebook_config.py",
        "c.NotebookApp.browser = '/mnt/c/Program Files/Google/Chrome/Application/chrome.exe %s'\n",
    )
    machine.variables["DISPLAY"] = ":9"


STORIES = {
    "a browser in a path with a space": Story(
        a_browser_in_a_path_with_a_space,
        "browser-setting-broken",
        ("/mnt/c/Program Files",),
        warns=True,
    ),
    "Jupyter of uv tool install": Story(
        jupyter_of_a_tool,
        "jupyter-in-tool-environment",
        ("`jupyter-lab` lives in an environment of its own (uv tool install)",),
        fixed=True,
        kind="linked",
    ),
    "jupyter_events missing": Story(
        events_gone, "dependency-missing", ("jupyter-events",), fixed=True, server=True
    ),
    "jinja2 too old": Story(
        an_older_jinja2,
        "dependency-wrong-version",
        ("Jinja2 2.11.3", "too old"),
        fixed=True,
        server=True,
    ),
    "traitlets too old": Story(
        an_older_traitlets,
        "dependency-wrong-version",
        ("traitlets 4.3.3", "too old"),
        fixed=True,
        server=True,
    ),
    "pyzmq too old": Story(
        an_older_pyzmq, "dependency-wrong-version", ("pyzmq 24.0.1", "too old"), fixed=True
    ),
    "anyio too old, and its own dependency missing": Story(
        an_older_anyio,
        "dependency-wrong-version",
        ("anyio 3.0.1", "too old"),
        fixed=True,
        server=True,
    ),
    "jsonschema too old, and its own dependency missing": Story(
        an_older_jsonschema,
        "dependency-wrong-version",
        ("jsonschema 3.2.0", "too old"),
        fixed=True,
        server=True,
    ),
    "ipython too old, and its own dependencies missing": Story(
        an_older_ipython, "dependency-wrong-version", ("ipython 7.23.0", "too old"), fixed=True
    ),
    "jupyterlab_server too old": Story(
        an_older_jupyterlab_server,
        "dependency-wrong-version",
        ("jupyterlab_server 2.10.0", "too old"),
        fixed=True,
        server=True,
    ),
    "three parts of another year": Story(
        several_of_another_year,
        "dependency-wrong-version",
        ("traitlets 4.3.3", "jupyter_client 7.0.0"),
        fixed=True,
        server=True,
    ),
    "a notebook of another year": Story(
        a_notebook_of_another_year,
        "packages-do-not-fit",
        ("notebook 6.4", "traitlets", "stacklevel"),
        server=True,
    ),
    "localhost is another machine": Story(
        localhost_of_another_machine, "localhost-elsewhere", ("203.0.113.9",), server=True
    ),
    "half of tornado": Story(
        half_of_tornado, "package-incomplete", ("tornado",), fixed=True, server=True
    ),
    "Jupyter's links into a cache that was cleaned": Story(
        lambda machine: linked(machine, "notebook", "jupyterlab"),
        "package-incomplete",
        ("notebook, jupyterlab", "METADATA is a link to a place that is gone"),
        fixed=True,
        server=True,
    ),
    "jupyter_core deleted, its metadata left": Story(
        half_of_jupyter_core, "package-incomplete", ("jupyter-core",), fixed=True
    ),
    "Jupyter's modules deleted, and no list of them": Story(
        modules_of_jupyter_gone, "jupyter-damaged", ("notebook",), fixed=True, server=True
    ),
    "a space in the environment's path": Story(
        an_environment_with_a_space_in_its_path,
        "space-in-script-path",
        ("my course",),
        fixed=True,
        kind="linked",
    ),
    "Notebook without its pages": Story(
        pages_of_the_notebook_gone, "package-incomplete", ("notebook",), fixed=True, server=True
    ),
    "environment renamed": Story(
        the_command_of_a_moved_environment,
        "environment-moved",
        ("moved or renamed",),
        fixed=True,
        always=True,
    ),
    "environment renamed, then activated": Story(
        activated_after_it_moved, "environment-moved", ("the line that activates it",), fixed=True
    ),
    "jupyter of another environment": Story(
        the_command_of_another_environment,
        "jupyter-of-other-python",
        ("different environment",),
        warns=True,
        kind="linked",
    ),
    "commands not on PATH": Story(
        commands_not_on_path, "scripts-not-on-path", ("not on PATH",), warns=True
    ),
    "jupyter's command deleted": Story(
        the_command_deleted, "scripts-not-on-path", ("missing from the folder",), warns=True
    ),
    "commands with the line ends of Windows": Story(
        line_ends_of_windows, "jupyter-command-dead", ("carriage return",), fixed=True
    ),
    "what jupyter starts is of an environment that moved": Story(
        a_part_of_an_environment_that_moved,
        "environment-moved",
        ("/home/ada/old/.venv",),
        fixed=True,
        server=True,
    ),
    "what jupyter starts may not be started": Story(
        a_part_without_permission, "scripts-not-on-path", ("`jupyter-notebook`",), warns=True
    ),
    "a wrapper that is dead": Story(
        a_wrapper_that_is_dead, "jupyter-command-dead", ("tools/jupyter",), fixed=True
    ),
    "jupyter of a Python that was removed": Story(
        the_command_of_a_python_that_was_removed,
        "jupyter-command-dead",
        ("/opt/python3.8/bin/python3.8",),
        fixed=True,
    ),
}


@told(STORIES)
def test_a_broken_jupyter(story: Story, make_machine: MakeMachine, wheels: Path) -> None:
    """One cause, and its fix gives a Jupyter that launches."""
    # What a cell imports has no part in it; what a kernel needs, its own check meets.
    play(story, make_machine, wheels, without_cells=True)
