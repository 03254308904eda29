"""What the documents say is so: commands, options, formats, exit codes, links, keys, decisions, and
the worked example.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests import built_file

import envcheck
from envcheck.command.cli import cli
from envcheck.course_file.meanings import MEANINGS
from envcheck.reports import FORMATS
from envcheck.run import report
from envcheck_checks.courses.ml_for_software_engineers import COURSE
from envcheck_checks.courses.ml_for_software_engineers.chapter2 import PYTHONS, STACK

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
COMMANDS, NUMBERS, REPORT = (
    ROOT / "docs" / f"{name}.md" for name in ("commands", "numbers", "report")
)
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
DOCUMENTS = [
    README,
    CONTRIBUTING,
    ROOT / "CHANGELOG.md",
    REPORT,
    COMMANDS,
    NUMBERS,
    ROOT / "docs" / "tracks.md",
    ROOT / "docs" / "ci.md",
    ROOT / "docs" / "hubs.md",
    *DECISIONS,
]
SET_UP = ["python3 run-envcheck.py chapter2", "scripts/test"]
OWN_COMMANDS = ("adopt", "class", "explain", "hub", "list", "run", "send", "track", "undo", "where")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
OF_A_DECISION = ["Context", "Decision", "Consequences"]


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def fences(path: Path, language: str = "") -> list[str]:
    """The fenced blocks of a document, all or those of a language."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text(path), re.MULTILINE | re.DOTALL)
    return [body for name, body in found if not language or name == language]


@cache
@cache
def shown_by(*words: str) -> str:
    """What the command says about itself."""
    done = CliRunner(env={"COLUMNS": "120"}).invoke(cli, [*words, "--help"], prog_name="envcheck")
    assert done.exit_code == 0, done.output
    return done.output


def options_of(*words: str) -> set[str]:
    return set(OPTION.findall(shown_by(*words)))


def test_the_readme_is_short() -> None:
    """It can be read in one sitting."""
    assert len(text(README).splitlines()) < 200, "move a part of README.md into docs/"


def test_the_numbers_have_their_place() -> None:
    assert re.search(r"<!-- benchmark table -->\n.*?<!-- end -->", text(NUMBERS), re.DOTALL), (
        "put back into docs/numbers.md the lines `<!-- benchmark table -->` and `<!-- end -->`: "
        "what benchmarks/run prints stands between them"
    )


def test_two_commands_set_up_a_machine() -> None:
    """Exactly one block has the two commands, and nothing else; both are files that can
    be started.
    """
    naming = [
        block for block in fences(README) if any(line in block.splitlines() for line in SET_UP)
    ]
    assert [block.splitlines() for block in naming] == [SET_UP], (
        f"give README.md one block that is exactly {SET_UP}"
    )
    assert os.access(ROOT / "run-envcheck.py", os.R_OK)
    assert os.access(ROOT / "scripts" / "test", os.X_OK)


def test_every_option_that_is_named_exists() -> None:
    """The documents name no option that the command does not have."""
    known = options_of("chapter2").union(
        *(options_of(name) for name in OWN_COMMANDS), options_of("class", "show")
    )
    told = f"{text(README)}\n{text(COMMANDS)}"
    unknown = {*OPTION.findall(told)} - known - {built_file.names()["UNLOCKED"]}
    assert not unknown, f"take out of README.md and docs/commands.md what there is not: {unknown}"


def test_every_option_of_a_run_is_named() -> None:
    """docs/commands.md tells of each option that `envcheck chapter2 --help` shows."""
    untold = options_of("chapter2") - {"--help"} - set(OPTION.findall(text(COMMANDS)))
    assert not untold, f"say in docs/commands.md what these do: {untold}"


def test_every_command_is_named_and_exists() -> None:
    """The table of commands is the list that `envcheck --help` shows."""
    rows = re.findall(r"^\| `envcheck (\S+?)[ `]", text(COMMANDS), re.MULTILINE)
    assert sorted(rows) == sorted(["chapter1", "chapter2", *OWN_COMMANDS]), (
        "give each command of `envcheck --help` one row in docs/commands.md, and OWN_COMMANDS its name"
    )
    listed = re.findall(r"^  ([a-z]\w*)  ", shown_by().partition("Commands:")[2], re.MULTILINE)
    assert set(listed) >= {*rows, "all"}
    chapters = {chapter.id for chapter in COURSE.chapters}
    assert set(re.findall(r"envcheck(?:\.py)? (chapter\w+)", text(README))) <= chapters


def test_formats() -> None:
    """The formats are those that there are."""
    (row,) = [line for line in text(COMMANDS).splitlines() if line.startswith("| `--format")]
    assert re.findall(r"`([a-z]+)`", row) == list(FORMATS), (
        f"name in docs/commands.md's row of `--format` exactly {', '.join(FORMATS)}"
    )
    named = re.findall(r"--(?:format|report) ([a-z]+)\b", text(README))
    assert set(named) <= set(FORMATS)


def test_exit_codes() -> None:
    """The table has each exit code, and no other."""
    rows = re.findall(r"^\| (\d+) \|", text(COMMANDS), re.MULTILINE)
    assert [int(row) for row in rows] == [
        report.READY,
        report.NOT_READY,
        report.USAGE,
        report.UNDETERMINED,
        report.INTERRUPTED,
    ]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    """Every relative link and picture is a file of the repository."""
    prose = re.sub(r"^```.*?^```$", "", text(document), flags=re.MULTILINE | re.DOTALL)
    targets = re.findall(r"\]\(([^)\s]+)\)", prose) + re.findall(r'(?:src|href)="([^"]+)"', prose)
    near = [target.partition("#")[0] for target in targets if "://" not in target]
    dead = [target for target in near if not (document.parent / target).exists()]
    assert not dead, f"correct these links in {document.name}: {', '.join(dead)}"


