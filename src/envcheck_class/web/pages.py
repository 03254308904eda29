"""Pages for people: made here, with a policy under which nothing in them can run or call out."""

from __future__ import annotations

from functools import cache, partial
from importlib import resources
from typing import Any

import anyio.to_thread
import jinja2
from starlette.responses import HTMLResponse, Response

from envcheck.reports import templates

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
STYLES = (
    "envcheck.reports/report.css",
    "envcheck.classroom/class.css",
    "envcheck_class.web/static/page.css",
)
SCRIPT = "envcheck_class.web/static/live.js"


async def page(template: str, status: int = 200, **content: Any) -> Response:
    """The page from this template; made in a thread, so that nobody waits for a large one."""
    return answer(await anyio.to_thread.run_sync(partial(text, template, **content)), status)


def text(template: str, **content: Any) -> str:
    """What stands in it."""
    return _engine().get_template(template).render(**content)


def answer(page: str, status: int = 200) -> Response:
    """It, with the policy."""
    return HTMLResponse(page, status, HEADERS)


def problem(status: int, title: str, sentence: str) -> Response:
    """A page that says what cannot be had."""
    return answer(text("problem.html.jinja", title=title, sentence=sentence), status)


def style() -> Response:
    """The one style sheet."""
    return _file(STYLES, "text/css")


def script() -> Response:
    """The one script."""
    return _file((SCRIPT,), "text/javascript")


def _file(names: tuple[str, ...], kind: str) -> Response:
    headers = {**HEADERS, "Cache-Control": "max-age=300"}
    return Response("".join(map(_text, names)), 200, headers, media_type=kind)


@cache
def _text(name: str) -> str:
    package, _, file = name.partition("/")
    return (resources.files(package) / file).read_text("utf-8")


@cache
def _engine() -> jinja2.Environment:
    return templates.engine(
        jinja2.FunctionLoader(lambda name: _text(f"envcheck_class.web/templates/{name}"))
    )
