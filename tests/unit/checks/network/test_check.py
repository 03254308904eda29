"""What is asked, and what only where there is a doubt: the network described by what each asking
gives.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from envcheck import Environment
from envcheck.testing import described, interpreter, passes, skips, warns
from envcheck_checks.index.config_files import Setting
from envcheck_checks.index.facts import Asked, Trouble
from envcheck_checks.index.settings import Settings, index_settings
from envcheck_checks.machine.localhost import addresses
from envcheck_checks.network import check as module
from envcheck_checks.network.check import captures, network
from envcheck_checks.network.session import Bounds

BOUNDS = Bounds(0.2, 0.2, 2.0)
PROXY = Setting("http://proxy.campus:3128", "HTTPS_PROXY")
BUNDLE = Setting(__file__, "REQUESTS_CA_BUNDLE")
OTHERS = tuple(Setting(f"https://extra{n}.example/simple", "PIP_EXTRA_INDEX_URL") for n in range(6))


@dataclass
class Network:
    """What each question would be answered with, and which questions were asked."""

    trouble: Trouble = Trouble.NONE
    without_bundle: Trouble | None = None
    direct: Trouble = Trouble.NONE
    at_first: Trouble | None = None
    asked: list[str] = field(default_factory=list)

    def ask(self, index: Setting, settings: Settings, _: Bounds) -> Asked:
        self.asked.append(index.value)
        proxy = settings.proxies.get("https", Setting(""))
        again = settings.bundle is None and self.without_bundle is not None
        trouble = self.without_bundle if again else self.trouble
        if self.at_first and self.asked.count(index.value) == 1:
            trouble = self.at_first
        return Asked(index, trouble or Trouble.NONE, proxy, at_proxy=bool(proxy.value))

    def connect(self, host: str, *_: object) -> Trouble:
        self.asked.append(f"connect {host}")
        return self.direct


def learner(
    monkeypatch: pytest.MonkeyPatch, net: Network, settings: Settings, **variables: str
) -> Environment:
    for name, value in {
        "ask": net.ask,
        "connect": net.connect,
        "localhost": lambda: ("127.0.0.1",),
        "captures": lambda *_: None,
        "_is_name": lambda _: True,
        "settings_under": lambda *_: replace(settings, bundle=None),
    }.items():
        monkeypatch.setattr(module, name, value)
    return described(facts={index_settings: settings}, python=interpreter(), variables=variables)


def test_where_all_is_well_nothing_more_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """One index, one question."""
    net = Network()
    passes(network(bounds=BOUNDS), learner(monkeypatch, net, Settings()))
    assert net.asked == ["https://pypi.org/simple/"]


def test_offline_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that the learner set is in doubt: nothing more is asked, and it is a skip."""
    net = Network(Trouble.NO_NAME)
    assert "offline" in skips(network(bounds=BOUNDS), learner(monkeypatch, net, Settings()))
    assert len(net.asked) == 1


@pytest.mark.parametrize("direct", [Trouble.NONE, Trouble.SILENT])
def test_a_proxy_in_doubt_is_gone_round_once(
    monkeypatch: pytest.MonkeyPatch, direct: Trouble
) -> None:
    """What comes of it decides whether the proxy may be taken out."""
    net = Network(Trouble.NO_NAME, direct=direct)
    settings = Settings(proxies={"https": PROXY}, proxy_variables=(PROXY,))
    found = warns(network(bounds=BOUNDS), learner(monkeypatch, net, settings), "proxy-unreachable")
    assert found.fixes[0].automatic is (direct is Trouble.NONE)
    assert "connect pypi.org" in net.asked


MIRROR = Setting("https://mirror.campus/simple", "PIP_INDEX_URL")


@pytest.mark.parametrize("slow", [Trouble.SILENT, Trouble.NOT_IN_TIME, Trouble.CUT])
def test_what_is_slow_is_asked_once_more(monkeypatch: pytest.MonkeyPatch, slow: Trouble) -> None:
    """A class of thirty asks the same mirror. What stays silent is shown to be without, and left to
    the learner.
    """
    settings = Settings(index=MIRROR)
    for net in (Network(at_first=slow), Network(Trouble.REFUSED, at_first=slow), Network(slow)):
        env = learner(monkeypatch, net, settings)
        if net.trouble is Trouble.NONE:
            passes(network(bounds=BOUNDS), env)
        else:
            warned = warns(network(bounds=BOUNDS), env, "index-unreachable")
            assert not warned.fixes[0].automatic
            assert "again in a minute" in (warned.note or "")
        assert net.asked.count(MIRROR.value) == 2


