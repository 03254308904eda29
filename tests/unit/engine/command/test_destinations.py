"""Where reports may go is known before anything runs; a report is written whole or not at all."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest
from tests.unit.engine.reports import examples

from envcheck.command.destinations import Destination, destinations, write_files
from envcheck.errors import NotWritten, UsageProblem


def test_screen_and_files(tmp_path: Path) -> None:
    """The first is what --format and --output name; each --report adds one."""
    page = tmp_path / "page.html"
    assert destinations("text", None, [f"html={page}"]) == (
        Destination("text", None),
        Destination("html", page),
    )


@pytest.mark.parametrize(
    ("reports", "message"),
    [
        (["html"], "it takes FORMAT=FILE"),
        (["html="], "it takes FORMAT=FILE"),
        (["htm=x"], "the nearest is `html`"),
        (["json={}/nothing/x"], "there is no folder"),
        (["json={}"], "it is a folder"),
    ],
)
def test_what_cannot_be_written(reports: list[str], message: str, tmp_path: Path) -> None:
    """A wrong word, an unknown format and a missing folder are refused in a sentence."""
    with pytest.raises(UsageProblem, match=message):
        destinations("text", None, [text.format(tmp_path) for text in reports])


def test_an_old_report_is_replaced_whole(tmp_path: Path) -> None:
    """Its mode stays, and no part of the new one is left beside it."""
    file = tmp_path / "report.json"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o600)
    write_files([Destination("json", file)], examples.READY, io.StringIO())
    assert '"verdict": "ready"' in file.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o777 == 0o600


def test_what_failed_is_said_after_the_others_are_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One file that cannot be written does not keep the others from it, nor the verdict from being
    what it is: only that all is well is worth nothing where nobody can read it.
    """
    good = tmp_path / "good.json"
    places = [Destination("json", tmp_path / "gone" / "x"), Destination("json", good)]
    with pytest.raises(NotWritten, match="the report cannot be written to"):
        write_files(places, examples.READY, io.StringIO())
    assert good.exists()
    write_files(places, examples.NOT_READY, io.StringIO())
    assert capsys.readouterr().err.startswith("envcheck: the report cannot be written to")


@pytest.mark.skipif(not os.path.exists("/dev/stdout"), reason="no such name on this system")
def test_the_name_of_a_stream(tmp_path: Path) -> None:
    """`/dev/stdout` is the report's own stream, wherever that leads."""
    out = io.StringIO()
    write_files([Destination("json", Path("/dev/stdout"))], examples.READY, out)
    assert '"verdict": "ready"' in out.getvalue()


@pytest.mark.parametrize(
    ("output", "reports"),
    [
        ("a.txt", ["json=a.txt"]),
        (None, ["json=a.txt", "html=./x/../a.txt"]),
        ("link", ["json=a.txt"]),
    ],
)
def test_two_reports_in_one_file(
    output: str | None, reports: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last would win without a word: it is refused before anything runs."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x").mkdir()
    (tmp_path / "link").symlink_to("a.txt")
    with pytest.raises(UsageProblem, match="give each a file of its own"):
        destinations("text", output, reports)


def test_two_reports_in_one_stream() -> None:
    """A stream, and what is no file, take both."""
    assert len(destinations("text", "/dev/null", ["json=/dev/null", "json=/dev/stdout"])) == 3
