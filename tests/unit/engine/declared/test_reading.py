"""Pipfile, setup.cfg, the tables of Poetry, PDM, uv and pixi, and files that name a Python."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck.declared.poetry_versions import pep440
from envcheck.declared.reading import look, read
from envcheck.errors import UsageProblem

POETRY = """\
[tool.poetry.dependencies]
python = "^3.9"
numpy = "^1.21"
pandas = { version = "~2.1", extras = ["plot"], markers = "sys_platform != 'win32'" }
rare = { version = "*", optional = true }
mine = { path = "lib" }
torch = [
  { version = "<=2.2", platform = "darwin" },
  { version = ">=2.3", python = ">=3.10" },
]
[tool.poetry.group.notebooks.dependencies]
jupyterlab = "*"
[tool.poetry.group.docs]
optional = true
[tool.poetry.group.docs.dependencies]
sphinx = "*"
"""
UV = """\
[project]
requires-python = ">=3.10"
dependencies = [
  "numpy>=2",
]
optional-dependencies.plots = ["seaborn"]
[dependency-groups]
dev = ["ipykernel", { include-group = "more" }]
more = ["pandas"]
lint = ["ruff"]
[tool.uv]
package = false
"""
PIXI = """\
[dependencies]
python = "3.12.*"
pytorch = ">=2"
git = "*"
[pypi-dependencies]
seaborn = { version = "==0.13", extras = ["stats"] }
"""
PIPFILE = """\
[packages]
numpy = "*"
pywin32 = { version = "==306", sys_platform = "== 'win32'" }
ours = { path = "./ours", editable = true }
[dev-packages]
pytest = "*"
[requires]
python_version = "3.11"
"""
SETUP = """\
[options]
python_requires = >=3.8
install_requires =
    numpy>=1.20
    requests ; python_version < "4"
