"""What a learner on Windows meets, decided from what the machine says of itself; each beside the
same machine in order.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import (
    STACK,
    WHOLE,
    command_at,
    diagnosed,
    file_at,
    on,
    python_at,
    said,
)

from envcheck import Diagnosis, Environment, fact
from envcheck.environment import Located
from envcheck.target.interpreter import Trouble, Unusable, target
from envcheck.testing import fails, interpreter, passes
from envcheck_checks.commands.diagnose import diagnose_jupyter
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.diagnosis.order import first_cause
from envcheck_checks.installed import files, old_on_windows, pywin32
from envcheck_checks.jupyter.config_files import config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.machine import long_paths
from envcheck_checks.machine.system import LONG_PATHS, SCRIPT_TYPE
from envcheck_checks.notebook.launching.beforehand import BEFOREHAND
from envcheck_checks.python import conda, does_not_run
from envcheck_checks.python.check import python
from envcheck_checks.python.conda import conda_python
from envcheck_checks.python.replacement import Wanted

STORE = r"C:\Users\ada\AppData\Local\Packages\PythonSoftwareFoundation.Python.3.12_qbz5n2kfra8p0\LocalCache\local-packages\Python312"
OLD = {"notebook": "6.0.0", "ipykernel": "5.1.0", "tornado": "6.0.4", "jupyter-client": "5.3.1"}


def test_pywin32_dll(tmp_path: Path) -> None:
    """pywin32 without the library that all of it loads, or without the line that tells Python where
    it is.
    """
    target = python_at(tmp_path / "venv", {**WHOLE, "pywin32": "306"})
    env = on("win32", tmp_path, target)
    found = pywin32.incomplete(env, "no kernel starts")
    assert found is not None
    assert (found.code, found.evidence.found) == ("pywin32-incomplete", "no pywintypes312.dll")
    file_at(tmp_path / "venv/site/pywin32_system32/pywintypes312.dll")
    unplaced = pywin32.incomplete(env, "no kernel starts")
    assert unplaced is not None
    assert unplaced.evidence.found == "no pywin32.pth"
    file_at(tmp_path / "venv/site/pywin32.pth")
    assert pywin32.incomplete(env, "") is None


@pytest.mark.parametrize("place", ["venv/site/win32/lib", "Windows/System32"])
def test_other_places_where_pywin32_looks(tmp_path: Path, place: str) -> None:
    """Beside its `pywintypes.py`, and where an administrator's installation puts it for all."""
    target = python_at(tmp_path / "venv", {**WHOLE, "pywin32": "306"})
    file_at(tmp_path / "venv/site/pywin32.pth")
    env = on("win32", tmp_path, target, SystemRoot=str(tmp_path / "Windows"))
    assert pywin32.incomplete(env, "no kernel starts") is not None
    file_at(tmp_path / place / "pywintypes312.dll")
    assert pywin32.incomplete(env, "no kernel starts") is None


def test_pywin32_of_conda_lies_elsewhere(tmp_path: Path) -> None:
    target = python_at(tmp_path / "conda", {**WHOLE, "pywin32": "306"}, kind="conda-env")
    file_at(tmp_path / "conda/Library/bin/pywintypes312.dll")
    assert pywin32.incomplete(on("win32", tmp_path, target), "") is None
    assert (
        pywin32.incomplete(
            on("linux", tmp_path, python_at(tmp_path / "venv", {"pywin32": "306"})), ""
        )
        is None
    )


def test_windows_long_path_keeps_pip_from_installing(tmp_path: Path) -> None:
    """The Store's Python installs into a folder so long that files of Jupyter do not fit
    below it.
    """
    store = replace(
        interpreter(kind="installation"),
        base_prefix=r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.12",
        user_site=rf"{STORE}\site-packages",
    )
    missing = (STACK, store, ["notebook", "ipykernel", *WHOLE], ["Jupyter"])
    found = long_paths.no_room_for_packages(on("win32", tmp_path, store), *missing)
    assert found is not None
    assert found.code == "windows-paths-too-long"
    assert str(len(rf"{STORE}\site-packages")) in found.evidence.found
    assert found.fixes[0].title.startswith("give the course an environment")
    for fine in (
        on("win32", tmp_path, store, registry={LONG_PATHS: "1"}),
        on("linux", tmp_path, store),
    ):
        assert long_paths.no_room_for_packages(fine, *missing) is None


