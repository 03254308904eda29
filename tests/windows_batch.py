"""A batch file as Windows' cmd reads it, for names that Wine's cmd reads otherwise: what cmd puts in for
a `%` is not looked at again, unless `call` stands before the line.

Sources: `cmd /?`, `set /?`, `for /?` and `call /?`; "How does the Windows Command Interpreter parse
scripts?" (Stack Overflow 4094699), whose phases 1 and 4 these are. Only the commands of our own
launcher are known.
"""

from __future__ import annotations

import ntpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.windows_shells import words_of

MOST_LINES = 100


@dataclass
class Batch:
    """One batch file at `path`, started with `words`; `files` are those that are there."""

    path: str
    text: str
    words: Sequence[str]
    files: Sequence[str]
    variables: dict[str, str] = field(default_factory=dict)

    def run(self) -> tuple[list[str], dict[str, str]]:
        """The words of the one program that it starts, and the variables then."""
        lines, at = self.text.splitlines(), 0
        for _ in range(MOST_LINES):
            for command in self._commands(lines[at]):
                if command.startswith("goto "):
                    at = lines.index(f":{command.removeprefix('goto ')}")
                    break
                if command.startswith('"') or command.partition(" ")[0] in ("py", "python"):
                    return words_of(command), self.variables
                self._do(command)
            at += 1
        raise AssertionError("it starts nothing")

    def _commands(self, line: str) -> Iterator[str]:
        """A line's commands: its `%` are read at once, before the first of them is run."""
        if line.startswith((":", "rem ", "@")):
            return
        yield from self._parts(self._percents(line))

    def _parts(self, line: str) -> Iterator[str]:
        for part in re.findall(r'(?:"[^"]*"|[^"&])+', line):
            yield from self._taken(part.strip())

    def _taken(self, command: str) -> Iterator[str]:
        """What is run of a command behind `if`, `for` and `call`."""
        if hit := re.fullmatch(r"if defined (\w+) (.*)", command):
            yield from self._taken(hit[2]) if self.variables.get(hit[1]) else ()
        elif hit := re.fullmatch(r'if not exist "([^"]*)" (.*)', command):
            yield from () if self._is_there(hit[1]) else self._taken(hit[2])
        elif hit := re.fullmatch(r'if "([^"]*)"=="([^"]*)" (.*)', command):
            yield from self._taken(hit[3]) if hit[1] == hit[2] else ()
        elif hit := re.fullmatch(
            r'for %(\w) in \("?([^"()]*(?:\([^"()]*\)[^"()]*)*)"?\) do (.*)', command
        ):
            yield from self._taken(self._of_loop(hit[3], hit[1], hit[2]))
        elif command.startswith("call "):
            yield from self._taken(self._percents(command.removeprefix("call ")))
        else:
            yield command

    def _of_loop(self, command: str, name: str, value: str) -> str:
        """A loop's variable is put in after all `%`, and not looked at again."""
        whole = ntpath.normpath(ntpath.join(ntpath.dirname(self.path), value))
        on_path = next((file for file in self._on_path(value) if self._is_there(file)), "")
        command = command.replace(f"%~$PATH:{name}", on_path)
        return command.replace(f"%~nx{name}", ntpath.basename(whole))

    def _do(self, command: str) -> None:
        if hit := re.fullmatch(r'set "(\w+)=(.*)"', command):
            self.variables[hit[1]] = hit[2]
        else:
            assert command.startswith(("setlocal", "exit")), command

    def _percents(self, line: str) -> str:
        return re.sub(r"%(%|\*|~dp0|~0|(\w+)(?::~(\d+)(?:,(\d+))?)?%|)", self._value, line)

    def _value(self, hit: re.Match[str]) -> str:
        here = {
            "%": "%",
            "*": " ".join(self.words),
            "~dp0": f"{ntpath.dirname(self.path)}\\",
            "~0": self.path,
        }
        if hit[2] is None:
            return here.get(hit[1], "")
        value = self.variables.get(hit[2], "")
        first = int(hit[3] or 0)
        return value[first:] if hit[4] is None else value[first : first + int(hit[4])]

    def _on_path(self, name: str) -> list[str]:
        return [f"{folder}\\{name}" for folder in self.variables.get("PATH", "").split(";")]

    def _is_there(self, file: str) -> bool:
        files = {ntpath.normcase(ntpath.normpath(one)) for one in self.files}
        return ntpath.normcase(ntpath.normpath(file)) in files


def started(
    path: str, text: str, words: Sequence[str], files: Sequence[str], variables: Mapping[str, str]
) -> tuple[list[str], dict[str, str]]:
    """What a batch file starts, and with which variables."""
    return Batch(path, text, words, files, dict(variables)).run()
