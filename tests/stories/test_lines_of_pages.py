"""What the pages say is typed: by a learner on a healthy machine, by a contributor in a copy of the project."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests import lines_of_pages as shown
from tests.recipes import plain_environment
from tests.stories.machine import Machine

pytestmark = pytest.mark.slow
# Where a line ends otherwise than well on a healthy machine.
ENDS_WITH = {
    "envcheck track pipelines": 1,  # its tools are not installed
    "envcheck week1 --course git_course.py": 1,  # the page has it so: nobody has told git a name
    # Optional checks: nothing that is required is proved.
    "envcheck chapter2 --only browser": 3,
    "envcheck chapter2 --only network": 3,
    "envcheck chapter2 --only interface": 3,
}
# What is there before a page's lines are typed: what the page is about.
BEFORE = {
    "browser-variable-broken": "export BROWSER=true",
    # With pip in it already, so that it need not be installed each time: in new-environment it is.
    "disk-allows-no-programs": 'cp -a "$PLAIN" ~/course-env',
    "environment-moved": 'cp -a "$PLAIN" .venv; '
    "python -m venv --without-pip --system-site-packages .venv",
    "folder-in-cloud": 'cp -a "$PLAIN" .venv',
    "git-identity-missing": "git config --global user.email a@b.org; git config --global user.name A",
    "index-not-secure": "python -m pip config set global.index-url https://pypi.org/simple",
    "index-refuses": "python -m pip config set global.index-url https://pypi.org/simple",
    "index-unreachable": "python -m pip config set global.index-url https://pypi.org/simple",
    "ipython-startup-leads-away": "mkdir -p ~/.ipython/profile_default/startup; "
    "touch ~/.ipython/profile_default/startup/00-data.py",
    "jupyter-file-unreadable": "mkdir -p ~/.local/share/jupyter/runtime; "
    "touch ~/.local/share/jupyter/runtime/jupyter_cookie_secret",
    "jupyter-folder-unwritable": "mkdir -p ~/.local/share/jupyter",
    "lab-extension-breaks": "mkdir -p ~/.local/share/jupyter/labextensions",
    "matplotlibrc-breaks": "mkdir -p ~/.config/matplotlib; touch ~/.config/matplotlib/matplotlibrc",
    "memory-limit-too-low": "echo ulimit -v 1000000 | tee ~/.bashrc > ~/.profile",
    "openmp-twice": 'cp -a "$PLAIN" .venv',
    "notebook-of-another-user": "mkdir .ipynb_checkpoints; touch week1.ipynb",
    "pip-no-index": "python -m pip config set global.no-index false",
    "python-command-missing": "python3 -m venv --without-pip .venv",
    "python-externally-managed": "python3 -m venv --without-pip .venv",
    # `site` says by its exit code that an environment has no folder of the user.
    "user-site-hides-packages": "set +e",
}
# What is about a fix or a file is typed in a course whose chapter2 asks little: a whole healthy chapter is examined by
# the other lines.
ABOUT_LITTLE = re.compile(r"--fix|report\.")
LITTLE = 'course = "little"\njupyter = false\n[chapter.chapter2]\npackages = ["six"]\n'
# They are typed each time: what follows is typed in another place or with another setting.
SETTINGS = re.compile(r"(cd|export|unset|source|mkdir|ulimit) ")


@pytest.fixture
def learner(machine: Machine) -> Machine:
    """With `envcheck` on PATH, as its installers put it there. pip installs nothing, but looks for all
    that it would.
    """
    own = machine.home / "bin"
    own.mkdir()
    for name in ("envcheck", "uv", "pipx"):
        (own / name).symlink_to(Path(sys.executable).with_name(name))
    path = machine.environ["PATH"]
    machine.variables |= {
        "PATH": f"{own}:{path}",
        "PIP_DRY_RUN": "1",
        "PIP_NO_DEPS": "1",
        "USER": "root",
        "PLAIN": str(plain_environment()),
    }
    machine.variables |= {"VIRTUAL_ENV": str(machine.prefix), "BROWSER": "true"}
    return machine


def typed(machine: Machine, *lines: str) -> subprocess.CompletedProcess[str]:
    """In one shell, which ends at the first line that fails."""
    return machine.run(argv=["bash", "-ec", "\n".join(lines)])


@pytest.mark.long
@pytest.mark.whole
def test_what_a_learner_types(learner: Machine) -> None:
    """The README, the page for learners, and that of the report; each line once."""
    before: set[str] = set()
    learner.write("work/little/envcheck.toml", LITTLE)
    for place in ("README.md", "docs/site/learner.md", "docs/report.md"):
        for line in shown.to_type(place):
            if line in before:
                continue
            before.add(line)
            folder = "little" if ABOUT_LITTLE.search(line) else "."
            done = typed(learner, f"cd {folder}", line)
            assert done.returncode == ENDS_WITH.get(line, 0), (
                place,
                line,
                done.stdout,
                done.stderr,
            )
            assert done.stdout or ">" in line or "--output" in line, (place, line)
            assert folder == "." or not done.stderr, (line, done.stderr)  # that course was read
    report = json.loads((learner.work / "little" / "report.json").read_text("utf-8"))
    assert report["course"]["id"] == "little"


@pytest.mark.long
@pytest.mark.whole
def test_what_a_contributor_types(learner: Machine) -> None:
    """The first check says on the page what it says here, but for paths and times."""
    page = shown.documents()["CONTRIBUTING.md"]
    course = next(body for label, body in shown.FENCE.findall(page) if label == "python")
    learner.write("work/git_course.py", course)
    first, new_diagnosis = shown.to_type("CONTRIBUTING.md")
    done = typed(learner, first)
    assert done.returncode == ENDS_WITH[first], done.stderr
    printed = next(body for label, body in shown.FENCE.findall(page) if label == "console")
    assert [*kept_of(printed)] == [*kept_of(done.stdout)]
    tree = learner.root / "tree"
    tree.mkdir()
    for name in ("src", "checks", "tests", "scripts", "docs", "pyproject.toml"):
        subprocess.run(["cp", "-r", str(shown.ROOT / name), str(tree)], check=True)
    python = learner.write(
        "tree/.envcheck-venv/bin/python", f'#!/bin/sh\nexec {sys.executable} "$@"\n'
    )
    python.chmod(0o755)
    learner.variables["PYTHONPATH"] = f"{tree / 'src'}:{tree / 'checks'}"
    done = typed(learner, f"cd {tree}", new_diagnosis)
    assert done.returncode == 0, done.stderr
    assert (tree / "checks" / "envcheck_checks" / "kernel" / "pages" / "clock-late.md").is_file()


def kept_of(text: str) -> Iterator[str]:
    """Lines without what differs between machines: the Python, and the evidence."""
    for line in text.partition("\n\n")[2].splitlines():
        if not line.startswith(" " * 20):
            yield re.sub(r"\d+\.\d s\.$", "0.1 s.", line)


@pytest.mark.whole
def test_what_the_pages_of_causes_say(learner: Machine) -> None:
    """Each block as a learner pastes it on a machine that is in order, in a folder of its own: what it
    names is there, and it ends well.
    """
    reasons, failed, before = shown.reasons(), [], set[str]()
    for page, text in shown.of_causes_and_checks().items():
        lines = [line for line in shown.lines(text) if line not in {*reasons, *before}]
        if any(not SETTINGS.match(line) for line in lines):
            before.update(line for line in lines if not SETTINGS.match(line))
            (learner.work / page).mkdir()
            done = typed(learner, f"cd {page}", *filter(None, [BEFORE.get(page)]), *lines)
            if done.returncode != ENDS_WITH.get(lines[-1], 0):
                failed.append(f"{page}: {lines}\n{done.stdout[-300:]}{done.stderr[-600:]}")
    assert not failed, "\n\n".join(failed)
