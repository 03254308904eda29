"""The browser check's answers on described machines."""

from __future__ import annotations

from pathlib import Path

from envcheck.environment import Environment
from envcheck.testing import described, passes, skips, warns
from envcheck_checks.browser.catalogue import Browser, Family
from envcheck_checks.browser.check import interface
from envcheck_checks.browser.diagnose import diagnose_page, diagnose_start
from envcheck_checks.browser.discovery import browsers
from envcheck_checks.browser.display import Machine, this_machine
from envcheck_checks.browser.installed import browser
from envcheck_checks.browser.protocol import BrowserTrouble
from envcheck_checks.browser.run_cell import Look, PageTrouble
from envcheck_checks.jupyter.config_files import config_files
from envcheck_checks.stack import Stack

FIREFOX = Browser("Firefox", ("/usr/bin/firefox",), Family.FIREFOX)
SNAP = Browser(
    "Chromium", ("/snap/bin/chromium",), Family.CHROME, "snap", "/home/ada/snap/chromium/common"
)
SAFARI = Browser("Safari", ("/Applications/Safari.app/Contents/MacOS/Safari",), Family.OTHER)


def linux(tmp_path: Path, *found: Browser, **variables: str) -> Environment:
    """A described Linux: `tmp_path/bin` is its PATH."""
    one = Machine(
        "linux", {"PATH": str(tmp_path / "bin"), **variables}, tmp_path / "home", tmp_path
    )
    return described(facts={this_machine: one, browsers: found, config_files: ()})


def tool(tmp_path: Path, name: str) -> None:
    (tmp_path / "bin").mkdir(exist_ok=True)
    (tmp_path / "bin" / name).write_text("#!/bin/sh\n", encoding="utf-8")
    (tmp_path / "bin" / name).chmod(0o755)


def test_a_display_and_a_browser(tmp_path: Path) -> None:
    assert (
        passes(browser(), linux(tmp_path, FIREFOX, DISPLAY=":0")).summary == "Firefox can be opened"
    )


def test_a_display_without_a_browser(tmp_path: Path) -> None:
    warning = warns(browser(), linux(tmp_path, WAYLAND_DISPLAY="wayland-0"), "browser-missing")
    assert warning.fixes


def test_no_display(tmp_path: Path) -> None:
    assert skips(browser(), linux(tmp_path, FIREFOX)) == "this machine has no display"


def test_no_display_and_the_helper_of_an_editor(tmp_path: Path) -> None:
    tool(tmp_path, "open-on-the-laptop.sh")
    env = linux(tmp_path, BROWSER=f"{tmp_path}/bin/open-on-the-laptop.sh")
    assert "open-on-the-laptop.sh" in passes(browser(), env).summary


def test_no_display_and_a_browser_in_the_variable(tmp_path: Path) -> None:
    tool(tmp_path, "firefox")
    assert (
        skips(browser(), linux(tmp_path, FIREFOX, BROWSER="firefox"))
        == "this machine has no display"
    )


def test_a_variable_that_names_nothing(tmp_path: Path) -> None:
    warning = warns(
        browser(),
        linux(tmp_path, FIREFOX, DISPLAY=":0", BROWSER="gone-browser %s"),
        "browser-variable-broken",
    )
    assert warning.evidence.found == "gone-browser"
    assert warning.fixes[0].automatic


def test_wsl_uses_the_browser_of_windows(tmp_path: Path) -> None:
    edge = tmp_path / "mnt/c/Program Files (x86)/Microsoft/Edge/Application/msedge.exe"
    edge.parent.mkdir(parents=True)
    edge.touch()
    assert (
        "Microsoft Edge of the Windows"
        in passes(browser(), linux(tmp_path, WSL_DISTRO_NAME="Ubuntu")).summary
    )


def test_wsl_with_nothing(tmp_path: Path) -> None:
    warns(browser(), linux(tmp_path, WSL_DISTRO_NAME="Ubuntu"), "browser-missing")


def test_macos_without_variables(tmp_path: Path) -> None:
    env = described(
        facts={
            this_machine: Machine("darwin", {}, tmp_path, tmp_path),
            browsers: (SAFARI,),
            config_files: (),
        }
    )
    assert passes(browser(), env).summary == "Safari can be opened"


def test_interface_without_a_browser(tmp_path: Path) -> None:
    assert (
        skips(interface(Stack(())), linux(tmp_path))
        == "there is no Chrome, Chromium, Edge or Firefox here"
    )


def test_interface_with_a_browser_that_nobody_can_drive(tmp_path: Path) -> None:
    assert "only Safari" in skips(interface(Stack(())), linux(tmp_path, SAFARI))


def test_a_snap_that_dies_is_explained() -> None:
    warning = diagnose_start(
        SNAP, BrowserTrouble("start the browser", "it ended with exit code 1: cannot open path")
    )
    assert "Chromium is a snap package" in warning.note
    assert "exit code 1" in warning.evidence.found


def test_a_sandbox_that_is_not_allowed_is_explained() -> None:
    warning = diagnose_start(
        FIREFOX, BrowserTrouble("start the browser", "FATAL: No usable sandbox!")
    )
    assert "sandbox" in warning.note
    assert "snap" not in warning.note


def test_what_the_page_says_never_contains_the_token() -> None:
    trouble = PageTrouble(
        "shown", Look(title="Notebook", body="cannot load /notebooks/a?token=s3cret")
    )
    trouble.complaints = ("refused http://127.0.0.1/?token=s3cret",)
    diagnosis = diagnose_page(FIREFOX, "s3cret", trouble)
    assert diagnosis.code == "notebook-page-blank"
    assert "s3cret" not in diagnosis.evidence.found
    assert "the page says: refused" in diagnosis.evidence.found


def test_a_dialog_in_front_of_the_page_is_the_evidence() -> None:
    trouble = PageTrouble("typed", Look(shown=True, dialog="Select\nKernel"))
    assert (
        "a dialog in front of the page: Select Kernel"
        in diagnose_page(FIREFOX, "", trouble).evidence.found
    )
