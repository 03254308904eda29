"""No credential was ever committed in the course folder: git's history is read, with a git that
runs nothing and asks nobody.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from envcheck import (
    Check,
    Cost,
    Diagnosis,
    Environment,
    Fine,
    Outcome,
    check,
    fail,
    ok,
    skip,
    unknown,
    warn,
)
from envcheck.digits import whole_number
from envcheck.fixes.advice import tell, typed
from envcheck_checks.tools.framework.program import find
from envcheck_checks.tools.framework.sandbox import own_home
from envcheck_checks.tools.secrets.codes import SECRET_FILE_TRACKED, SECRET_IN_HISTORY
from envcheck_checks.tools.secrets.files import is_secret
from envcheck_checks.tools.secrets.places import course_folder, first_lines, look, number

SECONDS = 45.0
# What a repository's own settings could start, switched off; and nothing is fetched that is not
# here.
SAFE = (
    *(
        "--no-pager",
        "--no-optional-locks",
        "-c",
        "core.hooksPath=/dev/null",
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.pager=cat",
    ),
    *(
        "-c",
        "diff.external=",
        "-c",
        "log.showSignature=false",
        "-c",
        "protocol.allow=never",
        "-c",
        "core.quotePath=false",
    ),
)
LOG = (
    *(
        "log",
        "--all",
        "--full-history",
        "--patch",
        "--cc",
        "--no-textconv",
        "--no-ext-diff",
        "--no-color",
        "--no-renames",
        "--unified=0",
    ),
    *(
        "--submodule=short",
        "--src-prefix=a/",
        "--dst-prefix=b/",
        "--date=short",
        "--format=%x01%h %cd%n%B",
        "--",
        ".",
    ),
)
COUNT = ("rev-list", "--all", "--full-history", "--count", "--", ".")


SAID = {
    "places": [(str, str, str, int, str)], "more": bool, "commits": int, "whole": bool, "code?": int,
}  # fmt: skip


def examine(env: Environment) -> Outcome:
    folder, git = course_folder(env), find(env, "git")
    if not any(os.path.exists(place / ".git") for place in (folder, *folder.parents)):
        return skip("the course folder is no git repository")
    if not git:
        return skip("there is a git repository, and no command `git` to read it with")
    quiet = variables(env)
    words = (git, *SAFE, "-C", str(folder))
    counted = env.run([*words, *COUNT], timeout=20, variables=quiet, low_priority=True)
    commits = whole_number(counted.stdout) if counted.ok else None
    if commits is None:
        return unknown("git cannot read this repository's history")
    script = ("secrets_in_history.py", str(SECONDS), *words, *LOG)
    answer = look(env, *script, shape=SAID, timeout=SECONDS + 10, variables=quiet).first
    outcome = judge(answer, commits, _is_shallow(env, words, quiet), folder)
    listing = env.run([*words, "ls-files", "-z"], timeout=20, variables=quiet, low_priority=True)
    tracked = [name for name in listing.stdout.split("\0") if is_secret(name)]
    if tracked and isinstance(outcome, Fine):
        return ok(outcome.summary, secret_file_tracked(tracked, folder))
    return outcome


def _is_shallow(env: Environment, git: Sequence[str], quiet: Mapping[str, str | None]) -> bool:
    """Whether the repository was cloned without its older commits."""
    argv = [*git, "rev-parse", "--is-shallow-repository"]
    return env.run(argv, timeout=10, variables=quiet).stdout.strip() == "true"


def judge(answer: Mapping[str, Any], wanted: int, shallow: bool, folder: Path) -> Outcome:
    """What the script's answer means: credentials, none in all of the `wanted` commits, or not all
    of them read.
    """
    read = number(answer, "commits")
    places = [
        f"{name}, line {line}: {kind} (commit {commit} of {day})"
        for commit, day, name, line, kind in answer.get("places") or ()
    ]
    if places:
        return secret_in_history(places, bool(answer.get("more")), folder)
    if not answer.get("whole") or answer.get("code") != 0 or read < wanted:
        return unknown(
            f"no credential in {read} of {wanted} commits, the newest; the others were not read"
        )
    rest = "; the history before them is not on this computer" if shallow else ""
    return ok(f"no credential in what {read} of {wanted} commits added{rest}")


def variables(env: Environment) -> dict[str, str | None]:
    """None of the learner's settings of git, and a home that calls every folder safe: a repository
    may belong to somebody else.
    """
    folder = env.new_folder("git-home")
    home = own_home(folder)
    (folder / "home" / ".gitconfig").write_text("[safe]\n\tdirectory = *\n", encoding="utf-8")
    own = dict.fromkeys((name for name in env.variables if name.startswith("GIT_")), None)
    calm = {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
    }
    return {**own, **home, **calm, "GIT_OPTIONAL_LOCKS": "0", "GIT_PAGER": "cat", "LC_ALL": "C"}


def secret_in_history(places: list[str], more: bool, folder: Path) -> Diagnosis:
    """Credentials were committed at these places; `more` when there are others beside."""
    return fail(
        SECRET_IN_HISTORY,
        "what looks like a credential was committed: it is in every copy of this repository, also where it was taken out later",
        tell(
            "make it worthless",
            "Withdraw the credential where it was made, and make a new one: it must be taken as known.",
            "Keep the new one in a file `.env` that git ignores.",
            "To take the old one out of the history as well, ask your teacher about the tool git-filter-repo: it changes everybody's copy.",
        ),
        found=first_lines(places, more),
        wanted="a history without credentials",
        looked_in=folder,
        note="envcheck shows the place and never the value",
    )


def secret_file_tracked(names: list[str], folder: Path) -> Diagnosis:
    """Only its name says so: what stands in it looks like no credential, as all of the history."""
    return warn(
        SECRET_FILE_TRACKED,
        "git keeps a file that is there for secrets: what is written into it is in every copy with the next push",
        tell(
            "take the file out of git",
            typed(
                shlex.join(("git", "rm", "--cached", "--", names[0])),
                then="The file itself stays. Add its name to .gitignore, and commit both.",
            ),
            "Withdraw the credentials that stand in it and make new ones, if it was ever pushed.",
        ),
        found=first_lines(names, False),
        wanted="files that git ignores",
        looked_in=folder,
    )


def secret_history(needs: tuple[Check, ...] = ()) -> Check:
    """What every commit added to the course folder is searched for credentials."""
    return check(
        "secret-history",
        title="Secrets in git's history",
        needs=needs,
        timeout=110.0,
        proves="every commit that git counts for the course folder was read, and none added a credential; files for secrets that git keeps are named",
        cost=Cost(2.0, 100),
    )(examine)
