"""Helpers in real browsers: without JavaScript, two of them at once, and ten thousand learners."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from tests.pace import within
from tests.stories.screen import Screen, chromium, nobodys_machine
from tests.stories.test_browser_interface import one_of
from tests.unit.class_server.made import arrival, body
from tests.unit.class_server.web.running import Browser, Running, running
from tests.unit.engine.classroom.class_reports import cause

from envcheck.classroom.roster import Learner, letters
from envcheck.environment import Environment
from envcheck_checks.browser.catalogue import Family
from envcheck_class.store import arrivals, database, migrate
from envcheck_class.web import board

pytestmark = pytest.mark.slow
HEADING = "(document.querySelector('h1') || {textContent: ''}).textContent.trim()"
ALL = "(document.querySelector('main') || {textContent: ''}).textContent.replace(/\\s+/g, ' ')"
MANY = 10_000


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    place = database.in_folder(tmp_path / "data")
    migrate.to_newest(place)
    roster = [Learner("Reinhard Fuchs", frozenset({"fox"}), letters("Reinhard Fuchs"))]
    with running(place, roster=roster) as one:
        yield one
    place.close()


@pytest.fixture
def env(tmp_path: Path) -> Iterator[Environment]:
    with nobodys_machine(tmp_path) as made:
        yield made


async def until(screen: Screen, script: str, wanted: str, seconds: float = 20) -> float:
    """How long it takes until the words are there."""
    began, limit = time.monotonic(), within(seconds)
    while wanted not in (said := await screen.page.text_of(script)):
        assert time.monotonic() - began < limit, f"{wanted!r} is not in {said!r}"
        await asyncio.sleep(0.02)
    return time.monotonic() - began


async def press(screen: Screen, form: str, **fields: str) -> None:
    """Fill a form in, press its button, as hands do, and wait for the page that it leads to."""
    for name, text in fields.items():
        await _click(screen, f"{form} [name={name}]")
        await screen.page.type(text)
    await screen.page.text_of("window.before = 1; ''")
    await _click(screen, f"{form} button")
    await until(screen, "String(window.before || document.readyState)", "complete")


async def _click(screen: Screen, what: str) -> None:
    box = await screen.read(
        f"""(() => {{ const one = document.querySelector({what!r}); one.scrollIntoView();
        const at = one.getBoundingClientRect();
        return JSON.stringify([at.x + at.width / 2, at.y + at.height / 2]); }})()"""
    )
    await screen.page.click(*box)


async def come_in(screen: Screen, server: Running, code: str, name: str) -> None:
    await screen.page.go(f"http://127.0.0.1:{server.port}/login")
    await until(screen, HEADING, "Log in to the class")
    await press(screen, "main form", code=code, name=name)
    await until(screen, HEADING, "monday:")


def test_without_javascript_nothing_is_missing(env: Environment, server: Running) -> None:
    """Log in, find somebody, help them, say what solved it, send a hint, see it by loading again."""
    server.send(body("fox", stuck=True))
    root = f"http://127.0.0.1:{server.port}"

    async def see() -> None:
        async with chromium(env, one_of(Family.CHROME), 120) as page:
            screen = Screen(page)
            await screen.set(scripts=False)
            await come_in(screen, server, server.codes.instructor, "Ada")
            await page.go(f"{root}/?find=reinhard")
            await until(screen, ALL, "Called so (1)")
            await press(screen, "#board form[action$=claim]")
            await until(screen, ALL, "Ada is with them")
            await press(screen, "form[action$=solve]", how="another kernel")
            await until(screen, ALL, "another kernel (Ada)")
            await page.go(f"{root}/")
            await until(screen, ALL, "Needs help now")
            await _click(screen, "#message-1 summary")
            await press(screen, "#message-1 form", text="Row 3")
            await until(screen, HEADING, "monday:")
            server.send(body("owl"), Envcheck_Key="01" * 32)
            # The page loads itself again every twenty seconds; nobody waits for that here.
            await until(screen, "document.head.innerHTML", 'http-equiv="refresh"')
            await page.go(f"{root}/")
            await until(screen, HEADING, "1 of 2 ready")

    asyncio.run(see())
    time.sleep(1.1)  # what a server process read of a class is good for a second
    again = server.send(body("fox", stuck=True, seconds=9))
    assert [hint["text"] for hint in again.json["hints"]] == ["Row 3"]


def test_two_browsers_claim_at_once(env: Environment, server: Running) -> None:
    """Both press at the same moment, three times: one is with the learner, the other is told."""
    server.send(body("fox", stuck=True))
    root = f"http://127.0.0.1:{server.port}"

    async def look(screen: Screen) -> None:
        await screen.page.go(f"{root}/learner/1")
        await until(screen, ALL, "I help")

    async def claim(screen: Screen) -> str:
        await _click(screen, "form[action$=claim] button")
        await until(screen, ALL, "with them")
        return await screen.page.text_of(ALL)

    async def see() -> list[list[str]]:
        chrome = one_of(Family.CHROME)
        async with chromium(env, chrome, 150) as first, chromium(env, chrome, 150) as second:
            both = [Screen(first), Screen(second)]
            for screen, name in zip(both, ("Ada", "Bob"), strict=True):
                await come_in(screen, server, server.codes.helper, name)
            rounds = []
            for _ in range(3):
                await asyncio.gather(*map(look, both))  # both, before one of them has claimed
                rounds.append(await asyncio.gather(*map(claim, both)))
                helper = Browser(server)
                helper.log_in(server.codes.helper)
                helper.submit("/learner/1/release")
            return rounds

    for said in asyncio.run(see()):
        told = [words for words in said if "Somebody else is with them already" in words]
        assert len(told) == 1, said
        assert any(f"{name} is with them." in one for one in said for name in ("Ada", "Bob"))


def test_ten_thousand_learners(env: Environment, server: Running) -> None:
    """The page is there, shows who comes, and finds one of them."""
    first = time.time() - MANY
    sent = [
        arrival(f"learner{number:05}", str(number), first + number, stuck=number % 4 == 0)
        for number in range(MANY)
    ]
    for start in range(0, MANY, 500):
        with server.database.writing() as connection:
            arrivals.keep(connection, sent[start : start + 500])

    async def see() -> tuple[float, float]:
        async with chromium(env, one_of(Family.CHROME), 150) as page:
            screen = Screen(page)
            await come_in(screen, server, server.codes.instructor, "Ada")
            began = time.monotonic()
            await page.go(f"http://127.0.0.1:{server.port}/")
            await until(screen, HEADING, f"7500 of {MANY + 1} ready")
            opened = time.monotonic() - began
            server.send(body("fox", stuck=True, diagnoses=[cause("disk-low")]))
            shown = await until(screen, ALL, "disk-low")
            await press_find(screen, "learner09999")
            await until(screen, ALL, "Called so (1)")
            return opened, shown

    opened, shown = asyncio.run(see())
    assert max(opened, shown) < within(15), (opened, shown)  # the benchmark has the numbers


async def press_find(screen: Screen, words: str) -> None:
    await _click(screen, "#find")
    await screen.page.type(words)
    key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}
    await screen.tell("Input.dispatchKeyEvent", type="keyDown", **key)
    await screen.tell("Input.dispatchKeyEvent", type="keyUp", **key)


def test_where_events_are_blocked_the_page_asks(
    env: Environment, server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a school's proxy does that holds them back: the page asks every five seconds, and shows
    what arrived.
    """

    async def nothing_comes(*_: object) -> AsyncIterator[str]:
        yield ""
        await asyncio.sleep(60)

    monkeypatch.setattr(board, "_events", nothing_comes)

    async def see() -> None:
        async with chromium(env, one_of(Family.CHROME), 60) as page:
            screen = Screen(page)
            await come_in(screen, server, server.codes.instructor, "Ada")
            server.send(body("owl"), Envcheck_Key="01" * 32)
            assert await until(screen, HEADING, "monday: 1 of 2 ready") < within(15)

    asyncio.run(see())
