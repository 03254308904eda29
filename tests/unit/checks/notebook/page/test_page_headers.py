"""What a browser makes of a page by its headers. Each was tried in Chromium 140, on JupyterLab 4.6."""

from __future__ import annotations

import base64
import hashlib

import pytest
from tornado.httputil import HTTPHeaders

from envcheck_checks.notebook.page import shown
from envcheck_checks.notebook.page.page_headers import trouble_of_page, trouble_of_script

AT = "http://localhost:8888/lab"
LAB = (
    '<link rel="stylesheet" href="/custom/custom.css">'
    '<script id="jupyter-config-data" type="application/json">{"a": 1}</script>'
    '<script defer src="/static/lab/main.js?v=1" nonce="abc"></script>'
    '<script src="https://cdn.example.org/mathjax.js"></script>'
    "<script>/* Remove token from URL. */ let b;</script>"
)
CLASSIC = (
    '<link rel="stylesheet" href="/static/style/style.min.css"><script src="/static/require.js"></script>'
    '<script>require.config({})</script><body data-base-url="/" data-ws-url="ws://localhost:8888/">'
)
HTML = "text/html; charset=UTF-8"


def trouble(body: str = LAB, address: str = AT, **headers: str) -> str:
    given = HTTPHeaders({"Content-Type": HTML})
    for name, value in headers.items():
        given[name.replace("_", "-")] = value
    return trouble_of_page(given, address, shown.read(body), body)


def by_policy(policy: str, body: str = LAB, address: str = AT) -> str:
    return trouble(body, address, Content_Security_Policy=policy)


HARMLESS = (
    "frame-ancestors 'self'; report-uri /api/security/csp-report",
    "frame-ancestors 'self' https://hub.example.org",
    "frame-ancestors 'none'; upgrade-insecure-requests",
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:",
    "script-src 'self' 'unsafe-eval'",
    "script-src 'nonce-abc' 'unsafe-eval' 'strict-dynamic'",
    "script-src http: 'unsafe-eval'; connect-src http: ws:",
    "connect-src 'self'; worker-src 'none'; font-src 'none'; object-src 'none'; base-uri 'none'",
    "style-src-attr 'none'; form-action 'none'; frame-src 'none'",
    "script-src localhost:8888 'unsafe-eval'",
    "script-src *:* 'unsafe-eval'; img-src * data:",
    "sandbox allow-scripts allow-same-origin allow-popups",
    "; ,",
)


@pytest.mark.parametrize("policy", HARMLESS)
def test_a_policy_that_lets_the_page_work(policy: str) -> None:
    assert by_policy(policy) == ""


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        ("default-src 'none'", "/static/lab/main.js by `default-src 'none'`"),
        ("script-src https://cdn.example.org", "/static/lab/main.js"),
        ("script-src *:9999 'unsafe-eval'", "/static/lab/main.js"),
        ("script-src 'self'", "'unsafe-eval'"),
        ("script-src-elem 'self'; default-src 'self' 'unsafe-inline'", "'unsafe-eval'"),
        ("style-src 'self'", "'unsafe-inline'"),
        ("style-src 'self' 'unsafe-inline' 'nonce-a'", "'unsafe-inline'"),
        ("connect-src 'none'", "the server by `connect-src 'none'`"),
        ("connect-src http://localhost:*", "the kernel"),
        ("img-src 'self'", "pictures"),
        ("sandbox", "sandbox"),
        ("sandbox allow-scripts", "sandbox"),
        ("require-trusted-types-for 'script'", "trusted-types"),
        ("frame-ancestors 'self', script-src 'none'", "script-src 'none'"),
        ("SCRIPT-SRC 'none'; script-src *", "'none'"),
    ],
)
def test_a_policy_that_does_not(policy: str, words: str) -> None:
    assert words in by_policy(policy)


def test_a_page_of_the_old_notebook() -> None:
    """What stands in it is needed, and so is its style; it makes no code of texts."""
    assert by_policy("script-src 'self'", CLASSIC).endswith("in it by `script-src 'self'`")
    assert by_policy("script-src 'self' 'unsafe-inline'", CLASSIC) == ""
    digest = base64.b64encode(hashlib.sha256(b"require.config({})").digest()).decode()
    assert by_policy(f"script-src 'self' 'sha256-{digest}'", CLASSIC) == ""
    assert by_policy(f"script-src 'self' 'sha384-{digest}'", CLASSIC) != ""
    assert "style.min.css" in by_policy("style-src https://cdn.example.org", CLASSIC)


def test_the_port_is_the_learners() -> None:
    assert (
        by_policy("script-src localhost:9000 'unsafe-eval'", address=AT.replace("8888", "9000"))
        == ""
    )


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("Content_Type", "text/plain", "does not take it for a page"),
        ("Content_Type", "application/xhtml+xml", "does not take it for a page"),
        ("Content_Type", "text/html; charset=utf-16", "other letters"),
        ("Content_Disposition", "attachment", "saves it"),
        ("Content_Disposition", "Attachment; filename=lab.html", "saves it"),
        ("Content_Encoding", "br", "cannot read it"),
        ("Refresh", "0; url=https://hub.example.org/", "leaves it after 0 s"),
        ("Refresh", "5;URL='/tree'", "leaves it after 5 s"),
        ("Refresh", "0", "leaves it after 0 s"),
        ("Clear_Site_Data", '"*"', "forgets"),
        ("Clear_Site_Data", '"cache", "cookies"', "forgets"),
    ],
)
def test_a_header_that_keeps_it_from_its_reader(name: str, value: str, words: str) -> None:
    assert words in trouble(**{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Content_Security_Policy_Report_Only", "default-src 'none'"),
        ("Content_Type", "text/html"),
        ("Content_Type", "text/html; charset=ISO-8859-1"),
        ("Content_Disposition", "inline; filename=x.html"),
        ("Content_Disposition", "filename=x.html"),
        ("Content_Encoding", "identity"),
        ("Refresh", "30"),
        ("Refresh", "3600; url=/logout"),
        ("Refresh", "60; url=/lab"),
        ("Refresh", "soon"),
        ("Clear_Site_Data", '"cache", "storage"'),
        ("X_Frame_Options", "DENY"),
        ("Cross_Origin_Embedder_Policy", "require-corp"),
        ("Cross_Origin_Resource_Policy", "same-origin"),
        ("Cross_Origin_Opener_Policy", "same-origin"),
        ("Permissions_Policy", "camera=()"),
        ("Strict_Transport_Security", "max-age=31536000"),
    ],
)
def test_a_header_that_does_not(name: str, value: str) -> None:
    assert trouble(**{name: value}) == ""


@pytest.mark.parametrize(
    ("kind", "believed", "runs"),
    [
        ("text/javascript", True, True),
        ("application/javascript; charset=utf-8", True, True),
        ("text/plain", True, False),
        ("text/plain", False, True),
        ("image/png", False, False),
        ("text/csv", False, False),
        ("", True, False),
    ],
)
def test_a_script(kind: str, believed: bool, runs: bool) -> None:
    headers = HTTPHeaders({"Content-Type": kind} if kind else {})
    if believed:
        headers["X-Content-Type-Options"] = "nosniff"
    assert (trouble_of_script(headers) == "") is runs
