"""What comes from a folder or an address is asked of no index, whichever list says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from packaging.requirements import Requirement

from envcheck.declared.addresses import address
from envcheck.declared.declared import Declared
from envcheck.declared.reading import READERS, look
from envcheck.declared.requirement_text import by_pip

GIT = "git+https://example.org/kit.git"
WHEEL = "https://example.org/kit-1.0-py3-none-any.whl"
# Each list with each way in which it takes `kit` from an address or a folder, and what pip is told of it.
LISTS = [
    ("requirements.txt", f"kit @ {GIT}\n", f"kit@ {GIT}"),
    ("requirements.txt", f"{GIT}#egg=kit\n", f"kit@ {GIT}#egg=kit"),
    ("requirements.txt", f"-e {GIT}@v1#egg=kit\n", f"kit@ {GIT}@v1#egg=kit"),
    ("requirements.txt", f"{WHEEL}\n", f"kit@ {WHEEL}"),
    ("requirements.txt", "./wheels/kit-1.0-py3-none-any.whl\n", ""),
    ("requirements.txt", "-e ./kit#egg=kit\n", ""),
    ("requirements.in", f"kit[all] @ {WHEEL} ; os_name != 'x'\n", f'kit[all]@ {WHEEL} ; os_name != "x"'),
    ("environment.yml", f"dependencies:\n  - pip:\n    - kit @ {GIT}\n", f"kit@ {GIT}"),
    ("pyproject.toml", f"[project]\ndependencies = ['kit @ {GIT}']\n", f"kit@ {GIT}"),
    ("pyproject.toml", f"[tool.poetry.dependencies]\nkit = {{ url = '{WHEEL}' }}\n", f"kit@ {WHEEL}"),
    (
        "pyproject.toml",
        "[project]\ndependencies = ['kit>=1']\n[tool.uv.sources]\n"
        "kit = { git = 'https://example.org/kit.git', rev = 'v1', subdirectory = 'a' }\n",
        f"kit@ {GIT}@v1#subdirectory=a",
    ),
    (
        "pyproject.toml",
        "[project]\ndependencies = ['kit']\n[tool.uv.sources]\nkit = { workspace = true }\n",
        "",
    ),
    ("setup.cfg", f"[options]\ninstall_requires =\n  kit @ {GIT}\n", f"kit@ {GIT}"),
    (
        "Pipfile",
        "[packages]\nkit = { git = 'https://example.org/kit.git', ref = 'v1' }\n",
        f"kit@ {GIT}@v1",
    ),
    (
        "pixi.toml",
        "[pypi-dependencies]\nkit = { git = 'git@example.org:somebody/kit.git', version = '*' }\n",
        "kit@ git+ssh://git@example.org/somebody/kit.git",
    ),
]  # fmt: skip
ASK_FOR_NO_PACKAGE = {"runtime.txt", ".python-version"}


@pytest.mark.parametrize(("file", "text", "told"), LISTS)
def test_a_name_that_comes_with_an_address(file: str, text: str, told: str, tmp_path: Path) -> None:
    """There the name may be somebody else's: pip is told the address, or nothing."""
    (tmp_path / file).write_text(text)
    (row,) = look(tmp_path, file).packages
    assert (row.requirement.partition("=")[0].partition("[")[0].partition(">")[0], row.on_index) == ("kit", False)  # fmt: skip
    given = by_pip(row)
    assert (given and Requirement(given)) == (told and Requirement(told))


def test_every_reader_is_asked() -> None:
    """A reader that is new has to say here how its lists name an address."""
    asked = {Path(file).name for file, _, _ in LISTS}
    assert {*READERS} - ASK_FOR_NO_PACKAGE <= asked
    assert {".txt", ".in", ".yml"} <= {Path(file).suffix for file in asked}
    assert "pyproject.toml" in asked


def test_nobody_can_leave_open_where_a_package_comes_from() -> None:
    with pytest.raises(TypeError, match="on_index"):
        Declared("kit", "requirements.txt")  # type: ignore[call-arg]


def test_a_constraint_that_is_an_address(tmp_path: Path) -> None:
    (tmp_path / "constraints.txt").write_text(f"kit @ {GIT}\nnumpy<3\n")
    rows = look(tmp_path, "constraints.txt").constraints
    assert [(row.requirement, row.by_address) for row in rows] == [("kit", True), ("numpy<3", False)]  # fmt: skip


def test_an_address_that_pip_does_not_know() -> None:
    assert address({"git": "../kit"}) == ""
    assert address({"path": "../kit"}) == ""
    assert address({"hg": "https://example.org/kit"}) == "hg+https://example.org/kit"
