"""What described answers of a link, and what is around it, are taken for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from envcheck import Check, Diagnosis, Environment, Fine, Outcome, Skipped, UnsetEnv, ok
from envcheck.model import Severity
from envcheck.testing import described, passes, warns
from envcheck_checks.browser.catalogue import Browser, Family
from envcheck_checks.browser.discovery import browsers
from envcheck_checks.browser.display import Machine, this_machine
from envcheck_checks.index.config_files import Setting
from envcheck_checks.index.facts import NOT_SET, TRANSPORT, Asked, Trouble
from envcheck_checks.index.settings import Settings
from envcheck_checks.reading.check import Reading, Video, reading, readings
from envcheck_checks.reading.diagnose import diagnose, needs_a_look_around
from envcheck_checks.reading.facts import Answer, Around, Canary, Move, Name
from envcheck_checks.reading.link_request import at

LINK = "https://martinfowler.com/articles/data-monolith-to-mesh.html"
PLAIN = "http://hdrobotic.com/videos"
PUBLIC = ("151.101.1.5",)
SECRET = "hunter2"
PROXY = Setting(f"http://ada:{SECRET}@proxy.campus:3128", "HTTPS_PROXY")
HIDDEN = Setting(PROXY.value, "https_proxy")
DIRECT = Settings()
THROUGH = Settings(proxies={"https": PROXY}, proxy_variables=(PROXY, HIDDEN))
FIREFOX = Browser("Firefox", ("/usr/bin/firefox",), Family.FIREFOX)


def answer(
    trouble: Trouble = Trouble.NONE,
    link: str = LINK,
    *,
    status: int = 0,
    code: int = 0,
    proxy: Setting = NOT_SET,
    **more: object,
) -> Answer:
    asked = Asked(
        Setting(link),
        trouble,
        proxy,
        bool(proxy.value) and trouble is not Trouble.NONE,
        status,
        verify_code=code,
    )
    names = Name.UNKNOWN if trouble is Trouble.NO_NAME and not proxy.value else Name.FOUND
    whole = Answer(link, asked, names, () if proxy.value or names is not Name.FOUND else PUBLIC)
    return replace(whole, **more)  # type: ignore[arg-type]  # the test names fields


GOOD = answer(link="https://abdullin.com/dive-into-fpga/")
EXAMPLE = Canary(answer(link="http://example.com/", status=200), genuine=True)
NO_EXAMPLE = Canary(answer(Trouble.NO_NAME, "http://example.com/"))
OPEN = Around((GOOD,))


def warned(outcome: Outcome, code: str) -> Diagnosis:
    assert isinstance(outcome, Diagnosis), outcome
    assert (outcome.code, outcome.severity) == (code, Severity.WARNING)
    assert outcome.fixes
    assert SECRET not in repr(outcome.evidence)
    return outcome


def reason(outcome: Outcome) -> str:
    assert isinstance(outcome, Skipped), outcome
    return outcome.reason


def test_a_secure_answer_needs_no_look_around() -> None:
    assert not needs_a_look_around(answer())
    assert not needs_a_look_around(answer(Trouble.STATUS, status=404))
    assert needs_a_look_around(answer(link=PLAIN)), "anybody can answer for a plain page"
    assert needs_a_look_around(answer(Trouble.SILENT))


def test_reachable() -> None:
    assert diagnose(answer(), Around(), DIRECT) == Fine("martinfowler.com answers in 0.0 s")
    through = diagnose(answer(proxy=PROXY), Around(), THROUGH)
    assert through == Fine("martinfowler.com answers through the proxy in 0.0 s")
    assert isinstance(diagnose(answer(link=PLAIN), OPEN, DIRECT), Fine)


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("https://www.martinfowler.com/articles/data-monolith-to-mesh.html/", ""),
        ("https://new.example/mesh?visitor=7", "moved to https://new.example/mesh'"),
        ("https://new.example/", "dead"),
    ],
)
def test_moved_for_good(to: str, said: str) -> None:
    """The same page elsewhere is readable; a front page is not the page."""
    outcome = diagnose(answer(moves=(Move(to, True),)), Around(), DIRECT)
    assert isinstance(outcome, Skipped if said == "dead" else Fine)
    assert said in repr(outcome)
    assert ("moved" in repr(outcome)) == ("moved" in said)


def test_sent_on_for_the_moment_is_no_move() -> None:
    outcome = diagnose(
        answer(moves=(Move("https://consent.youtube.com/m?continue=x", False),)), Around(), DIRECT
    )
    assert outcome == ok("martinfowler.com answers in 0.0 s")


@pytest.mark.parametrize("status", [404, 410, 500, 502, 504, 400, 451])
def test_an_error_of_the_site_is_never_the_learners(status: int) -> None:
    said = reason(diagnose(answer(Trouble.STATUS, status=status), Around(), DIRECT))
    assert ("the course's link is dead" in said) == (status in (404, 410))
    assert f"HTTP {status}" in said


@pytest.mark.parametrize("status", [401, 403, 429, 503])
def test_sites_that_show_nothing_to_programs_are_reached(status: int) -> None:
    assert f"HTTP {status}" in repr(
        diagnose(answer(Trouble.STATUS, status=status), Around(), DIRECT)
    )
    assert isinstance(diagnose(answer(Trouble.STATUS, status=status), Around(), DIRECT), Fine)


@pytest.mark.parametrize("trouble", sorted(TRANSPORT))
def test_offline(trouble: Trouble) -> None:
    """Whatever fails, when nothing else is reached either."""
    one = answer(trouble)
    said = reason(
        diagnose(
            one,
            Around((answer(trouble, PLAIN),), Canary(answer(trouble, "http://example.com/"))),
            DIRECT,
        )
    )
    assert said == f"this machine is offline: martinfowler.com {trouble.value}"


@pytest.mark.parametrize("trouble", sorted(TRANSPORT))
def test_one_site_alone_in_trouble_is_told_from_offline(trouble: Trouble) -> None:
    """The link is dead or kept away: both look the same, both are said, and it counts
    for nothing.
    """
    said = reason(diagnose(answer(trouble), OPEN, DIRECT))
    assert "offline" not in said
    assert "the course's link is dead, or this network keeps it away" in said


@pytest.mark.parametrize("addresses", [("0.0.0.0",), ("127.0.0.1", "::1"), ("::",)])
def test_a_name_that_leads_back_here(addresses: tuple[str, ...]) -> None:
    """Whatever answers on this machine is not the site."""
    for trouble in (Trouble.NONE, Trouble.REFUSED):
        for link in (LINK, PLAIN):
            found = warned(
                diagnose(answer(trouble, link, addresses=addresses), OPEN, DIRECT), "name-blocked"
            )
            assert addresses[0] in found.evidence.found


def test_a_name_that_leads_into_this_network() -> None:
    """Not the site, unless a certificate says that it is."""
    inside = ("192.168.1.1",)
    assert isinstance(diagnose(answer(addresses=inside), OPEN, DIRECT), Fine)
    warned(diagnose(answer(link=PLAIN, addresses=inside), OPEN, DIRECT), "name-blocked")
    warned(
        diagnose(answer(Trouble.CERTIFICATE, code=62, addresses=inside), OPEN, DIRECT),
        "name-blocked",
    )
    assert isinstance(
        diagnose(answer(link="http://localhost/x", addresses=("127.0.0.1",)), OPEN, DIRECT), Fine
    )


def test_names_that_are_held_back_are_one_cause() -> None:
    one, two = (answer(Trouble.NO_NAME, link, name=Name.FAILED) for link in (LINK, PLAIN))
    first = warned(diagnose(one, Around((two, GOOD)), DIRECT), "name-blocked")
    second = warned(diagnose(two, Around((one, GOOD)), DIRECT), "name-blocked")
    assert first.evidence == second.evidence
    assert "hdrobotic.com and martinfowler.com" in first.evidence.found
    assert first.note


PORTAL = Canary(
    answer(
        link="http://example.com/", status=302, moves=(Move("http://portal.campus/login", False),)
    )
)


@pytest.mark.parametrize(
    "one",
    [
        answer(link=PLAIN),
        answer(link=PLAIN, moves=(Move("http://portal.campus/", False),)),
        answer(Trouble.CUT),
        answer(Trouble.CERTIFICATE, code=20),
    ],
)
def test_a_login_page_in_place_of_everything(one: Answer) -> None:
    found = warned(
        diagnose(one, Around((answer(Trouble.SILENT),), PORTAL), DIRECT), "login-page-first"
    )
    assert found.evidence.found == "http://example.com leads to portal.campus"


def test_a_page_of_errors_in_place_of_the_canary_is_no_login_page() -> None:
    filtered = Canary(answer(Trouble.STATUS, "http://example.com/", status=403))
    assert not filtered.captured
    warned(
        diagnose(answer(Trouble.STATUS, PLAIN, status=511), Around((), filtered), DIRECT),
        "login-page-first",
    )


@pytest.mark.parametrize(
    ("status", "code"),
    [(403, "proxy-refuses-site"), (503, "proxy-refuses-site"), (407, "proxy-wants-password")],
)
def test_a_proxy_that_does_not_let_it_through(status: int, code: str) -> None:
    one, two = (
        answer(Trouble.TUNNEL, link, status=status, proxy=PROXY) for link in (LINK, GOOD.link)
    )
    first, second = (
        warned(diagnose(a, Around((b,)), THROUGH), code) for a, b in ((one, two), (two, one))
    )
    assert first.evidence == second.evidence


def test_a_proxy_that_refuses_is_taken_out_by_the_learner_alone() -> None:
    """A network's rule is not gone round unasked."""
    one = answer(Trouble.TUNNEL, status=403, proxy=PROXY)
    found = warned(diagnose(one, Around(direct=True), THROUGH), "proxy-refuses-site")
    assert not any(fix.automatic for fix in found.fixes)
    assert UnsetEnv("https_proxy") in found.fixes[1].steps


