"""How names of files and folders divide a course."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engine.adopt.small_courses import notebook

from envcheck.adopt.dividing.chapters import chapters
from envcheck.adopt.dividing.naming import of_folder
from envcheck.adopt.reading.sources import NOTEBOOK, TEXT, Source
from envcheck.course_file.reading import read


def divided(*names: str) -> tuple[str, list[tuple[str, str, str]]]:
    result = chapters([Source(name, NOTEBOOK) for name in names])
    return result.pattern, [(each.id, each.title, each.folder) for each in result.each]


@pytest.mark.parametrize(
    ("names", "pattern", "each"),
    [
        (["ch1/a.ipynb", "ch2/b.ipynb"], "ch[0-9]*/", [("ch1", "", "ch1"), ("ch2", "", "ch2")]),
        (["01-a/a.ipynb", "02-b/b.ipynb", "extra/c.ipynb"], "[0-9]*/", [("01-a", "", "01-a"), ("02-b", "", "02-b"), ("extra", "", "extra")]),
        (["maps/a.ipynb", "Tables & more/b.ipynb"], "", [("Tables-more", "", "Tables & more"), ("maps", "", "maps")]),
        (["notebooks/01.00-Start.ipynb", "notebooks/01.01-More.ipynb", "notebooks/02.00-End.ipynb", "old/x.ipynb"], "", [("ch01", "", "notebooks"), ("ch02", "End", "notebooks")]),
        (["ch02.ipynb", "ch03.ipynb", "appa.ipynb"], "", [("ch02", "", "."), ("ch03", "", "."), ("appa", "", ".")]),
        (["only.ipynb"], "", [("course", "", ".")]),
        (["LA4DS_ch02.ipynb", "LA4DS_ch10.ipynb"], "", [("ch02", "", "."), ("ch10", "", ".")]),
        (["cs101-lecture-01-Trees.ipynb", "cs101-lecture-02-Heaps.ipynb"], "", [("lecture01", "Trees", "."), ("lecture02", "Heaps", ".")]),
        (["ch1.1-a.ipynb", "ch1.2-b.ipynb", "ch2.1-c.ipynb"], "", [("ch01", "", "."), ("ch02", "C", ".")]),
        (["data.ipynb", "the-book/01-a.ipynb", "the-book/02-b.ipynb", "the-book/03-c.ipynb"], "", [("ch01", "A", "the-book"), ("ch02", "B", "the-book"), ("ch03", "C", "the-book")]),
        (["start.ipynb", "more/a.ipynb", "more/b.ipynb", "more/c.ipynb"], "", [("course", "", ".")]),
        (["C1 - Nets (new)/a.ipynb", "C2 - More/b.ipynb"], "C[0-9]*/", [("C1-Nets-new", "", "C1 - Nets (new)"), ("C2-More", "", "C2 - More")]),
        (["all.ipynb", "b.ipynb"], "", [("all-2", "", "."), ("b", "", ".")]),
        (["units/en/unit1/a.md", "units/en/unit2/b.md", "units/fr/unit1/a.md", "units/pt-br/unit1/a.md"], "units/en/unit[0-9]*/", [("unit1", "", "units/en/unit1"), ("unit2", "", "units/en/unit2")]),
        (["de/a.ipynb", "maps/b.ipynb"], "", [("de", "", "de"), ("maps", "", "maps")]),
        (["01-a.ipynb", "translations/de/01-a.ipynb"], "", [("course", "", ".")]),
        (["第一章 表格.ipynb", "第十二章 图.ipynb", "参考答案.ipynb"], "", [("ch01", "表格", "."), ("ch12", "图", "."), ("part3", "参考答案", ".")]),
        (["Глава 1/a.ipynb", "Глава 2/b.ipynb"], "", [("ch01", "Глава 1", "Глава 1"), ("ch02", "Глава 2", "Глава 2")]),
        (["ch1.ipynb", "ch2.ipynb", "first/a.ipynb", "second/b.ipynb"], "", [("ch01", "", "."), ("ch02", "", "."), ("first", "", "first"), ("second", "", "second")]),
        (["check.ipynb", "notebooks/01 A.ipynb", "notebooks/02 B.ipynb"], "", [("ch01", "A", "notebooks"), ("ch02", "B", "notebooks")]),
        (["01-a.ipynb", "02-b.ipynb", "_solved/01-a.ipynb", "_solved/02-b.ipynb", "data/get.ipynb"], "", [("ch01", "A", "."), ("ch02", "B", ".")]),
        (["archive-2025/day1/a.ipynb", "archive-2025/day2/b.ipynb", "maps/a.ipynb", "tables/legacy/b.ipynb", "tables/b.ipynb"], "", [("maps", "", "maps"), ("tables", "", "tables")]),
        (["docker-101/a.ipynb", "git-101/b.ipynb", "python-basic/c.ipynb"], "", [("docker-101", "", "docker-101"), ("git-101", "", "git-101"), ("python-basic", "", "python-basic")]),
        (["archive/a.ipynb"], "", [("course", "", "archive")]),
        (["archives-of-rome/a.ipynb", "maps/a.ipynb"], "", [("archives-of-rome", "", "archives-of-rome"), ("maps", "", "maps")]),
        (["chap04ex.ipynb", "chap05.ipynb", "more.ipynb"], "", [("chap04", "", "."), ("chap05", "", "."), ("more", "", ".")]),
        (["week1/a.ipynb", "week2/b.ipynb", "week3/c.ipynb", "code/demo.ipynb"], "week[0-9]*/", [("code", "", "code"), ("week1", "", "week1"), ("week2", "", "week2"), ("week3", "", "week3")]),
        (["lectures/a.ipynb", "lectures/b.ipynb", "labs/a.ipynb", "labs/b.ipynb"], "", [("labs", "", "labs"), ("lectures", "", "lectures")]),
        (["notebooks/01-a.ipynb", "notebooks/02-b.ipynb", "docs/a.ipynb", "docs/b.ipynb", "data/c.ipynb"], "", [("ch01", "A", "notebooks"), ("ch02", "B", "notebooks")]),
        (["book/01-a.ipynb", "book/02-b.ipynb", "src/01-a.ipynb", "src/02-b.ipynb"], "", [("book", "", "book"), ("src", "", "src")]),
        (["course/01-a.ipynb", "course/02-b.ipynb", "es/01-a.ipynb", "es/02-b.ipynb"], "", [("ch01", "A", "course"), ("ch02", "B", "course")]),
        (["notebooks/01-a.ipynb", "notebooks/02-b.ipynb", "notebooks_v1/01-a.ipynb", "notebooks_v1/02-b.ipynb", "notebooks_v1/03-c.ipynb"], "", [("ch01", "A", "notebooks"), ("ch02", "B", "notebooks")]),
        (["code/01-a.ipynb", "code/02-b.ipynb", "examples/x.ipynb", "workshop/y.ipynb"], "", [("ch01", "A", "code"), ("ch02", "B", "code")]),
        ([], "", []),
    ],
)  # fmt: skip
def test_the_division(names: list[str], pattern: str, each: list[tuple[str, str, str]]) -> None:
    assert divided(*names) == (pattern, each)


PART = st.text(alphabet="ab01 -_.é第十二章", min_size=1, max_size=6).filter(
    lambda part: part.strip(". ")
)


@given(st.lists(st.lists(PART, min_size=1, max_size=3).map("/".join), max_size=12, unique=True))
def test_any_names(stems: list[str]) -> None:
    """Every chapter has a name of its own that can be typed, and something in it."""
    _, each = divided(*(f"{stem}.ipynb" for stem in stems))
    ids = [id for id, _, _ in each]
    assert len({id.lower() for id in ids}) == len(ids)
    assert all(id.replace("-", "").replace("_", "").isascii() for id in ids)
    assert bool(each) == bool(stems)


@pytest.mark.parametrize(
    ("spelled", "count", "chapters_there"),
    [
        ("day{:03}/a.ipynb", 120, 120),
        ("day{:03}/a.ipynb", 301, 1),
        ("{letters}/a.ipynb", 120, 1),
        ("{:03}.ipynb", 120, 1),
    ],
)
def test_however_many_there_are_nothing_is_cut_off(
    spelled: str, count: int, chapters_there: int
) -> None:
    """A pattern costs no lines; what would need too many tables is read as a whole."""
    names = [spelled.format(n, letters=chr(97 + n % 26) * (1 + n // 26)) for n in range(count)]
    result = chapters([Source(name, NOTEBOOK) for name in names])
    assert len(result.each) == chapters_there
    assert sorted(s.name for each in result.each for s in each.sources) == sorted(names)
    assert bool(result.pattern) is (chapters_there > 1)


def test_prose_is_no_chapter() -> None:
    """A notebook without a cell of code, where others have some."""
    sources = [Source("about.md", TEXT, is_prose=True), Source("maps.md", TEXT), Source("tables.md", TEXT)]  # fmt: skip
    assert [each.id for each in chapters(sources).each] == ["maps", "tables"]
    assert [each.id for each in chapters(sources[:1]).each] == ["course"]


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("legacy-code", True),
        ("archive-formats", True),
        ("deprecated-apis", True),
        ("archives", True),
        ("obsolete-and-modern", True),
        ("legacy-march", True),
        ("legacy", False),
        ("_archive", False),
        ("archived", False),
        ("archive-2", False),
        ("legacy_v1.2", False),
        ("Archive 2021-03-04", False),
        ("archive-fall-2021", False),
        ("legacy-2020spring", False),
        ("legacy2020", False),
        ("legacy-" + "1" * 200 + "!", True),
    ],
)
def test_a_chapter_about_what_is_old(name: str, is_one: bool) -> None:
    """By the whole name of its folder: only what is put aside, perhaps with its day or version, is none."""
    each = [Source(f"{folder}/x.ipynb", NOTEBOOK) for folder in ("basics", "more", name)]
    assert (name in {chapter.folder for chapter in chapters(each).each}) is is_one


@pytest.mark.parametrize("name", ["C1 - Nets (new)", "w1", "1. a & b", "a--b-1", "Week 2 -- c"])
def test_one_folder_has_one_name(name: str, tmp_path: Path) -> None:
    """Whether `adopt` writes it or `from` finds it."""
    (tmp_path / name).mkdir()
    (tmp_path / name / "a.ipynb").write_text(notebook("import numpy"))
    file = tmp_path / "envcheck.toml"
    file.write_text('course = "c"\npackages = ["numpy"]\n[chapters]\nfrom = "*/"\n')
    assert [each.id for each in read(file).chapters] == [of_folder(name)]
