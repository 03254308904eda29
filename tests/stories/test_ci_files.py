"""The files for CI do what they say: every shell step in them is run as it stands, with envcheck's own
command and a small course. tests/guards/test_ci_files.py holds the rest of them to its schema.
"""

from __future__ import annotations

import json
import re
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.bootstrap.machine import BASE, checkout
from tests.lines_of_pages import to_type
from tests.recipes import plain_environment
from tests.stories.ci_steps import ROOT, Job, read

pytestmark = pytest.mark.slow

COURSE = f"""\
course = "fixture"
title = "A fixture"
python = "=={sys.version_info[0]}.{sys.version_info[1]}.*"
jupyter = false
requires = ["requirements.txt"]

[chapter.chapter2]
"""
LIST = "iniconfig\n"
GITHUB = {
    "runner.os": "Linux",
    "runner.arch": "X64",
    "github.job": "test",
    "strategy.job-index": "0",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A course's repository with run-envcheck.py, and all that it belongs to, in it. What envcheck
    makes for itself lies in `.cache` there, so that one first run is enough; `.venv` has its pip.
    """
    folder = checkout(tmp_path_factory.mktemp("ci") / "project").parent
    shutil.copytree(plain_environment(), folder / ".venv", symlinks=True)
    (folder / "envcheck.toml").write_text(COURSE, encoding="utf-8")
    yield folder
    shutil.rmtree(folder.parent, ignore_errors=True)


@pytest.fixture
def job(project: Path) -> Job:
    """A job in that repository, whose course is in order and whose `python3` is a plain one."""
    (project / "requirements.txt").write_text(LIST, encoding="utf-8")
    tools = project.parent / "tools"
    tools.mkdir(exist_ok=True)
    for name in ("python3", "python"):
        if not (tools / name).exists():
            (tools / name).symlink_to(BASE)
    variables = {
        "PATH": f"{tools}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(project.parent),
        "XDG_CACHE_HOME": str(project / ".cache"),
        "PIP_COMPILE": "0",  # each is started once or twice
    }
    return Job(project, variables, {**GITHUB})


def prepared(job: Job) -> None:
    """The environment, by the line that the GitLab component has for it."""
    spec, _ = read("templates/envcheck.yml")
    done = job.shell(spec["spec"]["inputs"]["prepare"]["default"])
    assert done.returncode == 0, done.stderr


def action(job: Job, **given: str) -> tuple[int, str, dict[str, str], str]:
    """Its exit code, log, outputs and summary."""
    (file,) = read("action.yml")
    inputs = {name: value.get("default") for name, value in file["inputs"].items()} | given
    job.known.update({f"inputs.{name}": str(value) for name, value in inputs.items()})
    summary = job.folder.parent / "summary.md"
    summary.write_text("")
    around = {
        "GITHUB_ACTION_PATH": str(job.folder),
        "GITHUB_STEP_SUMMARY": str(summary),
        "RUNNER_TEMP": str(job.folder.parent / "runner"),
        "CI": "true",
    }
    done = None
    for step in file["runs"]["steps"]:
        for value in step.get("with", {}).values():
            job.filled(value)  # each is known by then
        if "run" in step:
            done = job.step(step, around)
    assert done is not None
    outputs = {name: job.filled(value["value"]) for name, value in file["outputs"].items()}
    return done.returncode, done.stdout, outputs, summary.read_text(encoding="utf-8")


def test_the_action(job: Job) -> None:
    """Ready, then not; each with annotations, a summary, four reports and the verdict."""
    prepared(job)
    asked = {"chapters": "chapter2", "python": ".venv/bin/python", "options": "--offline"}
    code, log, outputs, summary = action(job, **asked)
    assert (code, outputs["verdict"]) == (0, "ready"), log
    assert log.startswith("::notice title=envcheck::Ready for chapter 2")
    assert summary.startswith("## envcheck: Ready for chapter 2")
    assert Path(job.known["steps.place.outputs.cache"]) == job.folder / ".cache" / "envcheck"
    key = job.known["steps.place.outputs.key"]
    assert (job.folder / ".cache" / "envcheck" / key).is_dir(), "another environment than is kept"
    reports = Path(outputs["report"]).parent
    assert sorted(file.name for file in reports.iterdir()) == [
        "junit.xml",
        "report.html",
        "report.json",
        "report.md",
    ]
    (job.folder / "requirements.txt").write_text("iniconfig\nsqlparse\n", encoding="utf-8")
    code, log, outputs, summary = action(job, **asked)
    assert (code, outputs["verdict"]) == (1, "not-ready")
    assert "::error title=packages-missing::" in log and "sqlparse" in summary
    assert json.loads(Path(outputs["report"]).read_text(encoding="utf-8"))["exit_code"] == 1
    assert job.known["steps.place.outputs.key"] == key
    code, _, outputs, summary = action(job, **{**asked, "chapters": "chapter2; touch x"})
    assert (code, outputs["verdict"], summary) == (2, "undetermined", "")
    assert not (job.folder / "x").exists()


@pytest.mark.whole
def test_the_page(job: Job) -> None:
    """The lines of docs/ci.md that are typed, as they stand; the clone is this one."""
    one_line, environment, *by_pytest = to_type("docs/ci.md")
    assert job.shell(environment).returncode == 0
    done = job.shell(one_line)
    assert done.returncode == 0 and done.stdout.startswith("::notice"), done.stderr
    assert ElementTree.parse(job.folder / "envcheck.xml").getroot().get("failures") == "0"
    cloned = checkout(job.folder / "envcheck").parent
    nothing_made = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "pytest-plugin", cloned / "pytest-plugin", ignore=nothing_made)
    # The course's own settings, not those of the project that lies in its folder here.
    (job.folder / "pytest.ini").write_text("[pytest]\npython_files = no_files\n", encoding="utf-8")
    done = job.shell("\n".join(by_pytest))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "envcheck .." in done.stdout


@pytest.mark.whole
def test_the_gitlab_component(job: Job) -> None:
    """Its job leaves JUnit where the artifact is taken from."""
    spec, jobs = read("templates/envcheck.yml")
    inputs = {name: value.get("default") for name, value in spec["spec"]["inputs"].items()}
    job.known.update({f"inputs.{name}": str(value) for name, value in inputs.items()})
    job.known["inputs.chapters"] = "chapter2"
    work = jobs["envcheck"]
    variables = {name: job.filled(value) for name, value in work["variables"].items()}
    kept = variables["ENVCHECK_CACHE"].replace("$CI_PROJECT_DIR", str(job.folder))
    variables["ENVCHECK_CACHE"] = kept
    job.folder.chmod(0o777)  # as their runners leave it
    lines = [job.filled(line) for line in (*work["before_script"], *work["script"])]
    done = job.shell("\n".join(lines), variables)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Ready for chapter 2" in done.stdout
    junit = ElementTree.parse(job.folder / work["artifacts"]["reports"]["junit"])
    assert [one.get("failures") for one in junit.iter("testsuite")] == ["0"]
    assert not stat.S_IMODE(job.folder.stat().st_mode) & 0o002


def book() -> dict[str, Any]:
    """A notebook that imports what the list has."""
    cell: dict[str, Any] = {"cell_type": "code", "metadata": {}, "outputs": []}
    cells = [{**cell, "execution_count": None, "source": "import iniconfig\n"}]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}


@pytest.mark.whole
def test_the_hook_for_authors(job: Job) -> None:
    """A course file that is right passes, and one whose course has moved on does not."""
    (hooks,) = read(".pre-commit-hooks.yaml")
    entry = {hook["id"]: hook["entry"] for hook in hooks}["envcheck-adopt"]
    course = job.folder.parent / "adopted"
    (course / "week1").mkdir(parents=True)
    path = f"{Path(sys.executable).parent}:{job.variables['PATH']}"
    here = Job(course, {**job.variables, "PATH": path}, {})
    assert here.shell("envcheck adopt --help").returncode == 0
    (course / "week1" / "one.ipynb").write_text(json.dumps(book()), encoding="utf-8")
    (course / "requirements.txt").write_text(LIST, encoding="utf-8")
    adopted = here.shell("envcheck adopt --yes")
    assert adopted.returncode == 0, adopted.stderr
    assert here.shell(entry).returncode == 0
    shutil.copytree(course / "week1", course / "week2")
    moved = here.shell(entry)
    assert moved.returncode == 1 and "week2" in moved.stdout, moved.stdout + moved.stderr


@pytest.mark.whole
def test_the_hook_for_what_is_vendored(job: Job) -> None:
    """What `envcheck vendor` has just written passes; a file of it that was edited does not."""
    (hooks,) = read(".pre-commit-hooks.yaml")
    entry = {hook["id"]: hook["entry"] for hook in hooks}["envcheck-vendor"]
    envcheck = job.folder.parent / "tools" / "envcheck"
    envcheck.write_text(f'#!/bin/sh\nexec python3 {job.folder}/run-envcheck.py "$@"\n')
    envcheck.chmod(0o755)
    course = job.folder.parent / "vendored"
    course.mkdir()
    here = Job(course, job.variables, {})
    written = here.shell("envcheck vendor .")
    assert written.returncode == 0, written.stdout + written.stderr
    assert here.shell(entry).returncode == 0
    with (course / "run-envcheck.py").open("a") as script:
        script.write("# mine\n")
    old = here.shell(entry)
    assert old.returncode == 1 and "run-envcheck.py" in old.stdout, old.stdout + old.stderr


@pytest.mark.whole
def test_the_hooks_by_pre_commit(job: Job) -> None:
    """It makes their environment from this repository and runs both. The line that one of them prints
    works in the author's terminal, whose PATH has nothing of that environment.
    """
    if not (ROOT / ".git").exists():
        pytest.skip("only on a clone: pre-commit takes hooks from a repository")
    course = job.folder.parent / "by-pre-commit"
    (course / "week1").mkdir(parents=True)
    (course / "week1" / "one.ipynb").write_text(json.dumps(book()), encoding="utf-8")
    (course / "requirements.txt").write_text(LIST, encoding="utf-8")
    table = 'course = "a"\nrequires = ["requirements.txt"]\n[chapter.course]\nfolder = "week1"\n'
    (course / "envcheck.toml").write_text(table, encoding="utf-8")
    (course / "run-envcheck.py").write_text("# mine\n", encoding="utf-8")
    here = Job(course, {**job.variables, "PRE_COMMIT_HOME": str(course.parent / "hooks")}, {})
    assert here.shell("git init --quiet && git add --all").returncode == 0
    hooks = here.shell(f"{sys.executable} -m pre_commit try-repo {ROOT} --all-files")
    said = re.findall(r"^(.*?)\.{3,}(\w+)$", hooks.stdout, re.MULTILINE)
    assert said == [
        ("envcheck.toml still says what the course is", "Passed"),
        ("run-envcheck.py and its wheel are those of this envcheck", "Failed"),
    ], hooks.stdout + hooks.stderr
    typed = hooks.stdout.partition("Next step:")[2].split()
    assert (Path(typed[0]).is_absolute(), typed[1:3]) == (True, ["vendor", "."])


@pytest.mark.whole
def test_the_image(job: Job) -> None:
    """What the example's RUN lines and its HEALTHCHECK do, in a folder in place of an image."""
    text = (ROOT / "examples" / "ci" / "Dockerfile").read_text(encoding="utf-8")
    lines = [line.partition(" ") for line in text.splitlines() if line and line[0] != "#"]
    prepared(job)  # as `python3` of the image
    path = f"{job.folder / '.venv' / 'bin'}:{job.variables['PATH']}"
    kept = str(job.folder / ".cache" / "envcheck")
    image = Job(job.folder, {**job.variables, "PATH": path, "ENVCHECK_CACHE": kept}, {})
    for _, _, command in (line for line in lines if line[0] == "RUN"):
        done = image.shell(command)
        assert done.returncode == 0, done.stdout + done.stderr
    made = [*(job.folder / ".cache" / "envcheck").rglob("*")]
    closed = [str(path) for path in made if not path.stat().st_mode & 0o004]
    assert made and not closed, "whoever USER names needs it"
    (check,) = [line[2].partition("CMD ")[2] for line in lines if line[0] == "HEALTHCHECK"]
    assert image.shell(check).returncode == 0
    (job.folder / "requirements.txt").write_text("iniconfig\nsqlparse\n", encoding="utf-8")
    assert image.shell(check).returncode == 1
    (job.folder / "envcheck.toml").write_text("course = \n", encoding="utf-8")
    broken = image.shell(check)
    (job.folder / "envcheck.toml").write_text(COURSE, encoding="utf-8")
    assert broken.returncode == 1, "docker knows 0 and 1"
    assert [line[2] for line in lines if line[0] == "ENV"] == ["ENVCHECK_CACHE=/opt/envcheck"]


def nightly(job: Job, code: str = "") -> tuple[int, dict[str, Any], str]:
    """Both steps of the workflow, or the second after a rehearsal that ended with `code`: its exit
    code, what GitHub keeps, and the log.
    """
    (file,) = read("examples/ci/nightly.yml")
    tools = job.folder.parent / "tools"
    gh = tools / "gh"
    gh.write_text(
        f'#!/bin/sh\nexec {sys.executable} {ROOT / "tests/stories/gh_stand_in.py"} "$@"\n'
    )
    gh.chmod(0o755)
    names = ("server_url", "repository", "run_id", "token")
    values = ("https://github.example", "somebody/course", "7", "a-token")
    job.known.update({f"github.{name}": value for name, value in zip(names, values, strict=True)})
    kept = job.folder.parent / "issues.json"
    around = {
        **{name: str(value) for name, value in file["env"].items()},
        "GITHUB_STEP_SUMMARY": str(job.folder.parent / "summary.md"),
        "GH_STAND_IN": str(kept),
    }
    first, second = (step for step in file["jobs"]["rehearse"]["steps"] if "run" in step)
    if code:
        job.known["steps.rehearsal.outputs.code"] = code
    else:
        rehearsed = job.step(first, around)
        assert rehearsed.returncode == 0, rehearsed.stderr
    done = job.step({**second, "id": "issue"}, around)
    return done.returncode, json.loads(kept.read_text(encoding="utf-8")), done.stdout + done.stderr


@pytest.mark.whole
def test_the_nightly_rehearsal(job: Job) -> None:
    """The course's day breaks, stays broken, is not told once, and heals: one issue, then closed."""
    (job.folder / "requirements.txt").write_text("no-such-package-of-anybody==9\n")
    code, kept, log = nightly(job)
    assert code == 1, log
    (issue,) = kept["issues"]
    assert (issue["state"], issue["label"]) == ("open", "rehearsal")
    assert "https://github.example/somebody/course/actions/runs/7" in issue["body"]
    assert "no-such-package-of-anybody" in issue["body"]
    (job.folder / "rehearsal.md").write_text("another cause", encoding="utf-8")
    code, kept, _ = nightly(job, code="1")
    assert (code, len(kept["issues"])) == (1, 1) and "another cause" in kept["issues"][0]["body"]
    code, kept, log = nightly(job, code="3")
    assert (code, kept["issues"][0]["state"]) == (3, "open") and "::warning title=envcheck::" in log
    (job.folder / "requirements.txt").write_text(LIST, encoding="utf-8")
    code, kept, log = nightly(job)
    assert (code, [one["state"] for one in kept["issues"]]) == (0, ["closed"]), log
    code, kept, _ = nightly(job, code="0")
    assert (code, kept["asked"][-1]) == (0, "issue list")