@pytest.mark.parametrize(
    ("folder", "absent", "fits"),
    [
        (120, "notebook", True),
        (123, "notebook", False),
        (143, "ipykernel", False),
        (170, "numpy", True),
    ],
)
def test_windows_long_path_counts_what_is_missing(
    tmp_path: Path, folder: int, absent: str, fits: bool
) -> None:
    target = replace(interpreter(), paths={"purelib": "C:\\" + "x" * (folder - 3)})
    found = long_paths.no_room_for_packages(
        on("win32", tmp_path, target), STACK, target, [f"{absent}>=1"], [absent]
    )
    assert (found is None) is fits


def test_windows_long_path_explains_a_lost_file(tmp_path: Path) -> None:
    long = tmp_path.joinpath(*["n" * 60] * 4, "deep.py")
    target = python_at(tmp_path / "venv", {"ipykernel": "6.29.0"})
    file_at(tmp_path / "venv/site/ipykernel-6.29.0.dist-info/RECORD", f"{long},sha256=x,40\n")
    missing = files.diagnose(on("win32", tmp_path, target), ["ipykernel"])
    allowed = files.diagnose(
        on("win32", tmp_path, target, registry={LONG_PATHS: "1"}), ["ipykernel"]
    )
    assert missing is not None
    assert allowed is not None
    assert (missing.code, allowed.code) == ("windows-paths-too-long", "package-incomplete")


def before_launch(env: Environment) -> Diagnosis | None:
    return first_cause(env, Failure("the notebook server does not start"), BEFOREHAND)


def test_windows_js_mime_blank_page(tmp_path: Path) -> None:
    """Only a notebook that still asks the registry is concerned."""
    plain = {SCRIPT_TYPE: "text/plain"}
    none: dict[fact[Any], object] = {config_files: (), learners_jupyter: LearnersJupyter({}, None)}
    old, new = interpreter(packages={**WHOLE, "notebook": "5.7.4"}), interpreter(packages=WHOLE)
    found = before_launch(on("win32", tmp_path, old, registry=plain, facts=none))
    assert found is not None
    assert (found.code, found.evidence.found) == ("script-type-wrong", "text/plain")
    assert before_launch(on("win32", tmp_path, new, registry=plain, facts=none)) is None
    assert (
        before_launch(
            on("win32", tmp_path, old, registry={SCRIPT_TYPE: "application/javascript"}, facts=none)
        )
        is None
    )
    assert before_launch(on("linux", tmp_path, old, facts=none)) is None


def test_windows_user_non_ascii(tmp_path: Path) -> None:
    """A kernel died, the home has an accent, and Jupyter is from before it could read such
    a path.
    """
    old, new = interpreter("3.7.9", OLD), interpreter(packages=WHOLE)
    found = old_on_windows.diagnose(
        on("win32", tmp_path, old, USERPROFILE="C:\\Users\\Zoë"), ["ipykernel"], "no kernel starts"
    )
    assert found is not None
    assert (found.code, found.evidence.looked_in) == ("path-not-ascii", "C:\\Users\\Zoë")
    assert not found.fixes[0].automatic
    assert old_on_windows.diagnose(on("win32", tmp_path, old), ["ipykernel"], "") is None
    assert (
        old_on_windows.diagnose(
            on("win32", tmp_path, new, USERPROFILE="C:\\Users\\Zoë"), ["ipykernel"], ""
        )
        is None
    )
    assert (
        old_on_windows.diagnose(
            on("linux", tmp_path, old, USERPROFILE="/home/Zoë"), ["ipykernel"], ""
        )
        is None
    )


def test_windows_antivirus_quarantine(tmp_path: Path) -> None:
    """A compiled file is gone, or the command that starts Jupyter: look into the quarantine before
    installing again.
    """
    target = python_at(tmp_path / "venv")
    file_at(
        tmp_path / "venv/site/numpy-2.0.0.dist-info/RECORD",
        "numpy/core.pyd,sha256=x,40\nnumpy/a.py,sha256=x,4\n",
    )
    file_at(tmp_path / "venv/site/numpy/a.py", "a=1\n")
    found = files.diagnose(on("win32", tmp_path, target), ["numpy"])
    elsewhere = files.diagnose(on("linux", tmp_path, target), ["numpy"])
    assert found is not None
    assert elsewhere is not None
    assert found.code == elsewhere.code == "package-incomplete"
    assert "quarantine" in found.note
    assert not elsewhere.note
    file_at(tmp_path / "venv/site/numpy/core.pyd", "x" * 40)
    assert files.diagnose(on("win32", tmp_path, target), ["numpy"]) is None
    with_core = python_at(tmp_path / "venv", {**WHOLE, "jupyter-core": "5.7"})
    lost = diagnose_jupyter(
        on("win32", tmp_path, with_core, PATH=str(tmp_path / "venv/Scripts")), "notebook"
    )
    assert isinstance(lost, Diagnosis)
    assert lost.code == "scripts-not-on-path"
    assert "quarantine" in lost.note


