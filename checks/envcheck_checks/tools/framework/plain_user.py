"""Somebody who is not root, for programs that refuse to run as root."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from envcheck import Environment
from envcheck_checks.tools.framework.program import find

NAME = "nobody"


@dataclass(frozen=True)
class PlainUser:
    """`command` goes before a program; `ids` own its folder. All empty where the learner is not
    root.
    """

    command: tuple[str, ...] = ()
    ids: tuple[int, int] | None = None

    @property
    def words(self) -> str:
        """How it is told, for the end of a sentence; empty where the learner is no root."""
        return f" (as the user {NAME}: it refuses root)" if self.ids else ""


def plain_user(env: Environment) -> PlainUser | None:
    """The learner's own account, or another one where that is root's; None where none can
    be had.
    """
    if sys.platform == "win32" or os.geteuid() != 0:
        return PlainUser()
    import pwd

    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        return None
    ids = (entry.pw_uid, entry.pw_gid)
    for command in _commands(env, *ids):
        user = PlainUser(command, ids)
        folder = env.new_folder("plain-user")
        lent(env, folder, user)
        # Writing into its own folder is what it is wanted for: a folder above may keep it out.
        if env.run([*command, "touch", str(folder / "here")], timeout=10).ok:
            return user
    return None


def _commands(env: Environment, uid: int, gid: int) -> list[tuple[str, ...]]:
    setpriv, runuser = find(env, "setpriv"), find(env, "runuser")
    by_id = (setpriv, f"--reuid={uid}", f"--regid={gid}", "--clear-groups")
    return [*([by_id] if setpriv else []), *([(runuser, "-u", NAME, "--")] if runuser else [])]


def lent(env: Environment, folder: Path, user: PlainUser) -> None:
    """Give a throw-away folder to that user, who may pass through the one above it."""
    if user.ids is None or sys.platform == "win32":
        return
    env.scratch.chmod(0o711)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, *user.ids)
