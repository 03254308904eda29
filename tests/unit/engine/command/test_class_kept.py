"""`envcheck class open`, `list`, `close`, `forget`, `export`, `import`: from words to what is kept."""

from __future__ import annotations

import json
import sys
import time
import zipfile
from pathlib import Path
from unittest import mock

import pytest
from click.testing import CliRunner, Result
from msgspec import structs
from tests.unit.class_server.made import arrival, body

from envcheck.command.cli import cli
from envcheck.errors import UsageProblem
from envcheck_class import tokens
from envcheck_class.store import arrivals, claims, database, deleting


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def run(data: Path, command: str, *words: object) -> Result:
    done = CliRunner().invoke(cli, ["class", command, *map(str, words), "--data", str(data)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def send(data: Path, *sent: arrivals.Arrival, days_ago: float = 0.0) -> None:
    now = time.time() - days_ago * deleting.DAY
    place = database.in_folder(data)
    with place.writing() as connection:
        arrivals.keep(connection, [structs.replace(report, received=now) for report in sent])
    place.close()


def test_a_class_from_open_to_forget(data: Path) -> None:
    opened = run(data, "open", "monday", "--chapter", "chapter2", "--url", "https://c.example.org/")
    link = next(word for word in opened.output.split() if word.startswith("https://c.example.org/"))
    assert tokens.plain(link.rpartition("/")[2])
    assert "https://c.example.org/login" in opened.output
    send(data, arrival())
    assert "monday: chapter2, open" in run(data, "list").output
    assert "1 report from 1 machine" in run(data, "list").output
    assert "takes no more reports" in run(data, "close", "monday").output
    assert "chapter2, closed" in run(data, "list").output
    assert "is deleted" in run(data, "forget", "monday").output
    assert run(data, "list").output == "No class is kept here.\n"


def test_every_command_deletes_what_is_overdue(data: Path) -> None:
    """Of a class, too, whose server nobody starts again."""
    run(data, "open", "monday", "--chapter", "chapter2", "--keep-days", 7)
    send(data, arrival("fox"), days_ago=7.1)
    send(data, arrival("owl"), days_ago=6.9)
    assert "1 report from 1 machine" in run(data, "list").output


def test_an_export_is_what_show_and_import_read(data: Path, tmp_path: Path) -> None:
    run(data, "open", "monday", "--chapter", "chapter2")
    send(data, arrival(), arrival("owl", stuck=True))
    file = tmp_path / "all.zip"
    assert "2 reports of monday" in run(data, "export", "monday", "--output", file).output
    shown = CliRunner().invoke(cli, ["class", "show", str(file)])
    assert "chapter 2: 2 reports of 2 learners." in shown.output
    assert "Not read" not in shown.output
    run(data, "open", "tuesday", "--chapter", "chapter2")
    assert run(data, "import", "tuesday", file).output == "2 new reports are in tuesday.\n"
    assert run(data, "import", "tuesday", file).output == "0 new reports are in tuesday.\n"
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o777 == 0o600


def test_an_export_tells_machines_apart(data: Path, tmp_path: Path) -> None:
    """Two keys of one alias stay two machines in `class show`."""
    run(data, "open", "monday", "--chapter", "chapter2")
    send(data, arrival(), arrival(key="b", stuck=True))
    file = tmp_path / "all.zip"
    run(data, "export", "monday", "--output", file)
    shown = CliRunner().invoke(cli, ["class", "show", str(file)]).output
    assert (
        "fox, machine 2" in shown
        and "Stuck (0, and 1 more machine)" in shown
        and "1  ready" in shown
    )


def test_one_learner_is_exported_and_forgotten(data: Path, tmp_path: Path) -> None:
    run(data, "open", "monday", "--chapter", "chapter2")
    send(data, arrival(), arrival(key="b", seconds=2), arrival("owl"))
    file = tmp_path / "fox.zip"
    run(data, "export", "monday", "--alias", "fox", "--output", file)
    with zipfile.ZipFile(file) as archive:
        about = json.loads(archive.read("kept.json"))
        bodies = {archive.read(one["file"]) for one in about["reports"]}
    assert bodies == {body(), body(seconds=2)}
    assert [one["machine"] for one in about["reports"]] == [1, 2]
    run(data, "forget", "monday", "--alias", "fox")
    assert "1 report from 1 machine" in run(data, "list").output
    with pytest.raises(UsageProblem, match="has nothing of fox"):
        run(data, "forget", "monday", "--alias", "fox")


def test_an_export_of_one_learner_has_everything_and_forgetting_leaves_nothing(
    data: Path, tmp_path: Path
) -> None:
    """Every table that names them, and nothing of anybody else."""
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "Alias,Full name,Email address\nfox,Reinhard Fuchs,rf@x.org\nowl,Olga Eule,oe@x.org\n"
    )
    run(data, "open", "monday", "--chapter", "chapter2", "--roster", roster)
    send(data, arrival(summary="of-fox"), arrival("owl", "b", summary="of-owl"))
    place = database.in_folder(data)
    with place.writing() as connection:
        for machine, how in ((1, "helped-fox"), (2, "helped-owl")):
            assert claims.take(connection, 1, machine, "Ada", 5.0)
            assert claims.end(connection, 1, machine, 6.0, how)
    place.close()
    file = tmp_path / "fox.zip"
    run(data, "export", "monday", "--alias", "fox", "--output", file)
    with zipfile.ZipFile(file) as archive:
        whole = b"".join(map(archive.read, archive.namelist())).decode()
    for own in ("Reinhard Fuchs", "rf@x.org", "of-fox", "helped-fox", tokens.hashed("a")):
        assert own in whole
    for others in ("Olga Eule", "oe@x.org", "of-owl", "helped-owl", tokens.hashed("b")):
        assert others not in whole
    said = run(data, "forget", "monday", "--alias", "Fox").output
    assert said == "Everything about Reinhard Fuchs of the roster, fox is deleted from monday.\n"
    left = b"".join(one.read_bytes() for one in data.iterdir()).decode("latin-1")
    for others in ("Olga Eule", "oe@x.org", "of-owl", "helped-owl"):
        assert others in left
    for own in ("Reinhard Fuchs", "rf@x.org", "of-fox", "helped-fox", tokens.hashed("a")):
        assert own not in left


def test_who_may_be_another_is_named_and_left(data: Path) -> None:
    run(data, "open", "monday", "--chapter", "chapter2")
    send(data, arrival("OWL"), arrival("fox", "b"), arrival("Fox", "c"))
    with pytest.raises(UsageProblem, match="nothing of owl; there is OWL, which may be another's"):
        run(data, "forget", "monday", "--alias", "owl")
    said = run(data, "forget", "monday", "--alias", "fox").output
    assert said.endswith("is deleted from monday.\nLeft, for it may be another's: Fox.\n")


def test_the_end_of_a_roster_is_told_where_there_is_one(data: Path, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("Alias\nfox\n")
    words = ("--chapter", "chapter2")
    told = "after 60 days, the roster when nothing has arrived for as long."
    assert told in run(data, "open", "monday", *words, "--roster", roster).output
    assert "after 60 days. The server" in run(data, "open", "tuesday", *words).output


def test_what_is_no_report_for_this_class_is_named(data: Path, tmp_path: Path) -> None:
    run(data, "open", "monday", "--chapter", "chapter2")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.json").write_bytes(body())
    (folder / "b.json").write_bytes(body(None))
    (folder / "c.txt").write_text("hello")
    said = run(data, "import", "monday", folder).output
    assert said.splitlines() == [
        "1 new report is in monday.",
        "Not taken: b.json: The report has no alias: make it with --as NAME.",
        "Not taken: c.txt: not JSON, or cut short",
    ]


def test_an_import_of_which_nothing_could_be_read_says_so(data: Path, tmp_path: Path) -> None:
    """To programs too; what is there already could be read."""
    run(data, "open", "monday", "--chapter", "chapter2")
    folder = tmp_path / "in"
    folder.mkdir()
    assert run(data, "import", "monday", folder).exit_code == 3
    (folder / "a.json").write_bytes(body(None))
    assert run(data, "import", "monday", folder).exit_code == 3
    (folder / "b.json").write_bytes(body())
    assert run(data, "import", "monday", folder).exit_code == 0
    assert run(data, "import", "monday", folder).exit_code == 0


def test_nothing_is_exported_of_somebody_who_is_not_there(data: Path, tmp_path: Path) -> None:
    """A name that is spelled wrongly is no proof that nothing is kept."""
    run(data, "open", "monday", "--chapter", "chapter2")
    send(data, arrival())
    file = tmp_path / "fxo.zip"
    with pytest.raises(UsageProblem, match="the class monday has nothing of fxo"):
        run(data, "export", "monday", "--alias", "fxo", "--output", file)
    assert not file.exists()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("open", "monday", "--chapter", "chaptr2"), "the nearest is `chapter2`"),
        (("open", " ", "--chapter", "chapter2"), "1 to 64 letters"),
        (("open", "a", "--chapter", "chapter2", "--url", "http://example.org"), "https alone"),
        (
            ("open", "a", "--chapter", "chapter2", "--url", "ftp://example.org"),
            "it takes an address",
        ),
        (("close", "monday"), "there is no class `monday`"),
        (("list", "--database", "postgresql://me@h/db"), "one of them"),
    ],
)
def test_what_cannot_be_had(data: Path, words: tuple[str, ...], reason: str) -> None:
    with pytest.raises(UsageProblem, match=reason):
        run(data, *words)


