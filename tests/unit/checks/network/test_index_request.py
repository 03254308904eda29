"""What an answer of a package index is taken for, and whose name and password it is asked with."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.unit.described_machines import file_at

from envcheck_checks.index.config_files import Setting
from envcheck_checks.index.facts import Asked, Trouble
from envcheck_checks.index.settings import Settings
from envcheck_checks.network import index_request
from envcheck_checks.network.index_request import ask
from envcheck_checks.network.session import Bounds

BOUNDS = Bounds(0.2, 0.2, 0.5)
INDEX = Setting("https://pypi.org/simple/")
JSON, HTML = b' {"meta": {}, "files": []}', b'<a href="x">pip-24.0.tar.gz</a>'


def read(status: int, head: bytes, url: str = "https://pypi.org/simple/pip/") -> Asked:
    response = cast(Any, SimpleNamespace(status_code=status, url=url))
    return index_request._read(Asked(INDEX, at_proxy=True), response, head)


@pytest.mark.parametrize(
    ("status", "head", "trouble"),
    [
        (200, JSON, Trouble.NONE),
        (200, HTML, Trouble.NONE),
        (200, HTML.upper(), Trouble.NONE),
        (200, b'{"message": "pip-"}', Trouble.WEB_PAGE),
        (200, b"<h1>Welcome to the campus network</h1>", Trouble.WEB_PAGE),
        (200, b"", Trouble.WEB_PAGE),
        (204, JSON, Trouble.WEB_PAGE),
        (511, b"log in", Trouble.WEB_PAGE),
        (302, b"", Trouble.STATUS),
        (404, HTML, Trouble.STATUS),
        (503, b"", Trouble.STATUS),
        (407, b"", Trouble.TUNNEL),
    ],
)
def test_what_kind_of_answer_it_is(status: int, head: bytes, trouble: Trouble) -> None:
    """Only pip's own page shows that an index answered; a page of anything else does not."""
    asked = read(status, head)
    assert asked.trouble is trouble
    assert asked.status == (status if trouble in (Trouble.STATUS, Trouble.TUNNEL) else 0)


def test_only_a_refusal_of_the_proxy_stays_at_the_proxy() -> None:
    """Whatever else came was the index's, or somebody's behind the proxy."""
    assert read(407, b"").at_proxy
    assert not read(404, b"").at_proxy
    assert not read(200, JSON).at_proxy


def test_a_page_from_elsewhere_says_from_where() -> None:
    """The index's own host is not worth a word."""
    assert read(200, b"<h1>", "https://portal.campus/login").detail == "it comes from portal.campus"
    assert read(200, b"<h1>").detail == ""


@pytest.mark.parametrize(
    ("value", "trouble"),
    [
        ("{folder}", Trouble.NONE),
        ("{folder}/gone", Trouble.GONE),
        ("{uri}", Trouble.NONE),
        ("{uri}/gone", Trouble.GONE),
        ("pypi.org/simple", Trouble.UNUSABLE),
        ("ftp://pypi.org/simple", Trouble.UNUSABLE),
        ("https://", Trouble.UNUSABLE),
        ("http://host:99999/", Trouble.UNUSABLE),
    ],
)
def test_what_no_network_is_needed_for(tmp_path: Path, value: str, trouble: Trouble) -> None:
    """A folder of packages is looked at; what is no address is told as such."""
    index = Setting(value.format(folder=tmp_path, uri=tmp_path.as_uri()), "PIP_INDEX_URL")
    assert ask(index, Settings(), BOUNDS) == Asked(index, trouble)


@pytest.mark.parametrize(
    ("proxy", "reached", "trouble"),
    [
        ("http://proxy:3128", Trouble.REFUSED, Trouble.REFUSED),
        ("ftp://proxy:21", Trouble.NONE, Trouble.NO_SCHEME),
        ("htp://proxy:3128", Trouble.NONE, Trouble.NO_SCHEME),
        ("socks5://proxy:1080", Trouble.NONE, Trouble.SOCKS),
        ("socks5://proxy:1080", Trouble.REFUSED, Trouble.REFUSED),
        ("http://", Trouble.NONE, Trouble.UNUSABLE),
    ],
)
def test_the_proxy_is_reached_first(
    monkeypatch: pytest.MonkeyPatch, proxy: str, reached: Trouble, trouble: Trouble
) -> None:
    """What goes wrong there is said of the proxy."""
    hosts: list[str] = []

    def connect(host: str, *_: object) -> Trouble:
        hosts.append(host)
        return reached

    monkeypatch.setattr(index_request, "connect", connect)
    setting = Setting(proxy, "HTTPS_PROXY")
    asked = ask(INDEX, Settings(proxies={"https": setting}), BOUNDS)
    assert (asked.trouble, asked.at_proxy, asked.proxy) == (trouble, True, setting)
    assert hosts in ([], ["proxy"])


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("machine mirror.example login ada password hush\n", ("ada", "hush")),
        ("machine other.example login ada password hush\n", None),
        ("default login bob password x\n", ("bob", "x")),
        ("nonsense mirror.example", None),
        ("", None),
    ],
)
def test_name_and_password_of_netrc(
    tmp_path: Path, text: str, known: tuple[str, str] | None
) -> None:
    """Of the index's own host; a file that cannot be read has none."""
    file = file_at(tmp_path / ".netrc", text)
    assert index_request._from_netrc(str(file), "mirror.example") == known
    assert index_request._from_netrc(str(tmp_path / "gone"), "mirror.example") is None


@pytest.mark.parametrize(
    ("settings", "verify"),
    [
        (Settings(trusted=("mirror.example",)), False),
        (Settings(trusted=("mirror.example:8443",)), False),
        (Settings(trusted=("pypi.org",), bundle=Setting("/ca.pem")), "/ca.pem"),
        (Settings(trusted=("mirror.example",), bundle=Setting("/ca.pem")), False),
    ],
)
def test_whose_certificates_count(settings: Settings, verify: object) -> None:
    """A trusted host is not verified, as pip does it; else the named file decides."""
    index = Setting("https://mirror.example:8443/simple", "PIP_INDEX_URL")
    with index_request._session(Asked(index), settings) as session:
        assert session.verify == verify
