"""Write a skeleton: a new folder with three files, or nothing."""

from __future__ import annotations

import keyword
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from envcheck.errors import UsageProblem
from envcheck.target.script import source_of

# For each kind the files, as they are named, and the templates that they are made from.
KINDS: Mapping[str, Mapping[str, str]] = {
    "course": {
        "envcheck.toml": "course.toml",
        "requirements.txt": "requirements.txt",
        "test_course.py": "test_course.py",
    },
    "check": {
        "{module}.py": "check.py",
        "test_{module}.py": "test_check.py",
        "pyproject.toml": "pyproject.toml",
    },
    "tool": {
        "{module}.py": "tool.py",
        "test_{module}.py": "test_tool.py",
        "pyproject.toml": "pyproject.toml",
    },
}
NAME = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*")
# What a skeleton itself imports, or calls a file, a chapter or a command of its own
OURS = frozenset(
    ["envcheck", "envcheck_checks", "envcheck_class", "packaging", "pytest", "python", "week1"]
)
DEVICES = frozenset(  # of Windows: no file can be called so
    ["con", "nul", "prn", "aux", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))]
)
TAKEN = OURS | DEVICES | frozenset([*sys.stdlib_module_names, *keyword.kwlist, *keyword.softkwlist])


def write(kind: str, name: str, parent: Path) -> list[Path]:
    """The files that were written, in a new folder of that name. Raises UsageProblem."""
    texts = skeleton(kind, name)
    folder = parent / name
    try:
        folder.mkdir()
    except FileExistsError:
        raise UsageProblem(f"{folder}: it is there already; choose another name") from None
    except OSError as error:
        raise UsageProblem(f"{folder}: it cannot be made: {error.strerror}") from None
    written = []
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8", newline="\n")
        written.append(folder / file)
    return written


def skeleton(kind: str, name: str) -> dict[str, str]:
    """The texts of a skeleton by their files' names. Raises UsageProblem for a name that cannot be."""
    module = name.replace("-", "_")
    if not NAME.fullmatch(name) or module in TAKEN:
        why = (
            ""
            if module not in TAKEN
            else "that is a name of Python's, Windows' or envcheck's own; "
        )
        raise UsageProblem(
            f"`{name}` cannot be its name: {why}write small letters, digits and hyphens, as in `my-course`"
        )
    words = {"id": name.replace("_", "-"), "module": module, "title": _title(name)}
    return {
        file.format(module=module): _filled(template, words)
        for file, template in KINDS[kind].items()
    }


def _filled(template: str, words: Mapping[str, str]) -> str:
    import jinja2

    text = source_of("envcheck.skeletons", f"templates/{template}.jinja")
    engine = jinja2.Environment(  # no page: Python and TOML, from words that NAME allows
        undefined=jinja2.StrictUndefined, keep_trailing_newline=True
    )
    return engine.from_string(text).render(words)


def _title(name: str) -> str:
    words = re.split("[-_]", name)
    return " ".join((words[0].capitalize(), *words[1:]))
