"""The track about secrets: found where they stand, told by place, and never shown. Every value here
is invented, in two parts.
"""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.stories.marked import VARIABLE
from tests.stories.tracks.binaries import without
from tests.stories.tracks.conftest import ended_in_the_terminal_of_the_fix
from tests.stories.tracks.learner import Learner, automatic, summary

pytestmark = pytest.mark.slow

TOKEN = "ghp_" + "9fK2mQ7xR4tW8zB3nL6vH1pD5sJ0cYgAeUiO"
KEY = "AKIA" + "2B7QX4N9ZT5LM3VC"
WORD = "vT9!" + "rq2Lw8"
FORMATS = ("text", "json", "junit", "github", "markdown", "html")


@pytest.fixture
def owner(tmp_path: Path) -> Iterator[Learner]:
    """A learner with a course folder."""
    for name in ("home", "work", "bin"):
        (tmp_path / name).mkdir()
    one = Learner(tmp_path, Path(sys.executable))
    one.variables[VARIABLE] = one.mark
    yield one
    assert not one.left_running()
    assert not ended_in_the_terminal_of_the_fix([one])


def notebook(
    owner: Learner, name: str = "work/week1.ipynb", source: str = "1", output: str = "1"
) -> Path:
    cell = {
        "cell_type": "code",
        "source": ["import os\n", source],
        "outputs": [{"output_type": "stream", "name": "stdout", "text": [output]}],
    }
    return owner.write(
        name,
        {
            "cells": [{"cell_type": "markdown", "source": "# Week 1"}, cell],
            "metadata": {},
            "nbformat": 4,
            "nbformat_minor": 5,
        },
    )


