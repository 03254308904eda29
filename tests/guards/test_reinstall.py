"""What is whole is never installed again.

A reinstallation changes something only where a fact says that the files are not as they were
installed. Whoever offers one stands here, with its fact; `installed/whole.py` has what the others
use.
"""

from __future__ import annotations

import ast
from pathlib import Path

from tests.guards.source import of_kind, text

CHECKS = Path(__file__).parents[2] / "checks" / "envcheck_checks"
FACTS = {
    "installed/anew.py": "for who asks, with all whose files are links to nowhere",
    "installed/files.py": "a listed file is gone, cut short, or built for another machine",
    "installed/metadata.py": "the notes about it are not whole",
    "installed/modified.py": "a file is not the one that the list has a hash of",
    "installed/permissions.py": "what may not be read is moved aside, so that it is gone",
    "installed/pywin32.py": "a file that pywin32 installs is not there",
    "installed/refused.py": "macOS does not load a file as it is",
    "installed/reinstall.py": "makes the fix",
    "installed/whole.py": "asks `differing` first",
    "notebook/settings/packages_own.py": "a file that it lists cannot be read",
    "packages/broken_import.py": "a newer one, built for the numpy that is there",
    "tools/airflow/standalone.py": "its program is not there",
    "tools/framework/what_to_install.py": "a module of it is not there",
    "commands/moved.py": "its programs name a Python that is gone",
}


def offers(path: Path) -> bool:
    """Whether the module in this file calls `reinstall` or `anew`, or writes pip's word for it."""
    called = any(
        isinstance(call.func, ast.Name) and call.func.id.startswith(("reinstall", "anew"))
        for call in of_kind(path, ast.Call)
    )
    return called or '"--force-reinstall"' in text(path)


def test_who_offers_to_install_again() -> None:
    """Each with the fact that makes it more than a repetition; nobody stands here in vain."""
    found = {path.relative_to(CHECKS).as_posix() for path in CHECKS.rglob("*.py") if offers(path)}
    assert found - FACTS.keys() == set(), "use envcheck_checks.installed.whole.repair"
    assert FACTS.keys() - found == set(), "take these out of FACTS"
