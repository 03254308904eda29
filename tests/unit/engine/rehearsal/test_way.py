"""The course's own way of installing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from envcheck.errors import UsageProblem
from envcheck.rehearsal.commands import commands, python_in
from envcheck.rehearsal.way import Setup, Way, way_of


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        file = folder / name.replace("___", "/").replace("__", ".")
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)


def commands_of(way: Way, folder: Path, *requires: str, before: str = "") -> list[list[str]]:
    """From a Python named `py`, for a chapter that asks for six."""
    return commands(Setup(way, requires, ("six",), ("a",)), folder, "py", before)


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
        (("requirements.txt",), {"requirements__txt": "six"}, ("conda",), "pip"),
        (("environment.yml",), {"environment__yml": "name: x"}, ("conda",), "conda"),
        (("environment.yml",), {"environment__yml": "name: x"}, (), "conda"),
        (
            ("environment.yml", "requirements.txt"),
            {"environment__yml": "name: x", "requirements__txt": "six"},
            (),
            "pip",
        ),
        (
            ("environment.yml", "requirements.txt"),
            {
                "environment__yml": "dependencies: [opencv, pytorch]",
                "requirements__txt": "opencv-python>=4\ntorch[all]==2.3; python_version>'3'",
            },
            (),
            "pip",
        ),
        (("pyproject.toml",), {"pyproject__toml": "[tool.poetry]\n"}, ("poetry",), "poetry"),
        (("pyproject.toml",), {"pyproject__toml": "[project]\n", "uv__lock": ""}, ("uv",), "uv"),
        (("pyproject.toml",), {"pyproject__toml": "[project]\n"}, ("uv",), "pip"),
        (
            ("pyproject.toml[all]", "b/pyproject.toml"),
            {"pyproject__toml": "[tool.poetry]\n", "b___pyproject__toml": "[tool.uv]\n"},
            ("uv", "poetry"),
            "uv",
        ),
    ],
)
def test_the_files_decide(
    tmp_path: Path,
    requires: tuple[str, ...],
    files: dict[str, str],
    here: tuple[str, ...],
    name: str,
) -> None:
    write(tmp_path, **files)
    way = way_of(tmp_path, requires, programs(tmp_path, *here), "")
    assert way.name == name
    assert way.is_absent == (name != "pip" and not here)


@pytest.mark.parametrize("requires", [("pyproject.toml",), ("pyproject.toml", "b/pyproject.toml")])
def test_uv_installs_a_whole_workspace(tmp_path: Path, requires: tuple[str, ...]) -> None:
    """A chapter that is a member has no environment of its own, and pip is told nothing that it declares."""
    root = '[project]\n[tool.uv.workspace]\nmembers = ["b"]\n'
    member = '[project]\ndependencies = ["kit"]\n[tool.uv.sources]\nkit = { workspace = true }\n'
    write(tmp_path, pyproject__toml=root, b___pyproject__toml=member)
    way = way_of(tmp_path, requires, programs(tmp_path, "uv"), "")
    assert (way.name, way.file, way.members) == ("uv", "pyproject.toml", ("b/pyproject.toml",))
    sync, install = commands_of(way, tmp_path, *requires)
    assert sync[1:] == ["sync", "--directory", ".", "--python", "py", "--all-packages"]
    assert install[3:] == ["--python", str(python_in(tmp_path, way)), "six"]
    assert python_in(tmp_path, way).is_relative_to(tmp_path / ".venv")


def test_a_member_of_a_workspace_that_is_not_the_courses(tmp_path: Path) -> None:
    write(tmp_path, pyproject__toml='[tool.uv.workspace]\nmembers = ["b"]\n')
    write(tmp_path, b___pyproject__toml="[project]\n[tool.uv]\n")
    way = way_of(tmp_path / "b", ["pyproject.toml"], programs(tmp_path, "uv"), "")
    assert (way.file, way.members) == ("pyproject.toml", ())


def test_pip_installs_lists_as_they_are_and_what_chapters_add(tmp_path: Path) -> None:
    write(
        tmp_path,
        pyproject__toml='[project]\nname = "x"\nversion = "1"\ndependencies = ["pandas>=2"]\n',
    )
    make, install = commands_of(Way("pip"), tmp_path, "requirements.txt", "pyproject.toml")
    assert make == ["py", "-m", "venv", ".venv"]
    assert install[:4] == [str(python_in(tmp_path, Way("pip"))), "-m", "pip", "install"]
    assert install[4:] == ["-r", "requirements.txt", "pandas>=2", "six"]


def test_bounds_are_bounds(tmp_path: Path) -> None:
    """What `-c` names is not installed for its own sake; bounds alone install nothing."""
    _, install = commands_of(Way("pip"), tmp_path, "requirements.txt", "constraints.txt")
    assert install[4:] == ["-c", "constraints.txt", "-r", "requirements.txt", "six"]
    alone = Setup(Way("pip"), ("constraints.txt",), (), ("a",))
    assert commands(alone, tmp_path, "py", "") == [["py", "-m", "venv", ".venv"]]


def test_pip_gets_what_a_project_takes_from_an_address(tmp_path: Path) -> None:
    """From there, as `pip install .` would; without a word it was left out, and no cell could tell."""
    address = "git+https://example.org/kit.git"
    write(tmp_path, pyproject__toml=f'[project]\ndependencies = ["kit @ {address}"]\n')
    _, install = commands_of(Way("pip"), tmp_path, "pyproject.toml")
    assert [word.replace(" ", "") for word in install[4:]] == [f"kit@{address}", "six"]


def test_what_the_way_itself_does_not_install(tmp_path: Path) -> None:
    """Is put into the same environment: further lists, and what the chapters add."""
    project = Way("uv", "/bin/uv", "b/pyproject.toml")
    own = str(tmp_path / "b" / ".venv" / python_in(tmp_path, Way("pip")).relative_to(tmp_path / ".venv"))  # fmt: skip
    assert commands_of(project, tmp_path, "a.txt", "b/pyproject.toml") == [
        ["/bin/uv", "sync", "--directory", "b", "--python", "py"],
        ["/bin/uv", "pip", "install", "--python", own, "-r", "a.txt", "six"],
    ]
    conda = Way("conda", "conda", "environment.yml", brings_python=True)
    made = commands_of(conda, tmp_path, "environment.yml", "b/more.yml", "a.txt")
    assert [words[1:3] for words in made[:2]] == [["env", "create"], ["env", "update"]]
    assert made[1][-2:] == ["-f", "b/more.yml"]
    assert made[2][-3:] == ["-r", "a.txt", "six"]
    poetry = commands_of(Way("poetry", "poetry", "pyproject.toml"), tmp_path, "pyproject.toml")
    assert [words[1:] for words in poetry] == [
        ["--directory", ".", "env", "use", "py"],
        ["--directory", ".", "install", "--no-interaction", "--no-root"],
        ["-m", "pip", "install", "six"],
    ]


def test_a_day_needs_uv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    with pytest.raises(UsageProblem, match="needs uv"):
        way_of(tmp_path, ("requirements.txt",), programs(tmp_path), "2026-09-01")


def test_a_day_is_what_only_uv_can_keep_to(tmp_path: Path) -> None:
    """Conda and Poetry install what there is today, so they are not asked for another day."""
    write(tmp_path, pyproject__toml="[tool.poetry]\n", environment__yml="name: x")
    here = programs(tmp_path, "uv", "conda", "poetry")
    for requires in (("pyproject.toml",), ("environment.yml", "requirements.txt")):
        assert way_of(tmp_path, requires, here, "2026-09-01").name == "uv pip"
    with pytest.raises(UsageProblem, match=r"conda installs from environment.yml as of today"):
        way_of(tmp_path, ("environment.yml",), here, "2026-09-01")


LISTS = {
    "environment__yml": "dependencies: [python=3.12, pip, numpy, six]",
    "requirements__txt": "numpy\n",
    "whole__txt": "numpy\nsix\n",
    "runtime__txt": "python-3.12\n",
    "pyproject__toml": '[project]\nname = "x"\nversion = "1"\ndependencies = ["numpy"]\n[tool.uv]\n',
}


@pytest.mark.parametrize(
    ("others", "packages", "has_all"),
    [
        ((), (), False),
        (("runtime.txt",), (), False),
        (("requirements.txt",), (), False),
        (("requirements.txt",), ("six>=1",), True),
        (("whole.txt", "runtime.txt"), (), True),
        (("pyproject.toml",), (), False),
        (("pyproject.toml",), ("six",), True),
    ],
)
@pytest.mark.parametrize("conda_is_here", [True, False])
def test_no_list_is_left_out(
    tmp_path: Path,
    others: tuple[str, ...],
    packages: tuple[str, ...],
    has_all: bool,
    conda_is_here: bool,
) -> None:
    """Without conda its list is not needed only where all that is in it stands in others, too: else what the
    chapter asks for would be more than what is installed.
    """
    write(tmp_path, **LISTS)
    here = programs(tmp_path, "uv", *(["conda"] if conda_is_here else []))
    requires = ("environment.yml", *others)
    way = way_of(tmp_path, requires, here, "", packages)
    assert (way.name == "conda") is (
        not has_all or (conda_is_here and "pyproject.toml" not in others)
    )
    assert way.is_absent is (way.name == "conda" and not conda_is_here)
    if has_all:
        assert way_of(tmp_path, requires, here, "2026-09-01", packages).name != "conda"
    else:
        with pytest.raises(UsageProblem, match=r"conda installs from environment.yml"):
            way_of(tmp_path, requires, here, "2026-09-01", packages)


def test_uv_installs_as_of_a_day(tmp_path: Path) -> None:
    way = way_of(tmp_path, ("requirements.txt",), programs(tmp_path, "uv"), "2026-09-01")
    _, install = commands_of(way, tmp_path, "requirements.txt", before="2026-09-01")
    assert install[1:3] == ["pip", "install"]
    assert install[install.index("--exclude-newer") + 1] == "2026-09-01"


def test_where_windows_puts_the_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """venv's lies in Scripts, conda's beside the environment's folders."""
    monkeypatch.setattr(sys, "platform", "win32")
    assert python_in(tmp_path, Way("pip")) == tmp_path / ".venv/Scripts/python.exe"
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv/python.exe").write_text("")
    assert python_in(tmp_path, Way("pip")) == tmp_path / ".venv/python.exe"
