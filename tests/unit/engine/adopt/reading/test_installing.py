"""What cells of notebooks install is matched with what they import, and never taken for more than it is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tests.unit.engine.adopt.small_courses import answers, notebook, of

from envcheck.adopt.judging.stumbling import stumbles
from envcheck.adopt.reading.installing import by_name, of_cells
from envcheck.adopt.reading.installing import of as of_line
from envcheck.adopt.writing.new_file import text

GIT = "git+https://github.com/somebody"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("pip install a b>=2 'c[d]==1.*' # e", ["a", "b>=2", "c[d]==1.*"]),
        ('pip install -q -U "a [b] >= 1 , < 2" c > log 2>&1', ["c"]),
        ('pip install "a[b]>=1" c', ["a[b]>=1", "c"]),
        ('pip install "a < 3; python_version > \'3\'"', ["a<3"]),
        ("pip -q install a --no-cache-dir --target lib b", ["a", "b"]),
        ("{sys.executable} -m pip install -U -r list.txt a", ["a"]),
        ("pip3.11 install a;python b.py", ["a"]),
        ("uv pip install --system a && uv add b", ["a", "b"]),
        ("pip install a && pip install b || echo c", ["a", "b"]),
        ("pip install torch==1.8.0+cu101", ["torch"]),
        ("pip install 'a", ["a"]),
        ("X='a b' pip install c", ["c"]),
        ("conda install -c conda-forge -y scikit-learn=1.2 && pip install b", ["scikit-learn", "b"]),
        ("conda install -c conda-forge opencv arch-py zzqx", ["arch"]),
        (f"pip install {GIT}/a.git ./b -e . --editable=.", []),
        ("pip install --index-url https://test.pypi.org/simple/ zzqx torch", ["torch"]),
        ("pip install -i https://pypi.org/simple zzqx", ["zzqx"]),
        ("pip uninstall a", []),
        ('echo "run pip install a first"', []),
        ("echo run pip install a first", []),
        ("printf 'x' && pip install a", ["a"]),
        ("yes | pip install a", ["a"]),
        ("echo y | pip install a", ["a"]),
        ("git commit -m 'pip install a'", []),
        ("grep 'pip install a' README.md", []),
        ("# pip install a", []),
        ("bash -c 'pip install a'", ["a"]),
        ('bash -lc "cd x; pip install a"', ["a"]),
        ("'/usr/bin/python' -m pip install a", ["a"]),
        ("pipenv install a", []),
        ("ls", []),
    ],
)  # fmt: skip
def test_what_a_line_installs(line: str, names: list[str]) -> None:
    """By a name of pip's index. What conda installs has the index's name, or none."""
    assert [name for each in of_line(line) for name in each.names] == names


@pytest.mark.parametrize(
    ("word", "name"),
    [
        (f"{GIT}/Kit.git", "kit"),
        (f"{GIT}/kit@main", "kit"),
        (f"{GIT}/repository.git#egg=Kit", "kit"),
        (f"-e '{GIT}/repository#subdirectory=a&egg=kit'", "kit"),
        (f"'kit @ {GIT}/repository'", "kit"),
        ("git+git@github.com:somebody/kit.git", "kit"),
        ("https://github.com/somebody/kit/archive/main.zip", "kit"),
        ("--extra-index-url https://example.org/simple kit", "kit"),
    ],
)
def test_what_comes_from_an_address(word: str, name: str) -> None:
    """It is known again by that name, and is no name of an index."""
    (each,) = of_line(f"pip install -q {word}")
    assert (each.names, each.fits) == ((), (name,))


OWN = "https://pkgs.example.org/simple"
SETS = [
    f"!PIP_INDEX_URL={OWN} pip install zzqx",
    f"%env PIP_INDEX_URL={OWN}",
    f"!pip config set global.index-url {OWN}",
    f"!pip config --user set site.extra-index-url {OWN}",
    f"import os\nos.environ['PIP_EXTRA_INDEX_URL'] = '{OWN}'",
    f"!UV_INDEX={OWN} uv pip install zzqx",
    "%env PIP_FIND_LINKS=/shared/wheels",
    f"import os\nos.environ.update(UV_DEFAULT_INDEX='{OWN}')",
]
FILES = {
    "pip.conf": f"[global]\nextra-index-url = {OWN}\n",
    "setup/uv.toml": f'[[index]]\nurl = "{OWN}"\n',
    ".devcontainer/Dockerfile": f"FROM x\nENV PIP_INDEX_URL={OWN}\n",
    ".devcontainer/devcontainer.json": f'{{"containerEnv": {{"PIP_INDEX_URL": "{OWN}"}}, "postCreateCommand": "pip install zzqx"}}',
    "README.md": f"    export PIP_INDEX_URL={OWN}\n",
}


def installing(root: Path, cell: str, files: dict[str, str]) -> str:
    """What is written of a course that installs `zzqx` and numpy by name in another cell."""
    cells = (cell, "!pip install zzqx numpy", "import zzqx, numpy")
    other = {"2_b.ipynb": notebook("import zzqx")}
    return text(of(root, {"1_a.ipynb": notebook(*cells), **other, **files}))


@pytest.mark.parametrize(("cell", "files"), [*((cell, {}) for cell in SETS), *(("", {name: each}) for name, each in FILES.items())])  # fmt: skip
def test_an_index_of_the_course_s_own(tmp_path: Path, cell: str, files: dict[str, str]) -> None:
    """A name that nobody verified may be a stranger's on the public one, wherever the index was set."""
    written = installing(tmp_path, cell, files)
    assert "zzqx" not in written and "numpy" in written


