"""Answers for programs: JSON, and errors that all look alike."""

from __future__ import annotations

import math
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

# Nothing here is ever for a page of others, or for somebody else's cache.
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
KIND = "application/json"
BEARER = b"bearer "
LATER = 2  # seconds until a database that is away is asked again


def json(value: Any, status: int = 200, **headers: str) -> Response:
    """Any JSON value."""
    return Response(
        msgspec.json.encode(value),
        status,
        {**HEADERS, **headers},
        media_type=KIND,
    )


def error(status: int, code: str, message: str, **headers: str) -> Response:
    """What was wrong: a code for programs and a sentence for people."""
    return json({"error": {"code": code, "message": message}}, status, **headers)


def later(status: int, code: str, message: str, seconds: float) -> Response:
    """Not now: when it may be tried again."""
    return error(status, code, message, **{"Retry-After": str(max(1, math.ceil(seconds)))})


def closing(status: int, code: str, message: str) -> Response:
    """An error after which the connection is closed, for what is still to come on it is not
    wanted.
    """
    return error(status, code, message, Connection="close")


def bearer(given: bytes) -> str:
    """The code in a header `Authorization`; empty where none is."""
    if given[: len(BEARER)].lower() != BEARER:
        return ""
    return given[len(BEARER) :].decode("latin-1")


def nobody() -> Response:
    """The answer to a code that opens no class, or none: 401."""
    return error(
        401,
        "no-such-class",
        "This link opens no class: it is mistyped, or the class was deleted.",
        **{"WWW-Authenticate": "Bearer"},
    )


def away(_request: Request, _error: Exception) -> Response:
    """The answer while the database does not answer, for Starlette."""
    return not_now()


def not_now() -> Response:
    """The answer while the database does not answer: 503."""
    return later(503, "not-now", "The class cannot be reached now. Try again soon.", LATER)


def not_found(_request: Request, _error: Exception) -> Response:
    """The answer where nothing lies: 404."""
    return error(404, "not-found", "There is nothing at this address.")


def wrong_method(_request: Request, refused: Exception) -> Response:
    """The answer where something lies that cannot be asked for this way: 405."""
    allowed = (getattr(refused, "headers", None) or {}).get("Allow", "GET")
    return error(405, "wrong-method", "This address is asked another way.", Allow=allowed)
