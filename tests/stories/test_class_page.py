"""The class's page in a real browser: sixty learners arriving live, and what a hostile one sends."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.pace import within
from tests.stories.screen import chromium, nobodys_machine
from tests.stories.test_browser_interface import one_of
from tests.unit.class_server.made import body, spoiled
from tests.unit.class_server.web.running import Running, running

from envcheck.environment import Environment
from envcheck_checks.browser.catalogue import Family
from envcheck_checks.browser.driver import Page
from envcheck_checks.courses.ml_for_software_engineers import COURSE
from envcheck_class import tokens
from envcheck_class.demo import learners, story
from envcheck_class.store import database, migrate

pytestmark = pytest.mark.slow
LOG_IN = """(() => {{ document.querySelector('#code').value = '{code}';
document.querySelector('#name').value = 'Ada'; document.querySelector('main form').submit(); }})()"""
HEADING = "(document.querySelector('h1') || {textContent: ''}).textContent.trim()"
HOSTILE = (
    "<script>window.caught = 1</script>",
    '"><img src=x onerror="window.caught = 1">',
    "</title></style><svg onload='window.caught = 1'>",
    "javascript:window.caught=1",
    "' autofocus onfocus='window.caught=1' x='",
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    place = database.in_folder(tmp_path / "data")
    migrate.to_newest(place)
    with running(place, roster=learners.roster()) as one:
        yield one
    place.close()


@pytest.fixture
def env(tmp_path: Path) -> Iterator[Environment]:
    with nobodys_machine(tmp_path) as made:
        yield made


@contextlib.asynccontextmanager
async def logged_in(env: Environment, server: Running) -> AsyncIterator[Page]:
    """The class's page, as the instructor has it open."""
    async with chromium(env, one_of(Family.CHROME), 90) as page:
        await page.go(f"http://127.0.0.1:{server.port}/login")
        await until(lambda: page.text_of(HEADING), "Log in to the class")
        await page.text_of(LOG_IN.format(code=server.codes.instructor))
        await until(lambda: page.text_of(HEADING), "monday:")
        yield page


async def until(ask: Callable[[], Awaitable[str]], wanted: str, seconds: float = 20) -> float:
    """Seconds until the answer begins so."""
    began, limit = time.monotonic(), within(seconds)
    while not (said := await ask()).startswith(wanted):
        assert time.monotonic() - began < limit, f"{said!r} is not {wanted!r}"
        await asyncio.sleep(0.05)
    return time.monotonic() - began


def test_sixty_learners_arrive_live(env: Environment, server: Running) -> None:
    """Nobody touches the page: it shows each of them, and the last within a moment."""
    told = story.tell(COURSE, COURSE.chapters[-1])
    ready = {one.alias: one.document["verdict"] == "ready" for one in told}
    queues = [[one for one in told if one.alias == alias] for alias in ready]

    def send(queue: list[story.Sent]) -> None:
        for one in queue:
            data = json.dumps(one.document).encode()
            assert server.send(data, Envcheck_Key=tokens.hashed(one.alias)).status in (200, 201)

    async def see() -> float:
        async with logged_in(env, server) as page:
            with ThreadPoolExecutor(4) as pool:
                await asyncio.get_running_loop().run_in_executor(
                    None, lambda: [*pool.map(send, queues)]
                )
            wanted = f"monday: {sum(ready.values())} of 60 ready"
            return await until(lambda: page.text_of(HEADING), wanted)

    assert asyncio.run(see()) < within(5)


def test_nothing_that_a_hostile_learner_sends_runs(env: Environment, server: Running) -> None:
    for number, beast in enumerate(HOSTILE):
        data = spoiled(body("fox", stuck=True), beast)
        assert data.count(json.dumps(beast).encode()) > 25  # fields of a report
        assert server.send(data, Envcheck_Key=f"{number:064x}").status == 201

    async def see() -> list[str]:
        async with logged_in(env, server) as page:
            said = []
            for path in ("", *(f"learner/{id}" for id in range(1, len(HOSTILE) + 1))):
                await page.go(f"http://127.0.0.1:{server.port}/{path}")
                await until(lambda: page.text_of("document.readyState"), "complete")
                said.append(
                    await page.text_of(
                        "String(window.caught) + ' ' + document.querySelectorAll('script').length"
                        " + ' ' + document.querySelectorAll('img, iframe, object, embed').length"
                    )
                )
            return said

    assert asyncio.run(see()) == ["undefined 1 0", *["undefined 0 0"] * len(HOSTILE)]
