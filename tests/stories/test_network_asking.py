"""Real indexes, proxies, login pages and silences on this machine, asked as the learner's pip would
ask them.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from tests.pace import within
from tests.ports import refusing_port
from tests.stories.network_servers import (
    LOGIN_PAGE,
    Index,
    Pages,
    Proxy,
    Way,
    make_authority,
    serve,
    shown_by,
)

from envcheck import Fine, Outcome
from envcheck.testing import described, examine, interpreter
from envcheck_checks.network.check import network
from envcheck_checks.network.session import Bounds

PATIENT = Bounds(
    connect=10.0, read=10.0, whole=30.0
)  # the servers share their processor with others
SHORT = Bounds(connect=1.0, read=1.0, whole=3.0)

Start = Callable[..., int]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a server for this test: its port."""
    with ExitStack() as stack:
        yield partial(serve, stack)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a CA of our own, and a certificate that it signed for localhost
    and pypi.org.
    """
    folder = tmp_path_factory.mktemp("ca")
    make_authority(folder)
    return folder


@pytest.fixture
def tls(authority: Path) -> ssl.SSLContext:
    return shown_by(authority)


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., Outcome]:
    """What the check says when these are the learner's variables, and nothing is set elsewhere."""

    def run(bounds: Bounds = PATIENT, **variables: str) -> Outcome:
        only = {"PIP_CONFIG_FILE": "/dev/null", "HOME": str(tmp_path), **variables}
        return examine(network(bounds=bounds), described(python=interpreter(), variables=only))

    return run


def codes(outcome: Outcome) -> list[str]:
    """The codes of what was warned of; the outcome's own name when it is neither fine nor a
    warning.
    """
    found = outcome.warnings if isinstance(outcome, Fine) else outcome
    return [one.code for one in found] if isinstance(found, tuple) else [type(found).__name__]


def test_an_index_answers(start: Start, ask: Callable[..., Outcome]) -> None:
    pages = Pages()
    outcome = ask(PIP_INDEX_URL=f"http://127.0.0.1:{start(Index, pages)}/simple")
    assert isinstance(outcome, Fine)
    assert not outcome.warnings
    assert pages.asked == ["/simple/pip/"]


def test_the_json_of_an_index_is_understood(start: Start, ask: Callable[..., Outcome]) -> None:
    page = Pages(
        b'{"meta": {"api-version": "1.1"}, "name": "pip", "files": []}',
        headers={"Content-Type": "application/json"},
    )
    assert isinstance(
        ask(UV_INDEX="x", PIP_INDEX_URL=f"http://127.0.0.1:{start(Index, page)}/simple/"), Fine
    )


@pytest.mark.parametrize(
    ("pages", "code"),
    [
        (Pages(LOGIN_PAGE), "index-answers-web-page"),
        (Pages(status=511), "index-answers-web-page"),
        (Pages(status=403), "index-refuses"),
        (Pages(status=503), "index-refuses"),
        (Pages(status=404), "index-refuses"),
    ],
)
def test_answers_that_are_no_index(
    pages: Pages, code: str, start: Start, ask: Callable[..., Outcome]
) -> None:
    assert codes(ask(PIP_INDEX_URL=f"http://127.0.0.1:{start(Index, pages)}/simple")) == [code]


def test_a_login_page_behind_a_redirect_is_named(start: Start, ask: Callable[..., Outcome]) -> None:
    login = start(Index, Pages(LOGIN_PAGE))
    portal = start(Index, Pages(b"", 302, {"Location": f"http://localhost:{login}/login"}))
    outcome = ask(PIP_INDEX_URL=f"http://127.0.0.1:{portal}/simple")
    assert codes(outcome) == ["index-answers-web-page"]
    assert "it comes from localhost" in repr(outcome)


def test_an_index_behind_a_redirect_is_an_index(start: Start, ask: Callable[..., Outcome]) -> None:
    page = start(
        Index,
        Pages(b"", 301, {"Location": f"http://localhost:{start(Index, Pages())}/simple/pip/"}),
    )
    assert isinstance(ask(PIP_INDEX_URL=f"http://127.0.0.1:{page}/simple"), Fine)


def test_name_and_password_of_an_index(
    start: Start, ask: Callable[..., Outcome], tmp_path: Path
) -> None:
    place = f"127.0.0.1:{start(Index, Pages(password='ada:hunter2'))}/simple"
    refused = ask(PIP_INDEX_URL=f"http://{place}")
    assert codes(refused) == ["index-refuses"]
    assert "hunter2" not in repr(ask(PIP_INDEX_URL=f"http://ada:hunter2@{place}"))
    assert isinstance(ask(PIP_INDEX_URL=f"http://ada:hunter2@{place}"), Fine)
    (tmp_path / ".netrc").write_text(
        "machine 127.0.0.1 login ada password hunter2\n", encoding="utf-8"
    )
    assert isinstance(ask(PIP_INDEX_URL=f"http://{place}"), Fine)


def test_redirects_without_end(start: Start, ask: Callable[..., Outcome]) -> None:
    port = start(Index, Pages(b"", 302, {"Location": "/simple/pip/"}))
    assert codes(ask(PIP_INDEX_URL=f"http://127.0.0.1:{port}/simple")) == ["index-answers-web-page"]


