"""A file is there and is what its name says, or it is said what lies in its place."""

from __future__ import annotations

import csv
import io
import zipfile
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.checks.course_file.chapter_of import place
from tests.unit.described_machines import on

from envcheck import Diagnosis, Fine, Unknown
from envcheck.course_file.asked import DataFile
from envcheck.course_file.reading import read
from envcheck.errors import UsageProblem
from envcheck.required import lists_of
from envcheck.testing import interpreter
from envcheck_checks.course_file.chapter import checks
from envcheck_checks.course_file.data_files.file_columns import NotTold, columns, how
from envcheck_checks.course_file.data_files.files import files_there

LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"


def examined(folder: Path, wanted: str = "data/a.csv", *columns: str) -> object:
    """What the check says of a course whose chapter is `course/ch1`."""
    here = place(folder / "course")
    outcome = files_there((DataFile(wanted, columns),), here, ()).examine(on("linux", folder))
    return outcome[0] if isinstance(outcome, tuple) else outcome


def put(folder: Path, name: str, content: str | bytes = "id,price\n1,2\n") -> Path:
    path = folder / "course" / "ch1" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("name", ["data/a.csv", "notebooks/data/a.csv"])
def test_a_file_that_is_there(tmp_path: Path, name: str) -> None:
    """By its path from a notebook, which may lie in a folder of the chapter."""
    put(tmp_path, "notebooks/x.ipynb", "{}")
    put(tmp_path, name)
    assert examined(tmp_path) == Fine("data/a.csv is there")


def test_a_file_beside_the_chapter(tmp_path: Path) -> None:
    put(tmp_path, "../data/a.csv")
    assert isinstance(examined(tmp_path, "../data/a.csv", "id"), Fine)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("other.txt", "x", "file-missing"),
        ("data/a (1).csv", "x", "file-missing"),
        ("more/a.csv", "x", "file-missing"),
        ("data/A.csv", "x", "file-name-case"),
        ("Data/a.csv", "x", "file-name-case"),
        ("data/a.csv.gz", "x", "file-packed"),
        ("data/a.csv.crdownload", "x", "file-unfinished"),
        ("data/.a.csv.icloud", "x", "file-unfinished"),
        ("data/a.csv", "", "file-empty"),
        ("data/a.csv", " \n\n", "file-empty"),
        ("data/a.csv", LFS, "file-stand-in"),
        ("data/a.csv", "/annex/objects/MD5E-s1--a.csv\n", "file-stand-in"),
        ("data/a.csv", "\n<!DOCTYPE html><html>", "file-other-content"),
        ("data/a.csv", "404: Not Found", "file-other-content"),
        ("data/a.csv", b"\xef\xbb\xbf<html>", "file-other-content"),
    ],
)
def test_what_lies_there(tmp_path: Path, name: str, content: str | bytes, code: str) -> None:
    put(tmp_path, name, content)
    outcome = examined(tmp_path)
    assert isinstance(outcome, Diagnosis)
    assert outcome.code == code
    assert outcome.fixes
    assert not outcome.fixes[0].automatic


@pytest.mark.parametrize(
    ("names", "there"),
    [
        ([".gitkeep"], False),
        ([".gitignore", "README.md"], False),
        (["Thumbs.db", "desktop.ini", ".DS_Store", "._a.csv"], False),
        (["raw/.gitkeep", "raw/deep/.keep"], False),
        ([".ipynb_checkpoints/a.csv"], False),
        (["README.md", "a.csv"], True),
        (["raw/.gitkeep", "raw/deep/a.csv"], True),
        ([".hidden"], True),
    ],
)
def test_a_folder_has_data(tmp_path: Path, names: list[str], there: bool) -> None:
    """What only keeps the folder in git is none."""
    for name in names:
        put(tmp_path, f"data/{name}")
    outcome = examined(tmp_path, "data")
    assert isinstance(outcome, Fine if there else Diagnosis)
    assert there or getattr(outcome, "code", "") == "file-empty"


def test_a_link_that_git_wrote_as_a_text(tmp_path: Path) -> None:
    put(tmp_path, "data/b/a.csv")
    put(tmp_path, "data/a.csv", "b/a.csv")
    outcome = examined(tmp_path)
    assert isinstance(outcome, Diagnosis)
    assert outcome.code == "file-stand-in"


