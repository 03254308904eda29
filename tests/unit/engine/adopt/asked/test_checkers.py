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
        ("PKGS = {'numpy': True, 'torch': False}", [("numpy", 1, "", "")]),
        ("PKGS = {'numpy': {'required': True}, 'torch': {'required': False}}", [("numpy", 1, "", "")]),
        ("PKGS = {'numpy': {'optional': False}, 'torch': {'optional': True}}", [("numpy", 1, "", "")]),
        ("PKGS = [('numpy', 'arrays', True), ('torch', 'demo', False)]", [("numpy", 1, "arrays", "")]),
        ("PKGS = [{'name': 'torch', 'required': False}]", []),
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
        ("test_model.py", False), ("tests/test_setup.py", False), ("scripts/check_env.py", True), ("environment.py", False),
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


@pytest.mark.parametrize(
    ("code", "requirements"),
    [
        ('PKGS = {"pandas": "tables", "altair": "dash"}', ["pandas", "altair"]),
        ('PKGS = [("anthropic", "API client", True), ("streamlit", "demo", False), ("pandas", "tables", True)]', ["anthropic", "pandas"]),
        ('PKGS = [("cv2", "opencv-python-headless"), ("sklearn", "scikit-learn")]', ["opencv-python-headless", "scikit-learn"]),
        ('PKGS = {"opencv-python": "cv2", "python-dotenv": "dotenv"}', ["opencv-python", "python-dotenv"]),
        ('PKGS = ["scikit-learn", "beautifulsoup4"]', ["scikit-learn", "beautifulsoup4"]),
        ('PKGS = [("zzqx", "torch"), ("zzpy", "numpy")]', []),
    ],
)  # fmt: skip
def test_a_word_beside_a_module(tmp_path: Path, code: str, requirements: list[str]) -> None:
    """It is what installs the module only where that is called so; else it says what for."""
    reading = of(tmp_path, {**BOOK, "check_env.py": code})
    assert [each.requirement for each in reading.asked] == requirements


def test_a_checker_of_a_chapter(tmp_path: Path) -> None:
    """It asks whoever does that chapter; one in a folder for setting up asks all."""
    files = {
        "requirements.txt": "numpy\n",
        "01-a/a.ipynb": notebook("import numpy"),
        "02-b/b.ipynb": notebook("import numpy"),
        "02-b/deep/check_env.py": "PKGS = {'pyspark': '3.5', 'numpy': None}",
        "00-setup/x.ipynb": notebook("x = 1"),
        "00-setup/check_env.py": "PKGS = ['pandas']",
    }
    reading = of(tmp_path, files)
    assert [each.requirement for each in reading.asked] == ["pandas"]
    needed = {part.chapter.folder: [n.requirement for n in part.needs] for part in reading.parts}
    assert needed == {"00-setup": [], "01-a": [], "02-b": ["pyspark>=3.5"]}
    assert 'packages = ["pyspark>=3.5"]' in text(reading)


def test_the_list_of_a_chapter_answers_its_checker(tmp_path: Path) -> None:
    files = {
        "01-a/a.ipynb": notebook("import numpy"),
        "02-b/b.ipynb": notebook("import numpy"),
        "02-b/check_env.py": "PKGS = ['pyspark']",
        "02-b/requirements.txt": "pyspark\nnumpy\n",
    }
    assert "pyspark" not in text(of(tmp_path, files))
