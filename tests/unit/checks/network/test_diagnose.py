"""What described facts about index, proxy, certificates and localhost are diagnosed as."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from envcheck import Diagnosis, Fine, Outcome, Rename, SetEnv, Skipped, Tell, UnsetEnv, fail
from envcheck.model import Severity
from envcheck_checks.index.config_files import BrokenFile, Setting
from envcheck_checks.index.diagnose import broken_config, of_settings
from envcheck_checks.index.facts import Asked, Facts, Trouble
from envcheck_checks.index.settings import Settings
from envcheck_checks.network.diagnose import diagnose

SECRET = "hunter2"
DEFAULT = Setting("https://pypi.org/simple/")
MIRROR = Setting(f"https://ada:{SECRET}@mirror.example:8443/{SECRET}/simple", "PIP_INDEX_URL")
PROXY = Setting(f"http://ada:{SECRET}@proxy.campus:3128", "HTTPS_PROXY")
BUNDLE = Setting(__file__, "REQUESTS_CA_BUNDLE")
HIDDEN = Setting(PROXY.value, "https_proxy")


def said(outcome: Outcome) -> list[Diagnosis]:
    if isinstance(outcome, Diagnosis):
        return [outcome]
    return list(
        outcome.warnings
        if isinstance(outcome, Fine)
        else outcome
        if isinstance(outcome, tuple)
        else ()
    )


def only(facts: Facts, code: str) -> Diagnosis:
    found = said(diagnose(facts))
    assert [one.code for one in found] == [code]
    assert found[0].severity is Severity.WARNING
    assert SECRET not in repr(found[0])
    assert found[0].fixes
    return found[0]


def at(trouble: Trouble, index: Setting = DEFAULT, **more: object) -> Asked:
    return replace(Asked(index, trouble), **more)  # type: ignore[arg-type]  # the test names fields


def by_proxy(trouble: Trouble, status: int = 0) -> Facts:
    settings = Settings(proxies={"https": PROXY}, proxy_variables=(PROXY, HIDDEN))
    return Facts(settings, (at(trouble, proxy=PROXY, at_proxy=True, status=status),), direct=True)


def test_an_index_that_answers_is_named_without_its_secrets() -> None:
    outcome = diagnose(
        Facts(Settings(index=MIRROR), (at(Trouble.NONE, MIRROR, proxy=PROXY, seconds=0.21),))
    )
    assert outcome == Fine(
        "https://mirror.example:8443 answers through the proxy http://proxy.campus:3128 in 0.2 s"
    )


@pytest.mark.parametrize(
    "trouble",
    [
        Trouble.NO_NAME,
        Trouble.NO_ROUTE,
        Trouble.REFUSED,
        Trouble.SILENT,
        Trouble.NOT_IN_TIME,
        Trouble.CUT,
    ],
)
def test_the_default_index_out_of_reach_is_offline(trouble: Trouble) -> None:
    outcome = diagnose(Facts(Settings(), (at(trouble),)))
    assert outcome == Skipped(f"this machine is offline: https://pypi.org {trouble.value}")


@pytest.mark.parametrize(
    "asked",
    [
        at(Trouble.NO_NAME, MIRROR),
        at(Trouble.NO_NAME, proxy=PROXY, at_proxy=True),
        at(Trouble.NO_ROUTE, MIRROR),
    ],
)
def test_what_is_set_is_not_blamed_without_a_network(asked: Asked) -> None:
    assert isinstance(diagnose(Facts(Settings(), (asked,), online=False)), Skipped)


@pytest.mark.parametrize(
    ("trouble", "sure"),
    [
        *((Trouble.NO_NAME, True), (Trouble.UNUSABLE, True), (Trouble.REFUSED, False)),
        *((Trouble.SILENT, False), (Trouble.CUT, False), (Trouble.NOT_IN_TIME, False)),
    ],
)
def test_a_dead_mirror_in_a_variable(trouble: Trouble, sure: bool) -> None:
    """Silence may pass; so may a refusal, but for one of this machine's own."""
    found = only(
        Facts(Settings(index=MIRROR), (at(trouble, MIRROR),), direct=True), "index-unreachable"
    )
    assert found.fixes[0].steps == (UnsetEnv("PIP_INDEX_URL"),)
    assert found.fixes[0].automatic is sure
    assert bool(found.note) is not sure
    here = Setting("http://localhost:3141/simple", "PIP_INDEX_URL")
    at_home = Facts(Settings(tool="uv", index=here), (at(Trouble.REFUSED, here),), direct=True)
    assert only(at_home, "index-unreachable").fixes[0].automatic


def test_a_dead_mirror_is_not_taken_out_unasked_where_the_default_index_is_blocked() -> None:
    found = only(
        Facts(Settings(index=MIRROR), (at(Trouble.SILENT, MIRROR),), direct=False),
        "index-unreachable",
    )
    assert not found.fixes[0].automatic