@pytest.mark.parametrize("trouble", [Trouble.NO_NAME, Trouble.REFUSED, Trouble.SILENT, Trouble.CUT])
def test_a_dead_proxy_is_the_cause_that_the_network_check_names(trouble: Trouble) -> None:
    found = warned(
        diagnose(answer(trouble, proxy=PROXY), Around(direct=True), THROUGH), "proxy-unreachable"
    )
    assert found.fixes[0].automatic is (trouble is Trouble.NO_NAME)
    warned(
        diagnose(answer(Trouble.PLAIN_PROXY, proxy=PROXY), Around(), THROUGH), "proxy-wrong-scheme"
    )


@pytest.mark.parametrize("trouble", [Trouble.NO_ROUTE, Trouble.NO_NAME])
def test_a_proxy_is_not_blamed_without_a_network(trouble: Trouble) -> None:
    assert "offline" in reason(
        diagnose(answer(trouble, proxy=PROXY), Around((), NO_EXAMPLE), THROUGH)
    )


def test_what_a_proxy_could_not_reach_and_what_we_do_not_speak() -> None:
    assert "gets no answer" in reason(
        diagnose(answer(Trouble.TUNNEL, status=502, proxy=PROXY), OPEN, THROUGH)
    )
    assert "SOCKS" in reason(diagnose(answer(Trouble.SOCKS, proxy=PROXY), Around(), THROUGH))