def test_an_archive_is_unpacked_to_where_the_notebook_looks(tmp_path: Path) -> None:
    archive = put(tmp_path, "data.zip")
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("data/a.csv", "id\n1\n")
    outcome = examined(tmp_path)
    assert isinstance(outcome, Diagnosis)
    assert outcome.code == "file-packed"
    assert f'-m zipfile -e "{archive}" "{archive.parent}"' in repr(outcome.fixes[0])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("id,price\n1,2\n", ""),
        ('\ufeffid,"price"\r\n', ""),
        ("id;price\n1;2\n", "file-columns"),
        ("id,Price\n", "file-columns"),
        ("ID\n", "file-columns"),
        ("id,price", ""),
        ("id,price,é", ""),
        ("\n \nid,price\n", ""),
        ("#id,price\n", "?"),
        ("# made by hand\nid,price\n", "?"),
        (b"id,price,\xe4\n", "?"),
    ],
)
def test_columns(tmp_path: Path, content: str | bytes, code: str) -> None:
    put(tmp_path, "data/a.csv", content)
    outcome = examined(tmp_path, "data/a.csv", "id", "price")
    assert isinstance(outcome, Unknown if code == "?" else Diagnosis if code else Fine)
    assert getattr(outcome, "code", "") == code.strip("?")


@pytest.mark.parametrize(
    ("name", "content", "separator", "encoding", "there"),
    [
        ("a.csv", b"id;Gr\xf6\xdfe\n1;2\n", ";", "latin-1", True),
        ("a.txt", "id|Größe\n".encode(), "|", "", True),
        ("a.csv", "id;Größe".encode("utf-16"), ";", "", True),
        ("a.csv", "id,Größe".encode("utf-16"), ";", "", False),
        ("a.csv", "id,Größe\n".encode("utf-8-sig"), "", "utf-8", True),
        ("a.csv", "id,Größe\n".encode("utf-8-sig"), "", "UTF8", True),
        ("a.tsv", "id\tGröße\n".encode(), "", "utf_8", True),
    ],
)
def test_columns_as_the_course_says(
    tmp_path: Path, name: str, content: bytes, separator: str, encoding: str, there: bool
) -> None:
    put(tmp_path, name, content)
    wanted = DataFile(name, ("id", "Größe"), separator, encoding)
    outcome = files_there((wanted,), place(tmp_path / "course"), ()).examine(on("linux", tmp_path))
    assert isinstance(outcome, Fine if there else tuple)


@given(names=st.lists(st.text("abcäß€ ,;", min_size=1), min_size=1, max_size=4, unique=True))
def test_columns_that_python_wrote(own_folder: Path, names: list[str]) -> None:
    """To the last letter, with a line end or without."""
    text = io.StringIO()
    csv.writer(text).writerow(names)
    for content in (text.getvalue(), text.getvalue().rstrip("\r\n")):
        for encoding in ("utf-8", "utf-8-sig", "utf-16"):
            (own_folder / "a.csv").write_bytes(content.encode(encoding))
            there = columns(on("linux", own_folder), DataFile("a.csv"), own_folder / "a.csv")
            assert there == names or not any(name.strip() for name in names)


def test_what_only_pandas_reads_is_not_told_without_it(tmp_path: Path) -> None:
    put(tmp_path, "a.dta", "x")
    here = place(tmp_path / "course")
    env = on("linux", tmp_path, interpreter(packages={}))
    outcome = files_there((DataFile("a.dta", ("id",)),), here, ()).examine(env)
    assert isinstance(outcome, Unknown)
    assert "pandas, which could read them, is not installed" in outcome.summary


@pytest.mark.parametrize(("name", "content"), [("a.parquet", b"x"), ("a.xlsx", b"<p>"), ("a.npy", b"1")])  # fmt: skip
def test_another_kind_of_file(tmp_path: Path, name: str, content: bytes) -> None:
    put(tmp_path, name, content)
    outcome = examined(tmp_path, name)
    assert isinstance(outcome, Diagnosis)
    assert outcome.code == "file-other-content"