@pytest.mark.parametrize(
    ("without", "code"),
    [(Trouble.NONE, "certificate-file-wrong"), (Trouble.REFUSED, "certificate-not-trusted")],
)
def test_a_file_of_certificates_is_blamed_where_it_works_without(
    monkeypatch: pytest.MonkeyPatch, without: Trouble, code: str
) -> None:
    """Tried by leaving it out; else something on the way opens the connection."""
    net = Network(Trouble.CERTIFICATE, without_bundle=without)
    settings = Settings(bundle=BUNDLE, bundles=(BUNDLE,))
    env = learner(monkeypatch, net, settings, REQUESTS_CA_BUNDLE=__file__)
    warns(network(bounds=BOUNDS), env, code)


def test_a_setting_that_cannot_work_is_told_without_asking(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """There is no point in waiting for the network."""
    net = Network()
    settings = Settings(no_index=Setting("1", "PIP_NO_INDEX"))
    warns(network(bounds=BOUNDS), learner(monkeypatch, net, settings), "pip-no-index")
    assert net.asked == []


def test_four_extra_indexes_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first ones, beside the main one."""
    net = Network()
    module.learn(learner(monkeypatch, net, Settings(extra=OTHERS)), BOUNDS)
    assert sorted(net.asked) == sorted(
        ["https://pypi.org/simple/", *(other.value for other in OTHERS[:4])]
    )


def proxied(monkeypatch: pytest.MonkeyPatch, came: str | None, reached: Any = Trouble.NONE) -> None:
    monkeypatch.setattr(module, "connect", lambda *_: reached)
    monkeypatch.setattr(module, "_through", lambda *_: came)


@pytest.mark.parametrize(
    ("came", "trouble", "status"),
    [
        ("HTTP/1.1 502 Bad Gateway\r", Trouble.STATUS, 502),
        ("", Trouble.CUT, 0),
        ("nonsense", Trouble.CUT, 0),
    ],
)
def test_a_proxy_that_takes_localhost(
    monkeypatch: pytest.MonkeyPatch, came: str, trouble: Trouble, status: int
) -> None:
    """What came in place of the page that we served."""
    proxied(monkeypatch, came)
    asked = captures({"http_proxy": "http://proxy:3128"}, BOUNDS)
    assert asked is not None
    assert (asked.trouble, asked.status, asked.at_proxy) == (trouble, status, True)


def test_a_proxy_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the proxy's own trouble."""
    proxied(monkeypatch, "", Trouble.REFUSED)
    asked = captures({"http_proxy": "proxy:3128"}, BOUNDS)
    assert asked is not None
    assert asked.trouble is Trouble.REFUSED


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"https_proxy": "http://proxy:3128"},
        {"http_proxy": "http://proxy:3128", "no_proxy": "localhost"},
        {"http_proxy": "http://proxy:3128", "NO_PROXY": "*"},
        {"all_proxy": "socks5://proxy:1080"},
        {"http_proxy": "http://"},
    ],
)
def test_who_is_not_asked_for_localhost(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    """No http proxy, one that is told to leave this machine out, or one that we do not speak."""
    proxied(monkeypatch, "HTTP/1.1 502 Bad Gateway")
    monkeypatch.setattr("envcheck_checks.index.settings._of_system", dict)
    assert captures(variables, BOUNDS) is None


def test_a_proxy_on_this_machine_may_serve_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page came: nothing to say."""
    proxied(monkeypatch, None)
    assert captures({"http_proxy": "http://127.0.0.1:8080"}, BOUNDS) is None


def test_localhost_without_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hosts file without the name is told, and is no crash."""
    import socket

    def fail(*_: object) -> None:
        raise socket.gaierror(-2, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert addresses() == ()
