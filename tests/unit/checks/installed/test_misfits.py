"""Who does not fit, by the word of those that do, and the one line that mends all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.requirements import Requirement

from envcheck.target.interpreter import Interpreter
from envcheck.testing import interpreter
from envcheck_checks.installed.misfits import line, misfits


def made(packages: Mapping[str, str], needs: Mapping[str, Sequence[str]]) -> Interpreter:
    python = interpreter(packages=dict(packages))
    rows = tuple(
        replace(row, requires=tuple(needs.get(row.name, ()))) for row in python.distributions
    )
    return replace(python, distributions=rows)


def wanted(words: Sequence[str]) -> list[tuple[str, frozenset[str]]]:
    """Names and what is asked of them, in any order."""
    read = [Requirement(word) for word in words if not word.startswith("-")]
    return [(one.name, frozenset(map(str, one.specifier))) for one in read]


def test_what_an_old_package_lacks_is_not_missing() -> None:
    """jupyter_server refuses anyio 3.0; that this one wants sniffio is no matter."""
    python = made(
        {"jupyter-server": "2.21", "anyio": "3.0.1"},
        {"jupyter-server": ["anyio>=3.1"], "anyio": ["sniffio"]},
    )
    found = misfits(python, ["jupyter-server"])
    assert (list(found.absent), list(found.refused)) == ([], ["anyio"])
    assert line(python, found) == ["--upgrade", "anyio>=3.1"]


def test_an_old_package_refuses_nobody() -> None:
    """jupyterlab_server 2.10 asks for an old jupyter_server: it is itself the old one."""
    python = made(
        {"notebook": "7.6", "jupyterlab-server": "2.10", "jupyter-server": "2.21"},
        {
            "notebook": ["jupyter_server>=2.4", "jupyterlab_server>=2.28,<3"],
            "jupyterlab-server": ["jupyter_server~=1.4", "entrypoints"],
        },
    )
    found = misfits(python, ["notebook"])
    assert wanted(line(python, found)) == wanted(["jupyterlab-server>=2.28,<3"])


def test_a_far_one_that_is_refused_later_is_not_believed_either() -> None:
    """`c` stands before `d` in the order, and `d` refuses it: what `c` said of `b` is taken back."""
    python = made(
        {"a": "1", "b": "1", "c": "1", "d": "1"},
        {"a": ["c", "d", "b"], "c": ["b>=2"], "d": ["c>=2"]},
    )
    assert list(misfits(python, ["a"]).refused) == ["c"]


def test_of_two_that_refuse_each_other_the_nearer_is_believed() -> None:
    python = made({"a": "1", "b": "1"}, {"a": ["b>=2"], "b": ["a>=2"]})
    assert list(misfits(python, ["a"]).refused) == ["b"]


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        (["x>=2", "x>=3", "x<9"], "x>=3,<9"),
        (["x>=2", "x<1"], "x>=2"),  # nobody can please both: the first is
        (["x==2.*", "x!=2.0"], "x==2.*,!=2.0"),
        (["x>2", "x<3"], "x>2,<3"),
        (["x"], "x"),
    ],
)
def test_one_range_for_all_who_ask(asked: Sequence[str], word: str) -> None:
    askers = [f"a{number}" for number, _ in enumerate(asked)]
    python = made(
        dict.fromkeys(askers, "1"), dict(zip(askers, [[one] for one in asked], strict=True))
    )
    assert wanted(line(python, misfits(python, askers))) == wanted([word])


def test_others_who_ask_for_the_same_are_heard() -> None:
    """Not of what fails, and still there: the new version is to suit them too."""
    python = made(
        {"kernel": "1", "tornado": "4", "dask": "1"},
        {"kernel": ["tornado>=6.1"], "dask": ["tornado<6.5"]},
    )
    assert wanted(line(python, misfits(python, ["kernel"]))) == wanted(["tornado>=6.1,<6.5"])


NAMES = "abcde"
NEEDS = st.dictionaries(
    st.sampled_from(NAMES),
    st.lists(
        st.builds(
            lambda name, sign, number: f"{name}{sign}{number}",
            st.sampled_from(NAMES),
            st.sampled_from([">=", "<", "=="]),
            st.integers(1, 3),
        ),
        max_size=3,
    ),
)


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from(NAMES), st.integers(1, 3), min_size=1), NEEDS)
def test_the_line_is_asked_for_by_somebody_who_fits(
    versions: dict[str, int], needs: dict[str, list[str]]
) -> None:
    """In any graph: nobody is called a misfit, or missing, on the word of a misfit alone."""
    python = made({name: str(version) for name, version in versions.items()}, needs)
    found = misfits(python, ["a"])
    for name, asked in {**found.absent, **found.refused}.items():
        assert {who for who, _ in asked} - set(found.refused), (name, found)
    assert sorted(name for name, _ in wanted(line(python, found))) == sorted(
        {**found.absent, **found.refused}
    )
