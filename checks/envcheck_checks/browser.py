"""A browser to open the notebook with: found, not merely promised by `webbrowser.get()`."""

from __future__ import annotations

from pathlib import Path

from envcheck import Check, Diagnosis, Environment, Outcome, ok, skip, warn
from envcheck.advice import tell
from envcheck_checks.browsing.found import browsers, of_surrounding_windows
from envcheck_checks.browsing.known import named
from envcheck_checks.browsing.machine import Machine, machine
from envcheck_checks.causes import variables


def browser(needs: tuple[Check, ...] = ()) -> Check:
    """A browser is on this machine, and there is a display to show it."""

    def examine(env: Environment) -> Outcome:
        one = machine(env)
        if not one.has_display:
            opener = _opener(one)
            return ok(f"`{opener}`, which BROWSER names, opens pages") if opener else skip("this machine has no display")
        return _nothing_behind_variable(one) or _found(env, one)

    return Check(
        id="browser",
        title="Browser",
        examine=examine,
        needs=needs,
        required=False,
        timeout=20,
        proves="a browser is installed that can be opened",
    )


def _found(env: Environment, one: Machine) -> Outcome:
    here = browsers(env) if one.has_screen else ()
    around = of_surrounding_windows(one)
    if here:
        return ok(f"{here[0].name} can be opened")
    if around or (one.is_wsl and one.which("wslview")):
        name = around[0].name if around else "the browser"
        return ok(f"{name} of the Windows around this Linux opens the address that Jupyter prints")
    return _missing()


def _opener(one: Machine) -> str:
    """The helper that BROWSER names where there is no display: an editor's, which opens pages on another machine.

    A browser that needs a display is none.
    """
    first = one.asked_for[0] if one.asked_for else ""
    program = one.which(first) if first else ""
    return Path(program).name if program and named(program) is None else ""


def _nothing_behind_variable(one: Machine) -> Diagnosis | None:
    """Jupyter takes the first program of BROWSER and no other. Windows and macOS give some names a meaning of their own."""
    if not one.is_linux or not one.asked_for or one.which(one.asked_for[0]):
        return None
    return warn(
        "browser-variable-broken",
        "BROWSER is set and names a program that is not there: Jupyter cannot open its page by itself",
        variables.unset("BROWSER"),
        found=one.asked_for[0],
        wanted="a browser, or BROWSER not set",
        looked_in="the variables of this terminal",
    )


def _missing() -> Diagnosis:
    return warn(
        "browser-missing",
        "no browser was found on this machine: Jupyter cannot open its page by itself",
        tell("install a browser", "Install Firefox or Chrome, or copy the address that Jupyter prints into the browser you use."),
        found="none of the usual browsers",
        wanted="Firefox, Chrome, Chromium, Edge or Safari",
        looked_in="BROWSER, PATH, the desktop's default and the places where browsers are installed",
    )
