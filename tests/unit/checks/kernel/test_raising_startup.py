"""Start-up files of IPython that raise: which, in which line, and what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import file_at

from envcheck import Environment, fact
from envcheck.testing import described, interpreter
from envcheck_checks.interference.private_folders import PrivateFolders, private_folders
from envcheck_checks.kernel.answers import End, Start
from envcheck_checks.kernel.raising_startup import (
    IN_STARTUP_FILES,
    Raised,
    raised_at_start,
    warnings,
)

CONFIG = "profile_default/ipython_config.py"
FIRST, SECOND = "profile_default/startup/00-a.py", "profile_default/startup/01-b.py"


def learner(folder: Path, raised: tuple[Raised, ...], **files: str) -> Environment:
    """`ours` is the copy of the learner's folder `own`, with these files by their short names."""
    places = {"config": CONFIG, "first": FIRST, "second": SECOND}
    for name, text in files.items():
        file_at(folder / "ours" / places[name], text)
    facts: dict[fact[Any], object] = {
        private_folders: PrivateFolders({}, folder / "own", folder / "ours"),
        raised_at_start: raised,
    }
    return described(
        python=interpreter(), variables={"HOME": str(folder)}, facts=facts, scratch=folder
    )


@pytest.mark.parametrize(
    ("stderr", "files", "summary"),
    [
        ("Traceback\n{first}\nNameError: x\n", {"first": "", "second": ""}, "file 00-a.py raises"),
        ("{first}\n", {"first": ""}, ""),
        ("Traceback\n", {"first": ""}, ""),
        (f"{IN_STARTUP_FILES}\n", {"first": ""}, "file 00-a.py raises"),
        (f"{IN_STARTUP_FILES}\n", {"first": "", "second": "("}, "file 01-b.py raises"),
        (
            f"{IN_STARTUP_FILES}\n",
            {"first": "", "second": ""},
            "one of the IPython startup files 00-a.py, 01-b.py",
        ),
        (f"{IN_STARTUP_FILES}\n", {"config": ""}, ""),
    ],
)
def test_a_startup_file_that_raises(
    tmp_path: Path, stderr: str, files: dict[str, str], summary: str
) -> None:
    """By its name in the traceback; IPython 9 names none: the one that is no Python, else all it
    can be.
    """
    env = learner(tmp_path, (), **files)
    text = stderr.format(first=tmp_path / "ours" / FIRST)
    found = warnings(env, Start(End.REPLIED, 0.1, None, text))
    assert [one.code for one in found] == ["ipython-startup-raises"] * bool(summary)
    assert not found or summary in found[0].summary


@pytest.mark.parametrize(
    ("line", "words", "told"),
    [
        (7, "KeyError: 'ROOT'", "01-b.py, line 7: KeyError: 'ROOT'"),
        (0, "SystemExit", "01-b.py: SystemExit"),
    ],
)
def test_what_is_raised_and_where_is_said(tmp_path: Path, line: int, words: str, told: str) -> None:
    """IPython 9 says only that something was raised; run once more, the file says the rest."""
    raised = Raised(tmp_path / "ours" / SECOND, line, words)
    env = learner(tmp_path, (raised,), first="", second="")
    [warning] = warnings(env, Start(End.REPLIED, 0.1, None, f"{IN_STARTUP_FILES}:\n"))
    assert warning.evidence.found == told
    assert warning.evidence.looked_in == str(tmp_path / "own" / SECOND)


def test_a_header_without_its_message_is_no_evidence(tmp_path: Path) -> None:
    env = learner(tmp_path, (), first="")
    [warning] = warnings(env, Start(End.REPLIED, 0.1, None, f"{IN_STARTUP_FILES}:\n"))
    assert not warning.evidence.found
