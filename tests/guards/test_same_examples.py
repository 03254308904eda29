"""What was played before does not decide what is tried."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
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
    assert not same_examples.gone(), "tests/same_examples.py looks for what this Hypothesis has not"
    before = tried()
    file = tmp_path / "loaded_meanwhile.py"
    file.write_text(f"WORD = {WORD!r}\n")
    spec = importlib.util.spec_from_file_location("loaded_meanwhile", file)
    assert spec is not None
    monkeypatch.setitem(sys.modules, "loaded_meanwhile", importlib.util.module_from_spec(spec))
    for module, _ in (same_examples.CONSTANTS, same_examples.PROVIDER):
        monkeypatch.setattr(f"{module}.is_local_module_file", lambda _: True)
    assert tried() == before
    assert len(set(before)) > 50


def test_another_hypothesis_is_no_reason_for_all_tests_to_fail(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Names of its own that it has changed are told, and nothing else happens."""
    for changed in ("hypothesis.internal.nowhere", "hypothesis.internal"):
        monkeypatch.setattr(same_examples, "CONSTANTS", (changed, "Constants"))
        assert same_examples.gone() == [f"{changed}.Constants"]
        same_examples.leave_local_constants_out()
