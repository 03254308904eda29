"""A browser to open the notebook with: found, not merely promised by `webbrowser.get()`."""

from __future__ import annotations

from pathlib import Path

from envcheck import Check, Cost, Diagnosis, Environment, Outcome, ok, skip, warn
from envcheck.fixes.advice import tell
from envcheck_checks.browser import browser_setting, redirect_file
from envcheck_checks.browser.catalogue import named
from envcheck_checks.browser.codes import BROWSER_MISSING, BROWSER_VARIABLE_BROKEN
from envcheck_checks.browser.discovery import browsers, of_surrounding_windows
from envcheck_checks.browser.display import Machine, this_machine
from envcheck_checks.interference import variables


def browser(needs: tuple[Check, ...] = ()) -> Check:
    """A browser is on this machine, and there is a display to show it."""

    def examine(env: Environment) -> Outcome:
        machine = this_machine(env)
        if not machine.has_display:
            opener = opener_of(machine)
            return (
                ok(f"`{opener}`, which BROWSER names, opens pages")
                if opener
                else skip("this machine has no display")
            )
        name = opened_by(env, machine)
        return _nothing_behind_setting(env, machine) or (
            ok(f"{name} can be opened", *redirect_file.warnings(env, machine))
            if name
            else missing()
        )

    return Check(
        id="browser",
        title="Browser",
        cost=Cost(0.1, 0),
        examine=examine,
        needs=needs,
        required=False,
        timeout=20,
        proves="a browser is installed that can be opened",
        symptom="no browser opens",
    )


def opened_by(env: Environment, machine: Machine) -> str:
    """The browser that a page opens in on a machine with a display; empty when there is none."""
    here = browsers(env) if machine.has_screen else ()
    if here:
        return here[0].name
    around = of_surrounding_windows(machine)
    if around or (machine.is_wsl and machine.which("wslview")):
        return f"{around[0].name if around else 'the browser'} of the Windows around this Linux"
    return ""


def opener_of(machine: Machine) -> str:
    """The helper that BROWSER names where there is no display: an editor's, which opens pages on
    another machine.

    A browser that needs a display is none.
    """
    first = machine.asked_for[0] if machine.asked_for else ""
    program = machine.which(first) if first else ""
    return Path(program).name if program and named(program) is None else ""


def _nothing_behind_setting(env: Environment, machine: Machine) -> Diagnosis | None:
    """Jupyter's own setting wins over the variable."""
    if browser_setting.is_set(env):
        return browser_setting.find_setting_of_nothing(env, machine)
    return _nothing_behind_variable(machine)


def _nothing_behind_variable(machine: Machine) -> Diagnosis | None:
    """A warning where BROWSER names no program: Jupyter takes its first one and no other. On
    Windows and macOS some names have another meaning.
    """
    if not machine.is_linux or not machine.asked_for or machine.which(machine.asked_for[0]):
        return None
    return warn(
        BROWSER_VARIABLE_BROKEN,
        "BROWSER is set and names a program that is not there: Jupyter cannot open its page by itself",
        variables.unset("BROWSER"),
        found=machine.asked_for[0],
        wanted="a browser, or BROWSER not set",
        looked_in="the variables of this terminal",
    )


def missing(
    consequence: str = "Jupyter cannot open its page by itself", instead: str = ""
) -> Diagnosis:
    """One cause, whoever meets it: what cannot be done without a browser, and what can be done
    instead of installing one.
    """
    usual = "copy the address that Jupyter prints into the browser you use"
    return warn(
        BROWSER_MISSING,
        f"no browser was found on this machine: {consequence}",
        tell("install a browser", f"Install Firefox or Chrome, or {instead or usual}."),
        found="none of the usual browsers",
        wanted="Firefox, Chrome, Chromium, Edge or Safari",
        looked_in="BROWSER, PATH, the desktop's default and the places where browsers are installed",
    )
