"""What checks are given: the learner's Python seen from outside, and facts about it, each learned
once.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar, cast

from envcheck.answers import Answers
from envcheck.errors import RunIsOver
from envcheck.processes.process import Finished, Processes
from envcheck.processes.running import Running
from envcheck.variables import changed

T = TypeVar("T")

# What run-envcheck.py tells us, and nobody else: which Python ran it, and what the learner typed.
LAUNCHER_VARIABLES = ("ENVCHECK_LAUNCHED_BY", "ENVCHECK_COMMAND")

# For every program that we start in the target: nothing is written next to the learner's packages,
# and Windows' `py` and `python` download no Python because they are asked for one (they do where none
# is installed: docs.python.org/3/using/windows.html#configuration).
NEUTRAL = {
    "PYTHONDONTWRITEBYTECODE": "1",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_NO_INPUT": "1",
    "PIP_NO_PYTHON_VERSION_WARNING": "1",
    "PYTHON_MANAGER_AUTOMATIC_INSTALL": "false",
}

# The temporary folder of every program is ours, so that nothing of it is left, however it ends.
TEMPORARY = ("TMPDIR", "TEMP", "TMP")


@dataclass(frozen=True)
class Options:
    """What the person who started the run asked for. `installing`: cells of notebooks may install into
    the target, which is thrown away afterwards.
    """

    quick: bool = False
    deep: bool = False
    offline: bool = False
    notebooks: bool = False
    installing: bool = False


@dataclass(frozen=True)
class Located:
    """A Python that may be the learner's: the command to start it, and the rule that chose it.
    `inactive` names the folder of an environment that is not the active one of this terminal, `beside`
    one that lies with the chapter, while another is active. `chosen`: a person or the course named it,
    or it lies with the course; no other one is what this terminal happens to have.
    """

    command: tuple[str, ...]
    rule: str
    inactive: str = ""
    trouble: str = ""
    beside: str = ""
    chosen: bool = field(default=False, compare=False)


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
        self.copies: dict[Path, Path] = {}  # of ours, and the learner's own, which a report names
        self._answers = Answers()
        self._lock = threading.Lock()
        self._closing: list[Callable[[], None]] = []
        self._over = False
        self._closer: int | None = None
        self._users = 0

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
        self._refuse_when_over()
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
        handles: Sequence[int] = (),
    ) -> Running:
        """Like `run`, for a program that goes on; it is ended when the run ends. `handles` are those
        of ours that it inherits, on Windows. Raises OSError.
        """
        self._refuse_when_over()
        running = self.processes.start(
            argv,
            env=self.child_variables(variables),
            cwd=cwd or self.neutral_folder,
            low_priority=low_priority,
            handles=handles,
        )
        self.on_close(running.end)
        return running

    def child_variables(self, more: Mapping[str, str | None] | None = None) -> dict[str, str]:
        """The variables of a program that we start: the learner's, ours, and `more`, of which None
        takes one away.
        """
        # macOS's framework Python hands the first on, and a child then takes itself for its parent;
        # the others are our own.
        never = dict.fromkeys(("__PYVENV_LAUNCHER__", *LAUNCHER_VARIABLES))
        ours = {**NEUTRAL, **dict.fromkeys(TEMPORARY, str(self.scratch))}
        return changed(self.variables, {**ours, **(more or {}), **never})

    @property
    def neutral_folder(self) -> Path:
        """An empty folder of ours: nothing in it can hide a module."""
        return self.new_folder("empty")

    def new_folder(self, name: str) -> Path:
        """A throw-away folder; gone when the run ends, whatever happens."""
        self._refuse_when_over()
        folder = self.scratch / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def on_close(self, action: Callable[[], None]) -> None:
        """Do this when the run ends; at once where it has ended."""
        with self._lock:
            if not self._over:
                self._closing.append(action)
                return
        action()

    def close(self) -> None:
        """Close what facts opened, last first. From then on nothing is started, made or looked up:
        whoever was given up and goes on meets RunIsOver.
        """
        with self._lock:
            actions, self._closing = self._closing[::-1], []
            self._over, self._closer = True, threading.get_ident()
        for action in actions:
            try:
                action()
            except Exception:  # noqa: BLE001  # one that fails must not keep the others open
                continue
        self._closer = None

    def preload(self, name: str, value: object) -> None:
        """Answer a fact without looking: for described environments in tests."""
        self._answers.preload(name, value)

    def look_up(self, name: str, find: Callable[[Environment], T]) -> T:
        """The fact's value; the first to ask finds it, the others wait. What `find` raised is
        raised to all; RecursionError where a fact asks for itself.
        """
        self._refuse_when_over()
        return cast(T, self._answers.look_up(name, lambda: find(self)))

    def value_if_found(self, name: str) -> object | None:
        """A fact's value if it has been found already, without asking for it; else None."""
        return self._answers.value_if_found(name)

    @contextlib.contextmanager
    def used(self) -> Iterator[None]:
        """Meanwhile a check uses the environment: `in_use` is true."""
        with self._lock:
            self._users += 1
        try:
            yield
        finally:
            with self._lock:
                self._users -= 1

    @property
    def in_use(self) -> bool:
        """Whether a check, which was perhaps given up, still uses the environment."""
        return self._users > 0

    def _refuse_when_over(self) -> None:
        """Raises RunIsOver when the run has been closed, but for what closes it."""
        if self._over and threading.get_ident() != self._closer:
            raise RunIsOver("the run is over")


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