@pytest.mark.parametrize("alone", [True, False])
def test_a_dead_mirror_in_a_file_moves_the_file_only_if_nothing_else_is_in_it(alone: bool) -> None:
    mirror = Setting(
        "https://gone.example/simple",
        file="/home/ada/.config/pip/pip.conf",
        key="index-url",
        alone=alone,
    )
    found = only(
        Facts(Settings(index=mirror), (at(Trouble.REFUSED, mirror),), direct=True),
        "index-unreachable",
    )
    assert isinstance(found.fixes[0].steps[0], Rename if alone else Tell)
    assert found.evidence.looked_in == "index-url in /home/ada/.config/pip/pip.conf"


@pytest.mark.parametrize("trouble", [Trouble.NO_NAME, Trouble.REFUSED, Trouble.SILENT])
def test_a_dead_proxy_is_taken_out_under_all_its_names(trouble: Trouble) -> None:
    found = only(by_proxy(trouble), "proxy-unreachable")
    assert found.fixes[0].steps == (UnsetEnv("HTTPS_PROXY"), UnsetEnv("https_proxy"))


def test_a_dead_proxy_is_one_cause_for_index_and_localhost() -> None:
    facts = by_proxy(Trouble.REFUSED)
    captured = at(Trouble.REFUSED, Setting("http://localhost"), proxy=PROXY, at_proxy=True)
    only(replace(facts, captured=captured), "proxy-unreachable")
    only(
        Facts(Settings(proxy_variables=(PROXY,)), (at(Trouble.NONE),), captured=captured),
        "proxy-unreachable",
    )


@pytest.mark.parametrize(
    ("trouble", "status", "code"),
    [
        (Trouble.TUNNEL, 407, "proxy-wants-password"),
        (Trouble.TUNNEL, 403, "proxy-refuses"),
        (Trouble.SOCKS, 0, "proxy-needs-socks"),
        (Trouble.PLAIN_PROXY, 0, "proxy-wrong-scheme"),
    ],
)
def test_a_proxy_that_answers_but_does_not_serve(trouble: Trouble, status: int, code: str) -> None:
    only(by_proxy(trouble, status), code)


def test_an_https_address_of_an_http_proxy_is_rewritten_when_no_password_is_in_it() -> None:
    proxy = Setting("https://proxy.campus:3128", "HTTPS_PROXY")
    settings = Settings(proxies={"https": proxy}, proxy_variables=(proxy,))
    found = only(
        Facts(settings, (at(Trouble.PLAIN_PROXY, proxy=proxy, at_proxy=True),)),
        "proxy-wrong-scheme",
    )
    assert found.fixes[0].steps == (SetEnv("HTTPS_PROXY", "http://proxy.campus:3128"),)
    assert isinstance(
        only(by_proxy(Trouble.PLAIN_PROXY), "proxy-wrong-scheme").fixes[0].steps[0], Tell
    )


def test_a_socks_proxy_is_no_fault_where_the_tool_speaks_it() -> None:
    outcome = diagnose(
        replace(by_proxy(Trouble.SOCKS), settings=Settings(tool="uv", speaks_socks=True))
    )
    assert isinstance(outcome, Skipped)
    assert "SOCKS" in outcome.reason


def test_localhost_through_the_proxy_keeps_what_was_left_out_before() -> None:
    captured = at(
        Trouble.STATUS, Setting("http://localhost"), proxy=PROXY, at_proxy=True, status=502
    )
    settings = Settings(no_proxy=".campus, 127.0.0.1", no_proxy_variables=("NO_PROXY",))
    found = only(
        Facts(settings, (at(Trouble.NONE),), captured=captured), "proxy-captures-localhost"
    )
    value = ".campus,127.0.0.1,localhost,::1"
    assert found.fixes[0].steps == (SetEnv("no_proxy", value), SetEnv("NO_PROXY", value))


def test_tls_inspection_and_a_wrong_bundle_are_two_causes() -> None:
    facts = Facts(
        Settings(bundle=BUNDLE, bundles=(BUNDLE,)), (at(Trouble.CERTIFICATE, detail="self-signed"),)
    )
    only(facts, "certificate-not-trusted")
    found = only(replace(facts, without_bundle=True), "certificate-file-wrong")
    assert found.fixes[0].steps == (UnsetEnv("REQUESTS_CA_BUNDLE"),)
    only(replace(facts, asked=(at(Trouble.BUNDLE),)), "certificate-file-wrong")


@pytest.mark.parametrize(
    ("code", "ahead", "clock", "words"),
    [
        (9, -400 * 86_400.0, True, "400 days behind"),
        (10, 30 * 86_400.0, True, "30 days ahead"),
        (10, 1.4 * 86_400.0, True, "clock is 1 day ahead"),
        (9, -1.2 * 86_400.0, True, "clock is 1 day behind"),
        (9, None, True, "certificate is not yet valid"),
        (10, None, False, ""),
        (10, 5.0, False, ""),
        (20, 400 * 86_400.0, False, ""),
    ],
)
def test_a_certificate_that_is_out_of_time(
    code: int, ahead: float | None, clock: bool, words: str
) -> None:
    """An empty battery, a virtual machine after its sleep: no helpdesk has a file for that."""
    detail = "certificate is not yet valid"
    asked = at(Trouble.CERTIFICATE, detail=detail, verify_code=code)
    told = only(
        Facts(Settings(), (asked,), ahead=ahead),
        "clock-wrong" if clock else "certificate-not-trusted",
    )
    assert words in told.evidence.found
    assert ("TLS inspection" in told.summary) is (code == 20)
    if code != 20:
        assert "pip config set global.cert" not in str(told.fixes)


