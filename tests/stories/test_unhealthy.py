"""Machines that are not ready: one cause, said clearly, and everything else still answered."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.pace import within
from tests.stories.machine import Machine, MakeMachine

pytestmark = pytest.mark.slow

PYENV = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"


def kernel_that(machine: Machine, code: str) -> None:
    """The ipykernel that is installed is of a release that begins with this code: nothing is
    altered.
    """
    launcher = machine.write("@site/ipykernel_launcher.py", code)
    record = next(machine.site.glob("ipykernel-*.dist-info")) / "RECORD"
    lines = record.read_text(encoding="utf-8").splitlines()
    others = [line for line in lines if not line.startswith(launcher.name)]
    machine.write(str(record), "\n".join([*others, f"{launcher.name},,"]) + "\n")


def another_command(machine: Machine, code: str) -> None:
    """The kernelspec `python3` runs this code in place of ipykernel's launcher."""
    script = machine.write("venv/share/other_kernel.py", code)
    argv = [str(machine.python), str(script), "{connection_file}"]
    machine.write(
        "venv/share/jupyter/kernels/python3/kernel.json",
        {"argv": argv, "display_name": "Python 3", "language": "python"},
    )


def test_no_jupyter(machine: Machine) -> None:
    """Jupyter alone is missing: one cause names it, what needs it waits for it, the packages are
    proved.
    """
    machine.remove(
        "@site/notebook*", "@site/jupyterlab*", "@site/ipykernel*", "@site/nbclassic*"
    ) if any(machine.site.glob("nbclassic*")) else machine.remove(
        "@site/notebook*", "@site/jupyterlab*", "@site/ipykernel*"
    )
    seen = machine.check()
    assert (seen.code, seen.errors) == (1, ["jupyter-not-installed"])
    assert seen.status("packages") == "pass"
    blocked = {one["id"]: one["blocked_by"] for one in seen.report["checks"] if one["blocked_by"]}
    assert blocked["chapter2.kernel-registered"] == "chapter2.jupyter"
    assert "notebook" in seen.first["fixes"][0]["steps"][0]["argv"]


@pytest.mark.parametrize("version", ["2.7", "3.6"])
def test_an_old_python_says_so(make_machine: MakeMachine, version: str) -> None:
    """Too old for the course: the version found and the version wanted, and everything
    else waits.
    """
    found = sorted(PYENV.glob(f"{version}.*/bin/python"))
    if not found:
        pytest.skip(f"only on machines with Python {version} (pyenv)")
    machine = make_machine("bare", python=found[-1])
    machine.name_python = True
    seen = machine.check()
    assert (seen.code, seen.errors) == (1, ["python-too-old"])
    assert seen.report["target"]["version"].startswith(version)
    assert seen.first["evidence"]["wanted"] == "Python 3.7 or newer"
    assert {one["status"] for one in seen.report["checks"]} <= {"fail", "skip"}


def test_a_python_with_nothing_installed(make_machine: MakeMachine) -> None:
    """Python 3.8 runs the course, and this one has nothing in it: one diagnosis names all that is
    missing.
    """
    found = sorted(PYENV.glob("3.8.*/bin/python"))
    if not found:
        pytest.skip("only on machines with Python 3.8 (pyenv)")
    machine = make_machine("bare", python=found[-1])
    machine.name_python = True
    seen = machine.check()
    assert (seen.code, seen.errors) == (1, ["packages-missing"])
    assert (
        seen.first["summary"]
        == "Jupyter, numpy, pandas, matplotlib and seaborn are not installed in this Python"
    )
    assert seen.first["fixes"][0]["steps"][0]["argv"][-1].endswith("/.venv")


def test_a_dead_interpreter(make_machine: MakeMachine) -> None:
    """The active environment's Python is a link to a Python that is gone."""
    machine = make_machine("bare", python=Path("/usr/bin/python3"))
    place = machine.root / "old"
    (place / "bin").mkdir(parents=True)
    (place / "bin" / "python").symlink_to("/opt/python3.9/bin/python3.9")
    (place / "pyvenv.cfg").write_text("home = /opt/python3.9/bin\n")
    machine.variables.update(VIRTUAL_ENV=str(place), PATH=f"{place}/bin:/usr/bin:/bin")
    seen = machine.check()
    assert (seen.code, seen.errors) == (1, ["python-environment-broken"])
    assert seen.report["target"]["located_by"] == "the active virtual environment"
    assert "/opt/python3.9/bin/python3.9" in seen.first["evidence"]["found"]


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("/nowhere/python", "python-not-found"),
        pytest.param("/bin/true", "python-not-python", marks=pytest.mark.whole),
        ("notes.txt", "python-not-python"),
        pytest.param("locked", "python-not-executable", marks=pytest.mark.whole),
    ],
)
def test_what_was_named_is_no_python(machine: Machine, named: str, code: str) -> None:
    """`--python` that is missing, is another program, or may not be started: a diagnosis, not a
    crash.
    """
    machine.write("work/notes.txt", "read chapter 2\n", 0o755)
    machine.write("work/locked", "#!/bin/sh\n", 0o644)
    machine.as_a_plain_user()
    seen = machine.check("--python", named)
    assert (seen.code, seen.errors) == (1, [code])
    assert seen.report["target"]["version"] is None


