"""What a search of git's history means, from what the search says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from envcheck import Diagnosis, Fine, Unknown
from envcheck.testing import described, skips
from envcheck_checks.tools.secrets.codes import SECRET_FILE_TRACKED, SECRET_IN_HISTORY
from envcheck_checks.tools.secrets.history import judge, secret_file_tracked, secret_history

WHOLE: dict[str, Any] = {"commits": 3, "places": [], "more": False, "whole": True, "code": 0}
PLACE = ["abc1234", "2026-01-02", "settings.py", 7, "an AWS access key"]


def test_a_folder_that_is_no_repository_is_skipped(tmp_path: Path) -> None:
    """Nothing is searched where git has nothing."""
    env = described(folder=tmp_path, variables={"HOME": str(tmp_path / "home")})
    assert skips(secret_history(), env) == "the course folder is no git repository"


def test_without_git_a_repository_is_skipped(tmp_path: Path) -> None:
    """The history cannot be read without the command, and that is no verdict."""
    (tmp_path / ".git").mkdir()
    env = described(folder=tmp_path, variables={"HOME": str(tmp_path / "home"), "PATH": ""})
    assert "no command `git`" in skips(secret_history(), env)


def test_a_committed_credential_is_shown_by_its_place(tmp_path: Path) -> None:
    """Commit, day, file and line; never the value."""
    outcome = judge({**WHOLE, "places": [PLACE]}, 3, False, tmp_path)
    assert isinstance(outcome, Diagnosis)
    assert outcome.code == SECRET_IN_HISTORY
    assert outcome.evidence.found == (
        "settings.py, line 7: an AWS access key (commit abc1234 of 2026-01-02)"
    )


def test_all_commits_without_a_credential_are_fine(tmp_path: Path) -> None:
    """As many commits were read as git counts; a shallow clone says so."""
    outcome = judge(WHOLE, 3, False, tmp_path)
    assert isinstance(outcome, Fine)
    assert outcome.summary == "no credential in what 3 of 3 commits added"
    shallow = judge(WHOLE, 3, True, tmp_path)
    assert isinstance(shallow, Fine)
    assert shallow.summary.endswith("the history before them is not on this computer")


@pytest.mark.parametrize(
    "change", [{"whole": False}, {"code": 128}, {"commits": 2}, {"code": None}]
)
def test_a_search_that_did_not_read_all_is_no_verdict(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    """It ran out of time, git failed, or fewer commits came than git counts."""
    assert isinstance(judge({**WHOLE, **change}, 3, False, tmp_path), Unknown)


def test_a_tracked_file_for_secrets_is_a_warning_with_the_command(tmp_path: Path) -> None:
    """The file itself stays: git forgets it."""
    diagnosis = secret_file_tracked(["conf/.env"], tmp_path)
    assert diagnosis.code == SECRET_FILE_TRACKED
    assert "git rm --cached -- conf/.env" in str(diagnosis.fixes[0])