@pytest.mark.parametrize("code", [19, 20])
def test_inspection(code: int) -> None:
    """An unknown CA stands between, for one site or for all."""
    one, two = (answer(Trouble.CERTIFICATE, link, code=code) for link in (LINK, GOOD.link))
    first, second = (
        warned(diagnose(a, Around((b,), EXAMPLE), DIRECT), "site-certificate-not-trusted")
        for a, b in ((one, two), (two, one))
    )
    assert first.evidence == second.evidence
    warned(diagnose(one, OPEN, DIRECT), "site-certificate-not-trusted")


@pytest.mark.parametrize("code", [10, 18, 62])
def test_a_certificate_that_only_this_site_gets_wrong(code: int) -> None:
    assert "course's link" in reason(diagnose(answer(Trouble.CERTIFICATE, code=code), OPEN, DIRECT))


def test_the_clock() -> None:
    """Wrong by the dates of other answers; or since no certificate is made before its day; never
    when the dates agree.
    """
    early, late = answer(Trouble.CERTIFICATE, code=9), answer(Trouble.CERTIFICATE, code=10)
    on_time = Around((answer(link=PLAIN, ahead=2.0),), EXAMPLE)
    behind = Around((answer(link=PLAIN, ahead=-400 * 86_400.0),), EXAMPLE)
    assert (
        warned(diagnose(late, behind, DIRECT), "clock-wrong").evidence.found
        == "this computer's clock is 400 days behind"
    )
    warned(diagnose(early, Around((), EXAMPLE), DIRECT), "clock-wrong")
    warned(diagnose(late, Around((replace(late, link=GOOD.link),), EXAMPLE), DIRECT), "clock-wrong")
    assert isinstance(diagnose(late, on_time, DIRECT), Skipped)
    assert isinstance(diagnose(late, Around((), EXAMPLE), DIRECT), Skipped)