RIFF = b"RIFF\x10\0\0\0WEBPVP8 "


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("data-00000-of-00001.arrow", b"\xff\xff\xff\xff\x10\0\0\0"),
        ("a.arrow", b"ARROW1\0\0"),
        ("a.parquet", b"PARE1"),
        *((f"cat.{ending}", head) for ending in ("jpg", "JPEG", "png", "tif") for head in (RIFF, b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF89a", b"II*\0")),
        ("a.h5", b"mine".ljust(512, b"\0") + b"\x89HDF\r\n"),
        ("a.hdf5", b"mine".ljust(8192, b"\0") + b"\x89HDF\r\n"),
        ("a.pdf", b"\n%PDF-1.7"),
        ("a.npy", b"PK\x03\x04"),
        ("templates/base.jinja", b"<html>{{ x }}</html>"),
        ("page.mhtml", b"<html>"),
        ("notes.md", b"<!doctype html><p>x"),
        ("notes.txt", b"404: Not Found is what a server says of a page that it does not have"),
        ("src/__init__.py", b""),
        ("src/py.typed", b"\n"),
    ],
)  # fmt: skip
def test_what_the_usual_reader_takes(tmp_path: Path, name: str, content: bytes) -> None:
    """It goes by what is in the file: to get such a one once more gives the same."""
    put(tmp_path, name, content)
    assert examined(tmp_path, name) == Fine(f"{name} is there")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cat.jpg", b"<!DOCTYPE html>"),
        ("cat.jpg", b"not a picture"),
        ("a.arrow", b"PAR1"),
        ("a.h5", b"x" * 600 + b"\x89HDF"),
        ("adult.data", b"<html>"),
        ("notes.md", b"404: Not Found\n"),
    ],
)
def test_what_it_does_not_take(tmp_path: Path, name: str, content: bytes) -> None:
    put(tmp_path, name, content)
    outcome = examined(tmp_path, name)
    assert isinstance(outcome, Diagnosis) and outcome.code == "file-other-content"


@pytest.mark.parametrize(
    ("name", "separator", "read"),
    [
        ("a.csv", "", ("", ",")),
        ("a.TAB", "", ("", "\t")),
        ("a.txt", "|", ("", "|")),
        ("a.txt", "", None),
        ("a.csv.gz", "", (".csv", ",")),
        ("a.tsv.gz", "", (".csv", "\t")),
        ("a.tab.zip", "", (".csv", "\t")),
        ("a.tsv.bz2", ";", (".csv", ";")),
        ("a.zip", "", (".csv", "")),
        ("a.json.gz", "", (".json", "")),
        ("a.dta.xz", "", (".dta", "")),
        ("a.parquet.gz", "", None),
        ("a.xlsx.zip", ",", None),
        ("a.txt.gz", "", None),
        ("a.parquet", "", (".parquet", "")),
    ],
)
def test_what_reads_the_columns(name: str, separator: str, read: tuple[str, str] | None) -> None:
    """By what is inside of an archive; where nothing known reads it nobody says that columns lack."""
    if read is None:
        with pytest.raises(NotTold):
            how(Path(name), separator)
    else:
        assert how(Path(name), separator) == read


@pytest.mark.parametrize(
    ("name", "files"),
    [("a.TXT", ".txt files"), ("a.parquet.gz", ".parquet.gz files"), ("DATA", "such files")],
)
def test_which_files_nobody_reads(name: str, files: str) -> None:
    with pytest.raises(NotTold) as told:
        how(Path(name), "")
    assert str(told.value) == f"the columns of {files} cannot be read"


def test_a_link_out_of_the_course_is_not_read(tmp_path: Path) -> None:
    """Its first line would stand in a report."""
    (tmp_path / "secret.csv").write_text("my,secret\n")
    put(tmp_path, "data/x")
    (tmp_path / "course/ch1/data/a.csv").symlink_to(tmp_path / "secret.csv")
    outcome = examined(tmp_path, "data/a.csv", "id")
    assert isinstance(outcome, Unknown)
    assert "secret" not in outcome.summary


def test_a_path_that_leads_out_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    text = 'course = "a"\n[chapter.w]\nfiles = ["../../a.csv"]\n'
    (tmp_path / "envcheck.toml").write_text(text)
    file = read(tmp_path / "envcheck.toml")
    with pytest.raises(UsageProblem, match=r'toml:3:10: chapter.w.files: "../../a.csv" leads out'):
        checks(file, file.chapter("w"), partial(lists_of, file))
