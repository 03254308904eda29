"""What installing programs say against a course: words of pip, uv and conda, shortened."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck.processes.process import Ending, Finished, Processes
from envcheck.rehearsal.installing import install
from envcheck.rehearsal.matrix import State

PIP_NO_VERSION = """\
ERROR: Ignored the following versions that require a different python version: 1.0 Requires-Python <3.13
ERROR: Could not find a version that satisfies the requirement tiny==1.0 (from versions: 2.0)
ERROR: No matching distribution found for tiny==1.0
"""
PIP_NO_INDEX = """\
WARNING: Retrying (Retry(total=0, connect=None)) after connection broken by 'NewConnectionError('<HTTPSConnection>: \
Failed to establish a new connection: [Errno 111] Connection refused')': /simple/tiny/
ERROR: Could not find a version that satisfies the requirement tiny==1.0 (from versions: none)
ERROR: No matching distribution found for tiny==1.0
"""
UV_NO_VERSION = """\
  \u00d7 No solution found when resolving dependencies:
  \u2570\u2500\u25b6 Because there is no version of tiny==9 and you require tiny==9, we can
      conclude that your requirements are unsatisfiable.
"""
# Recorded in November 2026 with pip 23.2.1, uv 0.13 and git 2.39.
PIP_GIT = """\
  error: subprocess-exited-with-error

  \u00d7 git clone --filter=blob:none --quiet https://host.invalid/x/y /tmp/pip-req-build-z3 did not run successfully.
  \u2502 exit code: 128
  \u2570\u2500> [1 lines of output]
      fatal: {reason}
      [end of output]

  note: This error originates from a subprocess, and is likely not a problem with pip.
error: subprocess-exited-with-error
"""
UV_GIT = """\
error: Failed to download and build `x @ git+https://host.invalid/x/y`
  cause: Git operation failed
  cause: failed to clone into: /tmp/.tmplAIOJT/git-v2/db/5603b13cd3a2880b
  cause: process didn't exit successfully: `/usr/bin/git fetch --force --update-head-ok 'https://host.invalid/x/y' '+HEAD:refs/remotes/origin/HEAD'` (exit status: 128)
         --- stderr
         fatal: {reason}
"""
ACCESS = "unable to access 'https://host.invalid/x/y/': "
SSH = """\
  Running command git clone --filter=blob:none --quiet 'ssh://****@host.invalid/x/y' /tmp/pip-req-build-21
  ssh: Could not resolve hostname host.invalid: Name or service not known
  fatal: Could not read from remote repository.
