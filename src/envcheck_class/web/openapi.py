"""The interface for programs, described for programs."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import msgspec

import envcheck

TEXT = {"type": "string"}
CLASS = {
    "type": "object",
    "required": ["name", "chapter", "course", "deletes_after_days"],
    "properties": {
        "name": TEXT,
        "chapter": TEXT,
        "course": TEXT,
        "deletes_after_days": {"type": "integer"},
    },
}
KEPT = {
    "type": "object",
    "required": ["receipt", "machine", "hints"],
    "properties": {
        "receipt": {"type": "string", "pattern": "^[0-9A-HJKMNP-TV-Z]{8}$"},
        "machine": {"type": "integer", "minimum": 1},
        "hints": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["text", "sent"],
                "properties": {
                    "text": {"type": "string", "maxLength": 300},
                    "sent": {"type": "string", "format": "date-time"},
                },
            },
        },
    },
}
ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {"code": {"type": "string", "pattern": "^[a-z-]+$"}, "message": TEXT},
        }
    },
}
# By status, and with the codes of the errors that have it.
ERRORS = {
    400: "`not-a-report`, `newer-schema`: no report of envcheck that this server knows; "
    "`other-chapter`: the report is about none but other chapters than the class; "
    "`no-key`: no Envcheck-Key; `cut-short`: the body ended before its length",
    401: "`no-such-class`: no token, or one that opens no class",
    408: "`too-slow`: the body did not arrive in time",
    409: "`no-alias`: the report has no alias; `too-many-machines`: the alias has no more",
    410: "`closed`: the class takes no more reports",
    411: "`no-length`: no Content-Length",
    413: "`too-large`: more than 1 MiB",
    415: "`not-json`: another type than application/json",
    429: "`too-many`: the class sends more than the server takes; see Retry-After",
    503: "`not-now`: the database does not answer; see Retry-After",
}
KEY = {
    "name": "Envcheck-Key",
    "in": "header",
    "required": True,
    "description": "Random, made once on the learner's machine for this class.",
    "schema": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
}


def _answer(description: str, schema: Any) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _errors(*statuses: int) -> dict[str, Any]:
    return {
        str(status): _answer(ERRORS[status], {"$ref": "#/components/schemas/Error"})
        for status in statuses
    }


@cache
def document() -> dict[str, Any]:
    """OpenAPI 3.1, with the schema of a report in it."""
    schema = msgspec.json.decode((resources.files("envcheck") / "report.schema.json").read_bytes())
    parts = {f"report-{name}": part for name, part in schema.pop("$defs").items()}
    for key in ("$schema", "$id"):
        del schema[key]
    schemas = {**SCHEMAS, "report": schema, **parts}
    text = msgspec.json.encode(schemas).replace(b"#/$defs/", b"#/components/schemas/report-")
    components = {"securitySchemes": SECURITY, "schemas": msgspec.json.decode(text)}
    return {**INTERFACE, "components": components}


SECURITY = {"class": {"type": "http", "scheme": "bearer"}}
SCHEMAS = {"Class": CLASS, "Kept": KEPT, "Error": ERROR}
INTERFACE: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {
        "title": "A class of envcheck",
        "version": envcheck.__version__,
        "description": "Learners send reports to a class. Keys may be added, never renamed.",
    },
    "security": [{"class": []}],
    "paths": {
        "/api/v1/class": {
            "get": {
                "summary": "The class, before anything is sent to it",
                "responses": {
                    "200": _answer("The class", {"$ref": "#/components/schemas/Class"}),
                    **_errors(401, 503),
                },
            }
        },
        "/api/v1/reports": {
            "post": {
                "summary": "Send a report",
                "description": "The same bytes with the same key are kept once.",
                "parameters": [KEY],
                "requestBody": {
                    "required": True,
                    "description": "A report, with its alias, about the class's chapter.",
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/report"}}
                    },
                },
                "responses": {
                    "200": _answer("It was there", {"$ref": "#/components/schemas/Kept"}),
                    "201": _answer("It is kept", {"$ref": "#/components/schemas/Kept"}),
                    **_errors(*ERRORS),
                },
            }
        },
        "/api/v1/openapi.json": {
            "get": {
                "summary": "This description",
                "security": [],
                "responses": {"200": _answer("OpenAPI 3.1", {"type": "object"})},
            }
        },
    },
}
