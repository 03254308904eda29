"""A course moves on, and its file with it: whatever is renamed, moved, added or deleted, what somebody wrote stays."""

from __future__ import annotations

import itertools
import shutil
import sys
import tempfile
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.engine.adopt.small_courses import course, notebook

from envcheck.adopt.needed.course import read as course_of
from envcheck.adopt.writing.merging import merged
from envcheck.adopt.writing.new_file import text
from envcheck.course_file.reading import read
from envcheck.course_file.values import CourseFile
from envcheck.errors import UsageProblem

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib
CELL = notebook("import numpy")
OTHER = notebook("import torch")  # which no list names
Tables = dict[str, dict[str, Any]]


def adopted(root: Path, files: dict[str, str]) -> Path:
    """A course with the file that was written for it."""
    course(root, {"requirements.txt": "numpy\n", **files})
    file = root / "envcheck.toml"
    file.write_text(text(course_of(root)))
    return file


def merge(file: Path) -> Tables:
    """The chapters of the file after it was written anew, which changes nothing a second time."""
    file.write_text(merged(file, course_of(file.parent))[1])
    assert merged(file, course_of(file.parent)) == (file.read_text(), file.read_text())
    read(file)
    tables: Tables = tomllib.loads(file.read_text()).get("chapter", {})
    return tables


def test_a_notebook_that_was_renamed(tmp_path: Path) -> None:
    """The chapter that its author wrote stays, with what it needs now."""
    own = '[chapter.ch01]\ntitle = "Mine"\nfolder = "ch01"\nnotebooks = ["main.ipynb"]\nports = [5432]\n'
    files = {"ch01/main.ipynb": CELL, "ch02/a.ipynb": CELL, "requirements.txt": "numpy\n"}
    course(
        tmp_path,
        {**files, "envcheck.toml": f'course = "a"\nrequires = ["requirements.txt"]\n{own}'},
    )
    (tmp_path / "ch01/main.ipynb").unlink()
    (tmp_path / "ch01/intro.ipynb").write_text(OTHER)
    tables = merge(tmp_path / "envcheck.toml")
    assert tables["ch01"] == {
        "title": "Mine",
        "folder": "ch01",
        "notebooks": ["intro.ipynb"],
        "ports": [5432],
        "packages": ["torch"],
    }


def test_a_flat_course_that_was_moved_into_folders(tmp_path: Path) -> None:
    """Its chapters go along."""
    file = adopted(tmp_path, {"01-a.ipynb": CELL, "02-b.ipynb": CELL})
    file.write_text(file.read_text().replace("[chapter.ch01]", "[chapter.ch01]\nports = [5432]"))
    for name, folder in (("01-a.ipynb", "ch01"), ("02-b.ipynb", "ch02")):
        (tmp_path / folder).mkdir()
        (tmp_path / name).rename(tmp_path / folder / name)
    tables = merge(file)
    assert {id: table["folder"] for id, table in tables.items()} == {"ch01": "ch01", "ch02": "ch02"}
    assert tables["ch01"]["ports"] == [5432]
    assert not any("notebooks" in table for table in tables.values())


def test_a_table_between_the_chapters(tmp_path: Path) -> None:
    """A file may have its tables in any order."""
    file = adopted(tmp_path, {"01-a.ipynb": CELL, "02-b.ipynb": CELL, "03-c.ipynb": CELL})
    waiver = '\n[waive]\n"ch02.python" = { why = "x", until = 2030-01-01 }\n\n[chapter.ch02]'
    file.write_text(file.read_text().replace("\n[chapter.ch02]", waiver))
    (tmp_path / "01-a.ipynb").unlink()
    assert [*merge(file)] == ["ch02", "ch03"]
    shutil.move(tmp_path / "02-b.ipynb", tmp_path / "04-b.ipynb")
    assert {"ch03", "ch04"} <= {*merge(file)}