def test_certificates(
    start: Start, ask: Callable[..., Outcome], authority: Path, tls: ssl.SSLContext, tmp_path: Path
) -> None:
    (tmp_path / "empty.pem").write_text("nothing\n", encoding="utf-8")
    index = f"https://localhost:{start(Index, Pages(), tls)}/simple"
    known = str(authority / "ca.pem")
    assert codes(ask(PIP_INDEX_URL=index)) == ["certificate-not-trusted"]
    assert codes(ask(PIP_INDEX_URL=index, PIP_CERT=str(tmp_path / "empty.pem"))) == [
        "certificate-file-wrong"
    ]
    assert codes(ask(PIP_INDEX_URL=index, REQUESTS_CA_BUNDLE=str(tmp_path / "gone.pem"))) == [
        "certificate-file-missing"
    ]
    assert codes(
        ask(PIP_INDEX_URL=index, REQUESTS_CA_BUNDLE=str(authority / "cert.pem"), PIP_CERT=known)
    ) == ["certificate-file-wrong"]
    for variable in ("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        assert isinstance(ask(PIP_INDEX_URL=index, **{variable: known}), Fine)
    assert isinstance(ask(PIP_INDEX_URL=index, PIP_TRUSTED_HOST="localhost"), Fine)


def test_a_proxy_leads_to_the_default_index(
    start: Start, ask: Callable[..., Outcome], authority: Path, tls: ssl.SSLContext
) -> None:
    way = Way(leads_to=start(Index, Pages(), tls))
    proxy = f"http://127.0.0.1:{start(Proxy, way)}"
    outcome = ask(HTTPS_PROXY=proxy, PIP_CERT=str(authority / "ca.pem"))
    assert isinstance(outcome, Fine)
    assert "through the proxy" in outcome.summary
    assert way.hosts == ["pypi.org:443"]
    assert codes(ask(HTTPS_PROXY=proxy)) == ["certificate-not-trusted"]


def test_a_proxy_with_a_password(
    start: Start, ask: Callable[..., Outcome], authority: Path, tls: ssl.SSLContext
) -> None:
    port = start(Proxy, Way("ada:hunter2", leads_to=start(Index, Pages(), tls)))
    assert isinstance(
        ask(HTTPS_PROXY=f"http://ada:hunter2@127.0.0.1:{port}", PIP_CERT=str(authority / "ca.pem")),
        Fine,
    )
    wrong = ask(
        HTTPS_PROXY=f"http://ada:hunter3@127.0.0.1:{port}", PIP_CERT=str(authority / "ca.pem")
    )
    assert codes(wrong) == ["proxy-wants-password"]
    assert "hunter" not in repr(wrong)


def test_proxies_that_do_not_serve(start: Start, ask: Callable[..., Outcome], refused: int) -> None:
    refusing = start(Proxy, Way(refuses=403))
    assert codes(ask(HTTPS_PROXY=f"http://127.0.0.1:{refusing}")) == ["proxy-refuses"]
    assert codes(ask(HTTPS_PROXY=f"https://127.0.0.1:{refusing}")) == ["proxy-wrong-scheme"]
    assert codes(ask(ALL_PROXY=f"socks5://127.0.0.1:{refusing}")) == ["proxy-needs-socks"]
    assert codes(ask(HTTPS_PROXY="http://[oops")) == ["proxy-unreachable"]
    assert codes(
        ask(HTTPS_PROXY=f"http://127.0.0.1:{refused}", HTTP_PROXY=f"127.0.0.1:{refused}")
    ) == ["proxy-unreachable"]


def test_localhost_swallowed_by_a_proxy(start: Start, ask: Callable[..., Outcome]) -> None:
    way = Way()
    index, proxy = (
        f"http://127.0.0.1:{start(Index, Pages())}/simple",
        f"http://127.0.0.1:{start(Proxy, way)}",
    )
    assert codes(ask(PIP_INDEX_URL=index, http_proxy=proxy, no_proxy="127.0.0.1")) == [
        "proxy-captures-localhost"
    ]
    assert isinstance(
        ask(PIP_INDEX_URL=index, http_proxy=proxy, no_proxy="localhost,127.0.0.1"), Fine
    )
    assert [host.startswith("http://localhost:") for host in way.hosts] == [True]


def test_silence_ends_within_the_bounds(ask: Callable[..., Outcome]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        begun = time.monotonic()
        outcome = ask(SHORT, PIP_INDEX_URL=f"http://127.0.0.1:{silent.getsockname()[1]}/simple")
        assert codes(outcome) == ["index-unreachable"]
        assert time.monotonic() - begun < within(SHORT.whole + SHORT.connect + 2)


def test_a_dead_mirror_and_a_folder_as_index(
    ask: Callable[..., Outcome], refused: int, tmp_path: Path
) -> None:
    assert codes(ask(PIP_INDEX_URL=f"http://127.0.0.1:{refused}/simple")) == ["index-unreachable"]
    assert codes(ask(PIP_INDEX_URL="https://[oops/simple")) == ["index-unreachable"]
    assert isinstance(ask(PIP_INDEX_URL=tmp_path.as_uri()), Fine)
    assert codes(
        ask(PIP_INDEX_URL=tmp_path.as_uri(), PIP_EXTRA_INDEX_URL=f"file://{tmp_path}/gone")
    ) == ["index-unreachable"]


@pytest.fixture
def refused() -> Iterator[int]:
    """A port of this machine where nobody listens."""
    with refusing_port() as port:
        yield port
