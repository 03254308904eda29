"""What keeps a page of the course away: each cause, and beside it what only looks like it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from envcheck import Severity, UnsetEnv
from envcheck_checks.index.config_files import Setting
from envcheck_checks.index.facts import NOT_SET, Asked, Trouble
from envcheck_checks.index.settings import Settings
from envcheck_checks.reading import blocked
from envcheck_checks.reading.facts import Answer, Around, Canary, Move, Name

DAY = 86_400.0
PROXY = Setting("http://proxy.campus:3128", "HTTPS_PROXY")
SAME = Setting(PROXY.value, "https_proxy")
THROUGH = Settings(proxies={"https": PROXY}, proxy_variables=(PROXY, SAME))


def answer(
    trouble: Trouble = Trouble.NONE,
    host: str = "site.example",
    *,
    scheme: str = "https",
    proxy: Setting = NOT_SET,
    status: int = 0,
    code: int = 0,
    **more: Any,
) -> Answer:
    link = f"{scheme}://{host}/page"
    asked = Asked(Setting(link), trouble, proxy, bool(proxy.value), status, verify_code=code)
    return replace(Answer(link, asked, addresses=("151.101.1.5",)), **more)


FINE = answer(host="fine.example")


@pytest.mark.parametrize(
    ("canary", "found"),
    [
        (None, "HTTP 511, network authentication required, from site.example"),
        (
            Canary(answer(status=200), genuine=True),
            "HTTP 511, network authentication required, from site.example",
        ),
        (Canary(answer(status=200)), "another page comes in place of http://example.com"),
        (
            Canary(answer(status=302, moves=(Move("http://portal.campus/in", False),))),
            "http://example.com leads to portal.campus",
        ),
    ],
)
def test_a_login_page(canary: Canary | None, found: str) -> None:
    """By the page that is always the same where that was replaced, else by the number that
    says it.
    """
    diagnosis = blocked.by_login_page(answer(status=511), Around(canary=canary))
    assert (diagnosis.code, diagnosis.severity) == ("login-page-first", Severity.WARNING)
    assert diagnosis.evidence.found == found


@pytest.mark.parametrize(
    ("one", "astray"),
    [
        (answer(addresses=("127.0.0.1",)), True),
        (answer(addresses=("0.0.0.0",)), True),
        (answer(addresses=("127.0.0.1", "151.101.1.5")), False),
        (answer(addresses=()), False),
        (answer(addresses=("192.168.1.1",)), False),
        (answer(Trouble.REFUSED, addresses=("192.168.1.1",)), True),
        (answer(scheme="http", addresses=("10.0.0.1",)), True),
        (answer(host="localhost", addresses=("127.0.0.1",)), False),
    ],
)
def test_a_name_that_leads_astray(one: Answer, astray: bool) -> None:
    """Into this network it may, where a certificate says that the site is there."""
    assert blocked.is_astray(one) is astray
    diagnosis = blocked.by_name(one, Around((FINE,)))
    assert (diagnosis is not None) is astray
    if diagnosis is not None:
        assert diagnosis.code == "name-blocked"
        assert diagnosis.evidence.found == f"site.example leads to {one.addresses[0]}"


@pytest.mark.parametrize(
    ("others", "held_back"),
    [
        ((FINE,), True),
        ((), False),
        ((replace(FINE, name=Name.FAILED),), False),
        ((replace(FINE, asked=replace(FINE.asked, proxy=PROXY)),), False),
    ],
)
def test_a_name_server_that_does_not_say(others: tuple[Answer, ...], held_back: bool) -> None:
    """It is held back only where the same server answers for another name; else this machine is
    offline.
    """
    one = answer(Trouble.NO_NAME, name=Name.FAILED, addresses=())
    diagnosis = blocked.by_name(one, Around(others))
    assert (diagnosis is not None) is held_back
    assert diagnosis is None or "another network shows which" in diagnosis.note


def test_a_name_that_there_is_not() -> None:
    """The course's link is dead, and nobody holds anything back."""
    one = answer(Trouble.NO_NAME, name=Name.UNKNOWN, addresses=())
    assert blocked.by_name(one, Around((FINE,))) is None


