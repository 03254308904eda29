"""The hooks: envcheck runs once a session, where pytest-xdist has workers in their controller."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from envcheck_pytest import asked, engine, items
from envcheck_pytest.outcomes import Outcome

HANDED_ON = "envcheck"  # to a worker: the names, and the file in which the outcomes will be


class Here:
    """The session that runs envcheck: pytest itself, or the controller of workers."""

    def __init__(self, config: pytest.Config, ids: list[str]) -> None:
        self.config = config
        self.ids = ids
        self.asked = asked.read(config, ids)
        self.folder = asked.folder(config)
        self.place = Path(tempfile.mkdtemp(prefix="envcheck-pytest-"))
        self.ran: dict[str, Outcome] | None = None

    @cached_property
    def names(self) -> list[str]:
        """The checks, asked for once. Raises pytest.UsageError for an id that none of them has."""
        names = engine.names(self.asked, self.folder)
        for node_id in self.ids:
            if not any(items.is_below(items.node_id(name), [node_id]) for name in names):
                raise pytest.UsageError(f"{node_id}: envcheck has no such check here")
        return names

    def outcome(self, name: str) -> Outcome:
        """Of a check that was selected before the run."""
        return (self.ran or {}).get(name) or _untold(name)

    def run(self, selected: list[str]) -> None:
        """Run envcheck for these checks, once."""
        if self.ran is not None or not selected:
            return
        self._say(f"envcheck: trying {' '.join(self.asked.chapters)} on this machine ...")
        made = engine.run(self.asked, self.folder, selected, self.names)
        self.ran = {outcome.name: outcome for outcome in made}
        text = json.dumps([asdict(outcome) for outcome in made])
        (self.place / "outcomes.json").write_text(text, encoding="utf-8")

    def _say(self, text: str) -> None:
        reporter = self.config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None and reporter.verbosity >= 0:
            reporter.write_line(text)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(
        self, session: pytest.Session, items: list[pytest.Item]
    ) -> None:
        """Before -k, -m and --lf choose."""
        items += _made(session, self)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> None:
        """The tests that will run are known, and none has begun."""
        if not session.config.option.collectonly and not session.testsfailed:
            chosen = getattr(session, "items", ())  # a controller of workers collects nothing
            self.run([item.check_id for item in chosen if isinstance(item, items.Check)])

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """pytest-xdist starts a worker."""
        file = str(self.place / "outcomes.json")
        node.workerinput[HANDED_ON] = json.dumps({"names": self.names, "file": file})

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: Sequence[str]) -> None:
        """A worker has chosen; all workers choose the same, and none begins before this has ended."""
        chosen = {*ids}
        self.run([name for name in self.names if items.node_id(name) in chosen])

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A machine of which nothing is proved is not green, whatever -k has left of its checks."""
        kinds = {outcome.kind for outcome in (self.ran or {}).values()}
        if kinds == {"skipped"} and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_unconfigure(self) -> None:
        """Nothing stays."""
        shutil.rmtree(self.place, ignore_errors=True)


class Worker:
    """A worker of pytest-xdist: the controller has run envcheck before any test begins."""

    def __init__(self, handed_on: str, ids: list[str]) -> None:
        document = json.loads(handed_on)
        self.names: list[str] = document["names"]
        self.file = Path(document["file"])
        self.ids = ids

    @cached_property
    def ran(self) -> dict[str, Outcome]:
        """What the controller has found. Raises OSError where it is on another machine."""
        made = json.loads(self.file.read_text(encoding="utf-8"))
        return {each["name"]: Outcome(**each) for each in made}

    def outcome(self, name: str) -> Outcome:
        """Of a check that was selected before the run."""
        return self.ran.get(name) or _untold(name)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(
        self, session: pytest.Session, items: list[pytest.Item]
    ) -> None:
        """Before -k, -m and --lf choose."""
        items += _made(session, self)


class NotAsked:
    """The session of somebody who has named files: they are told what pytest's own file would add."""

    def __init__(self, chapters: Sequence[str]) -> None:
        self.chapters = chapters

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """A line at the end, also with -q: a green session has tried nothing of this machine."""
        words = " ".join(f"--envcheck {chapter}" for chapter in self.chapters)
        terminalreporter.write_line(
            f"envcheck: {' '.join(self.chapters)} not tried, since files are named; {words} adds it"
        )


def register(config: pytest.Config) -> None:
    """Called once, where a chapter or a check is asked for. Whoever names files wants those, and not
    what pytest's own file adds; whoever names folders wants all. Raises pytest.UsageError.
    """
    pasted = asked.ids(config)  # a worker gets the words of the command line as they were typed
    config.args[:] = [word for word in config.args if word not in pasted]
    ids = [word[word.index("envcheck::") :] for word in pasted]
    if hasattr(config, "workerinput"):
        handed_on = config.workerinput.get(HANDED_ON)
        if not handed_on:
            return
        runs: Here | Worker = Worker(handed_on, ids)
    elif ids or config.getoption("envcheck") or not _names_files(config):
        runs = Here(config, ids)
    else:
        config.pluginmanager.register(NotAsked(config.getini("envcheck")), "envcheck-not-asked")
        return
    config.pluginmanager.register(runs, "envcheck-run")
    config.pluginmanager.register(items.Reported(), "envcheck-reported")


def _names_files(config: pytest.Config) -> bool:
    """Whether an argument is a file, or a test in one."""
    typed = config.args_source is pytest.Config.ArgsSource.ARGS
    here = config.invocation_params.dir
    return typed and not all(os.path.isdir(here / word) for word in config.args)


def _made(session: pytest.Session, here: Here | Worker) -> list[items.Check]:
    made = items.made(session, here.names, here.outcome)
    return [item for item in made if not here.ids or items.is_below(item.nodeid, here.ids)]


def _untold(name: str) -> Outcome:
    return Outcome(name, "failed", "could not tell: this check was not run")
