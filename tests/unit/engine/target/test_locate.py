"""Which Python is the learner's: every rule, in its order."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from envcheck.environment import Located
from envcheck.target import locate

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the layout of environments is POSIX's here"
)


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def environment(folder: Path) -> Path:
    program(folder / "bin" / "python")
    (folder / "pyvenv.cfg").touch()
    return folder


class Place:
    """A machine on which every rule would find something, so that the order shows."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "course" / "week1"
        self.folder.mkdir(parents=True)
        (root / "course" / ".git").mkdir()
        self.active = environment(root / "active")
        self.conda = environment(root / "conda")
        self.here = environment(self.folder / ".venv")
        self.above = environment(root / "course" / "venv")
        self.outside = environment(root / ".venv")
        self.launcher = program(root / "launcher" / "python3.12")
        self.on_path = program(root / "path" / "python3")
        self.variables = {
            "VIRTUAL_ENV": str(self.active),
            "CONDA_PREFIX": str(self.conda),
            "ENVCHECK_LAUNCHED_BY": str(self.launcher),
            "PATH": os.pathsep.join([str(self.active / "bin"), str(root / "path")]),
        }

    def activated(self, environment: Path) -> dict[str, str]:
        """PATH as it is when that environment was activated last."""
        return {"PATH": os.pathsep.join([str(environment / "bin"), str(self.on_path.parent)])}

    def find(self, asked: str | None = None, **variables: str) -> Located:
        return locate.locate(asked, {**self.variables, **variables}, self.folder)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_rules_in_their_order(place: Place) -> None:
    """--python, the active environment, conda's, this folder's, the course folder's, the
    launcher's, PATH.
    """
    assert place.find(str(place.on_path)) == Located((str(place.on_path),), "--python")
    assert place.find() == Located(
        (f"{place.active}/bin/python",), "the active virtual environment"
    )
    del place.variables["VIRTUAL_ENV"]
    place.variables.update(place.activated(place.conda))
    assert place.find() == Located((f"{place.conda}/bin/python",), "the active conda environment")
    del place.variables["CONDA_PREFIX"]
    place.variables["PATH"] = str(place.on_path.parent)
    assert place.find() == Located(
        (f"{place.here}/bin/python",), ".venv in this folder", inactive=str(place.here)
    )
    (place.here / "pyvenv.cfg").unlink()
    assert place.find() == Located(
        (f"{place.above}/bin/python",), "venv in the course folder", inactive=str(place.above)
    )
    (place.above / "pyvenv.cfg").unlink()
    assert place.find() == Located((str(place.launcher),), "the Python that ran run-envcheck.py")
    del place.variables["ENVCHECK_LAUNCHED_BY"]
    assert place.find() == Located((str(place.on_path),), "python3 on PATH")
    place.on_path.unlink()
    program(place.on_path.with_name("py"))
    assert place.find() == Located((str(place.on_path.with_name("py")),), "py on PATH")
    place.on_path.with_name("py").unlink()
    with pytest.raises(LookupError, match="no Python was found"):
        place.find()


@pytest.mark.parametrize("name", ["VIRTUAL_ENV", "CONDA_PREFIX"])
def test_what_is_left_over_is_not_active(name: str, place: Place) -> None:
    """An environment to which this terminal's `python` does not belong is never the target."""
    alone = {"VIRTUAL_ENV": "", "CONDA_PREFIX": "", "PATH": str(place.on_path.parent)}
    for left in (place.active, place.active / "gone"):
        assert place.find(**{**alone, name: str(left)}).rule == ".venv in this folder"
        assert (
            place.find(**{**alone, name: str(left), **place.activated(place.conda)}).rule
            == ".venv in this folder"
        )


def test_what_is_named_where_nothing_can_be_typed(place: Place) -> None:
    """Without any Python on PATH nothing contradicts the variable."""
    assert place.find(PATH="/nowhere").rule == "the active virtual environment"


def test_environment_of_the_folder_that_path_leads_to(place: Place) -> None:
    """It is active in all but the variable: there is nothing to activate."""
    found = place.find(VIRTUAL_ENV="", CONDA_PREFIX="", **place.activated(place.here))
    assert found == Located((f"{place.here}/bin/python",), ".venv in this folder")


def test_base_is_no_choice(place: Place) -> None:
    """conda's base activates itself: the folder's environment and the launcher come first, PATH
    comes behind.
    """
    base = {"VIRTUAL_ENV": "", "CONDA_DEFAULT_ENV": "base", **place.activated(place.conda)}
    assert place.find(**base) == Located(
        (f"{place.here}/bin/python",), ".venv in this folder", inactive=str(place.here)
    )
    for folder in (place.here, place.above):
        (folder / "pyvenv.cfg").unlink()
    assert place.find(**base).rule == "the Python that ran run-envcheck.py"
    del place.variables["ENVCHECK_LAUNCHED_BY"]
    assert place.find(**base) == Located(
        (f"{place.conda}/bin/python",), "the active conda environment"
    )
    (place.conda / "bin" / "python").unlink()
    assert place.find(**base).rule == "python3 on PATH"


