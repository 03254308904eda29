"""DVC: a file is added beside git, pushed to a store, dropped, and pulled back; git keeps the
pointer to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from envcheck import Check, Cost, Diagnosis, Environment, Outcome, fact, fail
from envcheck.fixes.advice import tell, typed
from envcheck.processes.process import Finished
from envcheck_checks.tools.data.codes import GIT_IDENTITY_MISSING
from envcheck_checks.tools.framework import program
from envcheck_checks.tools.framework.codes import PROGRAM_MISSING
from envcheck_checks.tools.framework.program import Program
from envcheck_checks.tools.framework.remote_call import Work
from envcheck_checks.tools.framework.tool import Tool, judge, missing, tool_check
from envcheck_checks.tools.framework.trial_runs import Doing, Variables

TOOL = Tool("dvc", "DVC", ("dvc",), 190, "versions of data, beside git")
GIT = Program(
    "git",
    "git",
    "versions of text, which DVC works beside",
    50,
    {
        "apt": "git",
        "dnf": "git",
        "pacman": "git",
        "zypper": "git",
        "brew": "git",
        "winget": "Git.Git",
        "choco": "git",
    },
    "https://git-scm.com/downloads",
)
PROVES = "a file is added, pushed to a store in a folder, dropped, pulled back and added up, and git commits its pointer"
EXPECTED = {"total": 338350, "in git": ["squares.txt.dvc"]}
SECONDS = 90.0
# These lead git to a repository of the learner's: none of our commands may touch that.
ELSEWHERE = dict.fromkeys(
    (
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_NAMESPACE",
    )
)
NO_EXTRAS = (
    "-c",
    "commit.gpgsign=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "init.templateDir=",
)

# The commit is a trial: whether git knows the learner is asked apart.
SOMEBODY = ("-c", "user.name=envcheck", "-c", "user.email=envcheck@example.org")


def work(folder: str) -> dict[str, Any]:
    import os
    import shutil

    import dvc
    from dvc.repo import Repo

    Repo.init(folder).close()
    with open("squares.txt", "w") as file:
        file.write("\n".join(str(n * n) for n in range(1, 101)))
    repo = Repo(folder)
    with repo.config.edit() as settings:
        settings["remote"]["store"] = {"url": os.path.join(folder, "store")}
        settings["core"]["remote"] = "store"
    repo.add("squares.txt")
    repo.push()
    repo.close()
    os.remove("squares.txt")
    shutil.rmtree(os.path.join(".dvc", "cache"))
    repo = Repo(folder)
    repo.pull()
    repo.close()
    with open("squares.txt") as file:
        return {"version": dvc.__version__, "total": sum(int(line) for line in file)}


@dataclass(frozen=True)
class InRepository(Doing):
    """The work, done in a new repository of git's."""

    def do(self, env: Environment, folder: Path, more: Variables | None = None) -> Work:
        """The work, and whether git has what DVC wrote."""
        git(env, folder, "init", "--quiet")
        done = super().do(env, folder, more)
        if not done.values:
            return done
        git(env, folder, "add", "squares.txt.dvc")
        git(env, folder, *SOMEBODY, "commit", "--quiet", "-m", "squares")
        kept = git(
            env, folder, "ls-tree", "--name-only", "HEAD", "squares.txt", "squares.txt.dvc"
        ).stdout.split()
        return replace(done, values={**done.values, "in git": kept})


def dvc(needs: tuple[Check, ...] = ()) -> Check:
    """A file of 100 squares goes to a store and comes back as 338350; git commits the pointer to
    it.
    """
    doing = InRepository(TOOL.id, work, EXPECTED, SECONDS - 15, _variables, ("DVC_",))
    causes = [lambda env, done: unnamed(env) if doing.fine(done) else None]

    def examine(env: Environment) -> Outcome:
        return (
            missing(env, TOOL)
            or program.missing(env, GIT)
            or judge(env, TOOL, doing, causes, _summary)
        )

    codes: dict[str, str] = {
        PROGRAM_MISSING: "git is not installed",
        GIT_IDENTITY_MISSING: "git does not know your name and address",
    }
    return tool_check(
        TOOL,
        examine,
        proves=PROVES,
        needs=needs,
        timeout=SECONDS,
        cost=Cost(4.0, 150),
        codes=codes,
        slow_because="DVC loads many parts when it starts",
    )


def _variables(env: Environment) -> Mapping[str, str | None]:
    return {
        **ELSEWHERE,
        "DVC_NO_ANALYTICS": "1",
        "DVC_SITE_CACHE_DIR": str(env.new_folder("dvc-site")),
    }


def _summary(done: Work) -> str:
    return f"added, pushed, dropped and pulled back beside git: {done.values['total']}"


def unnamed(env: Environment) -> Diagnosis | None:
    """git refuses a commit without a name and an address; anything else that keeps it from one is
    not DVC's.
    """
    answer = identity(env)
    if answer.ok:
        return None
    return fail(
        GIT_IDENTITY_MISSING,
        "git does not know your name and address, and refuses to keep what DVC notes",
        tell(
            "tell git who you are",
            typed('git config --global user.name "YOUR NAME"', "Type this, with your name:"),
            typed('git config --global user.email "YOUR ADDRESS"', "And this, with your address:"),
        ),
        found=answer.last_words.splitlines()[-1] if answer.last_words else "git gives no name",
        wanted="user.name and user.email",
        looked_in="git's own settings (git config --list --show-origin)",
    )


@fact
def identity(env: Environment) -> Finished:
    """Who a commit would be by, as git itself finds it, with the learner's own settings."""
    return git(env, env.new_folder("dvc"), "var", "GIT_COMMITTER_IDENT")


def git(env: Environment, folder: Path, *words: str) -> Finished:
    """How git ended in a folder, with nothing of the learner's around it; 15 seconds at most."""
    return env.run(
        [program.find(env, "git"), *NO_EXTRAS, *words], timeout=15, cwd=folder, variables=ELSEWHERE
    )
