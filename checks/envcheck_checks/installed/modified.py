"""Files of an installed package that are not the ones that were installed: written over, emptied,
or damaged on the disk.

Somebody may change a file of a package and know why. So it is a cause only where something of the
package fails and nothing else explains it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from pathlib import Path

from envcheck import Diagnosis, Environment, fail, foreign_file
from envcheck.target.interpreter import Distribution, interpreter
from envcheck_checks.installed.codes import PACKAGE_DAMAGED, PACKAGE_INCOMPLETE
from envcheck_checks.installed.files import look
from envcheck_checks.installed.record_file import digests, recorded
from envcheck_checks.installed.reinstall import reinstall
from envcheck_checks.machine import antivirus

CODE = (".py", ".so", ".pyd", ".dll", ".dylib")
BIG = 200_000_000  # bytes; a file that is no longer read to its end while somebody waits


def diagnose(env: Environment, names: Iterable[str], what: str) -> Diagnosis | None:
    """`what` fails; the distributions among these with a file whose content is not the one that was
    installed: of code, or else of what the code reads, such as a font.
    """
    python = interpreter(env)
    rows = [distribution for name in names if (distribution := python.installed.get(name))]
    changed_files = [
        (distribution, file)
        for distribution in rows
        if (file := changed_file(distribution) or changed_file(distribution, data=True)) is not None
    ]
    if not changed_files:
        return None
    changed_names, file = (
        [distribution.name for distribution, _ in changed_files],
        changed_files[0][1],
    )
    return fail(
        PACKAGE_DAMAGED,
        f"{', '.join(changed_names)} {'is' if len(changed_names) == 1 else 'are'} installed, and not as published (a file is damaged or was changed): {what}",
        reinstall(env, python, changed_names, f"reinstall {', '.join(changed_names)}"),
        found=f"{file.name} is not the file that was installed",
        wanted=f"the files that {changed_files[0][0].entry} lists",
        looked_in=str(file),
        note=antivirus.note(env, str(file)),
    )


def emptied(env: Environment, names: Iterable[str], empty: Iterable[str]) -> Diagnosis | None:
    """Modules that were imported from a file in which nothing is, where the package lists one with
    something in it.
    """
    python, files = interpreter(env), set(empty)
    names_of_files = {Path(file).name for file in files}
    rows = [
        distribution for name in names if files and (distribution := python.installed.get(name))
    ]
    damaged = [
        distribution.name
        for distribution in rows
        if any(
            size and str(Path(distribution.folder, file)) in files
            for file, size in recorded(distribution)
            if file.rpartition("/")[2] in names_of_files
        )
    ]
    first = next(
        (damage for name in damaged if (damage := look(python, python.installed[name]))), None
    )
    if first is None:
        return None
    return fail(
        PACKAGE_INCOMPLETE,
        f"{', '.join(damaged)} {'is' if len(damaged) == 1 else 'are'} installed incompletely: the import works, and nothing is in it",
        reinstall(env, python, damaged, f"reinstall {', '.join(damaged)}"),
        found=first.detail,
        wanted=f"the files that {first.distribution.entry} lists",
        looked_in=first.file,
    )


def changed_file(distribution: Distribution, *, data: bool = False) -> Path | None:
    """The first file of code whose content is not what the distribution's list says. `data`: of what
    is no code, where nobody would have written what stands there now.
    """
    listed = (
        (Path(distribution.folder, file), algorithm, digest)
        for file, algorithm, digest in digests(distribution)
        if file.endswith(CODE) is not data and ".." not in file
    )
    differ = (path for path, algorithm, digest in listed if _differs(path, algorithm, digest))
    return next((path for path in differ if not data or _is_nobodys_text(path)), None)


def _is_nobodys_text(path: Path) -> bool:
    """No settings, certificates or styles, which somebody may have changed: a font, a table, or a text
    of which the disk has left nothing, or zeros.
    """
    content = foreign_file.content(path, BIG)
    return not content or b"\0" in content


def _differs(path: Path, algorithm: str, digest: str) -> bool:
    """False where it cannot be told; a file that is gone is another cause's."""
    try:
        seen = hashlib.new(
            algorithm, foreign_file.content(path, BIG), usedforsecurity=False
        ).digest()
    except (OSError, ValueError, TypeError):
        return False
    return base64.urlsafe_b64encode(seen).decode().rstrip("=") != digest.rstrip("=")
