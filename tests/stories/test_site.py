"""The pages that people read, as they are made: complete, whole without a network, and found by
words of a message in a real browser that opens them from their files.
"""

from __future__ import annotations

import asyncio
import html
import re
import runpy
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote_plus, unquote

import pytest
from tests.kept import for_this_run
from tests.stories.screen import PHONE, WIDE, Screen, chromium, need_axe, nobodys_machine
from tests.stories.test_browser_interface import one_of
from tests.unit.engine.run.test_page_search import MESSAGES

from envcheck.run import pages
from envcheck_checks.browser.catalogue import Family
from envcheck_checks.courses.ml_for_software_engineers import COURSE

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
SAID = "JSON.stringify(document.getElementById('said').textContent)"
RESULTS = """JSON.stringify([...document.querySelectorAll('#results a')]
.map((link) => link.getAttribute('href')))"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All pages; a warning would have ended it."""

    def make(folder: Path) -> None:
        ran = subprocess.run(
            [sys.executable, str(ROOT / "scripts" / "site"), str(folder)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (ran.returncode, ran.stderr) == (0, "")

    return for_this_run("site", tmp_path_factory.getbasetemp(), make)


@pytest.mark.whole
def test_every_cause_and_check_has_its_address(site: Path) -> None:
    for code in COURSE.codes:
        assert (site / "causes" / f"{code}.html").is_file()
    for check in pages.checks([COURSE]):
        assert (site / "checks" / f"{check.id}.html").is_file()


class Loaded(HTMLParser):
    """What a browser fetches without being asked, and where links of the pages' own lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.anchors |= {values[name] for name in ("id", "name") if name in values}
        if tag in ("script", "img", "iframe", "source"):
            self.fetched.append(values.get("src", ""))
        elif tag == "link" and values.get("rel") in ("stylesheet", "icon", "preload"):
            self.fetched.append(values["href"])
        elif tag == "a":
            self.links.append(values.get("href", ""))


@pytest.mark.whole
def test_every_link_of_a_document_is_a_link(site: Path) -> None:
    """Also to a file that is to be copied: whoever reads the pages may have no clone."""
    made = runpy.run_path(str(ROOT / "scripts" / "site"))
    documents, linked = [*made["documents"]()], made["LINKED"]
    places = {path: place for path, place, _ in documents} | made["MEANT"]
    for path, place, text in documents:
        after = made["relinked"](text, path, place, places, set())
        dropped = {hit[1] for hit in linked.finditer(text)} - {
            hit[1] for hit in linked.finditer(after)
        }
        assert dropped <= {"system-branches.md"}, path  # for those who change the code
    for file in ("templates/envcheck.yml", "examples/ci/Dockerfile", "examples/ci/nightly.yml"):
        page, line = (
            site / "files" / f"{file}.html",
            (ROOT / file).read_text("utf-8").splitlines()[1],
        )
        assert html.escape(line, quote=False) in page.read_text("utf-8")


@pytest.mark.whole
def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        for address in Loaded(page.read_text("utf-8")).fetched:
            assert not re.match(r"(https?:)?//", address), f"{page}: {address}"
    for sheet in site.rglob("*.css"):
        assert not re.search(r"url\(\s*[\"']?(https?:)?//", sheet.read_text("utf-8")), sheet


@pytest.mark.whole
def test_links_between_pages_lead_to_pages(site: Path) -> None:
    """And to a heading of theirs, where they name one."""
    pages = {page.resolve(): Loaded(page.read_text("utf-8")) for page in site.rglob("*.html")}
    for page, loaded in pages.items():
        for address in loaded.links:
            if re.match(r"[a-z]+:", address):
                continue
            place, _, anchor = address.partition("#")
            target = (page.parent / place.partition("?")[0]).resolve() if place else page
            assert target.is_file(), f"{page}: {address}"
            if anchor and target in pages:
                assert unquote(anchor) in pages[target].anchors, f"{page}: {address}"


def test_messages_lead_to_their_pages(site: Path, tmp_path: Path) -> None:
    """In the first three that the search shows, opened as a file; by one browser, which asks them all."""
    assert shutil.which("chromium"), "scripts/install-test-tools brings it"
    nothing = "<zyzzyva qwerty>"

    async def ask() -> dict[str, list[str]]:
        with nobodys_machine(tmp_path) as env:
            async with chromium(env, one_of(Family.CHROME), 120) as page:
                screen = Screen(page)
                words = (*(message for message, _ in MESSAGES[::3]), nothing)
                return {asked: await shown(screen, site, asked) for asked in words}

    results = asyncio.run(ask())
    for message, name in MESSAGES[::3]:
        pages = {f"causes/{name}.html", f"checks/{name}.html"}  # of a cause, or of a whole check
        assert pages & {*results[message][:3]}, message
    assert results[nothing] == []


async def shown(screen: Screen, site: Path, words: str) -> list[str]:
    """Where the results lead that the page shows for these words."""
    await screen.open(f"{(site / 'search.html').as_uri()}?q={quote_plus(words)}")
    assert await screen.read(SAID), "the search did not run"
    links: list[str] = await screen.read(RESULTS)
    return links


# One of each kind of page. All others are drawn as these are.
LOOKED_AT = (
    *("index", "learner", "starting", "authors", "keys", "report", "commands", "command-line"),
    *("contributing", "search", "causes/index", "causes/kernel-died", "checks/kernel-starts"),
)


@pytest.mark.whole
def test_everybody_can_read_them(site: Path, tmp_path: Path) -> None:
    """axe-core has nothing to say by day or in the dark, and no page scrolls sideways on a phone."""
    need_axe()

    async def look() -> list[str]:
        with nobodys_machine(tmp_path) as env:
            async with chromium(env, one_of(Family.CHROME), 300) as page:
                screen = Screen(page)
                said = [one for name in LOOKED_AT for one in await read(screen, site, name)]
                await screen.set(PHONE, dark=True)
                for file in sorted(site.rglob("*.html")):
                    await screen.open(file.as_uri())
                    width = int(await screen.read("String(document.documentElement.scrollWidth)"))
                    said += [f"{file.name}: {width} pixels wide"] if width > PHONE else []
                return said

    assert asyncio.run(look()) == []


async def read(screen: Screen, site: Path, name: str) -> list[str]:
    """What axe-core says of a page by day, on a desk, and in the dark, on a phone."""
    said = []
    for width, dark in ((WIDE, False), (PHONE, True)):
        await screen.set(width, dark=dark)
        await screen.open((site / f"{name}.html").as_uri())
        said += [f"{name}, dark {dark}: {one}" for one in await screen.violations()]
    return said
