"""WSL is told from Linux by facts, and is a Linux."""

from __future__ import annotations

import pytest

from envcheck.learners_system import only_on, system_of, text_for

DEBIAN = "6.1.0-18-amd64"


@pytest.mark.parametrize(
    ("system", "variables", "kernel", "name"),
    [
        ("win32", {}, "10", "windows"),
        ("darwin", {"WSL_DISTRO_NAME": "leftover"}, "25.0", "macos"),
        ("linux", {}, DEBIAN, "linux"),
        ("linux", {"WSL_DISTRO_NAME": ""}, DEBIAN, "linux"),
        ("linux", {"WSL_DISTRO_NAME": "Ubuntu"}, DEBIAN, "wsl"),
        ("linux", {"WSL_INTEROP": "/run/WSL/8_interop"}, DEBIAN, "wsl"),
        ("linux", {}, "5.15.153.1-microsoft-standard-WSL2", "wsl"),
        ("linux", {}, "4.4.0-19041-Microsoft", "wsl"),
    ],
)
def test_system_of(system: str, variables: dict[str, str], kernel: str, name: str) -> None:
    assert system_of(variables, system, kernel) == name


def test_words_for_a_system() -> None:
    texts = {"linux": "apt", "windows": "winget"}
    assert text_for("wsl", texts) == "apt"
    assert text_for("wsl", {**texts, "wsl": "wsl --update"}) == "wsl --update"
    assert text_for("macos", texts) == ""
    assert text_for("linux", {"wsl": "wsl --update"}) == ""


def test_only_on() -> None:
    assert only_on((), "linux") == ""
    assert only_on(("linux",), "wsl") == ""
    assert only_on(("wsl",), "linux") == "only on WSL; this is Linux"
    assert only_on(("windows", "macos"), "linux") == "only on Windows and macOS; this is Linux"