"""
UV_FILE = """\
error: Failed to download `x @ http://127.0.0.1:8971/x-1-py3-none-any.whl`
  cause: Failed to fetch: http://127.0.0.1:8971/x-1-py3-none-any.whl
  cause: {reason} for url (http://127.0.0.1:8971/x-1-py3-none-any.whl)
"""
UV_FILE_SILENT = """\
error: Failed to download `x @ http://127.0.0.1:9/x-1-py3-none-any.whl`
  cause: Request failed after 3 retries in 7.3s
  cause: Failed to fetch: http://127.0.0.1:9/x-1-py3-none-any.whl
  cause: error sending request for url (http://127.0.0.1:9/x-1-py3-none-any.whl)
  cause: client error (Connect)
  cause: tcp connect error
  cause: Connection refused (os error 111)
"""
PIP_FILE_500 = """\
ERROR: Could not install packages due to an OSError: HTTPConnectionPool(host='127.0.0.1', port=8972): Max retries \
exceeded with url: /x-1-py3-none-any.whl (Caused by ResponseError('too many 500 error responses'))
"""
PIP_FILE_404 = """\
  ERROR: HTTP error 404 while getting http://127.0.0.1:8971/x-1-py3-none-any.whl
ERROR: Could not install requirement x@ http://127.0.0.1:8971/x-1-py3-none-any.whl because of HTTP error 404
"""
UV_INDEX_404 = """\
error: No solution found when resolving dependencies
  cause: Because tinyx was not found in the package registry and you require tinyx, we can conclude that your requirements are unsatisfiable.
"""
UV_NO_INDEX = "error: Failed to fetch: `https://pypi.org/simple/tiny/`\n  Caused by: dns error\n"
BUILD = "ERROR: Failed to build 'markupsafe' when getting requirements to build wheel\n"


class Told(Processes):
    """Programs that end with a code and some words."""

    def __init__(self, *finished: Finished) -> None:
        self.finished = [*finished]

    def run(self, argv: object, **_: object) -> Finished:  # told, not run
        return self.finished.pop(0)


def ended(stderr: str, code: int = 1, ending: Ending = Ending.EXITED) -> Finished:
    return Finished(("pip",), ending, code, "", stderr, 1.0)


@pytest.mark.parametrize(
    ("said", "state", "summary"),
    [
        (PIP_NO_VERSION, State.NOT_READY, "nothing on the index fits tiny==1.0"),
        (PIP_NO_INDEX, State.UNDETERMINED, "the package index did not answer"),
        (UV_NO_INDEX, State.UNDETERMINED, "the package index did not answer"),
        (
            UV_NO_VERSION,
            State.NOT_READY,
            "installing: No solution found when resolving dependencies: Because there is no version "
            "of tiny==9 and you require tiny==9, we can",
        ),
        (
            BUILD,
            State.NOT_READY,
            "installing: Failed to build 'markupsafe' when getting requirements to build wheel",
        ),
        ("Killed\n", State.NOT_READY, "installing ended with exit code 1"),
    ],
)
def test_what_is_told(said: str, state: State, summary: str, tmp_path: Path) -> None:
    argv = [str(tmp_path / ".venv" / "bin" / "python"), "-m", "pip", "install", "tiny==1.0"]
    refusal = install([argv], tmp_path, {}, Told(ended(said)), 60)
    assert refusal is not None
    assert (refusal.state, refusal.cause.summary) == (state, summary)
    assert dict(refusal.cause.evidence)["typed"].endswith("python -m pip install tiny==1.0")
    assert str(tmp_path) not in dict(refusal.cause.evidence)["typed"]


@pytest.mark.parametrize(
    "said",
    [
        *(
            said.format(reason=f"{ACCESS}{why}")
            for said in (PIP_GIT, UV_GIT)
            for why in (
                "Could not resolve host: host.invalid",
                "Failed to connect to 127.0.0.1 port 9 after 0 ms: Couldn't connect to server",
                "The requested URL returned error: 503",
                "SSL certificate problem: unable to get local issuer certificate",
            )
        ),
        SSH,
        UV_FILE_SILENT,
        UV_FILE.format(reason="HTTP status server error (503 Service Unavailable)"),
        PIP_FILE_500,
    ],
)
def test_who_does_not_answer_says_nothing_of_the_course(said: str, tmp_path: Path) -> None:
    refusal = install([["pip"]], tmp_path, {}, Told(ended(said)), 60)
    assert refusal is not None
    assert refusal.state is State.UNDETERMINED
    assert refusal.cause.summary.endswith("did not answer")
    assert ("git" in refusal.cause.summary) == ("fatal:" in said)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        *(
            (said.format(reason=why), f"installing: {why}")
            for said in (PIP_GIT, UV_GIT)
            for why in (
                "repository 'http://127.0.0.1:8971/x/y/' not found",
                f"{ACCESS}The requested URL returned error: 403",
                "could not read Username for 'https://github.com': terminal prompts disabled",
            )
        ),
        (UV_FILE.format(reason="HTTP status client error (404 File not found)"), "404 File not"),
        (PIP_FILE_404, "HTTP error 404"),
        (UV_INDEX_404, "installing: No solution found when resolving dependencies"),
    ],
)
def test_who_answers_that_there_is_no_such_thing(said: str, words: str, tmp_path: Path) -> None:
    """No learner gets it either."""
    refusal = install([["pip"]], tmp_path, {}, Told(ended(said)), 60)
    assert refusal is not None
    assert refusal.state is State.NOT_READY
    assert words in refusal.cause.summary


def test_an_index_that_answered_when_it_was_asked_again(tmp_path: Path) -> None:
    """One slow answer on the way says nothing of what the index has not."""
    slow = "WARNING: Retrying (Retry(total=4, connect=None)) after connection broken by "
    slow += "\"ReadTimeoutError('HTTPSConnectionPool')\": /simple/numpy/\n"
    none = "ERROR: No matching distribution found for tiny==1.0\n"
    refusal = install([["pip"]], tmp_path, {}, Told(ended(slow + none)), 60)
    assert refusal is not None
    assert refusal.state is State.NOT_READY
    assert refusal.cause.summary == "nothing on the index fits tiny==1.0"
    refusal = install([["pip"]], tmp_path, {}, Told(ended(slow + PIP_NO_INDEX)), 60)
    assert refusal is not None
    assert refusal.state is State.UNDETERMINED


def test_nothing_of_the_copy_is_told(tmp_path: Path) -> None:
    said = f"ERROR: Could not open requirements file: '{tmp_path}/a.txt' in {tmp_path}\n"
    refusal = install([["pip", f"{tmp_path}/.venv"]], tmp_path, {}, Told(ended(said)), 60)
    assert refusal is not None
    assert str(tmp_path) not in repr(refusal.cause)
    assert refusal.cause.summary.endswith("file: 'a.txt' in .")


def test_second_command_is_not_tried_after_a_refusal(tmp_path: Path) -> None:
    told = Told(ended("no\n"), ended("", 0))
    assert install([["a"], ["b"]], tmp_path, {}, told, 60) is not None
    assert len(told.finished) == 1
    assert install([["b"]], tmp_path, {}, told, 60) is None


@pytest.mark.parametrize("ending", [Ending.TIMED_OUT, Ending.NOT_STARTED, Ending.FLOODED])
def test_what_was_not_carried_out_says_nothing_of_the_course(
    ending: Ending, tmp_path: Path
) -> None:
    refusal = install([["pip"]], tmp_path, {}, Told(ended("x", 1, ending)), 60)
    assert refusal is not None
    assert refusal.state is State.UNDETERMINED
