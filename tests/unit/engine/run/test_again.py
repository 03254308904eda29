"""Lines that start envcheck once more, in the words and the shell of the learner."""

from __future__ import annotations

from dataclasses import replace

import pytest

from envcheck.run.again import Again

FROM_ANOTHER_FOLDER = Again(
    ("python3", "../my envcheck/run-envcheck.py"),
    ("chapter2",),
    (("--python", "3.12"), ("--course", "our course.py"), ("--quick",)),
)


@pytest.mark.parametrize(
    ("shell", "line"),
    [
        (
            "posix",
            "python3 '../my envcheck/run-envcheck.py' chapter2 --python 3.12"
            " --course 'our course.py' --quick --fix",
        ),
        (
            "cmd",
            'python3 "../my envcheck/run-envcheck.py" chapter2 --python 3.12'
            ' --course "our course.py" --quick --fix',
        ),
    ],
)
def test_the_same_once_more(shell: str, line: str) -> None:
    """Program, chapter and options, each word as this shell reads it."""
    assert replace(FROM_ANOTHER_FOLDER, shell=shell).same("--fix") == line


def test_a_quoted_program_is_called_in_powershell() -> None:
    """Without `&` a quoted word is printed, not started."""
    again = Again((r"C:\Program Files\Python\python.exe", "run-envcheck.py"), ("chapter2",))
    assert (
        replace(again, shell="powershell").same()
        == r"& 'C:\Program Files\Python\python.exe' run-envcheck.py chapter2"
    )


def test_a_page_of_a_course_and_the_way_back() -> None:
    """The page needs the course's file; the record of a fix needs nothing else."""
    again = FROM_ANOTHER_FOLDER
    start = "python3 '../my envcheck/run-envcheck.py'"
    assert again.explain("x") == f"{start} explain x --course 'our course.py'"
    assert again.undo("a record.json") == f"{start} undo 'a record.json'"


def test_the_same_about_another_python() -> None:
    """The one that a fix has made stands for the one that was named."""
    assert Again(names=("w",)).about("/a b/python").same() == "envcheck w --python '/a b/python'"
    assert FROM_ANOTHER_FOLDER.about("/x/python").same().count("--python") == 1
