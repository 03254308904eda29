"""What comes back from a kernel: how it started, and what a cell gave."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from envcheck.processes.process import Ending, Finished
from envcheck.shape import ANY_OBJECT, fits, read_value

FLOOD = 20_000_000  # bytes of output after which a cell is called endless


ERROR_LINE = re.compile(r"^(?:\w+\.)*([A-Z]\w*(?:Error|Exception)):", re.MULTILINE)
MESSAGE = {"parent_header": {}, "msg_type": str, "content": {}}
CONTENT: Mapping[str, Mapping[str, Any]] = {
    "execute_reply": {"status": str, "ename?": str, "evalue?": str},
    "complete_reply": {"status": str, "matches?": [str]},
    "stream": {"name": str, "text": str},
    "display_data": {"data": {}},
    "execute_result": {"data": {}},
    "error": {"ename": str, "evalue": str, "traceback": [str]},
    "status": {"execution_state": str},
}


class End(str, Enum):
    """How the wait for an answer ended. FLOODED: more came than can be kept."""

    REPLIED = "replied"
    DIED = "died"
    SILENT = "silent"
    FLOODED = "flooded"


@dataclass(frozen=True)
class Execution:
    """What came back from one cell. `text` is what it printed, without what a page shows in red,
    which is `red`: the two come by two ways, in any order. `bundles` are what it showed, by MIME
    type; `error` is (name, value), and `traceback` what a page shows of it. `at_work` says of one
    that was given up that something was still done for it.
    """

    end: End
    status: str = ""
    text: str = ""
    bundles: tuple[Mapping[str, Any], ...] = ()
    error: tuple[str, str] | None = None
    traceback: str = ""
    seconds: float = 0.0
    red: str = ""
    at_work: bool = False

    def printed(self, answer: str) -> bool:
        """Whether it printed this line, whatever else was printed before it or after: by a package
        that is being loaded, by an extension that says how long each cell took.
        """
        return answer in map(str.strip, self.text.splitlines())

    def shows_error(self, name: str) -> bool:
        """Whether it ended in this error and says so: as IPython does, or in print or pictures of
        whoever shows errors in its place, as rich and friendly do. Where showing it failed in turn,
        it is that other error which is printed last.
        """
        if self.error is None or self.error[0] != name:
            return False
        if self.traceback or any(name in part for shown in self.bundles for part in shown.values()):
            return True
        printed = f"{self.text}\n{self.red}"
        return name in printed and {*ERROR_LINE.findall(printed)} <= {name}

    def printed_object(self) -> Any:
        """The last line that it printed which is a JSON object or list; None where none is."""
        for line in reversed(self.text.splitlines()):
            value = read_value(line)
            if isinstance(value, dict | list):
                return value
        return None

    def proves(self, proved: bool) -> bool | None:
        """What a trial is told: None where the cell was given up before its end."""
        return None if self.end is End.SILENT else proved


@dataclass(frozen=True)
class Start:
    """How a kernel came up. `stderr` is its own voice: when it dies, that is the evidence. `at_work`
    says of one that was given up that something was still done for it.
    """

    end: End
    seconds: float
    code: int | None = None
    stderr: str = ""
    at_work: bool = False

    @property
    def last_words(self) -> str:
        """The last lines that it printed."""
        return Finished((), Ending.EXITED, self.code, "", self.stderr, self.seconds).last_words


@dataclass
class Answer:
    """What has come back from one request so far; other requests' messages are passed over."""

    request: str
    on_text: Callable[[str], None]
    status: str = ""
    idle: bool = False
    size: int = 0
    text: list[str] = field(default_factory=list)
    bundles: list[Mapping[str, Any]] = field(default_factory=list)
    error: tuple[str, str] | None = None
    traceback: str = ""
    red: list[str] = field(default_factory=list)
    matches: Sequence[str] = ()

    @property
    def complete(self) -> bool:
        """Both have come, in whichever order: the reply, and the word that the kernel is idle
        again.
        """
        return self.idle and bool(self.status)

    def hear(self, message: Mapping[str, Any] | None) -> None:
        """Take in one message of the kernel; one of another request, or of no known shape, is
        passed over.
        """
        if not fits(message, MESSAGE) or message is None:
            return
        kind, content = message["msg_type"], message["content"]
        asked = message["parent_header"].get("msg_id") == self.request
        if not asked or not fits(content, CONTENT.get(kind, ANY_OBJECT)):
            return  # of another request, or a kernel that says it in words that nobody knows
        if kind == "execute_reply":
            self.status = content["status"]
            if self.error is None and content.get("ename"):  # nobody has to show it
                self.error = (content["ename"], content.get("evalue") or "")
        elif kind == "complete_reply":
            self.status, self.matches = content["status"], tuple(content.get("matches") or ())
        elif kind == "stream":
            self.size += len(content["text"])
            if content["name"] == "stderr":
                self.red.append(content["text"])
            else:
                self.text.append(content["text"])
                self.on_text(content["text"])
        elif kind in ("display_data", "execute_result"):
            data = content["data"].items()
            self.bundles.append({name: part for name, part in data if isinstance(part, str)})
        elif kind == "error":
            self.error = (content["ename"], content["evalue"])
            self.traceback = "\n".join(content["traceback"])
        elif kind == "status":
            self.idle = self.idle or content["execution_state"] == "idle"

    def execution(self, end: End, seconds: float) -> Execution:
        """What has come back from the cell, which ended so after so many seconds."""
        return Execution(
            end,
            self.status,
            "".join(self.text)[:FLOOD],
            tuple(self.bundles),
            self.error,
            self.traceback,
            seconds,
            "".join(self.red)[:FLOOD],
        )
