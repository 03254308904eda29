"""IPython's own files, which every kernel runs: which of them it is, and how badly it breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import file_at

from envcheck import Environment, Rename, Severity
from envcheck.testing import described, interpreter
from envcheck_checks.interference.private_folders import PrivateFolders, private_folders
from envcheck_checks.kernel import ipython_config
from envcheck_checks.kernel.answers import End, Start

CONFIG = "profile_default/ipython_config.py"
FIRST, SECOND = "profile_default/startup/00-a.py", "profile_default/startup/01-b.py"


def learner(folder: Path, **files: str) -> Environment:
    """`ours` is the copy of the learner's folder `own`, with these files by their short names."""
    places = {"config": CONFIG, "first": FIRST, "second": SECOND}
    for name, text in files.items():
        file_at(folder / "ours" / places[name], text)
    facts = {private_folders: PrivateFolders({}, folder / "own", folder / "ours")}
    return described(
        python=interpreter(), variables={"HOME": str(folder)}, facts=facts, scratch=folder
    )


@pytest.mark.parametrize("guilty", [CONFIG, FIRST, SECOND])
def test_the_file_without_which_it_works(tmp_path: Path, guilty: str) -> None:
    """All others are kept; none is named where none alone does it."""
    env = learner(tmp_path, config="", first="", second="")
    found = ipython_config.find_breaking_file(env, lambda place: not (place / guilty).exists())
    assert found == tmp_path / "ours" / guilty
    assert ipython_config.find_breaking_file(env, lambda _: False) is None


def test_a_single_file_needs_no_trial(tmp_path: Path) -> None:
    """Without IPython's settings it worked already."""
    env = learner(tmp_path, first="")
    assert ipython_config.find_breaking_file(env, lambda _: False) == tmp_path / "ours" / FIRST


def test_a_trial_takes_nothing_away_that_is_the_learners(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the list has: a copy keeps links, and behind one lies their own file."""
    env = learner(tmp_path, config="")
    own = file_at(tmp_path / "own/profile_course/x.py")
    ours = tmp_path / "ours"
    (ours / "profile_course").symlink_to(own.parent)
    files = [ours / "profile_course/x.py", own, ours / CONFIG]
    monkeypatch.setattr(ipython_config, "ipython_files", lambda _: files)
    assert ipython_config.find_breaking_file(env, lambda _: False) is None
    assert own.exists()
    found = ipython_config.find_breaking_file(env, lambda place: not (place / CONFIG).exists())
    assert found == ours / CONFIG


def test_a_search_is_made_again_beside_a_link(tmp_path: Path) -> None:
    """Each time in a copy of its own: what an earlier trial left there is no part of it."""
    env = learner(tmp_path, config="", first="")
    (tmp_path / "ours/profile_default/more").symlink_to(file_at(tmp_path / "own/x").parent)
    seen = []

    def works(place: Path) -> bool:
        seen.append((place / "left").exists())
        (place / "left").touch()
        return False

    for _ in range(2):
        assert ipython_config.find_breaking_file(env, works) is None
    assert seen == [False] * 4
    assert (tmp_path / "own/x").exists()


@pytest.mark.parametrize(
    ("file", "start", "code", "words"),
    [
        (FIRST, Start(End.DIED, 0.1, 3, ""), "ipython-startup-breaks", "exit, code 3"),
        (FIRST, Start(End.SILENT, 20, None, ""), "ipython-startup-breaks", "within 20 s"),
        (FIRST, Start(End.REPLIED, 0.1, None, ""), "ipython-startup-breaks", "answer wrongly"),
        (CONFIG, Start(End.DIED, 0.1, 1, ""), "ipython-config-breaks", "TraitError"),
        (CONFIG, Start(End.REPLIED, 0.1, None, ""), "ipython-config-breaks", "answer wrongly"),
    ],
)
def test_what_it_does_to_kernels(
    tmp_path: Path, file: str, start: Start, code: str, words: str
) -> None:
    """The learner's own file is named and moved aside, not our copy of it."""
    diagnosis = ipython_config.diagnose(learner(tmp_path), tmp_path / "ours" / file, start)
    assert diagnosis.code == code
    assert words in diagnosis.summary
    own = str(tmp_path / "own" / file)
    assert diagnosis.evidence.looked_in == own
    assert diagnosis.fixes[0].steps == (Rename(own, f"{own}.envcheck-backup-1"),)


def test_what_came_back_is_what_was_found(tmp_path: Path) -> None:
    """A cell that shows nothing has overwritten no name of Python's."""
    start, file = Start(End.REPLIED, 0.1, None, ""), tmp_path / "ours" / CONFIG
    diagnosis = ipython_config.diagnose(learner(tmp_path), file, start, "no picture", "nothing")
    assert (diagnosis.evidence.found, "no picture" in diagnosis.summary) == ("nothing", True)


@pytest.mark.parametrize(
    ("stderr", "found"),
    [
        ("Traceback\nValueError: no\n\n", "ValueError: no"),
        ("ValueError: no\n[IPKernelApp] WARNING | x\n", "ValueError: no"),
        ("[IPKernelApp] WARNING | x\n", "the kernel died in it (exit, code 1)"),
    ],
)
def test_a_mere_warning_is_no_complaint(tmp_path: Path, stderr: str, found: str) -> None:
    """ipykernel gives some to every kernel."""
    start = Start(End.DIED, 0.1, 1, stderr)
    diagnosis = ipython_config.diagnose(learner(tmp_path), tmp_path / "ours" / FIRST, start)
    assert diagnosis.evidence.found == found


@pytest.mark.parametrize(("text", "ignored"), [("c = get_config(\n", True), ("c = 1\n", False)])
def test_a_config_that_is_no_python(tmp_path: Path, text: str, ignored: bool) -> None:
    """IPython goes on without it; a start-up file is another cause's."""
    env = learner(tmp_path, config=text, first="(")
    found = ipython_config.warn_of_ignored_config(env)
    assert [one.code for one in found] == ["ipython-config-ignored"] * ignored
    assert all(one.severity is Severity.WARNING for one in found)
    assert all(one.evidence.found.startswith("SyntaxError") for one in found)


@pytest.mark.parametrize(
    ("name", "text", "ignored"),
    [
        ("ipython_config.json", '{"InteractiveShell": {', True),
        ("ipython_config.json", '{"InteractiveShell": {}}', False),
        ("ipython_kernel_config.json", "", True),
        ("notes.json", "{", False),
    ],
)
def test_a_config_in_json_that_is_cut_short(
    tmp_path: Path, name: str, text: str, ignored: bool
) -> None:
    """IPython goes on without it, as without one in Python; other files are not its own."""
    env = learner(tmp_path)
    file_at(tmp_path / "ours/profile_default" / name, text)
    found = ipython_config.warn_of_ignored_config(env)
    assert [one.code for one in found] == ["ipython-config-ignored"] * ignored