def test_without_the_extra_the_line_for_it_is_told(data: Path) -> None:
    with (
        mock.patch.dict(sys.modules, {"envcheck_class.store.migrate": None}),
        pytest.raises(UsageProblem, match=r"-m pip install 'envcheck-course\[class\]'"),
    ):
        run(data, "list")


def test_one_who_hands_in_a_bomb_keeps_nobody_out(data: Path, tmp_path: Path) -> None:
    """`import` and `show` of a folder with zips that explode, lie, or are damaged."""
    run(data, "open", "monday", "--chapter", "chapter2")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.json").write_bytes(body())
    for name, method, size in (
        ("a.zip", zipfile.ZIP_DEFLATED, 120_000_000),
        ("b.zip", zipfile.ZIP_BZIP2, 20_000_000),
    ):
        with zipfile.ZipFile(folder / name, "w", method) as archive:
            archive.writestr("report.json", b" " * size)
    (folder / "c.zip").write_bytes((folder / "a.zip").read_bytes()[:-9])
    said = run(data, "import", "monday", folder).output
    assert said.startswith("1 new report is in monday.\n") and said.count("Not taken: ") == 3
    shown = CliRunner().invoke(cli, ["class", "show", str(folder)]).output
    assert "fox" in shown and "huge when unpacked" in shown and "unusual way" in shown
