"""The notebook page works in this machine's own browser: opened, a cell typed and run, the output
read back from the page.
"""

from __future__ import annotations

from envcheck import Check, Cost, Environment, Outcome, skip, unknown
from envcheck_checks.browser.catalogue import Browser
from envcheck_checks.browser.discovery import browsers, drivable
from envcheck_checks.jupyter.check import launch_way
from envcheck_checks.stack import Stack

SECONDS = 80.0
TRIES = 2  # browsers


def interface(stack: Stack, needs: tuple[Check, ...] = ()) -> Check:
    """A learner's first minute in the notebook page, in the browser that this machine has."""

    def examine(env: Environment) -> Outcome:
        all_browsers = browsers(env)
        candidates = drivable(all_browsers)
        if not candidates:
            return skip(
                f"there is no Chrome, Chromium, Edge or Firefox here{_instead(all_browsers)}"
            )
        way = launch_way(env, stack)
        if way is None:
            return unknown("there is nothing to launch")
        from envcheck_checks.browser.session import (
            serve,  # what speaks with servers and browsers takes a while to load
        )

        return serve(env, stack, way, candidates[:TRIES])

    return Check(
        id="interface",
        title="Interface",
        cost=Cost(12.0, 600),
        examine=examine,
        needs=needs,
        required=False,
        timeout=SECONDS,
        traits=frozenset({"server", "browser", "deep"}),
        proves="a browser shows the notebook page, its kernel connects, and a cell typed there answers to Shift+Enter",
        symptom="the notebook page opens, and stays blank or does nothing",
        slow_because="a browser and a second notebook server are started",
    )


def _instead(all_browsers: tuple[Browser, ...]) -> str:
    names = ", ".join(browser.name for browser in all_browsers)
    return f", only {names}, which envcheck cannot tell what to do" if names else ""
