"""What a server of ours prints, in the words of the learner's own."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.unit.described_machines import on

from envcheck_checks.notebook import their_words


@pytest.mark.parametrize(
    ("theirs", "text"),
    [
        ("/home/ada/run", "Got 0o0: '/home/ada/run/jpserver-7.json', '/elsewhere/runtime'"),
        ("", "Got 0o0: '{ours}/runtime/jpserver-7.json', '/elsewhere/runtime'"),
    ],
    ids=["known", "not known"],
)
def test_their_folder_stands_where_ours_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theirs: str, text: str
) -> None:
    server = cast(Any, SimpleNamespace(folder=tmp_path))
    monkeypatch.setattr(
        their_words,
        "learners_jupyter",
        lambda _: SimpleNamespace(runtime=theirs, user_data=""),
    )
    printed = f"Got 0o0: '{tmp_path}/runtime/jpserver-7.json', '/elsewhere/runtime'"
    told = their_words.in_their_words(on("linux", tmp_path), server, printed)
    assert told == text.format(ours=tmp_path)