@pytest.mark.parametrize(
    "written",
    [
        'chapter.ch01.folder = "nb"\nchapter.ch01.notebooks = ["01-old.ipynb"]\nchapter.ch01.ports = [1]\n',
        '[chapter]\nch01 = { folder = "nb", notebooks = ["01-old.ipynb"], ports = [1] }\n',
        '[chapter]\nch01.folder = "nb"\nch01.notebooks = ["01-old.ipynb"]\nch01.ports = [1]\n',
        '[chapter.ch01]\nfolder = "./nb/"\nports = [1]\nnotebooks = [\n  "01-old.ipynb", # old\n]\n',
        '[chapter.ch01]\nfolder = "nb"\nports = [1]\nrequires = ["gone.txt"]\n[chapter.ch01.hint]\nlinux = "a"\n',
        'chapter = { ch01 = { folder = "nb", notebooks = ["01-old.ipynb"], ports = [1] } }\n',
    ],
)
def test_however_a_table_is_written(written: str, tmp_path: Path) -> None:
    """TOML has several ways, and a table may stand in pieces."""
    own = f'course = "a"\nrequires = ["requirements.txt"]\n{written}'
    files = {"nb/01-a.ipynb": OTHER, "nb/01-b.ipynb": CELL, "requirements.txt": "numpy\n"}
    course(tmp_path, {**files, "envcheck.toml": own})
    table = merge(tmp_path / "envcheck.toml")["ch01"]
    assert (table["ports"], table["packages"]) == ([1], ["torch"])
    assert table.get("notebooks", ["01-a.ipynb", "01-b.ipynb"]) == ["01-a.ipynb", "01-b.ipynb"]


def test_one_that_is_new(tmp_path: Path) -> None:
    """Beside others of its chapter, whose list was written when there were fewer."""
    file = adopted(tmp_path, {"01-a.ipynb": CELL, "02-b.ipynb": CELL, "archive/old.ipynb": CELL})
    course(tmp_path, {"01-more.ipynb": CELL})
    before, after = merged(file, course_of(tmp_path))
    assert before != after
    assert merge(file)["ch01"]["notebooks"] == ["01-a.ipynb", "01-more.ipynb"]


def test_one_that_is_left_out_on_purpose(tmp_path: Path) -> None:
    """As a comment says."""
    file = adopted(tmp_path, {"01-a.ipynb": CELL, "01-draft.ipynb": CELL, "02-b.ipynb": CELL})
    file.write_text(file.read_text().replace('["01-a.ipynb", "01-draft.ipynb"]', '["01-a.ipynb"]'))
    assert merge(file)["ch01"]["notebooks"] == ["01-a.ipynb", "01-draft.ipynb"]
    kept = file.read_text().replace('["01-a.ipynb", "01-draft.ipynb"]', '["01-a.ipynb"]')
    file.write_text(f"# left out: 01-draft.ipynb, x.ipynb\n{kept}")
    assert merge(file)["ch01"]["notebooks"] == ["01-a.ipynb"]


def test_a_chapter_of_another_name(tmp_path: Path) -> None:
    """Its author's name for it stays, and it is not written a second time."""
    file = adopted(tmp_path, {"nb/01-a.ipynb": CELL, "nb/02-b.ipynb": CELL})
    file.write_text(file.read_text().replace("chapter.ch01", "chapter.week1"))
    course(tmp_path, {"nb/01-more.ipynb": CELL})
    tables = merge(file)
    assert [*tables] == ["week1", "ch02"]
    assert tables["week1"]["notebooks"] == ["01-a.ipynb", "01-more.ipynb"]


def test_one_that_is_damaged(tmp_path: Path) -> None:
    """It stays its chapter's: a list without it would call the chapter ready."""
    files = {"nb/01-a.ipynb": CELL, "nb/02-b.ipynb": CELL, "nb/02-c.ipynb": "<html>"}
    file = adopted(tmp_path, files)
    assert merge(file)["ch02"]["notebooks"] == ["02-b.ipynb", "02-c.ipynb"]
    course(tmp_path, {"nb/01-b.ipynb": "{", "nb/05-x.ipynb": "{"})
    assert merge(file)["ch01"]["notebooks"] == ["01-a.ipynb", "01-b.ipynb"]


def test_a_name_in_capitals(tmp_path: Path) -> None:
    """Some systems write endings so."""
    file = adopted(tmp_path, {"01-a.ipynb": CELL, "02-b.IPYNB": CELL})
    assert merge(file)["ch02"]["notebooks"] == ["02-b.IPYNB"]


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with such names")
@pytest.mark.parametrize("name", ["~02-b.ipynb", "02-b\\c.ipynb", "02-b\x1b.ipynb", " 02-b.ipynb"])
def test_a_name_that_no_course_file_may_have(tmp_path: Path, name: str) -> None:
    """Its chapter has no list, rather than a wrong one; a folder of such a name is told."""
    books = {"01-a.ipynb": CELL, "02-a.ipynb": CELL, "02-z.ipynb": CELL}
    file = adopted(
        tmp_path, {**books, f"02-{name}": CELL, name: CELL, f"{name[:-6]}/x.ipynb": CELL}
    )
    assert file.exists()
    merge(file)


NAMES = ("01-a.ipynb", "01-b.ipynb", "02-a.ipynb", "03-c.ipynb", "intro.ipynb")
PLACES = ("", "ch01/", "ch02/", "nb/", "archive/")
FILES = st.sampled_from([f"{place}{name}" for place, name in itertools.product(PLACES, NAMES)])
HAND = {"ports": "[5432]", "disk": '"1 GB"', "hint": '{ linux = "a" }'}
MOVES = st.lists(st.tuples(FILES, st.none() | FILES), max_size=4)  # from and to; to nowhere deletes


