"""What was played before does not decide what is tried."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers
from tests import same_examples

WORD = "loaded meanwhile"


def tried() -> list[str]:
    texts: list[str] = []

    @settings(max_examples=200, database=None)
    @given(st.text())
    def look(text: str) -> None:
        texts.append(text)

    look()
    return texts


def test_examples_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though another module of ours has been loaded."""
    assert hasattr(providers, same_examples.NAME)
    before = tried()
    file = tmp_path / "loaded_meanwhile.py"
    file.write_text(f"WORD = {WORD!r}\n")
    spec = importlib.util.spec_from_file_location("loaded_meanwhile", file)
    assert spec is not None
    monkeypatch.setitem(sys.modules, "loaded_meanwhile", importlib.util.module_from_spec(spec))
    monkeypatch.setattr("hypothesis.internal.constants_ast.is_local_module_file", lambda _: True)
    monkeypatch.setattr(providers, "is_local_module_file", lambda _: True)
    assert tried() == before
    assert len(set(before)) > 50
