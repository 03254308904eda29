"""What IPython says of what it could not load, and where the learner's files ask for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import file_at

from envcheck import Diagnosis, UnsetEnv
from envcheck.testing import described, interpreter
from envcheck_checks.interference.private_folders import PrivateFolders, private_folders
from envcheck_checks.kernel import not_loaded
from envcheck_checks.kernel.answers import End, Start

# As ipykernel 6 and 7 print it
EXTENSION = """\
[IPKernelApp] WARNING | Error in loading extension: {name}
Check your config files in /tmp/ours/profile_default
Traceback (most recent call last):
  File "IPython/core/shellapp.py", line 332, in init_extensions
    self.shell.extension_manager.load_extension(ext)
ModuleNotFoundError: No module named '{name}'
"""
NOISE = "[IPKernelApp] WARNING | Kernel is running over TCP without encryption.\n"
START_FILE = "[IPKernelApp] WARNING | Unknown error in handling PYTHONSTARTUP file /home/a/rc.py:\n"
GONE = "[IPKernelApp] WARNING | File not found: '/home/a/2023.py'\n"


def said(folder: Path, stderr: str, **files: str) -> list[Diagnosis]:
    for name, text in files.items():
        file_at(folder / "ours/profile_default" / f"{name.replace('__', '/')}.py", text)
    places = PrivateFolders({}, folder / "own", folder / "ours")
    env = described(python=interpreter(), facts={private_folders: places}, scratch=folder)
    return not_loaded.warnings(env, Start(End.REPLIED, 1.0, stderr=stderr))


def test_nothing_is_said_of_other_words(tmp_path: Path) -> None:
    assert said(tmp_path, "") == said(tmp_path, NOISE) == []
    assert said(tmp_path, "Error in loading my data: x\nPYTHONSTARTUP file\n") == []


@pytest.mark.parametrize("after", ["", NOISE, GONE])
def test_an_extension_and_the_line_that_names_it(tmp_path: Path, after: str) -> None:
    """A line that is commented out asks for nothing; a startup file neither."""
    config = (
        "c = get_config()\n# extensions = ['nope']\nc.InteractiveShellApp.extensions = ['nope']\n"
    )
    stderr = NOISE + EXTENSION.format(name="nope") + after
    first = said(tmp_path, stderr, ipython_config=config, startup__00_a="nope = 1\n")[0]
    assert first.code == "ipython-start-incomplete"
    assert "`nope`" in first.summary
    assert first.evidence.found == "ModuleNotFoundError: No module named 'nope'"
    file = tmp_path / "own/profile_default/ipython_config.py"
    assert first.evidence.looked_in == f"{file}, line 3"


def test_each_extension_by_itself(tmp_path: Path) -> None:
    """The reason is its own, and not that of the one after it."""
    stderr = EXTENSION.format(name="one") + EXTENSION.format(name="two")
    words = [diagnosis.evidence.found for diagnosis in said(tmp_path, stderr)]
    assert words == [f"ModuleNotFoundError: No module named '{name}'" for name in ("one", "two")]


def test_where_no_file_of_the_learners_names_it(tmp_path: Path) -> None:
    """A course's package, or the system's settings."""
    (diagnosis,) = said(tmp_path, EXTENSION.format(name="nope"))
    assert diagnosis.evidence.looked_in == "a running kernel"


def test_a_file_of_pythons_own_that_raises(tmp_path: Path) -> None:
    (diagnosis,) = said(tmp_path, START_FILE)
    assert diagnosis.fixes[0].steps == (UnsetEnv("PYTHONSTARTUP"),)
    assert "rc.py" in diagnosis.summary and diagnosis.evidence.looked_in == "/home/a/rc.py"


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    (diagnosis,) = said(tmp_path, GONE, ipython_kernel_config="run('/home/a/2023.py')\n")
    assert diagnosis.evidence.found == "no file /home/a/2023.py"
    assert diagnosis.evidence.looked_in.endswith(
        "own/profile_default/ipython_kernel_config.py, line 1"
    )
