"""What the learner may not do: run programs from a disk, write into the environment."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from envcheck import Diagnosis, Environment, fail
from envcheck.fixes.advice import new_environment, tell
from envcheck.target.interpreter import Distribution, interpreter
from envcheck_checks.installed.record_file import recorded
from envcheck_checks.installed.reinstall import reinstall
from envcheck_checks.machine.write_access import write_error


def no_programs(env: Environment) -> Diagnosis | None:
    """The environment lies on a disk that allows no programs: compiled parts of packages cannot be loaded."""
    if sys.platform == "win32":
        return None
    place = interpreter(env).paths.get("platlib", interpreter(env).prefix)
    try:
        refused = os.statvfs(place).f_flag & getattr(os, "ST_NOEXEC", 0)
    except OSError:
        return None
    if not refused:
        return None
    return fail(
        "disk-allows-no-programs",
        "this environment lies on a disk or mount that allows no programs (noexec): compiled packages cannot be loaded (Permission denied)",
        tell(
            "move the environment",
            "Make the course's environment in a folder of your home, not on a USB stick or a shared folder.",
        ),
        found="mounted noexec",
        wanted="a disk that allows programs",
        looked_in=place,
    )


def environment_not_yours(
    env: Environment, missing: list[str], everything: Sequence[str]
) -> Diagnosis | None:
    """Nothing can be installed: the packages folder belongs to somebody else."""
    python = interpreter(env)
    place = Path(python.paths.get("purelib", python.prefix))
    error = write_error(place) if os.path.exists(place) else None
    if error is None:
        return None
    return fail(
        "environment-read-only",
        f"{', '.join(missing)} cannot be installed: you may not write into this environment's site-packages (Permission denied)",
        new_environment(env, python, everything),
        found=f"{error.strerror} for {place}",
        wanted="an environment of your own",
        looked_in=str(place),
        note="an environment that was made with sudo belongs to root; do not mend that with sudo pip install",
    )


def not_readable(env: Environment, names: Iterable[str]) -> Diagnosis | None:
    """The first of these distributions that is there, and may not be read: to Python it looks like one without its files."""
    python = interpreter(env)
    closed = {
        name: places
        for name in names
        if (one := python.installed.get(name)) and (places := list(dict.fromkeys(_closed(one))))
    }
    if not closed:
        return None
    first = next(iter(closed.values()))[0]
    all_places = [place for places in closed.values() for place in places]
    mine = all(write_error(place.parent) is None for place in all_places)
    fix = reinstall(
        env,
        python,
        list(closed),
        "move what may not be read aside, and install it anew",
        aside=map(str, all_places),
    )
    owner = tell(
        "ask who made it",
        f"Ask whoever made this environment to let you read {first}, or make an environment of your own.",
    )
    return fail(
        "package-unreadable",
        f"{', '.join(closed)} {'is' if len(closed) == 1 else 'are'} installed, and you may not read {'it' if len(closed) == 1 else 'them'} (Permission denied)",
        fix if mine else owner,
        found=f"no permission to read {first.name}",
        wanted="a package that you may read",
        looked_in=str(first),
        note="installing with sudo can leave files that only the administrator may read",
    )


def _closed(one: Distribution) -> Iterator[Path]:
    """The folders and files of a distribution that may not be read, of those inside each other the outermost."""
    site = Path(one.folder)
    tops = [one.entry, one.name.replace("-", "_")]
    for relative in [*tops, *(path for path, _ in recorded(one))]:
        parts = Path(relative).parts
        if ".." in parts or "__pycache__" in parts:
            continue
        for number in range(1, len(parts) + 1):
            place = site.joinpath(*parts[:number])
            if not may_read(place):
                yield place
                break


def may_read(place: Path) -> bool:
    """A place that is not there is nobody's to forbid. In a folder one must be able to look and to go on."""
    wanted = os.R_OK | os.X_OK if os.path.isdir(place) else os.R_OK
    return not os.path.lexists(place) or os.access(place, wanted)