def git(owner: Learner, *words: str) -> str:
    who = {
        f"GIT_{role}_{what}": "a@example.org"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    done = subprocess.run(
        ["git", "-C", str(owner.work), *words],
        env={**owner.environ, **who},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def committed(owner: Learner, name: str, text: str) -> str:
    if not (owner.work / ".git").exists():
        git(owner, "init", "-q")
    owner.write(f"work/{name}", text)
    git(owner, "add", "-f", name)
    git(owner, "commit", "-q", "-m", f"change {name}")
    return git(owner, "rev-parse", "HEAD")


def shown_nowhere(owner: Learner, *values: str) -> None:
    """In no format, on neither stream."""
    for one in FORMATS:
        done = owner.run(
            "track", "secure", "--format", one, "--verbose", "--python", str(owner.python)
        )
        assert [value for value in values if value in done.stdout + done.stderr] == [], one


def test_a_folder_without_secrets(owner: Learner) -> None:
    """Placeholders and examples are no alarm, a .env of one's own is right, and nothing in the
    folder is changed.
    """
    notebook(
        owner,
        source="password = os.environ['DB_PASSWORD']\napi_key = '<your key>'",
        output="token: none",
    )
    owner.write("work/.env", "DB_PASSWORD=" + WORD, mode=0o600)
    owner.write("work/.env.example", "DB_PASSWORD=changeme")
    owner.write("work/.gitignore", ".env\n")
    committed(owner, "notes.txt", "password = 'changeme'\n")
    committed(owner, "notes.txt", "nothing\n")
    before = owner.fingerprint()
    seen = owner.run("track", "secure", "--format", "json", "--python", str(owner.python))
    report = json.loads(seen.stdout)
    assert (seen.returncode, report["diagnoses"]) == (0, []), report["diagnoses"]
    text = " ".join(one["summary"] for one in report["checks"])
    assert "1 of 1 files for secrets" in text
    assert "3 of 3 planted ones were found, and none in 1 notebook" in text
    assert "2 of 2 commits" in text
    assert owner.fingerprint() == before
    shown_nowhere(owner, WORD)


@pytest.mark.whole
@pytest.mark.parametrize(("source", "output", "place"), [
    (f"token = '{TOKEN}'", "1", "cell 2, line 2: a GitHub token"),
    ("print(key)", f"the key is\n{KEY}", "cell 2, output, line 2: an AWS access key"),
    (f"connect(password='{WORD}')", "1", "cell 2, line 2: a value given to a name like `password`"),
    ("-----BEGIN PRIVATE" + " KEY-----\n" + "MIIEpAIBAAKCAQEA7bq9" * 3, "1", "cell 2, line 3: a private key"),
], ids=["source", "output", "call", "key"])  # fmt: skip
def test_a_credential_in_a_notebook(owner: Learner, source: str, output: str, place: str) -> None:
    """In what was typed or in what came out: file, cell and line are told, the value never."""
    notebook(owner, "work/deep/week1.ipynb", source, output)
    one = owner.fails("secure", "secret-notebooks", "secret-in-notebook")
    assert one["evidence"]["found"] == f"deep/week1.ipynb, {place}"
    assert automatic(one) == []
    shown_nowhere(owner, TOKEN, KEY, WORD, "MIIEpAIBAAKCAQEA7bq9")


@pytest.mark.whole
def test_a_notebook_that_is_broken(owner: Learner) -> None:
    """It is searched as text, line by line; an empty one holds nothing."""
    owner.write("work/week1.ipynb", '{"cells":\n "' + TOKEN)
    owner.write("work/week2.ipynb", "")
    assert (
        owner.fails("secure", "secret-notebooks", "secret-in-notebook")["evidence"]["found"]
        == "week1.ipynb, line 2: a GitHub token"
    )
    shown_nowhere(owner, TOKEN)


@pytest.mark.whole
def test_a_notebook_that_may_not_be_read(owner: Learner) -> None:
    """It is named, and the answer is that it could not be told."""
    notebook(owner).chmod(0)
    owner.as_a_plain_user()
    seen = owner.track("secure", "secret-notebooks")
    assert (seen.code, seen.report["verdict"]) == (3, "undetermined")
    assert "week1.ipynb" in summary(seen, "secret-notebooks")


@pytest.mark.whole
def test_environments_are_not_the_learners_notebooks(owner: Learner) -> None:
    """Packages ship notebooks with keys of examples: an environment in the folder is
    passed over.
    """
    owner.write("work/myenv/pyvenv.cfg", "home = /usr/bin\n")
    notebook(owner, "work/myenv/lib/example.ipynb", f"token = '{TOKEN}'")
    assert "none in 0 notebooks" in owner.works("secure", "secret-notebooks")


def test_a_secret_that_was_committed_and_taken_out(owner: Learner) -> None:
    """The commit that brought it is named, with file and line, on whatever branch it is."""
    commit = committed(owner, "load.py", f"import os\npassword = '{WORD}'\n")
    committed(owner, "load.py", "import os\n")
    git(owner, "checkout", "-q", "-b", "other")
    other = committed(
        owner, "week1.ipynb", json.dumps({"cells": [{"source": [f"token = '{TOKEN}'"]}]}, indent=1)
    )
    git(owner, "checkout", "-q", "-")
    one = owner.fails("secure", "secret-history", "secret-in-history")
    assert (
        f"load.py, line 2: a value given to a name like `password` (commit {commit[:7]}"
        in one["evidence"]["found"]
    )
    assert f"week1.ipynb, line 5: a GitHub token (commit {other[:7]}" in one["evidence"]["found"]
    assert "filter-repo" in json.dumps(one["fixes"])
    shown_nowhere(owner, WORD, TOKEN)


@pytest.mark.whole
def test_a_secret_in_a_message_of_a_commit(owner: Learner) -> None:
    """What is written into the message stays as well."""
    committed(owner, "a.txt", "a")
    git(owner, "commit", "-q", "--allow-empty", "-m", "first line\n\nused " + TOKEN)
    owner.write("work/a.txt", "b")
    git(owner, "commit", "-q", "-a", "-m", "with " + TOKEN)
    assert (
        "the message, line"
        in owner.fails("secure", "secret-history", "secret-in-history")["evidence"]["found"]
    )


@pytest.mark.whole
def test_a_repository_can_start_nothing(owner: Learner) -> None:
    """Pager, hooks, filters, drivers, monitors and remotes of the repository's own settings are
    left alone; so are git's variables.
    """
    committed(owner, "a.txt", "one\n")
    committed(owner, "a.txt", "two\n")
    trap = owner.write("trap", f"#!/bin/sh\ntouch {owner.root}/sprung\ncat\n", mode=0o755)
    owner.write("work/.gitattributes", "* diff=trap filter=trap\n")
    for name in ("core.pager", "pager.log", "core.fsmonitor", "diff.external", "diff.trap.command", "diff.trap.textconv", "filter.trap.clean",
                 "filter.trap.smudge", "core.sshCommand", "gpg.program", "core.askPass", "credential.helper"):  # fmt: skip
        git(owner, "config", name, str(trap))
    git(owner, "config", "log.showSignature", "true")
    hooks = owner.write(
        "work/.git/hooks/post-index-change", f"#!/bin/sh\ntouch {owner.root}/sprung\n", mode=0o755
    ).parent
    git(owner, "config", "core.hooksPath", str(hooks))
    (owner.root / "sprung").unlink(missing_ok=True)
    owner.variables |= {
        "GIT_EXTERNAL_DIFF": str(trap),
        "GIT_PAGER": str(trap),
        "GIT_DIR": "/nowhere",
        "GIT_TRACE": "1",
    }
    before = owner.fingerprint()
    assert "2 of 2 commits" in owner.works("secure", "secret-history")
    assert owner.fingerprint() == before
    assert not (owner.root / "sprung").exists()


@pytest.mark.whole
def test_a_partial_clone_fetches_nothing(owner: Learner) -> None:
    """What is not here is not fetched: the answer is that it could not be told, and no helper is
    started.
    """
    committed(owner, "a.txt", "one\n")
    committed(owner, "a.txt", "two\n")
    blob = git(owner, "rev-parse", "HEAD~1:a.txt")
    trap = owner.write("trap", f"#!/bin/sh\ntouch {owner.root}/sprung\n", mode=0o755)
    for name, value in {"remote.origin.url": "ssh://git@127.0.0.1/x", "remote.origin.promisor": "true", "core.sshCommand": str(trap),
                        "extensions.partialClone": "origin", "core.repositoryFormatVersion": "1"}.items():  # fmt: skip
        git(owner, "config", name, value)
    (owner.work / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    seen = owner.track("secure", "secret-history")
    assert (seen.code, seen.report["verdict"]) == (3, "undetermined"), seen.out
    assert not (owner.root / "sprung").exists()


@pytest.mark.whole
def test_a_repository_of_somebody_else(owner: Learner) -> None:
    """git refuses folders of other users; reading is safe with nothing to start, so it is read."""
    committed(owner, "load.py", f"password = '{WORD}'\n")
    for path in [owner.work, *owner.work.rglob("*")]:
        shutil.chown(path, "nobody")
    owner.fails("secure", "secret-history", "secret-in-history")


def test_a_file_for_secrets_that_git_keeps(owner: Learner) -> None:
    """A .env among git's files is a warning while nothing in it looks like a credential."""
    committed(owner, ".env", "MODE=debug\n")
    seen = owner.track("secure", "secret-history")
    assert (seen.code, seen.errors, seen.warnings) == (0, [], ["secret-file-tracked"]), seen.out
    assert seen.first["evidence"]["found"] == ".env"
    assert "git rm --cached" in json.dumps(seen.first["fixes"])
    committed(owner, ".env", "DB_PASSWORD=" + WORD + "\n")
    assert (
        ".env, line 1"
        in owner.fails("secure", "secret-history", "secret-in-history")["evidence"]["found"]
    )


def test_no_repository_and_no_git(owner: Learner) -> None:
    """Without a repository there is nothing to read; without git it is said that it was
    not read.
    """
    assert "no git repository" in owner.track("secure", "secret-history").out
    committed(owner, "a.txt", "one\n")
    owner.variables["PATH"] = owner.environ["PATH"]
    without(owner, "git")
    assert "no command `git`" in owner.track("secure", "secret-history").out


@pytest.mark.whole
def test_a_file_for_secrets_that_others_can_read(owner: Learner) -> None:
    """Named with its mode; --fix takes the others' rights away, and the content stays."""
    file = owner.write("work/.env", "DB_PASSWORD=" + WORD, mode=0o644)
    ring = owner.write("home/.local/share/python_keyring/keyring_pass.cfg", "[a]", mode=0o640)
    one = owner.fails("secure", "secret-files", "secret-file-open")
    assert ".env: mode 644" in one["evidence"]["found"]
    assert "keyring_pass.cfg: mode 640" in one["evidence"]["found"]
    assert automatic(one) == ["keep them to yourself"]
    owner.mended("secure", "secret-files", "secret-file-open")
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file, ring)] == [0o600, 0o600]
    assert file.read_text() == "DB_PASSWORD=" + WORD
    shown_nowhere(owner, WORD)


@pytest.mark.whole
def test_a_file_of_somebody_else(owner: Learner) -> None:
    """Only its owner can change it: that is said, and nothing is automatic."""
    file = owner.write("work/.env", "A=1", mode=0o644)
    shutil.chown(file, "nobody")
    assert automatic(owner.fails("secure", "secret-files", "secret-file-open")) == []
