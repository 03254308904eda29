"""Facts are found once, and what was opened is closed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.pace import within

from envcheck.environment import TEMPORARY, Environment, fact
from envcheck.errors import RunIsOver
from envcheck.testing import described


def together(work: Callable[[], object], threads: int = 16) -> list[object]:
    """What each of many threads got, an exception included."""
    answers: list[object] = []
    gate = threading.Barrier(threads)

    def one() -> None:
        gate.wait()
        try:
            answers.append(work())
        except BaseException as error:  # noqa: BLE001  # it is the answer
            answers.append(error)

    crowd = [threading.Thread(target=one, daemon=True) for _ in range(threads)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join(within(20))
    return answers


def test_sixteen_ask_one_looks() -> None:
    """Many threads that ask at once share one look-up."""
    looked: list[Environment] = []

    @fact
    def slow(env: Environment) -> object:
        looked.append(env)
        time.sleep(0.1)
        return object()

    env = described()
    answers = together(lambda: slow(env))
    assert len(answers) == 16
    assert len(set(answers)) == len(looked) == 1


@pytest.mark.parametrize("error", [ValueError("no"), SystemExit(3), KeyboardInterrupt()])
def test_errors_are_shared(error: BaseException) -> None:
    """What the look-up raised is raised to everybody who asks, and nobody gets None instead."""
    looked: list[int] = []

    @fact
    def broken(_: Environment) -> int:
        looked.append(1)
        raise error

    env = described()
    assert together(lambda: broken(env)) == [error] * 16
    assert len(looked) == 1


def test_environments_do_not_share() -> None:
    """A fact belongs to one environment."""

    @fact
    def number(env: Environment) -> int:
        return int(env.variables["N"])

    assert [number(described(variables={"N": str(n)})) for n in (1, 2)] == [1, 2]


@fact
def asks_itself(env: Environment) -> int:
    return asks_itself(env)


@fact
def egg(env: Environment) -> int:
    time.sleep(0.1)
    return hen(env)


@fact
def hen(env: Environment) -> int:
    time.sleep(0.1)
    return egg(env)


def test_circle() -> None:
    """A fact that asks for itself says so instead of waiting for ever."""
    with pytest.raises(RecursionError, match=r"asks_itself -> .*asks_itself"):
        asks_itself(described())


def test_circle_through_two_threads() -> None:
    """Two facts that need each other, asked for by two threads, do not wait for each other for
    ever.
    """
    env = described()
    asked = iter([egg, hen])
    answers = together(lambda: next(asked)(env), threads=2)
    assert len(answers) == 2
    assert all(isinstance(answer, RecursionError) for answer in answers)


def test_facts_may_ask_facts() -> None:
    """A fact that several others use is found once, in whatever order threads come to it."""
    looked: list[int] = []

    @fact
    def base(_: Environment) -> int:
        looked.append(1)
        time.sleep(0.02)
        return 1

    @fact
    def left(env: Environment) -> int:
        return base(env) + 1

    @fact
    def right(env: Environment) -> int:
        return base(env) + left(env)

    env = described()
    assert together(lambda: (left(env), right(env))) == [(2, 3)] * 16
    assert looked == [1]


def test_known_answers_only() -> None:
    """`already` never looks."""

    @fact
    def never(_: Environment) -> int:
        raise AssertionError

    env = described()
    assert never.already(env) is None
    env.preload(never.name, 5)
    assert never.already(env) == never(env) == 5


def test_closing() -> None:
    """What was opened last is closed first, each once, and one that cannot be closed does not keep
    the others open.
    """
    closed: list[str] = []

    def breaks() -> None:
        closed.append("second")
        raise OSError

    env = described()
    env.on_close(lambda: closed.append("first"))
    env.on_close(breaks)
    env.on_close(lambda: closed.append("third"))
    env.close()
    env.close()
    assert closed == ["third", "second", "first"]


def test_variables_of_a_program() -> None:
    """A program gets the learner's variables, ours on top, without those set to None, and without a
    Mac's leftovers.
    """
    env = described(variables={"A": "1", "B": "2", "__PYVENV_LAUNCHER__": "x"})
    child = env.child_variables({"B": None, "C": "3"})
    assert {name: child.get(name) for name in "ABC"} == {"A": "1", "B": None, "C": "3"}
    assert "__PYVENV_LAUNCHER__" not in child
    assert child["PYTHONDONTWRITEBYTECODE"] == "1"


def test_programs_start_in_an_empty_folder(around: Callable[..., Environment]) -> None:
    """No file of the learner's folder can hide a module unless a check asks for that folder."""
    env = around()
    (env.folder / "json.py").write_text("raise SystemExit(9)")
    words = [*env.located.command, "-c", "import json, os; print(os.listdir())"]
    assert env.run(words, timeout=20).stdout.strip() == "[]"
    assert env.run(words, timeout=20, cwd=env.folder).code == 9


def test_what_a_program_keeps_for_the_moment_is_ours() -> None:
    """Its temporary folder, by all three names, unless the check says otherwise."""
    env = described(variables={"TMPDIR": "/theirs"})
    assert {env.child_variables()[name] for name in TEMPORARY} == {str(env.scratch)}
    assert env.child_variables({"TMPDIR": "/examined"})["TMPDIR"] == "/examined"


def test_after_its_end_an_environment_refuses(tmp_path: Path) -> None:
    """Whoever was given up and goes on starts nothing, makes no folder and finds nothing out; what
    closes the run still may, and what is opened too late is closed at once.
    """
    env = described(scratch=tmp_path / "scratch")
    closed: list[Path] = []
    env.on_close(lambda: closed.append(env.new_folder("last words")))
    env.close()
    assert closed == [tmp_path / "scratch" / "last words"]
    for ask in (
        lambda: env.run(["x"], timeout=1),
        lambda: env.start(["x"]),
        lambda: env.new_folder("x"),
        lambda: env.neutral_folder,
        lambda: env.look_up("x", lambda env: 1),
    ):
        assert [type(answer) for answer in together(ask, 2)] == [RunIsOver, RunIsOver]
    env.on_close(lambda: closed.append(tmp_path))
    assert closed[1:] == [tmp_path]


def test_who_uses_it() -> None:
    """A check that was given up is known until it has come back."""
    env = described()
    with env.used():
        assert env.in_use
    assert not env.in_use
