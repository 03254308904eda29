"""The tools of the track `pipelines`, on described machines: their causes, their words, their
settings.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from envcheck.processes.process import Ending, Finished
from envcheck.target.interpreter import Interpreter
from envcheck.testing import described, interpreter
from envcheck_checks.tools.data import beam, dask
from envcheck_checks.tools.framework import conflict, what_to_install
from envcheck_checks.tools.framework.remote_call import Work

SITE = "/described/.venv/lib/python3.12/site-packages"


def python(dask_version: str) -> Interpreter:
    plain = interpreter("3.12.4", {"dask": dask_version, "distributed": "2026.8.0"})
    asks = {"distributed": ("dask<2026.8.1,>=2026.8.0",)}
    rows = tuple(replace(one, requires=asks.get(one.name, ())) for one in plain.distributions)
    return replace(plain, distributions=rows, paths={"purelib": SITE})


@pytest.mark.parametrize(("version", "age"), [("2025.1.0", "too old"), ("2026.9.0", "too new")])
def test_a_part_of_another_version_is_named(version: str, age: str) -> None:
    """The package that failed has another version than the tool asks for: that is the cause, and
    whether it is old or new.
    """
    env = described(python=python(version))
    done = Work(
        error="ModuleNotFoundError", message="No module named 'dask._expr'", missing="dask._expr"
    )
    found = conflict.diagnose(env, "Dask", dask.TOOL.requirements, done)
    assert found is not None
    assert (found.code, found.evidence.found) == ("dependency-wrong-version", f"dask {version}")
    assert age in found.summary
    assert found.fixes[0].automatic


@pytest.mark.parametrize(
    "done",
    [
        Work(
            error="OSError",
            message="Address already in use",
            files=(f"{SITE}/distributed/comm.py",),
        ),
        Work(finished=Finished(("python",), Ending.TIMED_OUT, None, "", "", 50.0)),
    ],
)
def test_a_conflict_that_the_failure_did_not_meet_is_not_blamed(done: Work) -> None:
    """Metadata that disagree disturb nobody by themselves."""
    assert (
        conflict.diagnose(
            described(python=python("2025.1.0")), "Dask", dask.TOOL.requirements, done
        )
        is None
    )


def test_a_failure_met_in_the_files_of_the_part_counts() -> None:
    """The files on the way to the failure name a distribution too."""
    done = Work(
        error="TypeError",
        message="unexpected argument",
        files=("/usr/lib/python3.12/runpy.py", f"{SITE}/dask/config.py"),
    )
    assert (
        conflict.diagnose(
            described(python=python("2025.1.0")), "Dask", dask.TOOL.requirements, done
        )
        is not None
    )


def test_the_learners_settings_files_of_dask_are_found(tmp_path: Path) -> None:
    """Those of the home, or of the place that DASK_CONFIG names, a file or a folder; nothing else
    that lies there.
    """
    folder = tmp_path / ".config" / "dask"
    folder.mkdir(parents=True)
    for name in ("b.yaml", "a.yml", "c.json", "notes.txt"):
        (folder / name).write_text("{}", encoding="utf-8")
    assert [
        file.name
        for file in dask.files(
            described(variables={"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)})
        )
    ] == ["a.yml", "b.yaml", "c.json"]
    assert dask.files(described(variables={"DASK_CONFIG": str(folder / "b.yaml")})) == [
        folder / "b.yaml"
    ]
    assert dask.files(described(variables={"DASK_CONFIG": str(tmp_path / "gone")})) == []


@pytest.mark.parametrize(
    ("prism", "cached", "word"),
    [
        (True, False, "downloads Prism"),
        (True, True, "is on this machine"),
        (False, False, "of this kind too"),
    ],
)
def test_the_default_runner_of_beam_is_named(prism: bool, cached: bool, word: str) -> None:
    """A learner reads which runner did the work, and which one they get without naming one."""
    said = beam.summary(Work(values={"words": 600, "prism": prism, "cached": cached}))
    assert "FnApiRunner" in said
    assert word in said


def test_a_module_that_setuptools_has_given_up() -> None:
    """Older releases of many tools load pkg_resources: the last setuptools that has it is
    installed, the tool stays.
    """
    assert what_to_install.words(interpreter(), beam.TOOL.requirements, "pkg_resources") == [
        "setuptools<81"
    ]
