"""What checks are given: the learner's Python seen from outside, and facts about it, each learned
once.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from envcheck.processes.process import Finished, Processes
from envcheck.processes.running import Running

T = TypeVar("T")

# What run-envcheck.py tells us, and nobody else: which Python ran it, and what the learner typed.
LAUNCHER_VARIABLES = ("ENVCHECK_LAUNCHED_BY", "ENVCHECK_COMMAND")

# For every program that we start in the target: nothing is written next to the learner's packages.
NEUTRAL = {
    "PYTHONDONTWRITEBYTECODE": "1",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_NO_INPUT": "1",
    "PIP_NO_PYTHON_VERSION_WARNING": "1",
}


@dataclass(frozen=True)
class Options:
    """What the person who started the run asked for."""

    quick: bool = False
    deep: bool = False
    offline: bool = False


@dataclass(frozen=True)
class Located:
    """A Python that may be the learner's: the command to start it, and the rule that chose it.
    `inactive` names the folder of an environment that is not the active one of this terminal.
    """

    command: tuple[str, ...]
    rule: str
    inactive: str = ""
    trouble: str = ""


class Environment:
    """The learner's machine, for one run. Facts are looked up at most once, whoever asks."""

    def __init__(
        self,
        located: Located,
        *,
        variables: Mapping[str, str],
        folder: Path,
        scratch: Path,
        cache: Path | None,
        processes: Processes,
        options: Options = Options(),
    ) -> None:
        self.located = located
        self.variables = dict(variables)
        self.folder = folder
        self.scratch = scratch
        self.cache = cache
        self.processes = processes
        self.options = options
        self._facts: dict[str, _Answer] = {}
        self._waits: dict[int, _Answer] = {}
        self._lock = threading.Lock()
        self._closing: list[Callable[[], None]] = []
        self._asking = threading.local()

    def run(
        self,
        argv: Sequence[str],
        *,
        timeout: float,
        cwd: Path | None = None,
        variables: Mapping[str, str | None] | None = None,
        low_priority: bool = False,
    ) -> Finished:
        """Run a program as the learner would: their variables, stdin closed, from a neutral folder
        unless told.

        `variables` are set on top of the learner's; None takes one away. `timeout` is in seconds.
        """
        return self.processes.run(
            argv,
            env=self.child_variables(variables),
            cwd=cwd or self.neutral_folder,
            timeout=timeout,
            low_priority=low_priority,
        )

    def start(
        self,
        argv: Sequence[str],
        *,
        cwd: Path | None = None,
        variables: Mapping[str, str | None] | None = None,
        low_priority: bool = False,
    ) -> Running:
        """Like `run`, for a program that goes on; it is ended when the run ends. Raises OSError."""
        running = self.processes.start(
            argv,
            env=self.child_variables(variables),
            cwd=cwd or self.neutral_folder,
            low_priority=low_priority,
        )
        self.on_close(running.end)
        return running

    def child_variables(self, more: Mapping[str, str | None] | None = None) -> dict[str, str]:
        """The variables of a program that we start: the learner's, ours, and `more`, of which None
        takes one away.
        """
        # macOS's framework Python hands the first on, and a child then takes itself for its parent;
        # the others are our own.
        removed = {
            "__PYVENV_LAUNCHER__",
            *LAUNCHER_VARIABLES,
            *(name for name, value in (more or {}).items() if value is None),
        }
        merged = {
            **self.variables,
            **NEUTRAL,
            **{name: value for name, value in (more or {}).items() if value is not None},
        }
        return {name: value for name, value in merged.items() if name not in removed}

    @property
    def neutral_folder(self) -> Path:
        """An empty folder of ours: nothing in it can hide a module."""
        folder = self.scratch / "empty"
        folder.mkdir(exist_ok=True)
        return folder

    def new_folder(self, name: str) -> Path:
        """A throw-away folder; gone when the run ends, whatever happens."""
        folder = self.scratch / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def on_close(self, action: Callable[[], None]) -> None:
        """Do this when the run ends."""
        with self._lock:
            self._closing.append(action)

    def close(self) -> None:
        """Close what facts opened, last first."""
        with self._lock:
            actions, self._closing = self._closing[::-1], []
        for action in actions:
            try:
                action()
            except Exception:  # noqa: BLE001  # one that fails must not keep the others open
                continue

    def preload(self, name: str, value: object) -> None:
        """Answer a fact without looking: for described environments in tests."""
        self._facts[name] = _Answer(value=value, done=True)

    def look_up(self, name: str, find: Callable[[Environment], T]) -> T:
        """The fact's value; the first to ask finds it, the others wait. What `find` raised is
        raised to all; RecursionError where a fact asks for itself.
        """
        with self._lock:
            answer = self._facts.setdefault(name, _Answer())
        stack = self._asking.__dict__.setdefault("names", [])
        with self._waiting(answer, name, stack), answer.lock:
            if not answer.done:
                stack.append(name)
                answer.finder = threading.get_ident()
                try:
                    answer.value = find(self)
                except BaseException as error:  # noqa: BLE001  # kept, SystemExit too, and raised to everybody who asks
                    answer.error = error
                finally:
                    stack.pop()
                    answer.done = True
        if answer.error is not None:
            raise answer.error
        return cast(T, answer.value)

    @contextlib.contextmanager
    def _waiting(self, answer: _Answer, name: str, stack: Sequence[str]) -> Iterator[None]:
        """Refuse to wait in a circle, within one thread or through several: each waits for the
        finder of the next.
        """
        me = threading.get_ident()
        with self._lock:
            finder, seen = None if answer.done else answer.finder, set()
            while finder is not None and finder != me and finder not in seen:
                seen.add(finder)
                awaited = self._waits.get(finder)
                finder = awaited.finder if awaited is not None and not awaited.done else None
            if finder == me:
                raise RecursionError(
                    f"the fact {name} asks for itself: {' -> '.join([*stack, name])}"
                )
            before, self._waits[me] = self._waits.get(me), answer
        try:
            yield
        finally:
            with self._lock:
                if before is None:
                    del self._waits[me]
                else:
                    self._waits[me] = before

    def value_if_found(self, name: str) -> object | None:
        """A fact's value if it has been found already, without asking for it; else None."""
        answer = self._facts.get(name)
        return answer.value if answer is not None and answer.done else None


class _Answer:
    def __init__(self, value: object = None, done: bool = False) -> None:
        self.lock = threading.Lock()
        self.value: Any = value
        self.done = done
        self.error: BaseException | None = None
        self.finder: int | None = None


class fact(Generic[T]):
    """Decorator: a function of the environment whose answer is found once a run and shared.

    Every fact has its own time limit, through `Environment.run`, shorter than a check's.
    """

    def __init__(self, find: Callable[[Environment], T]) -> None:
        self._find = find
        self.name = f"{find.__module__}.{find.__qualname__}"
        self.__doc__ = find.__doc__
        self.__wrapped__ = find

    def __call__(self, env: Environment) -> T:
        return env.look_up(self.name, self._find)

    def already(self, env: Environment) -> T | None:
        """The answer if somebody has asked before; never looks."""
        return cast("T | None", env.value_if_found(self.name))
