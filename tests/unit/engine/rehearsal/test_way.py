"""The course's own way of installing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from envcheck.course_file.reading import read
from envcheck.course_file.values import CourseFile
from envcheck.errors import UsageProblem
from envcheck.rehearsal.way import Way, python_in, steps, way_of


def a_course(folder: Path, requires: str, **files: str) -> CourseFile:
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text)
    file = folder / "envcheck.toml"
    file.write_text(
        f'course = "c"\nrequires = {requires}\n[chapter.a]\npackages = ["six"]\njupyter = false\n'
    )
    return read(file)


def programs(folder: Path, *names: str) -> dict[str, str]:
    """A PATH with these programs alone."""
    there = folder / "programs"
    there.mkdir()
    for name in names:
        file = there / (f"{name}.exe" if os.name == "nt" else name)
        file.write_text("")
        file.chmod(0o755)
    return {"PATH": str(there)}


@pytest.mark.parametrize(
    ("requires", "files", "here", "name"),
    [
        ('["requirements.txt"]', {"requirements__txt": "six"}, ("conda",), "pip"),
        ('["environment.yml"]', {"environment__yml": "name: x"}, ("conda",), "conda"),
        ('["environment.yml"]', {"environment__yml": "name: x"}, (), "conda"),
        (
            '["environment.yml", "requirements.txt"]',
            {"environment__yml": "name: x", "requirements__txt": "six"},
            (),
            "pip",
        ),
        ('["pyproject.toml"]', {"pyproject__toml": "[tool.poetry]\n"}, ("poetry",), "poetry"),
        ('["pyproject.toml"]', {"pyproject__toml": "[project]\n", "uv__lock": ""}, ("uv",), "uv"),
        ('["pyproject.toml"]', {"pyproject__toml": "[project]\n"}, ("uv",), "pip"),
    ],
)
def test_the_files_decide(
    tmp_path: Path, requires: str, files: dict[str, str], here: tuple[str, ...], name: str
) -> None:
    course = a_course(tmp_path, requires, **files)
    way = way_of(course, programs(tmp_path, *here), "")
    assert way.name == name
    assert way.is_absent == (name != "pip" and not here)


def test_pip_installs_lists_as_they_are_and_what_chapters_add(tmp_path: Path) -> None:
    course = a_course(
        tmp_path,
        '["requirements.txt", "pyproject.toml"]',
        requirements__txt="numpy",
        pyproject__toml='[project]\nname = "x"\nversion = "1"\ndependencies = ["pandas>=2"]\n',
    )
    make, install = steps(Way("pip"), course, tmp_path, "/usr/bin/python3", "")
    assert make == ["/usr/bin/python3", "-m", "venv", ".venv"]
    assert install[:4] == [str(python_in(tmp_path)), "-m", "pip", "install"]
    assert install[4:] == ["-r", "requirements.txt", "pandas>=2", "six"]


def test_a_day_needs_uv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    course = a_course(tmp_path, '["requirements.txt"]', requirements__txt="six")
    with pytest.raises(UsageProblem, match="needs uv"):
        way_of(course, programs(tmp_path), "2026-09-01")


def test_uv_installs_as_of_a_day(tmp_path: Path) -> None:
    course = a_course(tmp_path, '["requirements.txt"]', requirements__txt="six")
    way = way_of(course, programs(tmp_path, "uv"), "2026-09-01")
    _, install = steps(way, course, tmp_path, "python3", "2026-09-01")
    assert install[1:3] == ["pip", "install"]
    assert install[install.index("--exclude-newer") + 1] == "2026-09-01"


def test_where_windows_puts_the_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """venv's lies in Scripts, conda's beside the environment's folders."""
    monkeypatch.setattr(sys, "platform", "win32")
    assert python_in(tmp_path) == tmp_path / ".venv/Scripts/python.exe"
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv/python.exe").write_text("")
    assert python_in(tmp_path) == tmp_path / ".venv/python.exe"
