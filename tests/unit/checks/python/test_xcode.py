"""Apple's tools are there, and not in force."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import file_at, on, said

from envcheck import Environment
from envcheck.target.interpreter import Trouble, Unusable, target
from envcheck.testing import fails
from envcheck_checks.python.check import python
from envcheck_checks.python.conda import conda_python
from envcheck_checks.python.macos import developer_folder
from envcheck_checks.python.xcode import not_in_force

LICENCE = (
    "You have not agreed to the Xcode license agreements. Please run 'sudo xcodebuild -license' from within a "
    "Terminal window to review and agree to the Xcode and Apple SDKs license."
)
OLD_LICENCE = "Agreeing to the Xcode/iOS license requires admin privileges, please run \u201csudo xcodebuild -license\u201d."
GONE = "xcrun: error: invalid active developer path (/Applications/Xcode-beta.app/Contents/Developer), missing xcrun at: /x"


def stub(folder: Path, words: str, name: str = "darwin", code: int = 69) -> Environment:
    """A Mac with the command line tools, whose `python3` only says something."""
    file_at(folder / "Library/Developer/CommandLineTools/usr/bin/python3")
    dead = Unusable(Trouble.FAILS, ("/usr/bin/python3",), said(stderr=words, code=code))
    facts: dict[Any, object] = {
        target: dead,
        conda_python: None,
        developer_folder: said("", code=2),
    }
    return on(name, folder, facts=facts)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (LICENCE, "sudo xcodebuild -license accept"),
        (OLD_LICENCE, "sudo xcodebuild -license accept"),
        (GONE, "sudo xcode-select --reset"),
    ],
)
def test_what_the_stub_waits_for(words: str, line: str, tmp_path: Path) -> None:
    """The tools are installed, so no line installs them again."""
    found = fails(python(), stub(tmp_path, words), "python-xcode-stub")
    assert line in str(found.fixes)
    assert "xcode-select --install" not in str(found.fixes)
    assert found.evidence.found in words


def test_other_words_and_other_systems(tmp_path: Path) -> None:
    for words, name in (("Segmentation fault: 11", "darwin"), (LICENCE, "linux"), ("", "darwin")):
        assert not_in_force(stub(tmp_path, words, name), words, tuple) is None
