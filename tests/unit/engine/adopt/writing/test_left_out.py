"""A comment leaves out what it names, and nothing else of that name."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import course, notebook
from tests.unit.engine.adopt.writing.test_matching import after
from tests.unit.engine.adopt.writing.test_named_notebooks import CELL, OTHER, merge

from envcheck.adopt.judging.stumbling import stumbles
from envcheck.adopt.needed.course import read
from envcheck.adopt.writing.decided import as_decided
from envcheck.command.adopt import Wanted, adopt
from envcheck.errors import UsageProblem

TWO = """
[chapter.ch1]
folder = "ch1"
notebooks = ["one.ipynb"]ABOVE
[chapter.ch2]
folder = "ch2"
notebooks = ["two.ipynb"]
"""
COMMENT = "# left out: draft.ipynb"
FILES = ("ch1/one.ipynb", "ch1/draft.ipynb", "ch2/two.ipynb", "ch2/draft.ipynb")


def test_a_name_that_another_folder_has_too(tmp_path: Path) -> None:
    """What a table names is named in its folder."""
    own = '\n[chapter.start]\nfolder = "."\nnotebooks = ["intro.ipynb"]\n'
    own += '\n[chapter.ch2]\nfolder = "ch2"\nnotebooks = ["a.ipynb"]\n'
    tables = after(tmp_path, own, "intro.ipynb", "ch2/a.ipynb", "ch2/intro.ipynb", "ch3/x.ipynb")
    assert tables["ch2"]["notebooks"] == ["a.ipynb", "intro.ipynb"]


@pytest.mark.parametrize(
    "above",
    [
        f"\n{COMMENT}\n",
        f"  {COMMENT}\n",
        "\n#left out:draft.ipynb , x.ipynb\n\n",
    ],
)
def test_a_comment_in_a_table(tmp_path: Path, above: str) -> None:
    """It counts for this chapter alone, wherever in its table it stands."""
    own = TWO.replace("ABOVE", f"{above}\n")
    tables = after(tmp_path, own, *FILES)
    assert [tables[id]["notebooks"] for id in ("ch1", "ch2")] == [
        ["one.ipynb"],
        ["two.ipynb", "draft.ipynb"],
    ]


def test_a_comment_beside_a_notebook(tmp_path: Path) -> None:
    """In a list of several lines."""
    own = TWO.replace('["one.ipynb"]ABOVE', f'[\n  "one.ipynb",  {COMMENT}\n]\n')
    assert after(tmp_path, own, *FILES)["ch1"]["notebooks"] == ["one.ipynb"]


def test_a_comment_above_a_table(tmp_path: Path) -> None:
    """Nobody can say of which of the two it is."""
    tables = after(tmp_path, TWO.replace("ABOVE", f"\n\n{COMMENT}"), *FILES)
    assert [table["notebooks"] for table in tables.values()] == [["one.ipynb"], ["two.ipynb"]]


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("draft.ipynb", []),
        ("ch1/draft.ipynb", ["ch1"]),
        ("ch1/draft.ipynb, ch2/draft.ipynb", ["ch1", "ch2"]),
    ],
)
def test_a_comment_of_the_course(tmp_path: Path, comment: str, left: list[str]) -> None:
    """From the course's folder."""
    own = f"# left out: {comment}\n" + TWO.replace("ABOVE", "\n")
    tables = after(tmp_path, own, *FILES)
    assert [id for id in tables if "draft.ipynb" not in tables[id]["notebooks"]] == left


@pytest.mark.parametrize(
    "written",
    [
        'chapter.ch1.folder = "ch1"\nchapter.ch1.notebooks = ["one.ipynb"]  # left out: draft.ipynb\n',
        '[chapter]\nch1.folder = "ch1"\nch1.notebooks = ["one.ipynb"]  # left out: draft.ipynb\n',
        '[ chapter . "ch1" ]  # left out: draft.ipynb\nfolder = "ch1"\nnotebooks = ["one.ipynb"]\n',
    ],
)
def test_however_the_table_is_written(tmp_path: Path, written: str) -> None:
    assert after(tmp_path, written, *FILES)["ch1"]["notebooks"] == ["one.ipynb"]