@pytest.mark.parametrize("ahead", [5.0, None])
def test_the_clock_is_not_looked_at_again_where_it_is_right(ahead: float | None) -> None:
    asked = at(Trouble.CERTIFICATE, verify_code=10)
    told = only(Facts(Settings(), (asked,), ahead=ahead), "certificate-not-trusted")
    [fix] = told.fixes
    [step] = fix.steps
    assert isinstance(step, Tell)
    assert ("date" in step.text) is ("clock" in fix.title) is (ahead is None)
    assert "whoever runs the index that its certificate is out of time." in step.text


def test_deleted_certificate_files_are_one_cause_and_nothing_is_asked() -> None:
    gone = tuple(Setting("/gone/ca.pem", name) for name in ("PIP_CERT", "SSL_CERT_FILE"))
    found = only(Facts(Settings(bundles=(*gone, BUNDLE))), "certificate-file-missing")
    assert found.fixes[0].steps == (UnsetEnv("PIP_CERT"), UnsetEnv("SSL_CERT_FILE"))


@pytest.mark.parametrize("links", [(), ("/opt/wheels",)])
def test_no_index_is_said_plainly(links: tuple[str, ...]) -> None:
    found = only(
        Facts(Settings(no_index=Setting("1", "PIP_NO_INDEX"), find_links=links)), "pip-no-index"
    )
    assert ("/opt/wheels" in found.summary) is bool(links)


@pytest.mark.parametrize(
    ("url", "trusted", "tool", "expected"),
    [
        ("http://mirror.example/simple", (), "pip", ["index-not-secure"]),
        ("http://mirror.example/simple", ("mirror.example",), "pip", []),
        ("http://mirror.example:81/simple", ("mirror.example:81",), "pip", []),
        ("http://localhost:3141/simple", (), "pip", []),
        ("http://mirror.example/simple", (), "uv", []),
    ],
)
def test_pip_passes_over_plain_http(
    url: str, trusted: tuple[str, ...], tool: str, expected: list[str]
) -> None:
    settings = Settings(tool=tool, index=Setting(url, "PIP_INDEX_URL"), trusted=trusted)
    assert [one.code for one in of_settings(settings)] == expected


def test_a_login_page_and_an_error_are_told_apart() -> None:
    only(Facts(Settings(), (at(Trouble.WEB_PAGE),)), "index-answers-web-page")
    assert (
        len(
            only(
                Facts(Settings(index=MIRROR), (at(Trouble.WEB_PAGE, MIRROR),)),
                "index-answers-web-page",
            ).fixes
        )
        == 2
    )
    for status in (401, 403, 404, 503):
        assert (
            str(status)
            in only(
                Facts(Settings(), (at(Trouble.STATUS, status=status),)), "index-refuses"
            ).summary
        )


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (at(Trouble.GONE, Setting("file:///gone", "PIP_EXTRA_INDEX_URL")), ["index-unreachable"]),
        (at(Trouble.REFUSED, MIRROR), ["index-unreachable"]),
        (at(Trouble.STATUS, MIRROR, status=404), []),
        (at(Trouble.WEB_PAGE, MIRROR), []),
        (at(Trouble.STATUS, MIRROR, status=503), ["index-refuses"]),
    ],
)
def test_an_extra_index_counts_only_when_it_is_dead(asked: Asked, expected: list[str]) -> None:
    assert [
        one.code for one in said(diagnose(Facts(Settings(), (at(Trouble.NONE), asked))))
    ] == expected


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        (("203.0.113.9",), ["localhost-elsewhere"]),
        (("203.0.113.9", "127.0.0.1"), []),
        (("::1",), []),
        ((), []),
        (("127.0.1.1",), []),
    ],
)
def test_where_localhost_leads(addresses: tuple[str, ...], expected: list[str]) -> None:
    assert [
        one.code
        for one in said(diagnose(Facts(Settings(), (at(Trouble.NONE),), localhost=addresses)))
    ] == expected


def test_a_broken_settings_file_is_moved_aside_unless_something_valuable_is_in_it(
    tmp_path: Path,
) -> None:
    file = str(tmp_path / "pip.conf")
    moved = only(
        Facts(Settings(broken=(BrokenFile(file, "line 1", ("timeout",)),))), "pip-config-broken"
    )
    assert moved.fixes[0].steps == (Rename(file, f"{file}.envcheck-backup-1"),)
    kept = broken_config(BrokenFile(file, "line 1", ("index-url",)), fail)
    assert kept.severity is Severity.ERROR
    assert isinstance(kept.fixes[0].steps[0], Tell)