@pytest.mark.parametrize(
    ("trouble", "status", "code"),
    [
        (Trouble.PLAIN_PROXY, 0, "proxy-wrong-scheme"),
        (Trouble.REFUSED, 0, "proxy-unreachable"),
        (Trouble.TUNNEL, 407, "proxy-wants-password"),
        (Trouble.TUNNEL, 403, "proxy-refuses-site"),
        (Trouble.TUNNEL, 502, ""),
        (Trouble.TUNNEL, 504, ""),
    ],
)
def test_at_the_proxy(trouble: Trouble, status: int, code: str) -> None:
    """What it tried and could not reach is the site's trouble, not the proxy's."""
    one = answer(trouble, status=status, proxy=PROXY)
    diagnosis = blocked.by_proxy(one, Around(), THROUGH)
    assert (diagnosis.code if diagnosis else "") == code


@pytest.mark.parametrize("direct", [True, False])
def test_doing_without_the_proxy_is_offered_where_that_works(direct: bool) -> None:
    """And is a person's decision: it is the network's rule."""
    one = answer(Trouble.TUNNEL, status=403, proxy=PROXY)
    two = answer(Trouble.TUNNEL, "two.example", status=403, proxy=PROXY)
    fine = answer(Trouble.TUNNEL, "late.example", status=504, proxy=PROXY)
    diagnosis = blocked.by_proxy(one, Around((two, fine), direct=direct), THROUGH)
    assert diagnosis is not None
    assert diagnosis.evidence.found == (
        "http://proxy.campus:3128: HTTP 403 for site.example and two.example"
    )
    assert len(diagnosis.fixes) == 1 + direct
    assert not any(fix.automatic for fix in diagnosis.fixes)
    if direct:
        assert diagnosis.fixes[1].steps == (UnsetEnv("HTTPS_PROXY"), UnsetEnv("https_proxy"))


def certificate(code: int, host: str = "site.example", **more: Any) -> Answer:
    return answer(Trouble.CERTIFICATE, host, code=code, **more)


@pytest.mark.parametrize(
    ("code", "others", "named"),
    [
        (20, (FINE,), True),
        (19, (), True),
        (2, (FINE,), True),
        (62, (FINE,), False),
        (18, (FINE,), False),
        (62, (), True),
        (62, (replace(FINE, link="http://fine.example"),), True),
    ],
)
def test_an_inspected_connection(code: int, others: tuple[Answer, ...], named: bool) -> None:
    """An issuer that is not known here; or any other fault where no secure site is seen
    in order.
    """
    diagnosis = blocked.by_certificate(certificate(code), Around(others))
    assert (diagnosis is not None) is named
    assert diagnosis is None or diagnosis.code == "site-certificate-not-trusted"


@pytest.mark.parametrize(
    ("code", "ahead", "others", "found"),
    [
        (10, 400 * DAY, (), "this computer's clock is 400 days ahead"),
        (9, -3 * DAY, (), "this computer's clock is 3 days behind"),
        (10, 60.0, (), None),
        (10, None, (), None),
        (9, None, (), ""),
        (10, None, (certificate(10, "two.example"),), ""),
        (10, None, (certificate(20, "two.example"),), None),
        (10, None, (replace(FINE, ahead=-2 * DAY),), "this computer's clock is 2 days behind"),
        (9, None, (replace(FINE, ahead=5.0),), None),
    ],
)
def test_the_clock(
    code: int, ahead: float | None, others: tuple[Answer, ...], found: str | None
) -> None:
    """By the dates of answers; without one, by certificates that are all out of time, or not valid
    yet.
    """
    one = certificate(code, ahead=ahead)
    one = replace(one, asked=replace(one.asked, detail="certificate has expired"))
    diagnosis = blocked.by_certificate(one, Around(others))
    if found is None:
        assert diagnosis is None
        return
    assert diagnosis is not None
    assert (diagnosis.code, diagnosis.evidence.found) == (
        "clock-wrong",
        found or "certificate has expired",
    )
