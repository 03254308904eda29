"""Whatever a check would install, nothing is taken from an index that the course takes from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.described_machines import file_at, on, python_at
from tests.unit.described_projects import made

from envcheck import Check, Confidence, Environment, Fix, Outcome, Rename, Run, Tell, fail
from envcheck.declared.declared import Declared
from envcheck.fixes import advice
from envcheck.fixes.backup import move_aside
from envcheck.target.interpreter import interpreter
from envcheck.testing import examine
from envcheck_checks.course_file.packages.of_no_index import as_the_course_says, never_of_an_index
from envcheck_checks.course_file.wanted import Wanted
from envcheck_checks.installed.reinstall import reinstall

KIT = Declared("kit>=2", "requirements.txt", 1, on_index=False, address="git+https://h/kit.git")
TOOL = Declared("graph-tool", "environment.yml", 1, "graph-tool", on_index=False)
NUMPY = Declared("numpy", "requirements.txt", 2, on_index=True)


def fixes(env: Environment, *offered: Fix, rows: tuple[Declared, ...] = (KIT, TOOL, NUMPY)) -> tuple[Fix, ...]:  # fmt: skip
    """What is left of these, given by a check of the chapter."""
    lists = (str(env.folder / "requirements.txt"),)
    given = Check("a", "A", lambda env: fail("x", "it", *offered), scope="w")
    (check,) = never_of_an_index([given], Wanted(rows, lists=lists))
    outcome: Outcome = examine(check, env)
    assert not isinstance(outcome, tuple)
    return outcome.fixes  # type: ignore[union-attr]


def words(fix: Fix) -> list[str]:
    return [word for step in fix.steps if isinstance(step, Run) for word in step.argv]


@pytest.mark.parametrize("again", [False, True])
def test_a_fix_of_any_check(again: bool, tmp_path: Path) -> None:
    """Whether it is installed, or installed again: pip is told nothing, and a person the course's line."""
    env = on("linux", tmp_path, python_at(tmp_path / "venv", {"kit": "1.0", "pip": "25"}))
    python = interpreter(env)
    fix = (
        reinstall(env, python, ["kit"], "reinstall kit")
        if again
        else advice.install(env, python, ["--upgrade", "Kit>=2"])
    )
    (left,) = fixes(env, fix)
    assert words(left) == []
    assert not left.automatic
    (tell,) = left.steps
    assert isinstance(tell, Tell)
    assert "-m pip install -r " in tell.typed
    assert tell.typed.endswith("requirements.txt")


@pytest.mark.parametrize(
    ("lists", "chosen"),
    [
        (("all.txt",), "all.txt"),
        (("runtime.txt", "constraints.txt", "all.txt"), "all.txt"),
        (("other.txt", "all.txt"), ""),
        (("other.txt", "requirements.txt"), "requirements.txt"),
    ],
)
def test_the_list_that_a_line_is_for(lists: tuple[str, ...], chosen: str, tmp_path: Path) -> None:
    """The one that names it, or the only one that can name the one which does: none is guessed."""
    env = on("linux", tmp_path, python_at(tmp_path / "venv", {"pip": "25"}))
    wanted = Wanted((KIT, NUMPY), lists=tuple(str(env.folder / name) for name in lists))
    words = as_the_course_says(env, wanted, ["kit"])
    assert (f"/{chosen}`" in words) if chosen else ("`" not in words), words


def test_the_rest_of_a_fix_stays(tmp_path: Path) -> None:
    env = on("linux", tmp_path, python_at(tmp_path / "venv", {"pip": "25"}))
    (left,) = fixes(env, advice.install(env, interpreter(env), ["kit>=2", "numpy", "graph-tool"]))
    assert words(left)[-2:] == ["install", "numpy"]
    assert left.automatic
    assert "without graph-tool and kit, which the course takes from elsewhere" in left.title


def test_an_environment_that_has_nothing_yet(tmp_path: Path) -> None:
    """It is made, with what an index has."""
    env = on("linux", tmp_path, python_at(tmp_path / "base", {"pip": "25"}, kind="system"))
    made = advice.new_environment(env, interpreter(env), ["kit>=2", "numpy"])
    (left,) = fixes(env, made)
    assert [step.do for step in left.steps] == [step.do for step in made.steps]
    assert "numpy" in words(left)
    assert "kit>=2" not in words(left)


def test_an_address_goes_before_a_plain_name() -> None:
    """Another list that has the name alone means the same package."""
    plain = Declared("kit", "other.txt", 1, on_index=True)
    asked = Wanted((KIT, plain, NUMPY))
    assert asked.ours == asked.condas == {"kit"}
    assert asked.everything == ("numpy",)


def test_conda_installs_its_own_names(tmp_path: Path) -> None:
    env = on("linux", tmp_path)
    (left,) = fixes(env, Fix("a", (Run(("conda", "install", "--name", "kit", "graph-tool", "kit")),)))  # fmt: skip
    assert words(left) == ["conda", "install", "--name", "kit", "graph-tool"]


