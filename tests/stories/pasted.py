"""What a report prints on a terminal for the learner to type, and a real shell that is given it."""

from __future__ import annotations

import json
import os
import pty
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.stories.machine import ENVCHECK, Machine

# Shells by the dialect that they read; the first of each is there on every machine of the tests.
SHELLS = {"sh": "posix", "bash": "posix", "zsh": "posix", "fish": "fish"}
# Lines that are printed and not run here, each with its reason.
NOT_RUN = {
    r"^sudo ": "needs an administrator, who decides about the whole machine",
    r"^(apt|brew|winget|conda|mamba) ": "a manager of the system or of conda is not on these machines",
    r"\bpip install\b.*--index-url": "needs the index that the learner's network has",
}


@dataclass(frozen=True)
class Printed:
    """The text of a terminal, and the same run's report as data."""

    text: str
    report: dict[str, Any]

    @property
    def next_step(self) -> list[str]:
        """The indented lines below `Next step:`."""
        block = self.text.partition("\nNext step:")[2]
        return [line[4:] for line in block.splitlines() if line.startswith("    ")]

    @property
    def pages(self) -> list[str]:
        """The lines behind `Why:` and each `After that:`."""
        return re.findall(r"^(?:Why|After that): *(.+)$", self.text, re.MULTILINE)

    def after(self, label: str) -> str:
        """The line behind a label such as `Why:`; empty where there is none."""
        found = re.search(rf"^{label} *(.+)$", self.text, re.MULTILINE)
        return found[1] if found else ""


def shells_here() -> list[str]:
    return [name for name in SHELLS if shutil.which(name)]


def on_a_terminal(machine: Machine, shell: str, *words: str) -> Printed:
    """`envcheck chapter2` typed into a terminal of that shell, 100 columns wide."""
    machine.variables |= {"SHELL": shutil.which(shell) or shell, "COLUMNS": "100"}
    file = machine.root / "printed.json"
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*machine.wrap, *ENVCHECK, "chapter2", "--no-color", "--report", f"json={file}", *words],
        env=machine.environ,
        cwd=machine.work,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
    ):
        os.close(theirs)
        text = b"".join(iter(lambda: _read(ours), b"")).decode("utf-8", "replace")
    os.close(ours)
    return Printed(text.replace("\r\n", "\n"), _loaded(file))


def commands(printed: Printed, home: Path, dialect: str) -> list[str]:
    """The lines of the first fix, as they are printed: every line that the report has for this
    shell must be among them, with the real paths.
    """
    fix = printed.report["diagnoses"][0]["fixes"][0]
    wanted = [_alike(line, home) for line in fix["shell"][dialect].splitlines()]
    shown = [line for line in printed.next_step if _alike(line, home) in wanted]
    assert [_alike(line, home) for line in shown] == wanted, (wanted, printed.text)
    return shown


def reason_not_to_run(line: str) -> str:
    return next((why for pattern, why in NOT_RUN.items() if re.search(pattern, line)), "")


def paste(
    machine: Machine, shell: str, lines: list[str], folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Type the lines into a real shell in the learner's folder; it stops at the first that
    fails.
    """
    if SHELLS[shell] == "fish":
        words = ["fish", "-c", "".join(f"{line}\nor exit 9\n" for line in lines)]
    else:
        words = [shell, "-e", "-c", "\n".join(lines)]
    return subprocess.run(
        [*machine.wrap, *words],
        env=machine.environ,
        cwd=folder or machine.work,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=400,
        check=False,
    )


def checked_again(machine: Machine, shell: str, lines: list[str], *words: str) -> dict[str, Any]:
    """Type the lines, and then the check once more in the same terminal: its report."""
    file = machine.root / "again.json"
    again = shlex.join([*ENVCHECK, "chapter2", "--format", "json", "--output", str(file), *words])
    done = paste(machine, shell, [*lines, again])
    assert file.exists(), (lines, done.returncode, done.stdout[-800:], done.stderr[-1500:])
    return _loaded(file)


def _alike(line: str, home: Path) -> str:
    """Without what only tells a report from a terminal: the home, its name, and quotes."""
    plain = line.replace("'", "").replace(str(home), "~")
    return plain.replace("/root/", "/USER/").strip()


def _loaded(file: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return loaded


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the program has closed its side
        return b""
