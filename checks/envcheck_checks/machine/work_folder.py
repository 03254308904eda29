"""A folder in which work is to be saved, and that cannot be written to."""

from __future__ import annotations

import contextlib
import errno
import os
import shlex
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, fail, places
from envcheck.fixes.advice import tell, typed
from envcheck.target.home import home_of
from envcheck_checks.machine import disk, selinux
from envcheck_checks.machine.codes import WORK_FOLDER_READ_ONLY, WORK_FOLDER_UNREADABLE
from envcheck_checks.machine.ownership import Whose, own_again, owner, whose
from envcheck_checks.machine.system import system, variable
from envcheck_checks.machine.write_access import existing, write_error

# Flags of folders on a Mac (sys/stat.h): UF_IMMUTABLE is the Finder's `Locked`, SF_RESTRICTED is
# what System Integrity Protection keeps.
SHORT = 200  # characters; of a long path Windows says the same, for another reason
LOCKED, SYSTEMS = 0x2, 0x80000 | 0x20000
OF_CMD = (
    r"a command that is a batch file goes here from a folder on a share (`\\server\...`): "
    "give the share a letter (`pushd` before its name, in cmd); an administrator's terminal starts here too"
)


def diagnose(env: Environment, folder: Path) -> Diagnosis | None:
    """Why no file can be made in it, or None where one can. Whoever asks says the same."""
    error = write_error(folder)
    if error is None:
        return _unreadable(env, folder)
    if denied := selinux.denies(env, folder, error):
        return denied
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk.diagnosis(folder, 0)
    if _is_macos_own(env, error):
        return _refused_by_macos(folder, error)
    if error.errno == errno.ENOENT and system(env).is_windows and len(str(folder)) < SHORT:
        return _protected(env, folder)
    return _read_only(folder, error, OF_CMD if _is_windows_own(env, folder) else "")


def _unreadable(env: Environment, folder: Path) -> Diagnosis | None:
    """A folder may be written to and not be listed: Jupyter's page of it is an error."""
    try:
        with os.scandir(folder):
            return None
    except PermissionError as error:
        if _is_macos_own(env, error):
            return _refused_by_macos(folder, error)
        return fail(
            WORK_FOLDER_UNREADABLE,
            "you may not look into this folder: Jupyter shows none of the notebooks in it",
            _let_in(env, folder),
            found=f"{error.strerror} ({owner(folder)})",
            wanted="a folder that you may read",
            looked_in=str(folder),
        )
    except OSError:
        return None  # gone meanwhile, which is told elsewhere


def _let_in(env: Environment, folder: Path) -> Fix:
    """By whose it is: nobody opens what is another person's."""
    owned = whose(folder)
    if owned is Whose.MINE:
        line = typed(shlex.join(("chmod", "u+rx", str(folder))))
        return tell("let yourself look into it", line)
    if owned is Whose.ADMINISTRATORS and places.lies_in(folder, home_of(env.variables)):
        return own_again(env, folder)
    return tell(
        "work in a folder of your own",
        "Ask whoever owns this folder for the course's files, put them into a folder of your own, open a terminal there, and run envcheck again.",
    )


def _is_windows_own(env: Environment, folder: Path) -> bool:
    """Whether it is Windows' folder, in which a batch file runs that was started on a share."""
    own = variable(env, "SystemRoot")
    return bool(own) and system(env).is_windows and places.lies_in(folder, own)


def _read_only(folder: Path, error: OSError, note: str = "") -> Diagnosis:
    return fail(
        WORK_FOLDER_READ_ONLY,
        "this folder is read-only: a notebook folder that cannot be written to lets you save nothing",
        tell(
            "work in a folder of your own",
            "Copy the course's folder to your home, open a terminal there, and run envcheck again.",
        ),
        found=error.strerror or "permission denied",
        wanted="a folder that you may write to",
        looked_in=str(folder),
        note=note,
    )


def _protected(env: Environment, folder: Path) -> Diagnosis:
    """Windows says so of a folder that is there and a file that is to be made: Controlled folder
    access lets only programs in that Windows knows (jupyter/notebook#4510).
    """
    return fail(
        WORK_FOLDER_READ_ONLY,
        "Windows lets no file be made in this folder, and says of it `No such file or directory`: Controlled folder access keeps your programs out",
        tell(
            "work in a folder that Windows leaves alone",
            "Copy the course's folder to one directly in your home, such as ml beside Documents, open a terminal there, and run envcheck again.",
        ),
        tell(
            "or let your Python in",
            f"Windows Security > Virus & threat protection > Manage ransomware protection > Allow an app through Controlled folder access: add {env.located.command[0]}",
        ),
        found="No such file or directory, for a file in a folder that is there",
        wanted="a folder that your programs may write to",
        looked_in=str(folder),
        note="Documents, Pictures, Desktop and OneDrive are kept so where it is switched on",
    )


def _is_macos_own(env: Environment, error: OSError) -> bool:
    """Whether it is not the folder's mode that refuses: no chmod changes that."""
    return error.errno == errno.EPERM and system(env).is_macos


def _refused_by_macos(folder: Path, error: OSError) -> Diagnosis:
    """A mode refuses with EACCES, there too; EPERM is a flag of the folder, or what the learner
    answered when macOS asked.
    """
    flags = _flags(folder)
    if flags & LOCKED:
        return _locked(folder, error)
    if flags & SYSTEMS:
        return _read_only(folder, error)
    return _closed_to_this_terminal(folder, error)


def _flags(folder: Path) -> int:
    """A Mac's flags of the nearest folder that is there; 0 where they cannot be read."""
    with contextlib.suppress(OSError):
        return int(getattr(existing(folder).stat(), "st_flags", 0))
    return 0


def _locked(folder: Path, error: OSError) -> Diagnosis:
    place = existing(folder)
    return fail(
        WORK_FOLDER_READ_ONLY,
        "this folder is locked: no notebook can be saved in it (Operation not permitted)",
        tell(
            "unlock it",
            typed(shlex.join(("chflags", "nouchg", str(place)))),
            "Or select it in the Finder, press Cmd+I, and switch `Locked` off.",
        ),
        found=error.strerror or "Operation not permitted",
        wanted="a folder that is not locked (ls -ldO shows no uchg)",
        looked_in=str(place),
    )


def _closed_to_this_terminal(folder: Path, error: OSError) -> Diagnosis:
    """macOS asks once whether a program may look into Desktop, Documents, Downloads and other disks,
    and keeps the answer: whatever the folder's mode says, nothing in it can be read or written.
    """
    return fail(
        WORK_FOLDER_READ_ONLY,
        "macOS does not let this terminal into this folder: no notebook in it can be opened or saved (Operation not permitted)",
        tell(
            "let the terminal in",
            "Open System Settings > Privacy & Security > Files and Folders, and switch this folder on for your terminal (or for VS Code, where you started it there).",
            "Then quit that program and start it again.",
        ),
        tell(
            "or work in a folder that macOS leaves alone",
            "Copy the course's folder to one directly in your home, such as ~/ml.",
        ),
        found=error.strerror or "Operation not permitted",
        wanted="a folder that programs of this terminal may read and write",
        looked_in=str(folder),
        note="this is a setting of macOS for each program; the folder's own permissions are in order",
    )
