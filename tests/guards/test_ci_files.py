"""The files for CI are what GitHub, GitLab and pre-commit read: their schemas, without the net. That
their shell steps do what they say is shown by tests/stories/test_ci_files.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from check_jsonschema.cli import main as check_jsonschema
from click.testing import CliRunner
from pre_commit.clientlib import load_manifest

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
NIGHTLY = ROOT / "examples" / "ci" / "nightly.yml"
ACTION = ROOT / "action.yml"
GITLAB = ROOT / "templates" / "envcheck.yml"
# By whom they are kept, and the version that was there when these files were written.
USED = {
    "actions/checkout@v4",
    "actions/setup-python@v5",
    "actions/cache@v4",
    "actions/upload-artifact@v4",
    "actions/download-artifact@v4",
    "actions/attest-build-provenance@v2",
    "pypa/gh-action-pypi-publish@release/v1",
    "./",
}


def refused(schema: str, *files: Path) -> str:
    """What is wrong with these files; empty where nothing is."""
    words = ["--builtin-schema", schema, "--no-cache", *map(str, files)]
    if "gitlab" in schema:
        words += ["--data-transform", "gitlab-ci"]
    done = CliRunner().invoke(check_jsonschema, words)
    return f"{done.output}{done.exception or ''}" if done.exit_code else ""


def test_what_is_refused(tmp_path: Path) -> None:
    """Each schema sees what it is there for."""
    file = tmp_path / "wrong.yml"
    file.write_text("on: push\njobs: {a: {runs-on: [x], steps: [{use: b}]}}\n", encoding="utf-8")
    assert "steps" in refused("vendor.github-workflows", file)
    file.write_text("name: a\nruns: {using: composite}\n", encoding="utf-8")
    assert "is not valid" in refused("vendor.github-actions", file)
    file.write_text("a: {script: 3}\n", encoding="utf-8")
    assert "script" in refused("vendor.gitlab-ci", file)


def test_workflows() -> None:
    """This project's own, and the one to copy."""
    assert not refused("vendor.github-workflows", *WORKFLOWS, NIGHTLY)


def test_the_action() -> None:
    """GitHub takes it, and each step with a script names its shell."""
    assert not refused("vendor.github-actions", ACTION)


def test_the_gitlab_component(tmp_path: Path) -> None:
    """Both of its documents, and each input that is used is one that there is."""
    text = GITLAB.read_text(encoding="utf-8")
    files = []
    for number, document in enumerate(yaml.safe_load_all(text)):
        files.append(tmp_path / f"{number}.json")
        files[-1].write_text(json.dumps(document), encoding="utf-8")
    assert len(files) == 2 and not refused("vendor.gitlab-ci", *files)
    inputs = json.loads(files[0].read_text(encoding="utf-8"))["spec"]["inputs"]
    assert set(re.findall(r"\$\[\[ inputs\.(\w+) \]\]", text)) == set(inputs)


# What runners put into these, as seen there.
OF_RUNNERS = {
    "CI_RUNNER_EXECUTABLE_ARCH": "linux/amd64",
    "CI_COMMIT_REF_NAME": "feature/one",
    "CI_COMMIT_REF_SLUG": "feature-one",
    "runner.os": "Linux",
    "runner.arch": "X64",
    "steps.place.outputs.key": "0123456789abcdef",
    "inputs.artifact": "envcheck",
    "github.job": "test",
    "strategy.job-index": "0",
    "matrix.system": "ubuntu-latest",
    "matrix.python": "3.12",
}
NAMED = re.compile(r"\$\{\{\s*(\S+)\s*\}\}|\$\{?(\w+)\}?")
REFUSED_SIGNS = {"key": "/,\\ ", "name": '"/\\:<>|*?\r\n'}  # of a cache; of an artifact


def names_of_what_is_kept(node: Any) -> Iterator[tuple[str, str]]:
    """The keys of caches and the names of artifacts, with which of the two it is."""
    for child in (
        node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    ):
        yield from names_of_what_is_kept(child)
    if not isinstance(node, dict):
        return
    if str(node.get("uses", "")).startswith(("actions/cache", "actions/upload-artifact")):
        yield from (
            (kind, str(node["with"][kind])) for kind in REFUSED_SIGNS if kind in node["with"]
        )
    if isinstance(node.get("cache"), dict):
        yield "key", str(node["cache"]["key"])


def refused_signs(kind: str, text: str) -> set[str]:
    filled = NAMED.sub(lambda hit: OF_RUNNERS[hit[1] or hit[2]], text)
    return {*REFUSED_SIGNS[kind]} & {*filled}


@pytest.mark.parametrize(
    "file",
    [*WORKFLOWS, NIGHTLY, ACTION, GITLAB],
    ids=lambda file: f"{file.parent.name}-{file.name}",
)
def test_names_of_what_is_kept(file: Path) -> None:
    """As they are once the runner's own values stand in them: GitLab refuses a key with a slash."""
    for document in yaml.safe_load_all(file.read_text(encoding="utf-8")):
        for kind, text in names_of_what_is_kept(document):
            assert not refused_signs(kind, text), text
    assert refused_signs("key", "envcheck-$CI_RUNNER_EXECUTABLE_ARCH") == {"/"}


def test_jobs_of_a_matrix_keep_their_reports_apart() -> None:
    """upload-artifact refuses a name that another job of the same run has taken, and a job that is
    ready would be red.
    """
    (document,) = yaml.safe_load_all(ACTION.read_text(encoding="utf-8"))
    names = [text for kind, text in names_of_what_is_kept(document) if kind == "name"]
    assert names
    assert all("github.job" in name and "strategy.job-index" in name for name in names)


@pytest.mark.parametrize(
    "folder", ["examples", "templates", "deploy", "action.yml", "docs/hubs.md"]
)
def test_only_envchecks_own_cache_is_moved(folder: str) -> None:
    """XDG_CACHE_HOME in an image is everybody's: matplotlib, whose folder is closed then, says so in red
    in each notebook.
    """
    files = [path for path in (ROOT / folder, *(ROOT / folder).rglob("*")) if path.is_file()]
    assert files
    assert [path.name for path in files if "XDG_CACHE_HOME" in path.read_text("utf-8")] == []


def test_hooks() -> None:
    """By pre-commit's own reader."""
    hooks = load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))
    assert [hook["id"] for hook in hooks] == ["envcheck-adopt", "envcheck-vendor"]


@pytest.mark.parametrize("file", [*WORKFLOWS, NIGHTLY, ACTION], ids=lambda file: file.name)
def test_what_they_use(file: Path) -> None:
    """No action that nobody has looked at; no expression inside a script, where an input would be
    run.
    """

    def values(node: Any, key: str) -> list[str]:
        if isinstance(node, dict):
            own = [str(node[key])] if key in node and not isinstance(node[key], dict) else []
            return [*own, *(text for child in node.values() for text in values(child, key))]
        return (
            [text for child in node for text in values(child, key)]
            if isinstance(node, list)
            else []
        )

    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    strangers = {*values(document, "uses")} - USED
    assert not strangers, f"look at these and add them to USED: {strangers}"
    written_in = [script for script in values(document, "run") if "${{" in script]
    assert not written_in, f"give these by `env`: {written_in}"
