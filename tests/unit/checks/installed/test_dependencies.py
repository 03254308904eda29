"""A distribution and all that it needs: who is missing, who is too old or too new for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.described_machines import on, python_at

from envcheck import Diagnosis, Run
from envcheck.target.fulfilled import marker_variables
from envcheck.target.interpreter import Interpreter
from envcheck.testing import interpreter
from envcheck_checks.installed.dependencies import diagnose
from envcheck_checks.installed.requirements import closure, requirements

Needs = dict[str, Sequence[str]]


def with_needs(python: Interpreter, needs: Needs) -> Interpreter:
    rows = tuple(
        replace(row, requires=tuple(needs.get(row.name, ()))) for row in python.distributions
    )
    return replace(python, distributions=rows)


def said(
    folder: Path, packages: dict[str, str], needs: Needs, kind: str = "venv"
) -> Diagnosis | None:
    """What is said of a kernel that does not start on a Python with these packages."""
    python = with_needs(python_at(folder / "venv", packages, kind=kind), needs)
    return diagnose(on("linux", folder, python), ["ipykernel"], "no kernel starts")


KERNEL = {"ipykernel": "6.29", "traitlets": "5.14", "jupyter-client": "8.6", "tornado": "6.4"}
NEEDS: Needs = {
    "ipykernel": ["traitlets>=5.4", "jupyter_client>=6.1", "tornado>=6.1"],
    "jupyter-client": ["traitlets>=5.3", "python-dateutil>=2.8"],
}


def test_the_closure_is_nearest_first() -> None:
    """Each once, by its normal name, and only what is installed. A circle ends."""
    needs: Needs = {**NEEDS, "traitlets": ["ipykernel"]}
    python = with_needs(interpreter(packages=KERNEL), needs)
    assert closure(python, ["IPyKernel", "absent"]) == [
        "ipykernel",
        "traitlets",
        "jupyter-client",
        "tornado",
    ]


def test_whole_and_in_order(tmp_path: Path) -> None:
    """Nothing to say where all is there in a version that fits."""
    assert said(tmp_path, {**KERNEL, "python-dateutil": "2.9"}, NEEDS) is None
    assert said(tmp_path, {}, {}) is None


def test_a_missing_dependency_is_named_with_who_needs_it(tmp_path: Path) -> None:
    """However deep it lies; it alone is installed."""
    diagnosis = said(tmp_path, KERNEL, NEEDS)
    assert diagnosis is not None
    assert diagnosis.code == "dependency-missing"
    assert diagnosis.summary == (
        "`python-dateutil`, which jupyter-client needs, is not installed "
        "(a missing dependency): no kernel starts"
    )
    assert diagnosis.evidence.found == "no python-dateutil"
    (step,) = diagnosis.fixes[0].steps
    assert isinstance(step, Run)
    assert step.argv[-2:] == ("install", "python-dateutil>=2.8")


def test_several_that_are_missing_are_one_diagnosis(tmp_path: Path) -> None:
    """And missing comes before too old: it would be installed in a version that fits."""
    packages = {"ipykernel": "6.29", "tornado": "4.0"}
    diagnosis = said(tmp_path, packages, NEEDS)
    assert diagnosis is not None
    assert (diagnosis.code, diagnosis.evidence.wanted) == (
        "dependency-missing",
        "traitlets, jupyter-client",
    )


@pytest.mark.parametrize(
    ("version", "asked", "age"),
    [
        ("4.5", ">=5.4", "too old"),
        ("5.3", ">5.3", "too old"),
        ("5.3", "~=5.4", "too old"),
        ("5.3", "==5.4.*", "too old"),
        ("6.0", "<6", "too new"),
        ("6.0", "==5.4.*", "too new"),
        ("6.0", ">=5.4,<6", "too new"),
        ("5.4", "!=5.4", "too new"),
        ("5.2", "<5,!=5.4", "too new"),
    ],
)
def test_too_old_or_too_new(tmp_path: Path, version: str, asked: str, age: str) -> None:
    """By where the range begins; the command asks for the range itself."""
    diagnosis = said(
        tmp_path,
        {"ipykernel": "6.29", "traitlets": version},
        {"ipykernel": [f"traitlets{asked}"]},
    )
    assert diagnosis is not None
    assert diagnosis.code == "dependency-wrong-version"
    assert f"version {version} of traitlets is {age} for ipykernel: no kernel" in diagnosis.summary
    assert diagnosis.evidence.found == f"traitlets {version}"
    (step,) = diagnosis.fixes[0].steps
    assert isinstance(step, Run)
    assert step.argv[-2] == "--upgrade"
    assert set(step.argv[-1].removeprefix("traitlets").split(",")) == set(asked.split(","))


def test_the_one_that_most_of_the_others_refuse(tmp_path: Path) -> None:
    """Two that ask for a newer traitlets weigh more than one that asks for a newer tornado."""
    packages = {**KERNEL, "python-dateutil": "2.9", "traitlets": "4.3", "tornado": "6.0"}
    diagnosis = said(tmp_path, packages, NEEDS)
    assert diagnosis is not None
    assert "4.3 of traitlets is too old for ipykernel and jupyter-client" in diagnosis.summary
    step = diagnosis.fixes[0].steps[0]
    assert isinstance(step, Run)
    assert set(step.argv[-2:]) == {"traitlets>=5.4", "tornado>=6.1"}


def test_what_asks_nobody_here_is_not_judged(tmp_path: Path) -> None:
    """An old package outside the closure is somebody else's."""
    packages = {**KERNEL, "python-dateutil": "2.9", "spyder": "5.0"}
    needs: Needs = {**NEEDS, "spyder": ["traitlets<5"]}
    assert said(tmp_path, packages, needs) is None


