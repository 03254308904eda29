"""The interface for programs, described for programs."""

from __future__ import annotations

from typing import Any

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
ERRORS = {
    400: "No report of envcheck, one about another chapter, or no Envcheck-Key",
    401: "No token, or one that opens no class",
    408: "The body did not arrive in time",
    409: "The report has no alias",
    410: "The class takes no more reports",
    411: "No Content-Length",
    413: "More than 1 MiB",
    415: "Another type than application/json",
    429: "The class sends more than the server takes; see Retry-After",
    503: "The database does not answer; see Retry-After",
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


DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {
        "title": "A class of envcheck",
        "version": envcheck.__version__,
        "description": "Learners send reports to a class. Keys may be added, never renamed.",
    },
    "security": [{"class": []}],
    "components": {
        "securitySchemes": {"class": {"type": "http", "scheme": "bearer"}},
        "schemas": {"Class": CLASS, "Kept": KEPT, "Error": ERROR},
    },
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
                    "description": "A report, by envcheck/report.schema.json, with its alias.",
                    "content": {"application/json": {"schema": {"type": "object"}}},
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
