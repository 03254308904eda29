"""The pages that people read, as they are made: complete, whole without a network, and found by
words of a message in a real browser that opens them from their files.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from tests.conftest import Envcheck
from tests.unit.engine.run.test_page_search import MESSAGES

from envcheck.run import pages
from envcheck_checks.courses.ml_for_software_engineers import COURSE

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
LEARNER = ROOT / "docs" / "site" / "learner.md"
# Lines of the learner's page that are not run here, with the reason.
NOT_RUN = {
    "envcheck chapter2": "the whole chapter: tests/stories/test_healthy.py",
    "python3 run-envcheck.py chapter2": "tests/bootstrap/test_run_envcheck.py",
    "py -3 run-envcheck.py chapter2": "only Windows has `py`",
    "envcheck chapter2 --fix": "every story of a broken machine does it",
    "envcheck chapter2 --format html --output report.html": "tests/unit/engine/reports/test_html.py",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All pages; a warning would have ended it."""
    folder = tmp_path_factory.mktemp("site")
    ran = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "site"), str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return folder


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
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in ("script", "img", "iframe", "source"):
            self.fetched.append(values.get("src", ""))
        elif tag == "link" and values.get("rel") in ("stylesheet", "icon", "preload"):
            self.fetched.append(values["href"])
        elif tag == "a":
            self.links.append(values.get("href", ""))


@pytest.mark.whole
def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        for address in Loaded(page.read_text("utf-8")).fetched:
            assert not re.match(r"(https?:)?//", address), f"{page}: {address}"
    for sheet in site.rglob("*.css"):
        assert not re.search(r"url\(\s*[\"']?(https?:)?//", sheet.read_text("utf-8")), sheet


@pytest.mark.whole
def test_links_between_pages_lead_to_pages(site: Path) -> None:
    for page in site.rglob("*.html"):
        for address in Loaded(page.read_text("utf-8")).links:
            place = address.partition("#")[0].partition("?")[0]
            if place and not re.match(r"[a-z]+:", place):
                assert (page.parent / place).resolve().is_file(), f"{page}: {address}"


def test_messages_lead_to_their_pages(site: Path, tmp_path: Path) -> None:
    """In the first three that the search shows, opened as a file."""
    for message, name in MESSAGES[::3]:
        assert f"causes/{name}.html" in shown(site, tmp_path, message)[:3], message
    assert shown(site, tmp_path, "<zyzzyva qwerty>") == []


def shown(site: Path, scratch: Path, words: str) -> list[str]:
    """Where the results lead that Chromium shows for these words."""
    browser = shutil.which("chromium")
    assert browser, "scripts/install-test-tools brings it"
    address = f"{(site / 'search.html').as_uri()}?q={quote_plus(words)}"
    ran = subprocess.run(
        [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={scratch / 'profile'}",
            "--virtual-time-budget=10000",
            "--dump-dom",
            address,
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert 'id="said" role="status"></p>' not in ran.stdout, "the search did not run"
    _, _, results = ran.stdout.partition('<ol id="results">')
    return Loaded(results.partition("</ol>")[0]).links


def typed() -> Iterator[str]:
    for block in re.findall(r"^```\n(.+?)^```", LEARNER.read_text("utf-8"), re.M | re.S):
        yield from block.splitlines()


def test_lines_of_the_learners_page(envcheck: Envcheck) -> None:
    """Each can be typed; those that are not run here stand in a list, with the reason."""
    lines = [*typed()]
    assert {*NOT_RUN} <= {*lines}
    for line in lines:
        if line not in NOT_RUN:
            words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', line)]
            ran = envcheck(*words[1:], timeout=60)
            assert ran.code == 0 and ran.stdout, line
