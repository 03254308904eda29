"""What a hand-written checker and a setup.py ask for, read and never run."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import course, notebook

from envcheck.adopt.asked.checkers import checked
from envcheck.adopt.judging.stumbling import stumbles
from envcheck.adopt.needed.course import Reading, read
from envcheck.adopt.reading.tree import tree
from envcheck.adopt.writing.new_file import text

BOOK = {"a.ipynb": notebook("import numpy"), "requirements.txt": "numpy\n"}
RUNS_SOMETHING = "import pathlib\npathlib.Path('ran').write_text('x')\n"


def of(root: Path, files: dict[str, str]) -> Reading:
    return read(course(root / "course", files))


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        ("PKGS = {'numpy': '1.26',\n  'bs4': None}", [("numpy", 1, "", "1.26"), ("bs4", 2, "", "")]),
        ("PKGS = {'numpy': ('1.24', None)}", [("numpy", 1, "", "1.24")]),
        ("def f():\n    packages = ['geopandas', 'rtree']", [("geopandas", 2, "", ""), ("rtree", 2, "", "")]),
        ("required_packages = [('cv2', 'opencv-python')]", [("cv2", 1, "opencv-python", "")]),
        ("REQUIREMENTS = ['numpy>=1.21', 'pandas']", [("numpy", 1, "", "1.21"), ("pandas", 1, "", "")]),
        ("d = {'sklearn': '1.0'}\ncheck_packages(d)", [("sklearn", 1, "", "1.0")]),
        ("optional_packages = ['torch']\nmissing_packages = ['x']\nnames = ['y']", []),
        ("packages = [name for name in open('requirements.txt')]", []),
        ("packages = [1, None, 'a b c', '', ['x']]", []),
        ("this is no Python", []),
    ],
)  # fmt: skip
def test_the_rows(tmp_path: Path, code: str, rows: list[tuple[str, int, str, str]]) -> None:
    root = course(tmp_path, {"check_env.py": code})
    got = [(row.name, row.line, row.installed, row.minimum) for row in checked(tree(root))]
    assert got == rows


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("check_env.py", True), ("check_environment.py", True), ("setup/verify_installation.py", True),
        ("install_check.py", True), ("python_environment_check.py", True), ("checkers.py", False),
        ("test_model.py", False), ("environment.py", False),
    ],
)  # fmt: skip
def test_which_files_are_checkers(tmp_path: Path, name: str, is_one: bool) -> None:
    assert bool(checked(tree(course(tmp_path, {name: "packages = ['numpy']"})))) == is_one


def test_what_no_list_says_is_written(tmp_path: Path) -> None:
    """With the lowest version of what a list names without one; nothing of it is run."""
    code = RUNS_SOMETHING + "PKGS = {'numpy': '1.26', 'bs4': None, 'jupyter': None, 'zzqx': None}\n"
    reading = of(tmp_path, {**BOOK, "check_env.py": code})
    assert text(reading) == (
        'course = "course"  # the folder\'s name\n'
        'requires = ["requirements.txt"]  # read again at every run\n'
        "# numpy, beautifulsoup4: from check_env.py:3\n"
        'packages = ["numpy>=1.26", "beautifulsoup4"]\n\n'
        '[chapter.course]\nfolder = "."\n'
    )
    assert not (reading.tree.root / "ran").exists()


def test_setup_py(tmp_path: Path) -> None:
    code = "from setuptools import setup\nsetup(name='a', install_requires=['pandas>=1.5'])\n"
    reading = of(tmp_path, {**BOOK, "setup.py": code})
    assert [each.requirement for each in reading.asked] == ["pandas>=1.5"]


@pytest.mark.parametrize(
    ("pin", "told"),
    [("==1.20", 1), ("==1.26.4", 0), ("==1.*", 0), ("==1.25.*", 1), (">=1.20", 0), ("", 0)],
)
def test_a_pin_that_the_checker_refuses(tmp_path: Path, pin: str, told: int) -> None:
    """Only where no version can please both."""
    files = {
        **BOOK,
        "requirements.txt": f"numpy{pin}\n",
        "check_env.py": "PKGS = {'numpy': '1.26'}",
    }
    stones = [str(stone) for stone in stumbles(of(tmp_path, files))]
    wanted = f"check_env.py:1  `numpy` 1.26 or newer is asked for here, and `numpy{pin}` in requirements.txt:1"
    assert stones == [wanted] * told
