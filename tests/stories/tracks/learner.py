"""A learner who runs a track, and what a story asks of the run: one cause, a next step, and a fix
that makes it green.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from tests.stories.machine import Machine, Seen
from tests.stories.marked import left_running, new_mark
from tests.stories.new_terminal import (
    Terminal,
    follow,
    in_a_new_terminal,
    terminal_for,
    write_start_up_file,
)


@dataclass
class Learner(Machine):
    """A machine whose command is `envcheck track NAME`."""

    mark: str = field(default_factory=new_mark)

    def track(
        self,
        name: str,
        tool: str,
        *words: str,
        timeout: float = 300,
        keeps_first: bool = False,
        launcher: list[str] | None = None,
    ) -> Seen:
        """`envcheck track NAME --only TOOL`, with all the time that it may need on a
        busy machine.
        """
        command = [*self._asked(name, tool), "--format", "json", *words]
        done = self.run(*command, timeout=timeout, keeps_first=keeps_first, launcher=launcher)
        assert done.stdout.startswith("{"), (
            f"no report: exit code {done.returncode}\n{done.stdout[:500]}\n{done.stderr[-2000:]}"
        )
        report = json.loads(done.stdout)
        assert report["exit_code"] == done.returncode
        assert str(self.home) not in done.stdout, "the home folder stands in the report"
        return Seen(done.returncode, done.stdout, done.stderr, report)

    def works(self, name: str, tool: str, *words: str) -> str:
        """It is ready, without a word of trouble, and nothing is left in home and folder. Gives the
        tool's summary.
        """
        before = self.files()
        seen = self.track(name, tool, *words)
        assert (seen.code, seen.report["verdict"], seen.report["diagnoses"]) == (0, "ready", []), (
            seen.report["diagnoses"]
        )
        assert self.files() == before
        return summary(seen, tool)

    def fails(self, name: str, tool: str, code: str) -> dict[str, Any]:
        """It names this one cause, with a next step. Gives the diagnosis."""
        before = self.files()
        seen = self.track(name, tool)
        assert self.files() == before
        return self._said(seen, code)

    def fails_and_is_mended(self, name: str, tool: str, code: str, *words: str) -> dict[str, Any]:
        """Both by one `--fix --yes`, which looks, mends and looks again: a look is what takes long.
        Then a new terminal looks once more.
        """
        terminal = self._terminal(code + tool)
        before = self.files()
        file = self.root / "first-report.json"
        self.variables["ENVCHECK_STORY_REPORT"] = str(file)
        fix = ("--fix", "--yes", *words)
        after = self.track(name, tool, *fix, timeout=500, keeps_first=True)
        first = json.loads(file.read_text(encoding="utf-8"))
        cause = self._said(Seen(first["exit_code"], "", after.err, first), code)
        assert json.loads(file.with_name("first-files.json").read_text()) == before
        self._is_ready(after)
        self._stays_ready(terminal, after, name, tool, *words)
        return cause

    def _said(self, seen: Seen, code: str) -> dict[str, Any]:
        told = [
            (one["code"], one["severity"], one["summary"], one["evidence"])
            for one in seen.report["diagnoses"]
        ]
        assert (seen.code, [one[:2] for one in told]) == (1, [(code, "error")]), told
        assert seen.first["fixes"], "no next step"
        return seen.first

    def mended(self, name: str, tool: str, code: str) -> None:
        """`--fix --yes` makes what was called by this code green, and a new terminal sees it so."""
        terminal = self._terminal(code + tool)
        after = self.track(name, tool, "--fix", "--yes", timeout=500)
        self._is_ready(after)
        self._stays_ready(terminal, after, name, tool)

    def _asked(self, name: str, tool: str) -> list[str]:
        words = ["track", name, "--only", tool, "--timeout", "280"]
        return [*words, "--python", str(self.python)]

    def _terminal(self, story: str) -> Terminal:
        """What is set is set in every terminal of this learner's."""
        terminal = terminal_for(story)
        write_start_up_file(self, terminal)
        return terminal

    def _stays_ready(
        self, terminal: Terminal, after: Seen, name: str, tool: str, *words: str
    ) -> None:
        typed = follow(self, after.err)
        asked = (*self._asked(name, tool), *words)
        again = in_a_new_terminal(self, terminal, typed, *asked, timeout=300)
        assert (again.code, again.errors) == (0, []), (typed, again.out[-3000:], after.err[-1500:])
        assert again.lasting <= after.lasting, typed

    def _is_ready(self, after: Seen) -> None:
        self.was_mended = True
        unproved = [
            (one["id"], one["summary"])
            for one in after.report["checks"]
            if one["status"] in ("fail", "error")
        ]
        assert (after.code, after.report["verdict"], after.errors) == (0, "ready", []), (
            unproved,
            after.err[-3000:],
        )

    def files(self) -> list[str]:
        """All that lies in home and work folder."""
        return sorted(str(path) for folder in (self.home, self.work) for path in folder.rglob("*"))

    def left_running(self) -> list[str]:
        return left_running(self.mark)


def summary(seen: Seen, tool: str) -> str:
    return next(
        str(one["summary"]) for one in seen.report["checks"] if one["id"].endswith(f".{tool}")
    )


def automatic(diagnosis: dict[str, Any]) -> list[str]:
    """The titles of its automatic fixes."""
    return [fix["title"] for fix in diagnosis["fixes"] if fix["automatic"]]
