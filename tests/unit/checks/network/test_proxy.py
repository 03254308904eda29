"""Proxies that are not there, refuse, want a password, or swallow what is meant for
this machine.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from envcheck import Confidence, SetEnv, Severity, Tell, UnsetEnv
from envcheck_checks.index.config_files import Setting
from envcheck_checks.index.facts import Asked, Facts, Trouble
from envcheck_checks.index.settings import Settings
from envcheck_checks.network import proxy

PROXY = Setting("http://proxy.campus:3128", "HTTPS_PROXY")
SAME = Setting(PROXY.value, "https_proxy")
OTHER = Setting("http://elsewhere:8080", "http_proxy")
DEFAULT = Setting("https://pypi.org/simple/")


def facts(*variables: Setting, direct: bool = False, **settings: Any) -> Facts:
    return Facts(Settings(proxy_variables=variables, **settings), direct=direct)


def asked(trouble: Trouble, setting: Setting = PROXY, **more: Any) -> Asked:
    return replace(Asked(DEFAULT, trouble, setting, at_proxy=True), **more)


@pytest.mark.parametrize("direct", [True, False])
def test_a_dead_proxy_is_taken_out_where_the_way_is_free(direct: bool) -> None:
    """All variables that name it, and no other. Where nothing is reached without it, a note says
    so.
    """
    found = proxy.unreachable(asked(Trouble.NO_NAME), facts(PROXY, SAME, OTHER, direct=direct))
    assert (found.code, found.severity) == ("proxy-unreachable", Severity.WARNING)
    assert found.evidence.found == "http://proxy.campus:3128 is not found by name"
    assert found.fixes[0].steps == (UnsetEnv("HTTPS_PROXY"), UnsetEnv("https_proxy"))
    assert found.fixes[0].automatic is direct
    assert bool(found.note) is not direct


@pytest.mark.parametrize("trouble", [Trouble.SILENT, Trouble.CUT, Trouble.NOT_IN_TIME])
def test_one_that_may_be_slow_is_not_taken_out_unasked(trouble: Trouble) -> None:
    """It is shown what to do without it, and that it may pass."""
    slow = proxy.unreachable(asked(trouble), facts(PROXY, direct=True))
    assert slow.fixes[0].confidence is Confidence.LIKELY
    assert slow.note == proxy.MAY_PASS
    overloaded = proxy.refuses(asked(Trouble.TUNNEL, status=503), facts(PROXY, direct=True))
    forbidden = proxy.refuses(asked(Trouble.TUNNEL, status=403), facts(PROXY, direct=True))
    assert not overloaded.fixes[0].automatic
    assert forbidden.fixes[0].automatic


@pytest.mark.parametrize(
    ("status", "detail", "code", "found"),
    [
        (
            407,
            "",
            "proxy-wants-password",
            "http://proxy.campus:3128: HTTP 407, proxy authentication required",
        ),
        (403, "", "proxy-refuses", "http://proxy.campus:3128: HTTP 403 for https://pypi.org"),
        (
            0,
            "it hung up",
            "proxy-refuses",
            "http://proxy.campus:3128: it hung up for https://pypi.org",
        ),
    ],
)
def test_a_proxy_that_refuses(status: int, detail: str, code: str, found: str) -> None:
    """One that asks for a password is another cause than one that has a rule against it."""
    diagnosis = proxy.refuses(asked(Trouble.TUNNEL, status=status, detail=detail), facts(PROXY))
    assert (diagnosis.code, diagnosis.evidence.found) == (code, found)
    assert not diagnosis.fixes[0].automatic


def test_the_wrong_scheme_is_corrected_in_every_variable() -> None:
    """The address stays the same, but for its beginning."""
    wrong = Setting("https://proxy.campus:3128", "HTTPS_PROXY")
    again = replace(wrong, variable="https_proxy")
    found = proxy.wrong_scheme(asked(Trouble.PLAIN_PROXY, wrong), facts(wrong, again, OTHER))
    assert (found.code, found.evidence.wanted) == ("proxy-wrong-scheme", "http://proxy.campus:3128")
    assert found.fixes[0].steps == (
        SetEnv("HTTPS_PROXY", "http://proxy.campus:3128"),
        SetEnv("https_proxy", "http://proxy.campus:3128"),
    )


@pytest.mark.parametrize(
    ("setting", "known"),
    [
        (Setting("https://ada:hush@proxy:3128", "HTTPS_PROXY"), True),
        (Setting("https://proxy:3128", file="/pip.conf", key="proxy"), False),
    ],
)
def test_a_password_or_a_file_is_corrected_by_hand(setting: Setting, known: bool) -> None:
    """A step would show the password; and a file is its owner's."""
    found = proxy.wrong_scheme(
        asked(Trouble.PLAIN_PROXY, setting), facts(*([setting] if known else []))
    )
    assert all(isinstance(step, Tell) for step in found.fixes[0].steps)
    assert "hush" not in repr(found)


@pytest.mark.parametrize("speaks", [True, False])
def test_socks(speaks: bool) -> None:
    """It is trouble for a pip without PySocks only."""
    found = proxy.needs_socks(asked(Trouble.SOCKS), facts(PROXY, speaks_socks=speaks))
    assert (found is None) is speaks
    assert found is None or found.code == "proxy-needs-socks"


@pytest.mark.parametrize(
    ("no_proxy", "variables", "steps"),
    [
        ("", (), [("no_proxy", "localhost,127.0.0.1,::1")]),
        (".campus", ("no_proxy",), [("no_proxy", ".campus,localhost,127.0.0.1,::1")]),
        ("a, localhost,,", ("no_proxy",), [("no_proxy", "a,localhost,127.0.0.1,::1")]),
        (
            "a",
            ("NO_PROXY",),
            [
                ("no_proxy", "a,localhost,127.0.0.1,::1"),
                ("NO_PROXY", "a,localhost,127.0.0.1,::1"),
            ],
        ),
    ],
)
def test_this_machine_is_left_out_of_the_proxy(
    no_proxy: str, variables: tuple[str, ...], steps: list[tuple[str, str]]
) -> None:
    """What was left out stays so, each once; both spellings are set where the capital one
    is used.
    """
    described = facts(PROXY, no_proxy=no_proxy, no_proxy_variables=variables)
    found = proxy.captures_localhost(asked(Trouble.STATUS, status=502), described)
    assert found.code == "proxy-captures-localhost"
    assert found.fixes[0].steps == tuple(SetEnv(name, value) for name, value in steps)
    assert found.evidence.found == (
        "http://proxy.campus:3128 answers with an error: HTTP 502 when asked for http://localhost"
    )
