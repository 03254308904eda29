"""`scripts/new-diagnosis` begins a diagnosis that runs, and whose tests say what is still to be
written.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("src", "checks", "tests", "scripts", "docs", "pyproject.toml")
COPIED = shutil.ignore_patterns("__pycache__", ".*")
CODE = "moon-full"
STORY = "from tests.stories.broken import test_moon_full as told; [one.breaks(None) for one in told.STORIES.values()]"
# One start of Python for several runs of the script, as its own program: their codes and what each said
EACH_IN_TURN = """
import contextlib, io, json, runpy, sys
ended = []
for words in json.loads(sys.argv.pop()):
    sys.argv[:], said = ["new-diagnosis", *words], io.StringIO()
    with contextlib.redirect_stderr(said):
        try:
            code = runpy.run_path("scripts/new-diagnosis", run_name="__main__") and None
        except SystemExit as end:
            code = end.code
    ended.append((code, said.getvalue()))
print(json.dumps(ended))
"""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository to write into."""
    copy = tmp_path_factory.mktemp("tree")
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=COPIED, copy_function=shutil.copyfile)
        else:
            shutil.copy(ROOT / name, copy / name)
    return copy


@pytest.fixture(scope="module")
def run(tree: Path) -> Run:
    """This Python in the copy, which imports the copy."""
    variables = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(tree / "src"), str(tree / "checks")]),
    }

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *map(str, words)],
            cwd=tree,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run


def test_its_words_are_checked(run: Run) -> None:
    """A code that is there, or no code at all, and a room that is not there."""
    refusals = (
        (("kernel-died", "--room", "kernel"), "kernel-died is declared already"),
        (("Kernel died", "--room", "kernel"), "is not kebab-case"),
        (("half-moon", "--room", "cellar"), "there is no folder cellar"),
        (("half-moon", "--room", "interference"), "say by --check which may give it"),
        (("half-moon", "--before", "kernel/no_kernelspec.py:find_moon"), "has 0 lists in which"),
    )
    done = run("-c", EACH_IN_TURN, json.dumps([words for words, _ in refusals]))
    assert done.returncode == 0, done.stderr
    for (code, text), (_, said) in zip(json.loads(done.stdout), refusals, strict=True):
        assert (code, said in text) == (2, True), text


@pytest.mark.whole
@pytest.mark.slow
def test_a_new_diagnosis_says_what_to_write(tree: Path, run: Run) -> None:
    """All that is generated is formatted and runs, and fails until it is written; what is drawn
    from codes is drawn.
    """
    done = run("scripts/new-diagnosis", CODE, "--room", "kernel")
    assert done.returncode == 0, done.stderr
    assert run("-m", "ruff", "check", "checks", "tests").returncode == 0
    assert run("-m", "ruff", "format", "--check", "checks", "tests").returncode == 0

    begin = "write what is missing in "
    lines = done.stdout.splitlines()
    written = [line.removeprefix(begin) for line in lines if line.startswith(begin)]
    assert written == [
        "checks/envcheck_checks/kernel/moon_full.py",
        "checks/envcheck_checks/kernel/pages/moon-full.md",
        "tests/unit/checks/kernel/test_moon_full.py",
        "tests/stories/broken/test_moon_full.py",
    ]
    unit = run("-m", "pytest", "-q", "-n", "0", "tests/unit/checks/kernel/test_moon_full.py")
    assert "2 failed" in unit.stdout, unit.stdout
    assert f"write in {written[0]} how `{CODE}` is recognised" in unit.stdout
    assert f"break the machine in {written[3]} as `{CODE}` does" in run("-c", STORY).stderr

    guards = run("-m", "pytest", "-q", "-n", "0", "tests/guards/test_pages.py").stdout
    assert re.search(
        rf"give these from a cause, or remove them from codes.py: .*\b{CODE}\b", guards
    )
    assert f"kernel/pages/{CODE}.md: TODO: what the learner cannot do" in guards


@pytest.mark.slow
def test_four_files_are_left_to_write(tree: Path, run: Run) -> None:
    """Told what it means and before which cause it is asked, nothing else is left open: neither
    the declaration nor the list of causes. Its room is a part of another, which has the codes.
    """
    words = [
        "--room",
        "notebook/launching",
        "--means",
        "The moon is full",
        "--warning",
        "--automatic",
    ]
    words += ["--before", "notebook/launching/does_not_start.py:*order.OTHER_VARIABLES"]
    done = run("scripts/new-diagnosis", "moon-new", *words)
    assert done.returncode == 0, done.stderr
    assert run("-m", "ruff", "check", "checks", "tests").returncode == 0
    assert run("-m", "ruff", "format", "--check", "checks", "tests").returncode == 0

    room = tree / "checks/envcheck_checks/notebook"
    texts = {path.name: path.read_text("utf-8") for path in room.rglob("*.[pm][yd]")}
    assert sorted(name for name, text in texts.items() if "TODO" in text) == [
        "moon-new.md",
        "moon_new.py",
    ]
    asked = "from envcheck_checks.notebook.launching import does_not_start as d; print([c.__name__ for c in d.CAUSES])"
    names = run("-c", asked).stdout
    assert re.search(r"'find_network_disk', 'find_moon_new', 'find_breaking_variable'", names), (
        names
    )
    declared = "from envcheck_checks.notebook.codes import MOON_NEW as m; print(m.meaning, m.severity.value, m.automatic)"
    assert run("-c", declared).stdout == "The moon is full warning True\n"