@pytest.mark.whole
def test_a_python_that_hangs(machine: Machine) -> None:
    """It is waited for twice, since a first start may be slow, ended, and named."""
    machine.write("slow/python", "#!/bin/sh\nsleep 1000\n", 0o755)
    seen = machine.check("--python", str(machine.root / "slow" / "python"))
    assert (seen.code, seen.errors) == (1, ["python-hangs"])
    assert seen.report["seconds"] < within(60)


@pytest.mark.whole
def test_the_kernel_of_another_environment(make_machine: MakeMachine) -> None:
    """A kernelspec of the user's starts another Python: both are named, and the fix moves the spec
    aside.
    """
    machine, other = make_machine("installation"), make_machine(folder="other")
    spec = {
        "argv": [str(other.python), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Python 3",
        "language": "python",
    }
    machine.write("home/.local/share/jupyter/kernels/python3/kernel.json", spec)
    seen = machine.check()
    assert (seen.code, seen.errors) == (1, ["kernelspec-other-python"])
    assert str(other.python) in seen.first["evidence"]["found"]
    # The environment's own kernel, which that one hid, is there again.
    assert [step["do"] for step in seen.first["fixes"][0]["steps"]] == ["rename"]


@pytest.mark.whole
def test_ipykernel_missing(machine: Machine) -> None:
    """Jupyter without a kernel: one package is named, and installing it is the fix."""
    machine.remove("@site/ipykernel*")
    seen = machine.check()
    assert (seen.code, seen.errors) == (1, ["ipykernel-missing"])
    assert seen.first["fixes"][0]["steps"][0]["argv"][-1] == "ipykernel"


@pytest.mark.whole
def test_a_kernel_that_dies_with_a_word(machine: Machine) -> None:
    """What the kernel said last is the evidence."""
    kernel_that(machine, "import sys\nsys.exit('cannot load the flux capacitor')\n")
    seen = machine.check()
    assert (seen.code, seen.errors) == (1, ["kernel-died"])
    assert "cannot load the flux capacitor" in seen.first["evidence"]["found"]
    assert seen.report["seconds"] < within(20)


@pytest.mark.whole
def test_a_kernel_that_dies_without_a_word(machine: Machine) -> None:
    """A signal is named."""
    kernel_that(machine, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    seen = machine.check()
    assert (seen.code, seen.errors) == (1, ["kernel-died"])
    assert "signal 9" in seen.first["evidence"]["found"]


@pytest.mark.whole
def test_a_kernel_that_hangs(machine: Machine) -> None:
    """It is waited for once, its own deadline long; every other answer is there."""
    kernel_that(machine, "import time\ntime.sleep(1000)\n")
    seen = machine.check()
    assert (seen.code, seen.errors) == (1, ["kernel-hangs"])
    assert seen.status("packages") == "pass"
    assert seen.report["seconds"] < within(60)


@pytest.mark.whole
@pytest.mark.parametrize(
    "code",
    ["import sys\nsys.exit('cannot load the flux capacitor')\n", "import time\ntime.sleep(1000)\n"],
    ids=["dies", "hangs"],
)
def test_a_kernelspec_with_another_command(machine: Machine, code: str) -> None:
    """What ipykernel brings along comes up: the spec is the cause, and its command the evidence."""
    another_command(machine, code)
    seen = machine.check()
    assert (seen.code, seen.errors) == (1, ["kernelspec-variables-break"])
    assert "other_kernel.py {connection_file}" in seen.first["evidence"]["found"]
    assert [step["do"] for step in seen.first["fixes"][0]["steps"]] == ["rename", "run"]


@pytest.mark.whole
def test_a_kernel_that_floods(machine: Machine) -> None:
    """A kernel that prints without end while it starts: not a hang, not a full memory, and it is
    said.
    """
    machine.write(
        "home/.ipython/profile_default/startup/flood.py",
        "import sys\nfor number in range(3_000_000):\n    sys.__stderr__.write('all work and no play ' * 4 + '\\n')\n",
    )
    seen = machine.check()
    assert seen.report["seconds"] < within(90)
    assert len(seen.out) < 100_000


@pytest.mark.whole
def test_a_login_that_lets_envcheck_not_in(machine: Machine) -> None:
    """The campus decides by its own cookie who comes in: nothing is known, and no file is to blame."""
    machine.write(
        "home/.jupyter/jupyter_server_config.py",
        """\
        from jupyter_server.auth.identity import PasswordIdentityProvider

        class Campus(PasswordIdentityProvider):
            def get_user(self, handler):
                return None

        c.ServerApp.identity_provider_class = Campus
        c.PasswordIdentityProvider.hashed_password = "sha256:5a7a614698f4:d4e7b7b68392edb5e8"
        """,
    )
    seen = machine.check()
    assert (seen.code, seen.diagnoses) == (3, [])
    summaries = [check["summary"] for check in seen.report["checks"] if check["status"] == "error"]
    assert len(summaries) == 1
    assert "own way to let people in" in summaries[0]
