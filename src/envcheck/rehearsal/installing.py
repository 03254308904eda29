"""Install the course in its copy, and tell what the installing program said against it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from envcheck.processes.process import Ending, Finished, Processes, how_it_ended
from envcheck.rehearsal.copied_paths import of_the_course
from envcheck.rehearsal.matrix import Cause, State

# Words of git (curl) and ssh for a host that did not answer: all that they say but that the host has
# looked, and has no such thing or does not give it.
NO_GIT = re.compile(
    r"fatal: unable to access '[^']*': (?!The requested URL returned error: 4)|"
    r"ssh: (?:Could not resolve hostname|connect to host)|fatal: early EOF"
)
# Words of pip (urllib3), uv (reqwest) and conda for an index that did not answer. pip says after
# them that there is no such package, which it cannot know.
NO_ANSWER = re.compile(
    r"NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|"
    r"Connection (?:refused|reset)|error sending request|dns error|operation timed out|"
    r"HTTP status server error|too many 5\d\d error responses|HTTP error 5\d\d|"
    r"CondaHTTPError|Connection broken|Temporary failure in name resolution"
)
# pip's word before it asks once more: what it was before the last time, it was not in the end.
ASKED_AGAIN = re.compile(r"^.*\bRetrying \(Retry\(total=[1-9].*$", re.MULTILINE)
# The line that names what cannot be had: the likeliest of several comes first.
TELLING = (
    re.compile(r"^ERROR: No matching distribution found for (.+)$", re.MULTILINE),
    re.compile(r"^ERROR: (Package .+ requires a different Python.*)$", re.MULTILINE),
    re.compile(r"^ERROR: (Cannot install .+ because .+)$", re.MULTILINE),
    re.compile(r"^ERROR: (Failed (?:to build|building).+)$", re.MULTILINE),
    re.compile(r"^ *fatal: (.+)$", re.MULTILINE),  # git's
    re.compile(r"^error: (.+(?:\n +cause: .+)+)", re.MULTILINE),  # uv's
    re.compile(r"^ *[\u00d7x] (.+(?:\n +[\u2570\u2502\u251c].+)*)", re.MULTILINE),  # uv's
    re.compile(r"^ERROR: (.+)$", re.MULTILINE),
)
LONGEST = 600  # characters of what was said


@dataclass(frozen=True)
class Refusal:
    """The course could not be installed: what that says of every chapter."""

    state: State
    cause: Cause

    @classmethod
    def of_absent(cls, program: str) -> Refusal:
        """The course is installed with a program that is not on this machine."""
        return cls(State.UNDETERMINED, Cause(f"{program} is not on this machine"))


def install(
    commands: Sequence[Sequence[str]],
    copy: Path,
    variables: Mapping[str, str],
    processes: Processes,
    timeout: float,
) -> Refusal | None:
    """Run the commands in the copy; None when all went well. `timeout` is in seconds, for all."""
    for argv in commands:
        finished = processes.run(argv, env=variables, cwd=copy, timeout=timeout)
        timeout -= finished.seconds
        if not finished.ok:
            return _refused(argv, finished, copy)
    return None


def _refused(argv: Sequence[str], finished: Finished, copy: Path) -> Refusal:
    output = of_the_course(f"{finished.stdout}\n{finished.stderr}", copy)
    command = of_the_course(" ".join(argv), copy)
    evidence = (("typed", command), ("said", of_the_course(finished.last_words, copy)[:LONGEST]))
    if finished.ending is Ending.TIMED_OUT:
        return Refusal(
            State.UNDETERMINED, Cause("installing did not end in time", evidence=evidence)
        )
    if finished.ending is not Ending.EXITED:
        reason = f"installing could not be tried: {of_the_course(finished.last_words, copy)}"
        return Refusal(State.UNDETERMINED, Cause(reason, evidence=evidence))
    for silent, who in ((NO_GIT, "git's host"), (NO_ANSWER, "the package index")):
        if silent.search(ASKED_AGAIN.sub("", output)):
            return Refusal(State.UNDETERMINED, Cause(f"{who} did not answer", evidence=evidence))
    return Refusal(State.NOT_READY, Cause(_why(output, finished), evidence=evidence))


def _why(output: str, finished: Finished) -> str:
    for number, telling in enumerate(TELLING):
        if hit := telling.search(output):
            words = " ".join(re.sub(r"[\u2500-\u257f\u25b6]", " ", hit[1]).split())[:LONGEST]
            return f"nothing on the index fits {words}" if number == 0 else f"installing: {words}"
    return f"installing ended with {how_it_ended(finished.code)}"
