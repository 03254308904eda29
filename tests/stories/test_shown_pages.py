"""Every page in a real browser: for a phone, in the dark, by keyboard, by ear, without scripts."""

from __future__ import annotations

import asyncio
import http.client
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.guards.source import ROOT
from tests.stories.screen import PHONE, WIDE, Screen, chromium, need_axe, nobodys_machine
from tests.stories.shown_pages import Shown, every_page
from tests.stories.test_browser_interface import one_of

from envcheck_checks.browser.catalogue import Family
from envcheck_class.web import site

WHOLE = "<html lang"
PARTS = {"base", "macros"}  # templates of which pages are made
BAD = """<!DOCTYPE html><html lang="en"><title>Bad</title>
<meta name="viewport" content="width=device-width"><style>
@media (prefers-color-scheme: dark) { p { color: #444; background: #333; } } a { outline: none; }
</style><main><h1 style="margin-bottom: -2rem">Bad</h1><p>Words</p><a href="#x">Nobody sees that I am chosen</a>
<button tabindex="2">First</button><pre style="width: 3000px">Wide</pre><div style="height: 900px; break-inside: avoid"></div></main><main></main>
<script>document.body.append(document.createElement('h2'))</script></html>"""


@pytest.mark.slow
def test_everybody_can_read_and_use_every_page(tmp_path: Path) -> None:
    """axe-core has nothing to say, nothing scrolls sideways on a phone, Tab reaches everything and
    shows where it is, and without JavaScript nothing is missing.
    """
    with every_page(tmp_path) as pages:
        found = seen(tmp_path, pages)
    assert not found, "\n".join(found)


@pytest.mark.slow
def test_each_fault_of_a_bad_page_is_seen(tmp_path: Path) -> None:
    pages = []
    for name, text in (("bad", BAD), ("in order", BAD.replace('tabindex="2"', ""))):
        file = tmp_path / f"{name}.html"
        file.write_text(text, encoding="utf-8")
        pages.append(Shown(name, "", file.as_uri()))
    found = "\n".join(seen(tmp_path, pages))
    for fault in (
        "bad, in the light: landmark-no-duplicate-main",
        "bad, in the light: empty-heading",
        "bad, in the dark: color-contrast",
        "bad, on a phone: <pre",
        "bad, on a desk: <pre",
        'bad, on a desk, on each other: "Bad" and "Words"',
        "bad, on paper, not parted: 900 pixels, <div",
        "bad, by keyboard: Tab 1 of 2 came to 1",
        "in order, by keyboard: the focus cannot be seen: <a",
        "bad, without scripts",
    ):
        assert fault in found


def test_every_template_and_every_address_is_among_them(tmp_path: Path) -> None:
    """What draws a page is in the list, and what is not in the list draws none."""
    templates = [file for room in ("src", "checks") for file in (ROOT / room).rglob("*.html.jinja")]
    with every_page(tmp_path) as pages:
        drawn = {one.template for one in pages}
        routes = {one.route for one in pages}
        server = next(one for one in pages if one.name == "board")
        for route in site.routes():
            assert route.methods is not None
            if "GET" in route.methods and route.path not in routes:
                assert not answers_with_a_page(server, route.path), route.path
    assert drawn == {file.name.removesuffix(".html.jinja") for file in templates} - PARTS
    for room in ("src", "checks", "bootstrap"):
        for file in {*(ROOT / room).rglob("*.*")} - {*templates}:
            if file.suffix in (".py", ".html", ".js", ".jinja"):
                assert WHOLE not in file.read_text("utf-8").lower(), file


def answers_with_a_page(server: Shown, path: str) -> bool:
    """Whether this address shows something to a person; a stream is not read."""
    connection = http.client.HTTPConnection(server.address.split("/")[2], timeout=20)
    connection.request("GET", path, headers={"Cookie": server.cookie})
    answer = connection.getresponse()
    connection.close()
    return answer.getheader("Content-Type", "").startswith("text/html") or answer.status != 200


def seen(folder: Path, pages: Sequence[Shown]) -> list[str]:
    """What is wrong with these pages, by one browser."""

    async def see() -> list[str]:
        with nobodys_machine(folder) as env:
            async with chromium(env, one_of(Family.CHROME), 200) as page:
                screen = Screen(page)
                return [
                    f"{one.name}, {said}" for one in pages for said in await faults(screen, one)
                ]

    need_axe()
    return asyncio.run(see())


async def faults(screen: Screen, shown: Shown) -> list[str]:
    """What is wrong with this page."""
    where = (shown.address, shown.cookie, shown.then)
    await screen.set()
    await screen.open(*where)
    found = [f"in the light: {said}" for said in await screen.violations()]
    found += [f"on a desk: {said}" for said in await screen.sideways(WIDE)]
    found += [f"on a desk, on each other: {said}" for said in await screen.overlaps()]
    words = await screen.says()
    found += [f"on paper, not parted: {said}" for said in await screen.torn()]
    await screen.set(PHONE, dark=True)
    found += [f"in the dark: {said}" for said in await screen.violations()]
    found += [f"on a phone: {said}" for said in await screen.sideways(PHONE)]
    found += [f"on a phone, on each other: {said}" for said in await screen.overlaps()]
    found += [f"by keyboard: {said}" for said in await screen.lost_keys()]
    await screen.set(scripts=False)
    await screen.open(*where)
    if await screen.says() != words:
        found.append("without scripts: it says something else")
    return found
