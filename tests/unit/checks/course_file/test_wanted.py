"""What files ask for, on the Python that is there."""

from __future__ import annotations

from pathlib import Path

from tests.unit.described_machines import on, python_at

from envcheck.declared.declared import Declared
from envcheck_checks.course_file.wanted import Wanted


def wanted(*requirements: str, jupyter: bool = False) -> Wanted:
    return Wanted(
        tuple(Declared(text, "requirements.txt", on_index=True) for text in requirements), jupyter
    )


def test_the_stack_of_this_python(tmp_path: Path) -> None:
    """What a marker shuts out is not asked for; one name is asked for once, with all its bounds."""
    env = on("linux", tmp_path, python_at(tmp_path / "venv", {"numpy": "2.1"}))
    asked = wanted('old; python_version < "3.0"', "NumPy>=1", "numpy[all]<3", "scikit_learn>=1.5")
    stack = asked.stack(env)
    assert [one.requirement for one in stack.packages] == ["numpy[all]>=1,<3", "scikit-learn>=1.5"]
    assert [one.imported for one in stack.packages] == ["numpy", "sklearn"]
    assert [one.allows("2.1") for one in stack.packages] == [True, True]
    assert (stack.launchers, stack.kernel) == ((), "")
    assert wanted("numpy", jupyter=True).stack(env).launchers == ("notebook", "jupyterlab")


def test_an_environment_that_has_nothing_yet() -> None:
    """A name that nobody verified on the index is not asked of it."""
    assert wanted("numpy>=2", jupyter=True).everything == ("notebook", "ipykernel", "numpy>=2")
    unsure = Declared("graph-tool", "environment.yml", 3, "graph-tool", on_index=False)
    asked = Wanted((Declared("numpy==2", "a.txt", on_index=True), unsure))
    assert asked.everything == ("numpy==2",)
    assert asked.condas == {"graph-tool"}


def test_what_the_course_itself_has_is_not_asked_of_an_index() -> None:
    """uv takes it from the workspace; a name of conda's is another case."""
    own = Declared("coursekit", "ch1/pyproject.toml", 4, on_index=False)
    unsure = Declared("graph-tool", "environment.yml", 3, "graph-tool", on_index=False)
    asked = Wanted((own, unsure, Declared("numpy", "a.txt", on_index=True)))
    assert asked.ours == {"coursekit"}
    assert asked.condas == {"coursekit", "graph-tool"}
    assert asked.everything == ("numpy",)


def test_another_build_stands_for_the_one_that_is_asked_for(tmp_path: Path) -> None:
    """A new environment is made with what the course says; the course's own package is nobody else's."""
    env = on("linux", tmp_path, python_at(tmp_path / "venv", {"psycopg2": "2.9.9"}))
    stack = wanted("psycopg2-binary[pool]>=2.9").stack(env)
    assert [each.name for each in stack.packages] == ["psycopg2"]
    assert stack.everything == ("psycopg2-binary[pool]>=2.9",)
    own = Wanted((Declared("psycopg2-binary", "requirements.txt", on_index=False),))
    assert [each.name for each in own.stack(env).packages] == ["psycopg2-binary"]