def test_all_of_a_chapter(tmp_path: Path) -> None:
    """It is not written anew, nor is what was left out of a chapter that moved."""
    own = "# left out: 02-draft.ipynb\n"
    own += '\n[chapter.ch01]\nfolder = "."\nnotebooks = ["01-a.ipynb"]\n'
    assert [*after(tmp_path, own, "01-a.ipynb", "02-draft.ipynb", "03-c.ipynb")] == ["ch01", "ch03"]


def test_a_chapter_that_was_moved(tmp_path: Path) -> None:
    own = TWO.replace('folder = "ch1"', 'folder = "gone"').replace("ABOVE", f"  {COMMENT}\n")
    tables = after(tmp_path, own, *FILES)
    assert (tables["ch1"]["folder"], tables["ch1"]["notebooks"]) == ("ch1", ["one.ipynb"])


@pytest.mark.parametrize(
    "names", [("one.ipynb", "old.ipynb"), ("old.ipynb", "one.ipynb"), ("old.ipynb",)]
)
def test_a_comment_beside_a_notebook_that_is_gone(tmp_path: Path, names: tuple[str, ...]) -> None:
    """What its author left out stays so."""
    lines = "".join(f'  "{name}",{COMMENT * (name == "old.ipynb")}\n' for name in names)
    own = TWO.replace('["one.ipynb"]ABOVE', f"[\n{lines}]\n")
    assert after(tmp_path, own, *FILES)["ch1"]["notebooks"] == ["one.ipynb"]


def test_a_comment_above_a_chapter_that_is_gone(tmp_path: Path) -> None:
    """It may have been for the next one."""
    own = "#:schema ./x.json\n" + TWO.replace("ABOVE", f"\n\n{COMMENT}")
    tables = after(tmp_path, own, *FILES[2:], "ch3/x.ipynb")
    assert tables["ch2"]["notebooks"] == ["two.ipynb"]
    assert "ch1" not in tables


FOLDERS = ("ch1/one.ipynb", "ch2/two.ipynb", "spare/a.ipynb", "spare/deep/b.ipynb")


@pytest.mark.parametrize("name", ["spare", "spare/", "./spare", "spare/a.ipynb, spare/deep/"])
def test_a_folder(tmp_path: Path, name: str) -> None:
    """With all that is in it."""
    own = f"# left out: {name}\n" + TWO.replace("ABOVE", "\n")
    assert [*after(tmp_path, own, *FOLDERS)] == ["ch1", "ch2"]
    assert [*after(tmp_path, own.partition("\n")[2], *FOLDERS)] == ["ch1", "ch2", "spare"]


def test_a_folder_of_a_chapter(tmp_path: Path) -> None:
    """From the chapter's; one that is called so elsewhere stays, and so does what a table names."""
    own = TWO.replace("ABOVE", "\n# left out: trial/\n\n").replace('"two', '"trial/b.ipynb", "two')
    files = ("ch1/trial/a.ipynb", "ch2/trial/b.ipynb", "ch2/trial/c.ipynb", *FOLDERS[:2])
    tables = after(tmp_path, own, *files)
    names = [table["notebooks"] for table in tables.values()]
    assert names == [["one.ipynb"], ["trial/b.ipynb", "two.ipynb", "trial/c.ipynb"]]


@pytest.mark.parametrize(("name", "left"), [("zzqx", ["ch1", "zzqx"]), ("zzqx/", ["ch1"])])
def test_a_folder_with_a_modules_name(tmp_path: Path, name: str, left: list[str]) -> None:
    """No chapter goes because a module is left out."""
    cell = notebook("from zzqx.none import x")
    files = {"ch1/one.ipynb": cell, "zzqx/a.ipynb": notebook("import numpy")}
    written = f'# left out: {name}\ncourse = "a"\n\n[chapter.ch1]\nfolder = "ch1"\n'
    tables = merge(course(tmp_path, {**files, "envcheck.toml": written}) / "envcheck.toml")
    assert [*tables] == left