@pytest.mark.parametrize(("cell", "files"), [(cell.replace(OWN, "https://pypi.org/simple"), {}) for cell in SETS if OWN in cell])  # fmt: skip
def test_the_public_index(tmp_path: Path, cell: str, files: dict[str, str]) -> None:
    assert "zzqx" in installing(tmp_path, cell, files)


def test_lists() -> None:
    (each,) = of_line("pip install -r a.txt --requirement=b.txt -rc.txt -c d.txt e")
    assert each.lists == ("a.txt", "b.txt", "c.txt") and each.names == ("e",)


def test_python_that_installs() -> None:
    """By a line for a shell, by words, by a magic; what it only says is nothing."""
    code = """
import os, subprocess, sys
os.system("pip install -q a==1")
subprocess.check_call([sys.executable, "-m", "pip", "install", "b", "c>=2"])
get_ipython().run_line_magic("pip", "install d")
print("pip install e")
raise ImportError("pip install f")
"""
    assert {*of_cells([((), ast.parse(code))]).names} == {"a==1", "b", "c>=2", "d"}


@given(st.text(st.sampled_from("ab \\'\"#;&|<>=-[]{}%/:@+.\n")))
def test_any_line(line: str) -> None:
    """Never an end with an error, nor a package with a name that none can have."""
    for each in of_line(f"pip install {line}"):
        for name, written in by_name(each.names).items():
            assert canonicalize_name(Requirement(written).name, validate=True) == name


@pytest.mark.parametrize(
    "line",
    [
        f"%pip install {GIT}/zzqx",
        f"!pip install -q {GIT}/repository.git#egg=zzqx",
        f"pip install {GIT}/zzqx",
        "!git clone https://github.com/somebody/zzqx.git",
        "!git clone -b main --depth 1 https://github.com/somebody/repository zzqx",
        "!pip install zzqx\n!pip install git+https://github.com/somebody/zzqx",
        f"import os\nos.system('pip install {GIT}/zzqx')",
        "!pip install --index-url https://test.pypi.org/simple/ zzqx",
    ],
)
def test_an_import_that_an_address_brings(line: str, tmp_path: Path) -> None:
    """No question, and no package of the public index's: whoever has that name there is a stranger."""
    reading = of(tmp_path, {"a.ipynb": notebook(line, "import zzqx")})
    assert answers(reading) == ([], [])
    assert "zzqx" not in text(reading)
    told = [stone.text for stone in stumbles(reading)]
    assert told == [
        "`zzqx` is imported here, and a cell takes it from an address: no check looks for it"
    ]


@pytest.mark.parametrize("line", ['%pip install "zzqx[a]>=1" b', "pip install zzqx[a]>=1", "!{sys.executable} -m pip install 'zzqx[a]>=1'"])  # fmt: skip
def test_an_import_that_a_cell_installs_by_name(line: str, tmp_path: Path) -> None:
    """With extras and version in the chapter whose cell says so, by its name in others."""
    files = {
        "1_a.ipynb": notebook(line, "import zzqx"),
        "2_b.ipynb": notebook("import zzqx, json"),
    }
    parts = of(tmp_path, files).parts
    assert [part.needs[0].requirement for part in parts] == ["zzqx[a]>=1", "zzqx"]


def test_versions_of_one_chapter_are_not_all_of_theirs(tmp_path: Path) -> None:
    """What most chapters need has the version that each of them installs, or none."""
    cells = ["!pip install zzqx==1.2", "!pip install zzqx", "!pip install zzqx"]
    files = {f"{n}_a.ipynb": notebook(cell, "import zzqx") for n, cell in enumerate(cells)}
    assert 'packages = ["zzqx"]' in text(of(tmp_path, files))
    files = {name: notebook(cells[0], "import zzqx") for name in files}
    assert 'packages = ["zzqx==1.2"]' in text(of(tmp_path / "same", files))


def test_a_list_that_a_cell_installs(tmp_path: Path) -> None:
    """Whatever it is called, and wherever it lies in the course."""
    files = {
        "w1/a.ipynb": notebook("!pip install -r ../more/deps.txt", "import zzqx"),
        "w2/b.ipynb": notebook("import json"),
        "more/deps.txt": "zzqx>=1\n",
    }
    reading = of(tmp_path, files)
    assert answers(reading) == ([], [])
    assert [listing.name for listing in reading.lists.of_all] == ["more/deps.txt"]


def test_a_package_of_the_course_s_own_that_a_notebook_installs(tmp_path: Path) -> None:
    """Its folder is not on Jupyter's path: the notebook says where it comes from."""
    files = {
        "zzlib/__init__.py": "",
        "lab1/a.ipynb": notebook("!pip install zzlib", "import zzlib"),
        "lab2/b.ipynb": notebook("import zzlib"),
    }
    parts = of(tmp_path, files).parts
    assert [need.distribution for need in parts[0].needs] == ["zzlib"]


def test_an_import_that_conda_brings(tmp_path: Path) -> None:
    """By a name that the index may have for another; the one that pip installs elsewhere is the index's."""
    conda = {"1_a.ipynb": notebook("!conda install -y zzqx", "import zzqx")}
    assert answers(of(tmp_path, conda)) == ([], [])
    both = {**conda, "2_b.ipynb": notebook("!pip install zzqx", "import zzqx")}
    assert answers(of(tmp_path / "both", both)) == (["zzqx"], [])