def test_envcheck_in_the_learners_own_environment(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Installed there by pip, active or in the folder, it is examined like any other; one that a
    runner made is not.
    """
    for name in (str(place.active), str(place.here)):
        monkeypatch.setattr("sys.prefix", name)
        assert place.find().command == (f"{place.active}/bin/python",)
    (place.active / "uv-receipt.toml").touch()
    assert place.find(VIRTUAL_ENV=str(place.active)).rule == ".venv in this folder"


def test_without_a_course_folder(tmp_path: Path) -> None:
    """Without a mark, somebody's .venv in a parent folder is not the learner's."""
    environment(tmp_path / ".venv")
    (tmp_path / "work").mkdir()
    program(tmp_path / "path" / "python")
    found = locate.locate(None, {"PATH": str(tmp_path / "path")}, tmp_path / "work")
    assert found.rule == "python on PATH"


def test_mark_beats_what_lies_further_up(place: Place) -> None:
    """An environment above the course folder is not the course's."""
    (place.here / "pyvenv.cfg").unlink()
    (place.above / "pyvenv.cfg").unlink()
    for name in ("VIRTUAL_ENV", "CONDA_PREFIX", "ENVCHECK_LAUNCHED_BY"):
        del place.variables[name]
    assert place.find().rule == "python3 on PATH"


def test_folder_that_only_looks_like_an_environment(place: Place) -> None:
    """A folder named venv without pyvenv.cfg is a folder."""
    (place.here / "pyvenv.cfg").unlink()
    assert place.find(VIRTUAL_ENV="", CONDA_PREFIX="").command == (f"{place.above}/bin/python",)


def test_what_python_may_name(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--python takes an environment's folder, a path, a path from home, a name on PATH,
    and what does not exist.
    """
    monkeypatch.setenv("HOME", str(tmp_path))
    assert place.find(str(place.conda)).command == (f"{place.conda}/bin/python",)
    assert place.find("~/conda/bin/python").command == (f"{place.conda}/bin/python",)
    up = place.folder / os.path.relpath(place.conda, place.folder)
    relative = os.path.relpath(place.conda / "bin/python", place.folder)
    assert place.find(relative).command == (f"{up}/bin/python",)
    assert place.find("python3").command == (str(place.on_path),)
    assert place.find("no/such/python").command == (str(place.folder / "no/such/python"),)
    assert place.find("nothing").command == ("nothing",)


def test_versions(place: Place, tmp_path: Path) -> None:
    """--python 3.12 is `python3.12` on PATH; the host's own does not count; what is not
    there is said.
    """
    program(tmp_path / "path" / "python3.12")
    assert place.find("3.12").command == (str(tmp_path / "path" / "python3.12"),)
    missing = place.find("3.99")
    assert (missing.command, bool(missing.trouble)) == (("python3.99",), True)


def test_versions_behind_a_shim(place: Place, tmp_path: Path) -> None:
    """pyenv's stand-in may be of a version that is not installed: it is the answer only when
    nothing better is found.
    """
    shim = program(tmp_path / "path" / "shims" / "python3.99")
    assert place.find("3.99", PATH=str(shim.parent)).command == (str(shim),)
    assert (
        "shims"
        not in place.find(
            f"{sys.version_info[0]}.{sys.version_info[1]}", PATH=str(shim.parent)
        ).command[0]
    )


def test_own_version_is_found_outside_the_host() -> None:
    """Asked for the version that envcheck itself runs on, the answer is never envcheck's own
    environment.
    """
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    found = locate.locate(version, {"PATH": "/nowhere"}, Path("/"))
    assert Path(found.command[0]).parent.parent != Path(sys.prefix) or sys.prefix == sys.base_prefix


@pytest.mark.parametrize("name", ["VIRTUAL_ENV", "CONDA_PREFIX"])
def test_dead_candidates(name: str, place: Place, tmp_path: Path) -> None:
    """An active environment that has been deleted is still the answer: that it is dead is a
    finding.
    """
    deleted = tmp_path / "deleted"
    found = place.find(
        **{"VIRTUAL_ENV": "", "CONDA_PREFIX": "", name: str(deleted), **place.activated(deleted)}
    )
    assert found.command == (f"{tmp_path}/deleted/bin/python",)


def test_relative_path_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative folder on PATH gives an absolute path: programs are started in other
    folders too.
    """
    monkeypatch.chdir(tmp_path)
    program(tmp_path / "bin" / "python3")
    assert locate.locate(None, {"PATH": "bin"}, tmp_path).command == (
        str(tmp_path / "bin" / "python3"),
    )


def test_variables_that_the_launcher_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The learner's Python gets the learner's variables, not those that protect ours."""
    monkeypatch.setenv("ENVCHECK_KEEP_LD_LIBRARY_PATH", "/theirs")
    monkeypatch.setenv("MALLOC_ARENA_MAX", "1")
    variables = locate.learner_variables()
    assert variables["LD_LIBRARY_PATH"] == "/theirs"
    assert not [name for name in variables if name.startswith("ENVCHECK_KEEP_")]
    assert "MALLOC_ARENA_MAX" not in variables
    monkeypatch.setenv("ENVCHECK_KEEP_MALLOC_ARENA_MAX", "4")
    assert locate.learner_variables()["MALLOC_ARENA_MAX"] == "4"
