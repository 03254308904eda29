"""What every test may ask for: a healthy Python to examine, and the real command."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, settings
from tests import same_examples
from tests.declared import (
    assert_declared,
    assert_made_as_declared,
    assert_nothing_is_built_over,
    assert_permitted,
)
from tests.read_aloud import assert_made_to_be_read, assert_reads_well
from tests.read_back import assert_made_readable, assert_read_back
from tests.recipes import Recipe, python_of
from tests.together import in_order

from envcheck import Diagnosis, Environment

# The same examples in every run, so that nothing is kept from landing by chance. New ones are
# looked for on purpose: `pytest tests/unit --hypothesis-profile=search`. No deadline: how long one
# takes says how busy the machine is.
settings.register_profile(
    "same", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "search", max_examples=20_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("same")
same_examples.leave_local_constants_out()

# Newer jsonschemas bring rfc3987-syntax, which makes a parser whenever a server starts: a second of
# the processor's, in hundreds of stories. The stacks of tests/stories/stacks.py have the newest.
REQUIREMENTS = (
    "notebook",
    "jupyterlab",
    "ipykernel",
    "numpy",
    "pandas",
    "matplotlib",
    "seaborn",
    "jsonschema<4.25",
)

NEW_OBJECTS = 500_000  # after which the garbage collector looks through them


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--last-begins-at",
        type=float,
        help="seconds since 1970: what is marked `whole` is not played when it would begin later",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """scripts/test counts these by their first words."""
    end = item.config.getoption("--last-begins-at")
    if end is not None and time.time() > end and item.get_closest_marker("whole"):
        pytest.skip("not played, the time for further stories is up")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where all are played, the long ones first. Where time decides, chance does (pytest-randomly).
    What shares something that takes long to make stands together.
    """
    items[:] = in_order(items)
    if config.getoption("--last-begins-at") is None:
        items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_configure() -> None:
    """Programs that the tests start hear Ctrl-C, `kill` and a hangup, however the tests were
    started.

    A background job and `nohup` have some of these ignored, which programs inherit. A handler that
    does nothing ignores them as well, and is not inherited.
    """
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda number, frame: None)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What collecting makes is there to the end: the garbage collector does not look through it
    again and again, which would be a tenth of the time of all fast tests. Nor does it begin after
    every 700 new objects, as it does by default: of the source that guards parse nothing is garbage.
    """
    gc.disable()
    done = yield
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)
    gc.enable()
    return done


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The modules of run-envcheck.py switch bytecode off for all that is imported after them; the
    tests' own, with its rewritten asserts, is kept for the other workers and the next run.
    """
    off = sys.dont_write_bytecode
    report = yield
    sys.dont_write_bytecode = off
    return report


@dataclass(frozen=True)
class Ran:
    """A run of the command: its exit code and what it wrote."""

    code: int
    stdout: str
    stderr: str

    @property
    def report(self) -> dict[str, Any]:
        """stdout as one JSON report."""
        read: dict[str, Any] = json.loads(self.stdout)
        assert_declared(read)
        assert_read_back(read)
        assert_reads_well(read)
        return read

    def status(self, check: str) -> str:
        """The status of the check with this id or ending."""
        return str(
            next(
                one["status"] for one in self.report["checks"] if one["id"] in (check, f"w.{check}")
            )
        )


Envcheck = Callable[..., Ran]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """No test passes in which a diagnosis is made that is not as its code declares it, or whose fix
    is automatic and would be refused on the machine that the test describes.
    """
    made: list[Diagnosis] = []
    machines: list[Environment] = []
    with (
        mock.patch.object(Diagnosis, "__init__", noting(Diagnosis, made)),
        mock.patch.object(Environment, "__init__", noting(Environment, machines)),
    ):
        yield
    assert_made_as_declared(made)
    assert_made_readable(made)
    assert_made_to_be_read(made)
    assert_permitted(made, machines)
    assert_nothing_is_built_over(made)


def noting(kind: type[Any], noted: list[Any]) -> Callable[..., None]:
    """The `__init__` of a class, which notes what is made."""
    plain = kind.__init__

    def init(self: Any, *words: Any, **named: Any) -> None:
        plain(self, *words, **named)
        noted.append(self)

    return init


@pytest.fixture(scope="session")
def healthy() -> Path:
    """A Python that can do everything: ENVCHECK_TEST_TARGET, or one that is made once and kept in
    the temporary folder.
    """
    if given := os.environ.get("ENVCHECK_TEST_TARGET"):
        return Path(given)
    return python_of(Recipe("healthy", REQUIREMENTS))


@pytest.fixture(scope="module")
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all the examples of a property: `tmp_path` would be one test's alone."""
    return tmp_path_factory.mktemp("examples")


@pytest.fixture
def envcheck(tmp_path: Path) -> Envcheck:
    """The real command in a process of its own: `envcheck("chapter2", "--quick", env={...},
    cwd=folder)`.

    Only PATH and HOME are inherited, so that the machine of the developer does not decide; `env`
    adds to them.
    """
    work = tmp_path / "work"
    work.mkdir()

    def run(
        *words: str | Path,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        command: Sequence[str] = (sys.executable, "-I", "-X", "utf8", "-m", "envcheck"),
        timeout: float = 120,
    ) -> Ran:
        variables = {
            name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ
        }
        done = subprocess.run(
            [*command, *map(str, words)],
            env={**variables, **(env or {})},
            cwd=cwd or work,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=timeout,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run