def test_a_system_s_python_is_not_changed(tmp_path: Path) -> None:
    """The course gets an environment of its own there."""
    diagnosis = said(tmp_path, KERNEL, NEEDS, kind="system")
    assert diagnosis is not None
    assert "environment of its own" in diagnosis.fixes[0].title


@pytest.mark.parametrize(
    ("text", "applies"),
    [
        ("a; python_version >= '3.8'", True),
        ("a; python_version < '3.8'", False),
        ("a; python_full_version == '3.12.4'", True),
        ("a; implementation_name == 'pypy'", False),
        ("a; extra == 'test'", False),
        ("a; nonsense == '1'", False),
        ("a >= ", False),
    ],
)
def test_markers_are_the_target_s(text: str, applies: bool) -> None:
    """Of the Python under test, not of the one that envcheck runs in."""
    python = with_needs(interpreter("3.12.4", {"b": "1"}), {"b": [text]})
    assert bool(requirements(python, "b")) is applies
    assert marker_variables(python)["python_version"] == "3.12"


NAMES = st.sampled_from("abcdefg")


@settings(max_examples=40)
@given(st.dictionaries(NAMES, st.lists(NAMES, max_size=4), max_size=7), NAMES)
def test_any_graph_has_a_closure(graph: dict[str, list[str]], start: str) -> None:
    """It ends, it names each installed one that can be reached, once, and nothing else."""
    python = with_needs(interpreter(packages=dict.fromkeys(graph, "1")), {**graph})
    reached, waiting = set(), [start]
    while waiting:
        name = waiting.pop()
        if name in graph and name not in reached:
            reached.add(name)
            waiting += graph[name]
    found = closure(python, [start])
    assert (set(found), len(found)) == (reached, len(reached))


def test_the_cause_is_what_the_failure_speaks_of(tmp_path: Path) -> None:
    """One is missing, another too old: the traceback decides which of them is called the cause, and
    one line mends both.
    """
    packages = {**KERNEL, "traitlets": "4.3"}
    python = with_needs(python_at(tmp_path / "venv", packages), NEEDS)
    env = on("linux", tmp_path, python)
    file = f"{python.paths['purelib']}/traitlets/config.py"
    said = f"ImportError: cannot import name 'Dict' from 'traitlets' ({file})"
    plain = diagnose(env, ["ipykernel"], "no kernel starts")
    spoken = diagnose(env, ["ipykernel"], "no kernel starts", output=said)
    assert plain is not None
    assert spoken is not None
    assert [plain.code, spoken.code] == ["dependency-missing", "dependency-wrong-version"]
    for one in (plain, spoken):
        (step,) = one.fixes[0].steps
        assert isinstance(step, Run)
        assert step.argv[4:] == ("--upgrade", "python-dateutil>=2.8", "traitlets>=5.4")


def test_what_would_fail_next_stands_in_the_same_line(tmp_path: Path) -> None:
    """A whole set of another year is mended at once."""
    packages = {
        **KERNEL,
        "python-dateutil": "2.9",
        "traitlets": "4.3",
        "notebook": "7",
        "jinja2": "2",
    }
    needs: Needs = {**NEEDS, "notebook": ["jinja2>=3"]}
    env = on("linux", tmp_path, with_needs(python_at(tmp_path / "venv", packages), needs))
    diagnosis = diagnose(env, ["ipykernel"], "no kernel starts", beside=["notebook"])
    assert diagnosis is not None
    assert diagnosis.evidence.found == "traitlets 4.3"
    (step,) = diagnosis.fixes[0].steps
    assert isinstance(step, Run)
    assert step.argv[4:] == ("--upgrade", "traitlets>=5.4", "jinja2>=3")


def test_what_fails_may_itself_be_the_old_one(tmp_path: Path) -> None:
    """ipykernel lacks a part, and Jupyter beside it says that it is too old: a newer one does without
    that part.
    """
    packages = {"ipykernel": "5.5.6", "jupyterlab": "4.6"}
    needs: Needs = {"ipykernel": ["ipython-genutils"], "jupyterlab": ["ipykernel>=6.5"]}
    env = on("linux", tmp_path, with_needs(python_at(tmp_path / "venv", packages), needs))
    diagnosis = diagnose(env, ["ipykernel"], "no kernel starts", beside=["jupyterlab"])
    assert diagnosis is not None
    assert diagnosis.evidence.found == "ipykernel 5.5.6"
