"""Files for secrets, `.env` and keyrings, are readable by their owner only."""

from __future__ import annotations

import os
import secrets
import stat
import sys
import time
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from envcheck import (
    Check,
    Cost,
    Diagnosis,
    Environment,
    Fix,
    Outcome,
    Run,
    check,
    fail,
    ok,
    skip,
    unknown,
)
from envcheck.fixes.advice import tell
from envcheck.foreign_file import matching
from envcheck.target.home import home_of
from envcheck_checks.tools.secrets.codes import SECRET_FILE_OPEN
from envcheck_checks.tools.secrets.places import course_folder, first_lines

NAMES = (
    ".env",
    ".env.*",
    "*.env",
    "*.keyring",
    "keyring_pass.cfg",
    ".netrc",
    ".pgpass",
    "id_rsa",
    "id_ed25519",
    "id_ecdsa",
    "kaggle.json",
    ".git-credentials",
)
EXAMPLES = (
    "*.example",
    "*.sample",
    "*.template",
    "*.dist",
    "*.defaults",
    "example.env",
    "sample.env",
    "template.env",
)
LEFT_OUT = (".git", ".venv", "node_modules", "__pycache__", "site-packages")
# Where Linux desktops and Python's keyring keep theirs, below the home: only their mode is looked
# at.
KEYRINGS = (".local/share/keyrings/*.keyring", ".local/share/python_keyring/*.cfg")
SECONDS = 10.0


def is_secret(name: str) -> bool:
    """Whether a file of this name is there for secrets; an example with empty values is not."""
    last = PurePosixPath(name).name
    return any(fnmatch(last, pattern) for pattern in NAMES) and not any(
        fnmatch(last, pattern) for pattern in EXAMPLES
    )


def examine(env: Environment) -> Outcome:
    if sys.platform == "win32":
        return skip("Windows keeps rights in lists of its own, which are not read here")
    folder = course_folder(env)
    if "WSL_DISTRO_NAME" in env.variables and str(folder).startswith("/mnt/"):
        return skip("this folder is on a Windows disk, whose lists of rights are not read here")
    if kept := not_kept(env):
        return unknown(kept)
    home = home_of(env.variables)
    deadline = time.monotonic() + SECONDS
    files = [
        *below(folder, deadline),
        *(file for pattern in KEYRINGS for file in matching(home, pattern)),
    ]
    if exposed := [file for file in files if is_open_to_others(file)]:
        return secret_file_open(exposed, folder)
    if time.monotonic() > deadline:
        return unknown(
            f"{len(files)} files for secrets are their owner's only; there was no time for the rest of the folder"
        )
    return ok(
        f"a file of mode 600 stays one, and {len(files)} of {len(files)} files for secrets are their owner's only"
    )


def not_kept(env: Environment) -> str:
    """Why this system cannot keep a file to its owner; empty where a trial shows that it can."""
    file = env.new_folder("kept-file") / f"secret-{secrets.token_hex(4)}"
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    mode = stat.S_IMODE(file.stat().st_mode)
    return "" if mode == 0o600 else f"a new file that was made with mode 600 has mode {mode:o}"


def below(folder: Path, deadline: float) -> Iterator[Path]:
    """Files for secrets in the course folder, without what belongs to an environment."""
    for place, folders, names in os.walk(folder):
        if time.monotonic() > deadline:
            return
        inner = [
            folder_name
            for folder_name in folders
            if folder_name not in LEFT_OUT
            and not any(
                os.path.exists(Path(place, folder_name, mark))
                for mark in ("pyvenv.cfg", "conda-meta")
            )
        ]
        folders[:] = sorted(inner)
        yield from (Path(place, name) for name in sorted(names) if is_secret(name))


def is_open_to_others(file: Path) -> bool:
    """Whether the mode of a file lets its group or others do anything."""
    try:
        status = file.stat()
    except OSError:  # gone, or a link to nothing
        return False
    return stat.S_ISREG(status.st_mode) and bool(status.st_mode & 0o077)


def is_mine(file: Path) -> bool:
    """Whether the learner owns the file; on Windows that is not looked at."""
    if sys.platform == "win32":
        return True
    return file.stat().st_uid == os.getuid()


def secret_file_open(files: list[Path], folder: Path) -> Diagnosis:
    """These files are open to others; one of somebody else can only be closed by its owner."""
    modes = [f"{file}: mode {stat.S_IMODE(file.stat().st_mode):o}" for file in files]
    foreign = [file for file in files if not is_mine(file)]
    fix = Fix("keep them to yourself", (Run(("chmod", "600", *map(str, files))),))
    if foreign:
        fix = tell(
            "keep them to their owner",
            f"{foreign[0]} belongs to another user: ask its owner to type chmod 600 and its name.",
        )
    return fail(
        SECRET_FILE_OPEN,
        "a file for secrets can be read by others who use this computer",
        fix,
        found=first_lines(modes, False),
        wanted="mode 600: read and written by its owner, by nobody else",
        looked_in=folder,
    )


def secret_files() -> Check:
    """`.env` and keyrings are their owner's only."""
    return check(
        "secret-files",
        title="Files for secrets",
        timeout=20.0,
        proves="a file of mode 600 stays one here, and every `.env` of the course folder and every keyring is readable by its owner only",
        cost=Cost(0.3, 10),
    )(examine)
