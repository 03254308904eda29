"""The names that course authors import are the objects of the rooms in which they live."""

from __future__ import annotations

from importlib import import_module

import pytest

import envcheck
from envcheck import advice, process, python

HOMES = {
    advice: ("envcheck.fixes.advice",),
    process: ("envcheck.processes.process", "envcheck.processes.tree"),
    python: ("envcheck.target.interpreter",),
}


@pytest.mark.parametrize("alias", HOMES, ids=lambda module: module.__name__)
def test_an_alias_is_the_object_itself(alias: object) -> None:
    """A check that a course author writes meets the same classes and functions as the engine."""
    homes = [vars(import_module(name)) for name in HOMES[alias]]  # type: ignore[index]
    for name in alias.__all__:  # type: ignore[attr-defined]
        assert any(vars(alias)[name] is home.get(name) for home in homes), name


@pytest.mark.parametrize(
    ("alias", "names"),
    [
        (
            advice,
            "activation ask_teacher install install_command installer new_environment restore set_in tell use uv_command",
        ),
        (process, "Ending Finished Processes Running how_it_ended kill_tree"),
        (python, "Distribution Interpreter Trouble Unusable interpreter question target"),
    ],
    ids=["advice", "process", "python"],
)
def test_no_public_name_is_lost(alias: object, names: str) -> None:
    """What could be imported in version 0.1 can be imported until 1.0."""
    assert set(names.split()) <= set(alias.__all__)  # type: ignore[attr-defined]


def test_what_envcheck_itself_names() -> None:
    """Every name that `envcheck` lists is there."""
    assert [name for name in envcheck.__all__ if not hasattr(envcheck, name)] == []