"""


def rows(folder: Path, name: str, text: str) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    (folder / name.partition("[")[0]).write_text(text)
    given = read(folder, name)
    packages = [(row.requirement, row.line) for row in given.packages]
    return packages, [(row.versions, row.line) for row in given.pythons]


@pytest.mark.parametrize(
    ("name", "text", "packages", "pythons"),
    [
        (
            "pyproject.toml",
            POETRY,
            [
                ("numpy<2,>=1.21", 3),
                ('pandas[plot]<2.2,>=2.1; sys_platform != "win32"', 4),
                ('torch<=2.2; sys_platform == "darwin"', 7),
                ('torch>=2.3; python_version >= "3.10"', 7),
                ("jupyterlab", 12),
            ],
            [("<4,>=3.9", 2)],
        ),
        (
            "pyproject.toml",
            UV,
            [("numpy>=2", 4), ("ipykernel", 8), ("pandas", 9)],
            [(">=3.10", 2)],
        ),
        ("pyproject.toml[plots]", UV, [("seaborn", 6)], []),
        ("pyproject.toml[lint]", UV, [("ruff", 10)], []),
        ("pixi.toml", PIXI, [("torch>=2", 3), ("seaborn[stats]==0.13", 6)], [("==3.12.*", 2)]),
        (
            "Pipfile",
            PIPFILE,
            [("numpy", 2), ('pywin32==306; sys_platform == "win32"', 3)],
            [("==3.11.*", 8)],
        ),
        (
            "setup.cfg",
            SETUP,
            [("numpy>=1.20", 4), ('requests; python_version < "4"', 5)],
            [(">=3.8", 2)],
        ),
        ("runtime.txt", "python-3.10\n", [], [("==3.10.*", 1)]),
        ("runtime.txt", "r-4.1-2022-01-01\n", [], []),
        (".python-version", "# ours\n3.12.1\n3.11.0\n", [], [("==3.12.1", 2)]),
        (".python-version", "cpython-3.11.4-linux-x86_64-gnu\n", [], [("==3.11.4", 1)]),
        (".python-version", "my-env\n", [], []),
        (".python-version", ">=3.10\n", [], [(">=3.10", 1)]),
    ],
)
def test_what_they_ask_for(
    tmp_path: Path,
    name: str,
    text: str,
    packages: list[tuple[str, int]],
    pythons: list[tuple[str, int]],
) -> None:
    assert rows(tmp_path, name, text) == (packages, pythons)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("pyproject.toml", "[project\n", r"pyproject.toml:1: it is not TOML"),
        ("pyproject.toml", "a" + ".a" * 5000 + " = 1\n", r"pyproject.toml:1: a key of more than"),
        ("pyproject.toml", "[tool.black]\n", r"no list of dependencies"),
        ("pyproject.toml", "[project]\ndependencies = 1\n", r"toml:2: `dependencies` must be a list"),
        ("pyproject.toml[gone]", UV, r"no extra and no dependency group `gone`"),
        ("pyproject.toml", '[project]\ndependencies = [\n "a @ file:///x"]\n', r"toml:3: .*another machine"),
        ("pyproject.toml", '[dependency-groups]\ndev = [{ include-group = "dev" }]\n[tool.uv]\n', r"toml:2: the group `dev` cannot"),
        ("Pipfile", "[packages]\nnumpy = 'soon'\n", r"Pipfile:2: `numpy` has versions that cannot"),
        ("Pipfile", "a = 1\n", r"no table \[packages\]"),
        ("pixi.toml", "a = 1\n", r"no \[dependencies\]"),
        ("setup.cfg", "numpy\n", r"setup.cfg:1: it is no list of settings"),
        ("setup.cfg", "[options]\ninstall_requires = file: ../x.txt\n", r"setup.cfg:2: `../x.txt` leads out"),
        ("runtime.txt", "?\n", r"runtime.txt:1: it names no version"),
        (".python-version", "", r"it names no version"),
    ],
)  # fmt: skip
def test_what_cannot_be_read(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name.partition("[")[0]).write_text(text)
    with pytest.raises(UsageProblem, match=message):
        read(tmp_path, name)


@pytest.mark.parametrize(
    ("written", "versions"),
    [
        ("^1.2.3", "<2,>=1.2.3"), ("^0.2.3", "<0.3,>=0.2.3"), ("^0.0.3", "<0.0.4,>=0.0.3"), ("^0", "<1,>=0"),
        ("~1.2.3", "<1.3,>=1.2.3"), ("~1", "<2,>=1"), ("1.2", "==1.2"), ("1.*", "==1.*"), ("*", ""),
        (">=1.2 <2", ">=1.2,<2"), (">= 1.2, != 1.3", ">=1.2,!=1.3"), ("^2.7 || ^3.6", ">=2.7"), ("soon", None),
    ],
)  # fmt: skip
def test_poetry_s_versions(written: str, versions: str | None) -> None:
    assert pep440(written) == versions


def test_groups_are_named(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(UV)
    assert [row.name for row in look(tmp_path, "pyproject.toml").groups] == [
        "plots",
        "dev",
        "more",
        "lint",
    ]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match=r"gone.yml: it cannot be read: No such file"):
        read(tmp_path, "gone.yml")


WORDS = {
    "requirements.txt": ["numpy", "==1.2", "-r ", "-e .", "git+https://x/y", " ; python_version<'3'", "\\", "[a]", "--hash=sha256:0", "\x00"],
    "environment.yml": ["dependencies:", "  - ", "numpy=1.2", "pip:", "channels: [", "]", "&a", "*a", ": ", "\t", "name: x", "{"],
    "pyproject.toml": ["[project]", "dependencies = [", "]", '"numpy"', "[tool.poetry.dependencies]", 'numpy = "^1"', "[[", "=", '"""', "1" * 30],
    "Pipfile": ["[packages]", 'numpy = "*"', "[dev-packages]", "{", "}", "version = ", '"'],
    "setup.cfg": ["[options]", "install_requires =", "    numpy", "[", "%(x)s", "=", ":"],
    "pixi.toml": ["[dependencies]", 'numpy = "*"', "[pypi-dependencies]", "{", "[", "git = "],
    "runtime.txt": ["python-3.11", "3", ".", "r-", "#", "-"],
    ".python-version": ["3.11", "pypy", "/", "#", "3.99999999999999999999"],
}  # fmt: skip


@pytest.mark.parametrize("name", WORDS)
@given(data=st.data())
def test_any_text(name: str, data: st.DataObject, own_folder: Path) -> None:
    """Nothing is raised, nothing hangs, and each fault is on a line of the text."""
    piece = st.one_of(st.sampled_from([*WORDS[name], "\n", " "]), st.text(max_size=4))
    text = "".join(data.draw(st.lists(piece, max_size=25)))
    folder = own_folder
    (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    declared = look(folder, name)
    lines = len(text.splitlines()) + text.count("\n") + 2
    assert all(0 <= row.line <= lines for row in declared.unread)
    assert all(row.requirement for row in declared.packages)


def test_pixi_for_one_platform(tmp_path: Path) -> None:
    text = "[target.osx-arm64.dependencies]\nnumpy = '*'\n[target.unix.pypi-dependencies]\nacme = '>=1'\n[target.tv-9.dependencies]\nzz = '*'\n"
    (tmp_path / "pixi.toml").write_text(text, encoding="utf-8")
    first, then = (row.requirement for row in look(tmp_path, "pixi.toml").packages)
    assert first.startswith('numpy; sys_platform == "darwin" and (platform_machine == "arm64"')
    assert then == 'acme>=1; sys_platform != "win32"'


def test_both_dev_groups_of_uv(tmp_path: Path) -> None:
    text = "[project]\ndependencies = []\n[tool.uv]\ndev-dependencies = ['pandas']\n[dependency-groups]\ndev = ['numpy']\n"
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    assert [row.requirement for row in look(tmp_path, "pyproject.toml").packages] == [
        "numpy",
        "pandas",
    ]
