"""What programs print, on systems with a code page."""

from __future__ import annotations

import io

import pytest

from envcheck.processes import decoding
from envcheck.processes.output import Collector

ANSI = 'File "C:\\Users\\Zoë Müller\\queue.py"\n'


def test_lines_of_two_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python's traceback in cp1252 between lines of pip's in UTF-8."""
    monkeypatch.setattr(decoding, "code_page", lambda: "cp1252")
    raw = "Größe\n".encode() + ANSI.encode("cp1252") + "→ ok\n".encode()
    assert decoding.decoded(raw) == f"Größe\n{ANSI}→ ok\n"
    stream = io.BytesIO(raw)
    output = Collector(stream, 1000)
    output.finish(5)
    assert "Zoë Müller" in output.text()


def test_elsewhere_it_is_utf8() -> None:
    assert decoding.decoded("Zoë".encode("latin-1")) == "Zo\ufffd"


def test_windows_own_codec(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    assert decoding.code_page() == "mbcs"
