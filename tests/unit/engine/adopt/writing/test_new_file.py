"""Whatever the files of a course are called, what is written for it can be read, and says the same a moment later."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.unit.engine.adopt.small_courses import course, notebook

from envcheck.adopt.needed.course import read as course_of
from envcheck.adopt.writing.merging import merged
from envcheck.adopt.writing.new_file import text
from envcheck.course_file.reading import read
from envcheck.errors import UsageProblem

BOOK = notebook("import torch")
LETTERS = st.characters(exclude_characters="/\0", codec="utf-8")
STARTS = st.sampled_from(["", "01-", "02", "ch1 ", "~", "ch02_", "all", "1.", "a[1]"])
NAMES = st.tuples(STARTS, st.text(LETTERS, min_size=1, max_size=8)).map("".join)
FILES = st.tuples(
    st.lists(NAMES.filter(lambda name: name not in (".", "..")), max_size=2).map("/".join),
    st.tuples(NAMES, st.sampled_from([".ipynb", ".IPYNB", ".py", ".md"])).map("".join),
).map("/".join)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files=st.lists(FILES, min_size=1, max_size=6))
@example(files=["/0.ipynb", "/0-b.ipynb", "/1.ipynb", "0/0.ipynb", "01-0/0.ipynb"])
@example(files=["a[1]/ch1/x.ipynb", "a[1]/ch2/x.ipynb"])
def test_what_is_written_can_be_read(own_folder: Path, files: list[str]) -> None:
    with tempfile.TemporaryDirectory(dir=own_folder) as folder:
        root = Path(folder)
        for name in files:
            with contextlib.suppress(OSError):  # a name that this system does not take
                course(
                    root,
                    {name.lstrip("/"): BOOK if name.lower().endswith("b") else "import numpy\n"},
                )
        try:
            reading = course_of(root)
        except UsageProblem as problem:
            assert "there is no course to read here" in str(problem)
            return
        file = root / "envcheck.toml"
        file.write_text(text(reading), encoding="utf-8")
        read(file)
        assert merged(file, course_of(root)) == (text(reading), text(reading))


def test_chapters_beside_those_of_a_pattern(tmp_path: Path) -> None:
    """The files of the course's own folder are chapters, too, which no pattern of folders finds."""
    names = ("01-a.ipynb", "02-b.ipynb", "03-c/x.ipynb", "04-d/x.ipynb")
    file = course(tmp_path, dict.fromkeys(names, BOOK)) / "envcheck.toml"
    file.write_text(text(course_of(tmp_path)), encoding="utf-8")
    chapters = {chapter.id: chapter.notebooks for chapter in read(file).chapters}
    assert chapters["ch01"] == ("01-a.ipynb",)
    assert {*chapters} == {"ch01", "ch02", "03-c", "04-d"}