def test_the_courses_list_is_offered_and_its_name_alone_is_not(tmp_path: Path) -> None:
    """Of two fixes the one that installs by the list stays, which a person has to agree to."""
    env = on("linux", tmp_path, python_at(tmp_path / "venv", {"pip": "25"}))
    by_list = Fix("install all that it asks for", (Run(("python", "-m", "pip", "install", "-r", "a.txt")),), Confidence.LIKELY)  # fmt: skip
    assert fixes(env, by_list, advice.install(env, interpreter(env), ["kit"])) == (by_list,)


@pytest.mark.parametrize("refused", ["kit", "plots", "kit plots"])
@pytest.mark.parametrize("damage", ["zeros", "no record", "dead links", "closed", "project"])
def test_what_is_not_brought_back_is_not_moved_away(
    damage: str, refused: str, tmp_path: Path
) -> None:
    """Of a fix that moves the old files of several packages aside, those of the refused ones stay."""
    away = {*refused.split()}
    env, moved, fix = _damaged(tmp_path, damage)
    rows = tuple(
        Declared(name, "requirements.txt", 1, on_index=False, address="git+https://h/x.git")
        for name in away
    )
    (left,) = fixes(env, fix, rows=(*rows, NUMPY))
    renames = {Path(step.source) for step in left.steps if isinstance(step, Rename)}
    assert {place for places in moved.values() for place in places} <= {
        Path(step.source) for step in fix.steps if isinstance(step, Rename)
    }
    assert renames == {place for name in moved.keys() - away for place in moved[name]}
    named = {word.partition("==")[0] for word in words(left)} & moved.keys()
    assert named == moved.keys() - away


def _damaged(folder: Path, damage: str) -> tuple[Environment, dict[str, list[Path]], Fix]:
    """Three packages, and what of each is moved aside before they are installed again."""
    names = ["kit", "plots", "numpy"]
    prefix = folder / ("work/.venv" if damage == "project" else "venv")
    python = python_at(prefix, {**dict.fromkeys(names, "1.0"), "pip": "25"})
    env, site = on("linux", folder, python), prefix / "site"
    if damage == "project":
        file_at(
            env.folder / "pyproject.toml", "[project]\nname = 'a'\n[tool.uv]\npackage = false\n"
        )
        python = replace(python, kind="uv")
        env = on("linux", folder, python)
    metadata = {name: [site / f"{name}-1.0.dist-info"] for name in names}
    if damage == "no record":
        rows = tuple(replace(row, has_record=row.name == "pip") for row in python.distributions)
        python = replace(python, distributions=rows)
        return (
            on("linux", folder, python),
            metadata,
            reinstall(env, python, names, "reinstall all"),
        )
    for name in names:
        text = "" if damage == "closed" else f"{name}/__init__.py,,\n"
        file_at(
            site / f"{name}-1.0.dist-info" / "RECORD",
            text + "\0\0" * (damage in ("zeros", "project")),
        )
        (site / name).mkdir()
        if damage == "dead links":
            (site / name / "__init__.py").symlink_to(folder / "gone")
    folders = {name: [site / name] for name in names}
    aside = [str(site / name) for name in names] if damage == "closed" else []
    fix = reinstall(env, python, names, "reinstall all", aside=aside)
    return env, folders if damage in ("dead links", "closed") else metadata, fix


def test_an_environment_in_the_way_is_moved_whole(tmp_path: Path) -> None:
    """What it holds of a refused package goes with it: it is no file of that package's."""
    place = tmp_path / "work" / ".venv"
    python = python_at(place, {"kit": "1.0", "pip": "25"})
    env = on("linux", tmp_path, python)
    fill = Run((str(place / "bin/python"), "-m", "pip", "install", "kit", "numpy"))
    (left,) = fixes(env, Fix("make it anew", (move_aside(place), fill)))
    assert left.steps[0] == move_aside(place)


@pytest.mark.parametrize("program", ["uv", "poetry", "pdm", "pipenv", "pixi", "rye"])
def test_a_manager_of_the_learners_own_project(program: str, tmp_path: Path) -> None:
    """It would add the name that an index has; what its project declares it may bring."""
    env, _ = made(program, tmp_path)
    (left,) = fixes(env, advice.install(env, interpreter(env), ["kit>=2"]))
    assert words(left) == []
    declared = advice.install(env, interpreter(env), ["pandas"])
    pandas = Declared("pandas", "requirements.txt", 1, on_index=False)
    assert fixes(env, declared, rows=(pandas,)) == (declared,)
    (both,) = fixes(env, advice.install(env, interpreter(env), ["pandas", "kit>=2"]))
    assert words(both) == words(declared)


def test_what_a_package_of_their_own_index_needs(tmp_path: Path) -> None:
    """`acme-core` stands in no list: nobody says that the public index has the course's."""
    acme = Declared("acme", "requirements.txt", 2, on_index=False, index="https://pkgs.example.org")
    python = python_at(tmp_path / "venv", {"acme": "1.0", "pip": "25"})
    (there,) = [row for row in python.distributions if row.name == "acme"]
    others = [row for row in python.distributions if row is not there]
    needing = replace(there, requires=("acme-core>=2", "numpy; python_version > '3'"))
    env = on("linux", tmp_path, replace(python, distributions=(*others, needing)))
    fix = advice.install(env, interpreter(env), ["acme-core", "numpy"])
    (left,) = fixes(env, fix, rows=(acme, NUMPY))
    assert words(left)[-2:] == ["install", "numpy"]
