"""A file of data that names columns is one that has some, and is read as it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck.course_file.reading import read
from envcheck.errors import UsageProblem

CHAPTER = 'course = "a"\n[chapter.w]\n'


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ('path = "a.txt", columns = ["x"]', "3:28: the columns of .txt files cannot be read"),
        ('path = "a.jsonl", columns = ["x"]', "the columns of .jsonl files cannot be read"),
        ('path = "a", columns = ["x"]', "the columns of such files cannot be read"),
        ('path = "a.csv", separator = ";;"', "it must have 1 characters at most"),
        ('path = "a.csv", encoding = "lattin"', 'it must be an encoding, such as latin-1, not "lattin"'),
        ('path = "a.csv", encoding = "hex"', 'it must be an encoding, such as latin-1, not "hex"'),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_line(
    tmp_path: Path, item: str, reason: str
) -> None:
    (tmp_path / "envcheck.toml").write_text(f"{CHAPTER}files = [{{ {item} }}]\n")
    with pytest.raises(UsageProblem) as refused:
        read(tmp_path / "envcheck.toml")
    assert reason in str(refused.value)
    assert "envcheck.toml:3:" in str(refused.value)


@pytest.mark.parametrize(
    "item",
    ['path = "a.txt"', 'path = "a.TSV", columns = ["x"]', 'path = "a.parquet", columns = ["x"]',
     'path = "a.txt", columns = ["x"], separator = "\\t"', 'path = "a.csv", encoding = "cp1252"'],
)  # fmt: skip
def test_what_can(tmp_path: Path, item: str) -> None:
    (tmp_path / "envcheck.toml").write_text(f"{CHAPTER}files = [{{ {item} }}]\n")
    (file,) = read(tmp_path / "envcheck.toml").chapter("w").asked.files
    assert file.path.startswith("a.")