def moved(root: Path, old: str, new: str | None) -> None:
    """Renamed, or made where it was not there; folders that are empty then go."""
    if new is None:
        (root / old).unlink(missing_ok=True)
    elif (root / old).exists():
        (root / new).parent.mkdir(exist_ok=True)
        (root / old).replace(root / new)
    else:
        course(root, {new: OTHER})
    for place in PLACES[1:]:
        if (root / place).is_dir() and not any((root / place).iterdir()):
            (root / place).rmdir()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    files=st.sets(FILES, min_size=1, max_size=6),
    keys=st.lists(st.sampled_from(sorted(HAND)), min_size=1, unique=True),
    waived=st.booleans(),
    is_shifted=st.booleans(),
    left=FILES,
    moves=MOVES,
)
def test_what_somebody_wrote_stays(
    own_folder: Path,
    files: set[str],
    keys: list[str],
    waived: bool,
    is_shifted: bool,
    left: str,
    moves: list[tuple[str, str | None]],
) -> None:
    """While its folder is there; nothing is raised, and a second time changes nothing. No chapter is
    written over another one that has its name, and each notebook has a chapter or is left out.
    """
    with tempfile.TemporaryDirectory(dir=own_folder) as folder:
        root = Path(folder)
        file = adopted(root, dict.fromkeys(sorted(files), CELL))
        if is_shifted:
            shift(file)
        by_hand(file, keys, waived=waived)
        file.write_text(f"# left out: {left}\n{file.read_text()}")
        before: Tables = tomllib.loads(file.read_text())["chapter"]
        for old, new in moves:
            moved(root, old, new)
        try:
            after = merge(file)
        except UsageProblem as problem:
            is_away = course_is(root) <= {left} and "it has no chapter" in str(problem)
            assert is_away or "there is no course to read here" in str(problem)
            return
        for id, table in before.items():
            if (root / table["folder"]).is_dir():
                assert {*table} - {"notebooks"} <= {*after[id]}, (id, after)
                assert all(after[id][key] == table[key] for key in keys)
        assert {row for row in listed(before) if (root / row[1]).is_file()} <= listed(after)
        assert left not in {name for _, name in listed(after) - listed(before)}
        assert {*unchecked(root, read(file))} <= {left}


def course_is(root: Path) -> set[str]:
    """The files of its chapters; nothing where there is no course."""
    try:
        return {source.name for source in course_of(root).taken}
    except UsageProblem:
        return set()


def listed(tables: Tables) -> set[tuple[str, str]]:
    """Each notebook that a chapter names, by its chapter, and its path from the course's folder."""
    return {
        (id, (PurePosixPath(table["folder"]) / name).as_posix())
        for id, table in tables.items()
        for name in table.get("notebooks", ())
    }


def unchecked(root: Path, file: CourseFile) -> list[str]:
    """The notebooks that no chapter has."""
    checked: set[Path] = set()
    for chapter in file.chapters:
        folder = chapter.folder or root
        checked |= {*([folder / name for name in chapter.notebooks] or folder.rglob("*.ipynb"))}
    return [
        source.name
        for part in course_of(root).parts
        for source in part.chapter.sources
        if root / source.name not in checked
    ]


def shift(file: Path) -> None:
    """Each chapter with the name of the next one, as an author may have numbered them."""
    written = file.read_text()
    headers = [line for line in written.splitlines() if line.startswith("[chapter.")]
    for at, line in enumerate(headers):
        written = written.replace(line, f"[chapter.{at}!", 1)
    for at, line in enumerate([*headers[1:], *headers[:1]]):
        written = written.replace(f"[chapter.{at}!", line, 1)
    file.write_text(written)


def by_hand(file: Path, keys: list[str], *, waived: bool) -> None:
    """Each chapter of the file with these keys too, and perhaps with a waiver."""
    own = "".join(f"\n{key} = {HAND[key]}" for key in keys)
    lines = file.read_text().splitlines()
    ids = [line[9:-1] for line in lines if line.startswith("[chapter.")]
    written = "\n".join(line + own if line.startswith("[chapter.") else line for line in lines)
    waivers = "".join(f'"{id}.python" = {{ why = "x", until = 2030-01-01 }}\n' for id in ids)
    if not ids:
        written += f'\n[chapter.all-of-it]\nfolder = "."{own}'
    file.write_text(f"{written}\n" + (f"\n[waive]\n{waivers}" if waived and ids else ""))
