"""A notebook as a web page, or what came back instead."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.unit.described_machines import file_at, on, python_at

from envcheck import Diagnosis, warn
from envcheck_checks.notebook.launching import export
from envcheck_checks.notebook.launching.export import NotExported
from envcheck_checks.notebook.server.learners_server import Server, ServerTrouble

PACKAGES = {"nbconvert": "6.4.0", "jinja2": "3.1.6"}
TRACE = """\
[E] 500 POST /nbconvert/html
Traceback (most recent call last):
  File "{site}/nbconvert/exporters/html.py", line 13, in <module>
    from jinja2 import contextfilter
ImportError: cannot import name 'contextfilter' from 'jinja2' ({site}/jinja2/__init__.py)
"""


def server(log: str) -> Server:
    running = SimpleNamespace(stderr=SimpleNamespace(text=lambda: log), settled_log=lambda: log)
    return Server(cast(Any, running), Path(), Path())


def asked(code: int, body: bytes = b"") -> NotExported | None:
    async def ask(*_: object) -> Any:
        return SimpleNamespace(code=code, reason="Internal Server Error", body=body)

    return asyncio.run(export.export(server("four"), ask))


@pytest.mark.parametrize(
    ("code", "body", "trouble"),
    [
        (200, b"<html>5050</html>", ""),
        (404, b"", ""),
        (500, b"", "status 500 Internal Server Error"),
        (200, b"<html></html>", "status 200 Internal Server Error"),
    ],
)
def test_the_answer(code: int, body: bytes, trouble: str) -> None:
    """A server without an exporter offers none."""
    assert asked(code, body) == (NotExported(trouble, 4) if trouble else None)


@pytest.mark.parametrize("late", [False, True])
def test_no_answer(tmp_path: Path, late: bool) -> None:
    """A connection that ends is trouble, and so is one that was waited for in vain, however short
    the time for it was.
    """

    async def ask(*_: object) -> Any:
        raise ServerTrouble("export a notebook", "StreamClosedError: Stream closed", late=late)

    trouble = asyncio.run(export.export(server(""), ask))
    assert trouble is not None
    assert (trouble.late, "no answer" in trouble.actual) == (late, late)
    (one,) = warned(tmp_path, "", trouble)
    assert ("in time" in one.summary) is late
    assert not one.fixes[0].automatic


OLDER = "Traceback (most recent call last):\nValueError: an extension\n"
TROUBLE = NotExported("status 500", len(OLDER))


def warned(tmp_path: Path, log: str, trouble: NotExported | None = TROUBLE) -> list[Diagnosis]:
    python = python_at(tmp_path / "venv", PACKAGES)
    env = on("linux", tmp_path, python)
    text = log.replace("{site}", python.paths["purelib"])
    return export.warnings(env, server(OLDER + text), trouble)


def test_nothing_is_said_where_it_works(tmp_path: Path) -> None:
    assert warned(tmp_path, TRACE, None) == []


def test_two_packages_that_do_not_fit(tmp_path: Path) -> None:
    (one,) = warned(tmp_path, f"{TRACE}[I] kernel shut down\n")
    assert "nbconvert 6.4 does not fit jinja2 3.1" in one.summary
    assert one.evidence.found.startswith("ImportError: cannot import name 'contextfilter'")
    assert one.fixes[0].automatic


def test_a_template_that_is_gone(tmp_path: Path) -> None:
    """What a list of files names and is not there."""
    record = tmp_path / "venv/site/nbconvert-6.4.0.dist-info/RECORD"
    file_at(record, "../../share/jupyter/nbconvert/templates/lab/index.html.j2,,9\n")
    (one,) = warned(tmp_path, "No template sub-directory with name 'lab'")
    assert one.code == "notebook-not-exported"
    assert "nbconvert" in one.summary
    assert one.fixes[0].automatic


def test_nobody_is_known_to_be_behind_it(tmp_path: Path) -> None:
    (one,) = warned(tmp_path, "")
    assert (one.evidence.found, one.fixes[0].automatic) == ("status 500", False)


@pytest.mark.parametrize(
    ("module", "named"), [("jinja2", "does not fit jinja2"), ("mistune", "mistune is too old")]
)
def test_a_conflict_counts_where_the_error_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, named: str
) -> None:
    """Another one of the same package may be there as well, and harmless."""
    monkeypatch.setitem(PACKAGES, "mistune", "0.8.4")
    conflict = warn("packages-in-conflict", "the version 0.8.4 of mistune is too old", found="0.8")
    monkeypatch.setattr("envcheck_checks.diagnosis.order.first_cause", lambda *_: conflict)
    (one,) = warned(tmp_path, TRACE.replace("jinja2", module))
    assert named in one.summary


@pytest.mark.parametrize(
    ("error", "words", "automatic"),
    [
        ("cannot import name 'contextfilter' from 'jinja2'", "6.4 does not fit jinja2 3.1", True),
        ("No module named 'ipython_genutils'", "web page: nbconvert 6.4 fails", False),
    ],
)
def test_of_a_failed_import_there_are_only_words(
    tmp_path: Path, error: str, words: str, automatic: bool
) -> None:
    (one,) = warned(tmp_path, f"500 POST /nbconvert/html: Could not import nbconvert: {error}\n")
    assert one.summary.endswith(words)
    assert one.evidence.found == error
    assert one.fixes[0].automatic is automatic
    assert one.fixes[0].steps[0].argv[-1] == "nbconvert"  # type: ignore[union-attr]
