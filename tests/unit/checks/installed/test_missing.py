"""What is not installed, or is older than the chapter allows, told once for all of it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest
from tests.unit.described_machines import STACK, WHOLE, on, python_at

from envcheck import Diagnosis, Run
from envcheck_checks.commands import tools_own
from envcheck_checks.installed import missing
from envcheck_checks.stack import Package, Stack


def said(
    folder: Path, without: set[str], not_found: Collection[str] = (), kind: str = "venv"
) -> Diagnosis | None:
    packages = {name: version for name, version in WHOLE.items() if name not in without}
    python = python_at(folder / "venv", packages, kind=kind)
    return missing.diagnose(on("linux", folder, python), STACK, set(not_found))


def test_nothing_is_missing(tmp_path: Path) -> None:
    """Nothing to say; tornado, which nobody asked for, may be absent."""
    assert said(tmp_path, set()) is None
    assert said(tmp_path, {"tornado"}) is None


@pytest.mark.parametrize(
    ("without", "code", "summary", "wanted"),
    [
        ({"numpy"}, "packages-missing", "numpy is not installed", "numpy>=1.17"),
        ({"notebook"}, "jupyter-not-installed", "Jupyter is not installed", "notebook"),
        ({"ipykernel"}, "ipykernel-missing", "ipykernel is not installed", "ipykernel"),
        (
            {"notebook", "ipykernel"},
            "jupyter-not-installed",
            "Jupyter is not installed",
            "notebook, ipykernel",
        ),
        (
            {"notebook", "numpy", "pandas"},
            "packages-missing",
            "Jupyter, numpy and pandas are not installed",
            "notebook, numpy>=1.17, pandas>=1.0",
        ),
    ],
)
def test_all_that_is_missing_is_one_diagnosis(
    tmp_path: Path, without: set[str], code: str, summary: str, wanted: str
) -> None:
    """One command installs it, in the versions that the chapter needs."""
    diagnosis = said(tmp_path, without)
    assert diagnosis is not None
    assert (diagnosis.code, diagnosis.evidence.wanted) == (code, wanted)
    assert diagnosis.summary == f"{summary} in this Python"
    (step,) = diagnosis.fixes[0].steps
    assert isinstance(step, Run)
    assert step.argv[3:] == ("install", *wanted.split(", "))
    assert diagnosis.fixes[0].automatic


def test_any_launcher_will_do(tmp_path: Path) -> None:
    """JupyterLab without the notebook is Jupyter."""
    python = python_at(tmp_path / "venv", {"jupyterlab": "4.2", "ipykernel": "6.29"})
    assert missing.missing_jupyter(python, STACK) == []
    assert missing.diagnose(on("linux", tmp_path, python), Stack(()), set()) is None


@pytest.mark.parametrize(
    ("not_found", "code"),
    [({"numpy"}, "packages-missing"), ({"pandas"}, ""), (set(), "packages-missing")],
)
def test_what_can_be_imported_is_not_missing(
    tmp_path: Path, not_found: set[str], code: str
) -> None:
    """Metadata may be gone where the package is there: the import decides where one was tried."""
    diagnosis = said(tmp_path, {"numpy"}, not_found)
    assert (diagnosis.code if diagnosis else "") == code


def test_the_module_s_name_counts(tmp_path: Path) -> None:
    """A distribution is asked for by what learners import of it."""
    stack = Stack((Package("scikit-learn>=1", "sklearn.linear_model"),))
    env = on("linux", tmp_path, python_at(tmp_path / "venv"))
    found = missing.diagnose(env, stack, {"sklearn"})
    assert found is not None
    assert missing.diagnose(env, stack, {"scikit_learn"}) is None


def test_a_system_s_python_gets_an_environment_with_everything(tmp_path: Path) -> None:
    """Not only what is missing: the new one is empty."""
    diagnosis = said(tmp_path, {"numpy"}, kind="system")
    assert diagnosis is not None
    install = diagnosis.fixes[0].steps[1]
    assert isinstance(install, Run)
    assert install.argv[-4:] == ("notebook", "ipykernel", "numpy>=1.17", "pandas>=1.0")


def test_too_old(tmp_path: Path) -> None:
    """All that are too old, with their versions, and one command."""
    env = on("linux", tmp_path, python_at(tmp_path / "venv"))
    numpy, pandas = STACK.packages
    (diagnosis,) = missing.of_other_versions(env, {numpy: "1.9", pandas: "0.25"})
    assert diagnosis.code == "package-too-old"
    assert diagnosis.summary == "numpy and pandas are older than the chapter's examples need"
    assert diagnosis.evidence.found == "numpy 1.9, pandas 0.25"
    (step,) = diagnosis.fixes[0].steps
    assert isinstance(step, Run)
    assert step.argv[-3:] == ("--upgrade", "numpy>=1.17", "pandas>=1.0")
    (alone,) = missing.of_other_versions(env, {numpy: "1.9"})
    assert alone.summary.startswith("numpy is older")


def test_too_new(tmp_path: Path) -> None:
    """What is above the course's bound is not called old, and is not brought further up."""
    env = on("linux", tmp_path, python_at(tmp_path / "venv"))
    numpy, pandas = Package("numpy>=1.20,<2"), Package("pandas>=2")
    old, new = missing.of_other_versions(env, {numpy: "2.1", pandas: "1.5"})
    assert (old.code, new.code) == ("package-too-old", "package-too-new")
    assert new.summary == "numpy is newer than the course allows"
    assert new.evidence.found == "numpy 2.1"
    (step,) = new.fixes[0].steps
    assert isinstance(step, Run)
    assert step.argv[-1] == "numpy>=1.20,<2"
    assert "--upgrade" not in step.argv


def test_jupyter_of_a_tool_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the cause where only Jupyter is missing, and a note beside what else is."""
    monkeypatch.setattr(tools_own, "spoken", lambda _: "`jupyter` lives elsewhere")
    monkeypatch.setattr(tools_own, "tools_jupyter", lambda _: None)
    alone = said(tmp_path, {"notebook", "ipykernel"})
    assert alone is not None
    assert alone.code == "jupyter-in-tool-environment"
    assert alone.summary.endswith("`jupyter` lives elsewhere")
    mend, keep = alone.fixes
    assert mend.automatic
    assert not keep.automatic
    assert [step.argv[2:4] for step in keep.steps if isinstance(step, Run)] == [
        ("pip", "install"),
        ("ipykernel", "install"),
    ]
    both = said(tmp_path, {"notebook", "numpy"})
    assert both is not None
    assert (both.code, both.note) == ("packages-missing", "`jupyter` lives elsewhere")
    kernel = said(tmp_path, {"ipykernel"})
    assert kernel is not None
    assert kernel.code == "ipykernel-missing"
