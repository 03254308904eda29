"""What a server of ours prints, in the words of the learner's own."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.unit.described_machines import on

from envcheck_checks.notebook.server import their_words
from envcheck_checks.notebook.server.learners_server import ServerTrouble


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


@pytest.mark.parametrize(
    ("logged", "told"),
    [
        ("[E 12:00:00.000 ServerApp] 500 PUT /api/contents/x.ipynb (127.0.0.1) 1ms", "status 500"),
        ("ValueError: no such thing", "status 500 ValueError: no such thing"),
    ],
)
def test_a_request_is_no_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, logged: str, told: str
) -> None:
    monkeypatch.setattr(
        their_words, "learners_jupyter", lambda _: SimpleNamespace(runtime="", user_data="")
    )
    running = SimpleNamespace(settled_log=lambda: logged)
    server = cast(Any, SimpleNamespace(folder=tmp_path, running=running))
    trouble = ServerTrouble("save", "status 500")
    env = on("linux", tmp_path)
    assert their_words.with_the_servers_reason(env, server, trouble) == told