def keys(value: Any) -> Iterator[str]:  # any JSON value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


@cache
def schema_keys() -> frozenset[str]:
    """Every key that a report may have, wherever the schema names it."""

    def properties(schema: Any) -> Iterator[str]:  # any part of a schema
        if isinstance(schema, dict):
            yield from schema.get("properties", {})
        for inner in (
            schema.values()
            if isinstance(schema, dict)
            else schema
            if isinstance(schema, list)
            else ()
        ):
            yield from properties(inner)

    return frozenset(properties(json.loads(text(ROOT / "src" / "envcheck" / "report.schema.json"))))


def test_the_example_report() -> None:
    """The example is JSON with the keys of the contract, and its diagnosis has a page."""
    (example,) = [json.loads(block) for block in fences(REPORT, "json")]
    assert set(keys(example)) <= schema_keys()
    assert example["exit_code"] == report.NOT_READY
    pages = {page.stem for page in (ROOT / "checks").rglob("*.md")}
    assert {one["code"] for one in example["diagnoses"]} <= pages, (
        "use in docs/report.md's example a code that `envcheck explain` knows"
    )


def test_every_key_of_the_report_is_explained() -> None:
    """docs/report.md names each key of the schema."""
    named = set(re.findall(r"`(?:[a-z_]+\.)*([a-z_]+)`", text(ROOT / "docs" / "report.md")))
    untold = schema_keys() - named
    assert not untold, f"say in docs/report.md what these keys of the schema mean: {untold}"


def test_every_key_of_a_course_file_is_explained() -> None:
    """docs/keys.md has a row for each key that envcheck reads, by the name that is typed."""
    rows = set(re.findall(r"^\| `([a-zA-Z._]+)` \|", text(ROOT / "docs" / "keys.md"), re.MULTILINE))
    assert rows == {path.replace("*", "NAME") for path in MEANINGS}


def test_decisions_have_no_gaps() -> None:
    """0001, 0002, ... without a hole, each with its number in the title, its status, and its three
    parts.
    """
    wanted = [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]
    assert [path.name[:4] for path in DECISIONS] == wanted, "number the decisions without a hole"
    for path in DECISIONS:
        title, *parts = re.split(r"^## ", text(path), flags=re.MULTILINE)
        assert re.match(rf"# {path.name[:4]} \S.*\n\nStatus: \S", title), (
            f"begin {path.name} with `# {path.name[:4]} TITLE`, an empty line and `Status: ...`"
        )
        assert [part.partition("\n")[0] for part in parts] == OF_A_DECISION, (
            f"give {path.name} exactly the parts {', '.join(OF_A_DECISION)}"
        )


def test_versions_are_those_of_the_course() -> None:
    """The oldest Python and packages stand in the decision and in the README as the course has
    them.
    """
    (decision,) = [path for path in DECISIONS if path.name.startswith("0006")]
    assert f'PYTHONS = "{PYTHONS}"' in text(decision)
    assert f"Python {PYTHONS.removeprefix('>=')} and newer" in re.sub(r"\s+", " ", text(README))
    for package in STACK.packages:
        name, _, oldest = package.requirement.partition(">=")
        assert f"{name} {oldest}" in text(decision)


def test_the_changelog_knows_this_version() -> None:
    assert f"\n## {envcheck.__version__}\n" in text(ROOT / "CHANGELOG.md"), (
        f"begin a part `## {envcheck.__version__}` in CHANGELOG.md"
    )


def test_guards_that_are_named_exist() -> None:
    """CONTRIBUTING names no guard that has gone."""
    written = "".join(text(path) for path in (ROOT / "tests" / "guards").glob("*.py"))
    named = set(re.findall(r"`(test_\w+)`", text(CONTRIBUTING)))
    gone = {name for name in named if f"def {name}(" not in written}
    assert not gone, f"CONTRIBUTING.md names guards that have gone; name them anew: {gone}"


def test_the_first_check_works(tmp_path: Path) -> None:
    """The course and the test in CONTRIBUTING, copied as they stand, load and pass."""
    course, tests, _ = fences(CONTRIBUTING, "python")
    (tmp_path / "git_course.py").write_text(course, encoding="utf-8")
    (tmp_path / "test_git_course.py").write_text(tests, encoding="utf-8")
    call = "import test_git_course as t; t.test_on_described_machines()"
    call += "; t.test_on_this_machine()" if shutil.which("git") else ""
    done = subprocess.run(
        [sys.executable, "-c", call],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    listed = [
        sys.executable,
        "-I",
        "-m",
        "envcheck",
        "list",
        "--course",
        str(tmp_path / "git_course.py"),
    ]
    assert (
        "week1"
        in subprocess.run(listed, capture_output=True, text=True, timeout=60, check=True).stdout
    )


def test_the_first_tool_is_one_file(tmp_path: Path) -> None:
    """The track in CONTRIBUTING, copied as it stands, says that a tool is not installed, how big it
    is and how to get it.
    """
    *_, track = fences(CONTRIBUTING, "python")
    (tmp_path / "polars_track.py").write_text(track, encoding="utf-8")
    words = [
        "track",
        "tables",
        "--course",
        "polars_track.py",
        "--python",
        sys.executable,
        "--format",
        "json",
    ]
    done = subprocess.run(
        [sys.executable, "-I", "-m", "envcheck", *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    (cause,) = json.loads(done.stdout)["diagnoses"]
    assert (done.returncode, cause["code"]) == (1, "tool-missing")
    assert "180 MB" in cause["fixes"][0]["title"]
    assert cause["fixes"][0]["steps"][0]["argv"][-1] == "polars"
