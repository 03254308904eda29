"""The system as a value: its places and its registry can be described."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck.testing import described
from envcheck_checks.machine.system import LONG_PATHS, PAGE_OPENER, System, variable


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("win32", (True, False, False)),
        ("darwin", (False, True, False)),
        ("linux", (False, False, True)),
        ("linux2", (False, False, True)),
        ("freebsd14", (False, False, False)),
    ],
)
def test_a_system_is_one_kind_at_most(name: str, kind: tuple[bool, ...]) -> None:
    """A name as in sys.platform; `win` in `darwin` is no Windows."""
    system = System(name)
    assert (system.is_windows, system.is_macos, system.is_linux) == kind


def test_absolute_places_lie_below_the_root() -> None:
    """So that a described machine is never looked for on this one."""
    assert System("linux", root=Path("/described")).at("/etc/hosts") == Path("/described/etc/hosts")
    assert System("linux").at("/etc/hosts") == Path("/etc/hosts")


def test_what_the_registry_does_not_say_is_empty() -> None:
    """No value and an empty one are the same."""
    system = System("win32", {LONG_PATHS: "1"})
    assert (system.value(LONG_PATHS), system.value(PAGE_OPENER)) == ("1", "")


@pytest.mark.parametrize(
    ("variables", "value"),
    [
        ({"AppData": "a"}, "a"),
        ({"APPDATA": "b"}, "b"),
        ({"AppData": "a", "APPDATA": "b"}, "a"),
        ({"AppData": "", "APPDATA": "b"}, "b"),
        ({"appdata": "c"}, ""),
    ],
)
def test_windows_spells_variables_in_capitals(variables: dict[str, str], value: str) -> None:
    """Python hands them on so; the spelling of Windows' documents works as well."""
    assert variable(described(variables=variables), "AppData") == value
