"""What a fix writes over comes back to the last byte by `envcheck undo`, and no program takes what was
moved aside for one thing more.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.stories.broken.test_kernel import (
    a_python_that_was_deleted,
    a_users_spec_of_another_python,
)
from tests.stories.broken.test_python import pyvenv_cfg_deleted
from tests.stories.broken.test_server import one_plugin_turned_off_at_home
from tests.stories.machine import Machine, MakeMachine, Seen
from tests.stories.new_terminal import (
    Terminal,
    check_in_a_new_terminal,
    write_start_up_file,
)

pytestmark = [pytest.mark.slow, pytest.mark.whole]

KERNELS = "venv/share/jupyter/kernels"
BACKUP = ".envcheck-backup-"
QUICK = ("--quick", "--only", "kernel-registered")
DEAD = {
    "argv": ["/home/teacher/ml/bin/python", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    "display_name": "Python 3",
    "language": "python",
}


def with_pictures_of_ours(machine: Machine) -> None:
    """ipykernel's command deletes the whole folder, with what the learner has put there."""
    a_python_that_was_deleted(machine)
    machine.write(f"{KERNELS}/python3/logo-64x64.png", b"a picture of the school")


def a_link_to_a_folder_of_ours(machine: Machine) -> None:
    """The folder that it leads to is used by another course, and stays as it is."""
    machine.remove(f"{KERNELS}/python3")
    machine.write("home/kernels/python3/kernel.json", DEAD)
    machine.at(f"{KERNELS}/python3").symlink_to(machine.home / "kernels/python3")


def kernels(machine: Machine) -> dict[str, str]:
    """Those that the learner's Jupyter offers, with the program that each starts."""
    done = machine.run(
        argv=[str(machine.python), "-m", "jupyter_client.kernelspecapp", "list", "--json"]
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["kernelspecs"]
    return {name: row["spec"]["argv"][0] for name, row in rows.items()}


def specs(machine: Machine) -> dict[str, object]:
    """All that lies in the folders of kernels, but for what was moved aside."""
    folders = [machine.prefix, machine.home]
    files = [file for folder in folders for file in folder.glob("**/kernels/**/*")]
    return {
        str(file): file.read_bytes() if file.is_file() else file.is_symlink()
        for file in files
        if ".envcheck-backup-" not in str(file)
    }


def undone(machine: Machine) -> None:
    record = next(machine.work.glob("envcheck-fix-*.json"), None)
    assert record, "nothing to take back"
    done = machine.run("undo", record.name, "--yes")
    assert done.returncode == 0, done.stderr
    assert "Everything is as it was before that fix." in done.stderr, done.stderr


@pytest.mark.parametrize(
    ("breaks", "kind"),
    [
        (with_pictures_of_ours, "venv"),
        (a_link_to_a_folder_of_ours, "venv"),
        (a_users_spec_of_another_python, "installation"),
    ],
)
def test_a_kernelspec_comes_back(
    make_machine: MakeMachine, breaks: Callable[[Machine], None], kind: str
) -> None:
    """Mended, Jupyter offers the kernels that it did, and no dead one beside them."""
    machine = make_machine(kind)
    breaks(machine)
    write_start_up_file(machine, Terminal("bash"))
    before, names = specs(machine), set(kernels(machine))
    seen, after = machine.check_and_fix(*QUICK)
    assert (seen.code, after.code, after.errors) == (1, 0, []), after.err[-3000:]
    assert set(kernels(machine)) == names
    assert "cannot take it back" not in after.err
    again = check_in_a_new_terminal(machine, Terminal("bash"), [], *QUICK)
    assert (again.code, again.errors) == (0, [])
    undone(machine)
    assert specs(machine) == before
    assert set(kernels(machine)) == names
    assert _codes(machine.check(*QUICK)) == _codes(seen)


def test_a_kernel_that_a_notebook_names_comes_back(machine: Machine) -> None:
    """Of the learner's own name, in their own environment."""
    metadata = {"kernelspec": {"name": "ml"}, "language_info": {"name": "python"}}
    machine.write("work/envcheck.toml", 'course = "mine"\n[chapter.week1]\njupyter = true\n')
    machine.write("work/week1/a.ipynb", json.dumps({"cells": [], "metadata": metadata}))
    machine.write(f"{KERNELS}/ml/kernel.json", DEAD)
    machine.write(f"{KERNELS}/ml/kernel.js", "// the school's\n")
    before, names = specs(machine), set(kernels(machine))
    words = ("week1", "--only", "week1.kernel-names")
    done = machine.run(*words, "--fix", "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(kernels(machine)) == names
    undone(machine)
    assert specs(machine) == before
    assert set(kernels(machine)) == names


def test_a_users_kernel_of_that_name_is_nobodys_to_write_over(machine: Machine) -> None:
    """A Jupyter of a tool's own gets this Python as one kernel more, beside another course's."""
    tool = machine.root / "tool"
    machine.write("home/.local/share/jupyter/kernels/course/kernel.json", DEAD)
    machine.write("tool/uv-receipt.toml")
    machine.write("tool/pyvenv.cfg", "home = /usr/bin\n")
    (tool / "bin").mkdir()
    (tool / "bin/python").symlink_to("/usr/bin/python3")
    machine.write("tool/bin/jupyter-lab", f"#!{tool}/bin/python\n", 0o755)
    machine.remove("@site/notebook*", "@site/jupyterlab*", "venv/bin/jupyter*")
    machine.variables["PATH"] = f"{machine.python.parent}:{tool}/bin:/usr/bin:/bin"
    before = Path(machine.home, ".local/share/jupyter/kernels/course/kernel.json").read_bytes()
    seen = machine.check(*QUICK[:1], "--only", "jupyter")
    assert seen.errors == ["jupyter-in-tool-environment"], seen.first
    steps = seen.first["fixes"][1]["steps"]
    done = machine.run(argv=[str(machine.python), *steps[-1]["argv"][1:]])
    assert done.returncode == 0, done.stderr
    assert (
        before == Path(machine.home, ".local/share/jupyter/kernels/course/kernel.json").read_bytes()
    )
    assert kernels(machine)["course-2"] == str(machine.python)
    assert machine.check(*QUICK[:1], "--only", "jupyter").first["fixes"][1]["steps"] == steps


def _codes(seen: Seen) -> tuple[int, list[str]]:
    return seen.code, seen.errors


def files(machine: Machine) -> dict[str, str]:
    """All of the machine, but for what a fix keeps and notes down."""
    rows = machine.fingerprint().items()
    return {
        name: what for name, what in rows if "/envcheck-fix-" not in name and BACKUP not in name
    }


@pytest.mark.parametrize(
    ("breaks", "check"),
    [(pyvenv_cfg_deleted, "python"), (one_plugin_turned_off_at_home, "notebook-launches")],
)
def test_files_that_were_written_anew(
    machine: Machine, breaks: Callable[[Machine], None], check: str
) -> None:
    """What no package brings: settings, a list, and the scripts that venv writes with them."""
    breaks(machine)
    before = files(machine)
    done = machine.run("chapter2", "--fix", "--yes", "--only", check)
    assert done.returncode == 0, done.stdout + done.stderr
    assert files(machine) != before
    undone(machine)
    assert files(machine) == before