def test_anaconda_prompt_only(tmp_path: Path) -> None:
    """No Python can be typed, or only the Store's alias, and Anaconda lies where its installer puts
    it.
    """
    anaconda = interpreter(kind="conda", prefix=r"C:\Users\ada\anaconda3")
    nothing = Located(("python3",), "nothing was found", trouble="no Python was found")
    dead = Unusable(Trouble.MISSING, ("python3",), said())
    alias = Unusable(
        Trouble.FAILS,
        ("python",),
        said(
            stderr="Python was not found; run without arguments to install from the Microsoft Store",
            code=9009,
        ),
    )
    for who, located in ((dead, nothing), (alias, Located(("python",), "python on PATH"))):
        env = on("win32", tmp_path, located=located, facts={target: who, conda_python: anaconda})
        found = fails(python(), env, "conda-not-on-path")
        assert "Anaconda Prompt" in found.fixes[0].title
        assert found.fixes[0].automatic
    command_at(tmp_path / "bin/conda")
    assert (
        conda.not_on_path(
            on("win32", tmp_path, located=nothing, facts={conda_python: anaconda}), ">=3.7"
        )
        is None
    )


def test_anaconda_that_is_not_there(tmp_path: Path) -> None:
    """The same machine without it keeps its own cause; a version that was asked for by name is not
    answered with conda.
    """
    nothing = Located(("python3",), "nothing was found", trouble="no Python was found")
    dead = Unusable(Trouble.MISSING, ("python3",), said())
    fails(
        python(), on("win32", tmp_path, located=nothing, facts={target: dead}), "python-not-found"
    )
    asked = Located(
        ("python3.9",), "--python 3.9", trouble="no Python 3.9 was found on this machine"
    )
    fails(
        python(),
        on("win32", tmp_path, located=asked, facts={target: dead, conda_python: interpreter()}),
        "python-not-found",
    )


def test_anaconda_is_looked_for_where_its_installer_puts_it(tmp_path: Path) -> None:
    env = on("win32", tmp_path, ProgramData=str(tmp_path / "ProgramData"))
    assert conda_python(env) is None
    (tmp_path / "ProgramData/miniconda3/conda-meta").mkdir(parents=True)
    command_at(tmp_path / "ProgramData/miniconda3/python.exe")
    with pytest.raises(
        AssertionError, match=r"miniconda3.python\.exe"
    ):  # a described machine starts nothing
        conda_python(on("win32", tmp_path, ProgramData=str(tmp_path / "ProgramData")))


def test_python_32_bit(tmp_path: Path) -> None:
    narrow = replace(interpreter(), bits=32)
    assert (
        "64-bit" in fails(python(), on("win32", tmp_path, narrow), "python-32-bit").evidence.wanted
    )
    passes(python(), on("win32", tmp_path))


def test_store_stub(tmp_path: Path) -> None:
    alias = Unusable(
        Trouble.FAILS,
        ("python",),
        said(
            stderr="Python was not found; run without arguments to install from the Microsoft Store",
            code=9009,
        ),
    )
    found = does_not_run.diagnose(
        on("win32", tmp_path, facts={target: alias, conda_python: None}), alias, Wanted(">=3.7")
    )
    assert diagnosed(found).code == "python-store-stub"


@pytest.mark.parametrize(
    ("version", "changes", "program", "code"),
    [
        ("3.8.10", {}, "ipykernel", "tornado-too-old"),
        ("3.8.10", {}, "notebook", "tornado-too-old"),
        ("3.7.9", {}, "ipykernel", None),
        ("3.8.10", {"tornado": "6.1"}, "ipykernel", None),
        ("3.8.10", {"ipykernel": "5.5.6"}, "ipykernel", None),
    ],
)
def test_windows_asyncio_proactor(
    tmp_path: Path, version: str, changes: dict[str, str], program: str, code: str | None
) -> None:
    """A kernel or server died; only versions from before Python 3.8's change of the event loop
    explain it.
    """
    old = interpreter(version, {**OLD, **changes})
    found = old_on_windows.diagnose(on("win32", tmp_path, old), [program], "no kernel starts")
    assert (found.code if found else None) == code
    assert (
        old_on_windows.diagnose(on("darwin", tmp_path, old), [program], "no kernel starts") is None
    )
