"""Notebooks in a folder of the learner's that Jupyter refuses to open, since what is in them is no JSON:
git left two versions in one, a web page was saved in its place, or it was cut off.
"""

from __future__ import annotations

import contextlib
import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, fail, foreign_file, warn
from envcheck.fixes.advice import tell, typed
from envcheck.shape import read_value
from envcheck_checks.notebook.codes import NOTEBOOK_DAMAGED
from envcheck_checks.notebook.saving.others_notebooks import notebooks
from envcheck_checks.notebook.saving.save import CHECKPOINTS

SHOWN = 3
READ_AT_MOST = 20_000_000
"""Bytes of all notebooks together: those beyond are not looked into."""


@dataclass(frozen=True)
class Damage:
    """What is in a file in place of a notebook."""

    file: Path
    fault: str
    fix: Fix


def warnings(env: Environment) -> list[Diagnosis]:
    """One, with what is wrong with the first of them; a file that cannot be read says nothing."""
    return among(sorted(notebooks(env.folder)), "your folder")


def among(files: Iterable[Path], of: str, *, needed: bool = False) -> list[Diagnosis]:
    """The same of these files, which are `of` some folder; an error where all of them are `needed`."""
    damaged = list(_damaged(files))
    if not damaged:
        return []
    first = damaged[0]
    names = ", ".join(damage.file.name for damage in damaged[:SHOWN])
    more = f" and {len(damaged) - SHOWN} more" if len(damaged) > SHOWN else ""
    these = "these notebooks" if len(damaged) > 1 else "this notebook"
    return [
        (fail if needed else warn)(
            NOTEBOOK_DAMAGED,
            f"Jupyter cannot open {these} of {of}: {names}{more}",
            first.fix,
            found=first.fault,
            wanted="the text of a notebook, which is JSON",
            looked_in=str(first.file),
        )
    ]


def _damaged(files: Iterable[Path]) -> Iterator[Damage]:
    left = READ_AT_MOST
    for file in files:
        with contextlib.suppress(OSError):
            content = foreign_file.content(file, left)
            left -= len(content)
            if damage := damage_of(file, content):
                yield damage


def damage_of(file: Path, content: bytes) -> Damage | None:
    """Why Jupyter refuses this content of the file, by the two steps in which it reads one."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return Damage(file, "its text is not UTF-8", _in_another_encoding(file))
    if not text.strip():
        return Damage(file, "the file is empty", _from_its_checkpoint(file))
    return None if read_value(text) is not None else _no_json(file, text)


def _no_json(file: Path, text: str) -> Damage:
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        if line.startswith("<<<<<<< "):
            return Damage(file, f"line {number} is `{line[:40]}`, written by git", _of_two(file))
    if text.startswith("\ufeff"):
        return Damage(file, "the text begins with a byte order mark", _in_another_encoding(file))
    if text.lstrip().startswith("<"):
        return Damage(file, "the file is a web page", _download_again(file))
    ends = "" if text.rstrip().endswith("}") else f", and ends after {len(lines)} lines"
    return Damage(file, f"its JSON is not whole{ends}", _from_its_checkpoint(file))


def _of_two(file: Path) -> Fix:
    name = _quoted(file.name)
    return tell(
        "keep one of the two versions that git left in it",
        f"Copy {file.name} to another folder first.",
        typed(f"git checkout --ours -- {name}", "To keep one version, type:"),
        typed(f"git checkout --theirs -- {name}", "To keep the other, type:"),
        typed(f"git add -- {name}", "When the notebook that opens is the one you want, type:"),
        typed("git commit", "Then finish what git began:"),
    )


def _quoted(name: str) -> str:
    """In the quotes that every shell reads, where nothing in the name means something within them."""
    return f'"{name}"' if re.fullmatch(r"[\w .,()&+=@#-]+", name) else shlex.quote(name)


def _download_again(file: Path) -> Fix:
    return tell(
        "download the notebook itself",
        "On the page that shows it, use the button that downloads the file (at GitHub: `Download raw file`),"
        f" and put it in the place of {file.name}.",
    )


def _in_another_encoding(file: Path) -> Fix:
    return tell(
        "save it as UTF-8",
        f"Open {file.name} in a text editor and save it with the encoding UTF-8, without BOM.",
    )


def _from_its_checkpoint(file: Path) -> Fix:
    checkpoint = file.parent / CHECKPOINTS / f"{file.stem}-checkpoint.ipynb"
    with contextlib.suppress(OSError):
        if damage_of(checkpoint, foreign_file.content(checkpoint)) is None:
            return tell(
                "take back what Jupyter last kept of it",
                f"Copy {checkpoint} over {file}: it is the notebook as you last saved it by hand.",
            )
    return tell(
        "put a whole copy in its place",
        f"Download {file.name} again, or take a copy of your own. Where there is none,"
        " delete the file and make a new notebook.",
    )