def test_youtube_is_asked_about_the_video() -> None:
    """Its page for a video that is gone looks like any other to a program."""
    assert at("https://www.youtube.com/watch?v=x") == (
        "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Dx"
    )
    assert at("https://www.youtube.com/@somebody") == "https://www.youtube.com/@somebody"


def shelf(env: Environment, link: str, said: Answer) -> Environment:
    """The same environment, in which the link has been asked already."""
    env.preload(f"envcheck_checks.reading.check: {link}", said)
    return env


def watching(tmp_path: Path, *found: Browser, **variables: str) -> tuple[Check, Environment]:
    one = Machine("linux", {"PATH": str(tmp_path), **variables}, tmp_path, tmp_path)
    link = "https://www.youtube.com/watch?v=x"
    env = described(facts={this_machine: one, browsers: found})
    return reading(Video("talk", "Talk", link)), shelf(env, link, answer(link=link))


def test_a_video_needs_a_browser(tmp_path: Path) -> None:
    assert (
        passes(*watching(tmp_path, FIREFOX, DISPLAY=":0")).summary
        == "www.youtube.com answers in 0.0 s, and Firefox can be opened"
    )
    assert "no display" in passes(*watching(tmp_path, FIREFOX)).summary
    found = warns(*watching(tmp_path, DISPLAY=":0"), "browser-missing")
    assert "video" in found.summary


def test_a_page_to_read_needs_none(tmp_path: Path) -> None:
    env = described(
        facts={this_machine: Machine("linux", {"DISPLAY": ":0"}, tmp_path, tmp_path), browsers: ()}
    )
    passes(reading(Reading("text", "Text", LINK)), shelf(env, LINK, answer()))


def test_checks_of_a_chapter() -> None:
    """They use the network, need nothing, and a bonus is not required."""
    main, bonus = readings(Reading("a", "A", LINK), Reading("b", "B", PLAIN, required=False))
    assert (main.required, bonus.required) == (True, False)
    assert main.traits == {"network"}
    assert not main.needs
    assert "martinfowler.com" in main.proves


def test_one_cause_for_everybody_who_misses_a_browser(tmp_path: Path) -> None:
    """The browser check and a video give the same code and the same finding: it is shown once."""
    from envcheck_checks.browser.installed import missing

    assert (
        warns(*watching(tmp_path, DISPLAY=":0"), "browser-missing").evidence == missing().evidence
    )