def test_a_comment_of_a_folder_whose_chapter_is_gone(tmp_path: Path) -> None:
    """It stays left out, as a folder."""
    own = TWO.replace("ABOVE", "\n\n# left out: ch3/trial/\n").replace('"ch2"', '"gone"')
    files = ("ch1/one.ipynb", "ch3/trial/a.ipynb", "ch3/trial/b.ipynb", "ch3/c.ipynb")
    assert "ch3/trial" not in str(after(tmp_path, own, *files))
    assert "# left out: ch3/trial/\n" in (tmp_path / "envcheck.toml").read_text()


def test_everything(tmp_path: Path) -> None:
    """That is said, and nothing is written."""
    written = '# left out: ch1/\ncourse = "a"\n'
    file = course(tmp_path, {"ch1/a.ipynb": notebook("import numpy"), "envcheck.toml": written})
    with pytest.raises(UsageProblem, match="leaves out every chapter"):
        adopt(Wanted(str(file), yes=True), StringIO())


def test_a_list_and_a_notebook_that_cannot_be_read(tmp_path: Path) -> None:
    """A folder that is left out keeps nothing from being told."""
    files = {
        "ch1/a.ipynb": notebook("import numpy"),
        "trial/b.ipynb": "{",
        "trial/environment.yml": "dependencies: [numpy\n",
        "envcheck.toml": '# left out: trial/\ncourse = "a"\n\n[chapter.ch1]\nfolder = "ch1"\npackages = ["numpy"]\n',
    }
    assert adopt(Wanted(str(course(tmp_path, files)), check=True), StringIO()) == 0


GPU = "requirements-gpu.txt"
OLD = "dependencies: [numpy, python-dateutil, pillow, scipy, python=3.6]\n"


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("requirements.txt", "numpy\nsklearn\n", "of_all"),
        ("environment.yml", OLD, "alternatives"),
        (".python-version", "3.6\n", "pythons"),
        (GPU, "numpy\nsklearn\n", "variants"),
        ("ch1/requirements.txt", "sklearn\n", "of_chapters"),
        (".binder/requirements.txt", "mkdocs==1\n", "unused"),
        (".binder/requirements.txt", "numpy\n[\n", "broken"),
    ],
)
def test_a_list(tmp_path: Path, name: str, text: str, kind: str) -> None:
    """Whatever it was taken for, nothing is told of it, by its own name or by its folder's."""
    files = {"ch1/a.ipynb": notebook("import numpy"), "ch2/b.ipynb": notebook("import numpy")}
    files |= {"requirements.txt": "numpy\npython-dateutil\nPillow\n", name: text}
    if kind == "pythons":
        files["environment.yml"] = "dependencies: [numpy, python=3.12]\n"
    root = course(tmp_path, files)
    lists = read(root).lists
    assert name in {getattr(row, "name", "") or row.file for row in getattr(lists, kind)}
    for said in (name, f"{name.partition('/')[0]}/")[: 1 + ("/" in name and kind != "of_chapters")]:
        file = (
            course(root, {"envcheck.toml": f'# left out: {said}\ncourse = "a"\n'}) / "envcheck.toml"
        )
        kept = as_decided(file, read(root))
        assert [stone for stone in stumbles(kept) if stone.file == name] == []
        assert name not in str(kept.lists)


def test_a_list_of_a_chapter(tmp_path: Path) -> None:
    """What it alone names is needed by its name, where the chapter imports it."""
    files = {"ch1/a.ipynb": OTHER, "ch2/b.ipynb": CELL, "ch1/requirements.txt": "torch\nscipy\n"}
    written = 'course = "a"\npackages = ["numpy"]\n\n[chapter.ch2]\nfolder = "ch2"\n'
    for line, key, value in (
        ("", "requires", "ch1/requirements.txt"),
        ("# left out: ch1/requirements.txt\n", "packages", "torch"),
    ):
        root = course(tmp_path / key, {**files, "envcheck.toml": line + written})
        table = merge(root / "envcheck.toml")["ch1"]
        assert table == {"folder": "ch1", key: [value]}
