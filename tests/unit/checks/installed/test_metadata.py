"""Metadata that lies about what is installed: two versions, none, no list of files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.described_machines import STACK, file_at, on, python_at

from envcheck import Diagnosis, Rename, Run, Severity
from envcheck.target.interpreter import Distribution, Interpreter
from envcheck_checks.installed import metadata


def learner(folder: Path, *rows: Distribution, kind: str = "venv") -> Interpreter:
    return replace(python_at(folder / "venv", {}, kind=kind), distributions=rows)


def numpy(folder: Path, version: str | None = "2.0.0", has_record: bool = True) -> Distribution:
    site = folder / "venv" / "site"
    return Distribution(
        "numpy", version, str(site), f"numpy-{version}.dist-info", has_record=has_record
    )


def met(folder: Path, python: Interpreter, imported: str = "2.0.0") -> list[Diagnosis]:
    return metadata.warnings(on("linux", folder, python), STACK, {"numpy": imported})


def test_whole_metadata_says_nothing(tmp_path: Path) -> None:
    """Nor does a package that is not there."""
    assert met(tmp_path, learner(tmp_path, numpy(tmp_path))) == []
    assert met(tmp_path, learner(tmp_path)) == []


@pytest.mark.parametrize("first", ["1.26.0", "2.0.0"])
def test_of_two_versions_the_one_that_is_not_imported_goes(tmp_path: Path, first: str) -> None:
    """It is moved aside, by a program; the other stays where it is."""
    second = {"1.26.0": "2.0.0", "2.0.0": "1.26.0"}[first]
    python = learner(tmp_path, numpy(tmp_path, first), numpy(tmp_path, second))
    (diagnosis,) = met(tmp_path, python)
    assert (diagnosis.code, diagnosis.severity) == ("metadata-duplicate", Severity.WARNING)
    assert diagnosis.evidence.found == "numpy-1.26.0.dist-info, numpy-2.0.0.dist-info"
    stale = str(tmp_path / "venv/site/numpy-1.26.0.dist-info")
    assert diagnosis.fixes[0].steps == (Rename(stale, f"{stale}.envcheck-backup-1"),)
    assert diagnosis.fixes[0].automatic


def test_where_neither_is_imported_one_stays(tmp_path: Path) -> None:
    """An installation without any metadata would be worse."""
    python = learner(tmp_path, numpy(tmp_path, "1.25.0"), numpy(tmp_path, "1.26.0"))
    (diagnosis,) = met(tmp_path, python, "2.0.0")
    assert len(diagnosis.fixes[0].steps) == 1


def test_where_the_version_is_not_known_nothing_is_moved(tmp_path: Path) -> None:
    """Which one is stale cannot be told: it is installed anew."""
    python = learner(tmp_path, numpy(tmp_path, "1.26.0"), numpy(tmp_path, "2.0.0"))
    (diagnosis,) = met(tmp_path, python, "")
    (step,) = diagnosis.fixes[0].steps
    assert isinstance(step, Run)
    assert step.argv[-2:] == ("--force-reinstall", "numpy")
    assert "unknown" in diagnosis.evidence.wanted


def test_the_same_package_in_two_folders_is_no_duplicate(tmp_path: Path) -> None:
    """One of the user's and one of the environment's: the first on the path wins, and pip
    knows it.
    """
    other = replace(numpy(tmp_path, "1.26.0"), folder=str(tmp_path / "user"))
    assert met(tmp_path, learner(tmp_path, numpy(tmp_path), other)) == []


def test_metadata_without_a_version(tmp_path: Path) -> None:
    """pip cannot upgrade it: it is moved aside, and installed anew."""
    row = numpy(tmp_path, None)
    file_at(Path(row.folder, row.entry, "METADATA"))
    (diagnosis,) = met(tmp_path, learner(tmp_path, row))
    assert diagnosis.code == "metadata-corrupt"
    assert diagnosis.evidence.found == f"{row.entry}: METADATA has no version: version None"
    aside, install = diagnosis.fixes[0].steps
    assert isinstance(aside, Rename)
    assert isinstance(install, Run)
    assert install.argv[-1] == "numpy"


@pytest.mark.parametrize(
    ("kind", "alarms"),
    [("venv", True), ("uv", True), ("conda-env", False), ("conda", False), ("system", False)],
)
def test_no_list_of_files(tmp_path: Path, kind: str, alarms: bool) -> None:
    """conda's and a distribution's own packages have none, and are whole."""
    python = learner(tmp_path, numpy(tmp_path, has_record=False), kind=kind)
    assert [one.code for one in met(tmp_path, python)] == (["metadata-no-record"] if alarms else [])


def test_only_the_chapter_s_packages_count(tmp_path: Path) -> None:
    """Each has one warning at most, the first of the three."""
    other = replace(numpy(tmp_path, None), name="scipy")
    twice = [numpy(tmp_path, None, has_record=False), numpy(tmp_path, "2.0.0", has_record=False)]
    assert met(tmp_path, learner(tmp_path, other)) == []
    codes = [one.code for one in met(tmp_path, learner(tmp_path, *twice))]
    assert codes == ["metadata-duplicate"]
