"""One line starts envcheck from an index, and the lines that it prints start it again. Each way for each person is
in test_ways.py; here is what that table does not show.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from tests.bootstrap.machine import BASE
from tests.reach.local_index import file_of
from tests.reach.newcomer import Newcomer, quoted
from tests.recipes import plain_environment

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: lines of its shells"),
]
RUN = "chapter2 --quick --offline"


@pytest.fixture
def newcomer(tmp_path: Path, index: str, tools: Path) -> Newcomer:
    """Their index has envcheck alone, and stands beside that of this machine."""
    return Newcomer(tmp_path / "Zoë", index, [tools], beside=True)


@pytest.mark.parametrize(
    ("typed", "repeated"),
    [
        ("uvx envcheck-course", "uvx envcheck-course"),
        # pipx becomes `uv tool run` where there is uv, and is gone then
        pytest.param(
            "pipx run envcheck-course",
            f"uv tool run --python {BASE} envcheck-course",
            marks=pytest.mark.whole,
        ),
    ],
)
def test_without_installing(typed: str, repeated: str, newcomer: Newcomer) -> None:
    """No Python of the learner has its packages, and the next step is started the same way."""
    newcomer.variables["PIPX_DEFAULT_PYTHON"] = str(BASE)
    said = newcomer.types(f"{typed} {RUN}")
    assert said.code == 1, said
    fix, why = said.lines_to_paste()
    assert fix == f"{repeated} {RUN} --fix"
    assert why.startswith(f"{repeated} explain ")
    assert newcomer.types(why).code == 0
    again = newcomer.types(f"{fix} --dry-run")
    assert again.code == 1, again


@pytest.mark.whole
@pytest.mark.parametrize("manager", ["uv tool", "pipx"])
def test_installed_for_good(manager: str, newcomer: Newcomer) -> None:
    """`envcheck` and `envcheck-course` are then commands of the terminal."""
    newcomer.variables["PIPX_DEFAULT_PYTHON"] = str(BASE)
    assert newcomer.types(f"{manager} install envcheck-course").code == 0
    newcomer.path = [*newcomer.path, newcomer.root / "home" / ".local" / "bin"]
    for program in ("envcheck", "envcheck-course"):
        newcomer.variables["PYTHONHOME"] = "/nowhere"  # a console script would end in it
        assert newcomer.types(f"{program} --version").out == "envcheck, version 0.1.0\n"
        del newcomer.variables["PYTHONHOME"]
    said = newcomer.types(f"envcheck-course {RUN}")
    assert said.lines_to_paste()[0] == f"envcheck-course {RUN} --fix"


@pytest.mark.whole
def test_installed_by_pip_from_the_sdist(newcomer: Newcomer, project: Path) -> None:
    """It gives the same commands as the wheel, which test_ways.py installs."""
    newcomer.beside = False
    shutil.copytree(plain_environment(), newcomer.work / "own env", symlinks=True)
    pip = "'own env/bin/python' -m pip install -q --disable-pip-version-check"
    assert newcomer.types(f"{pip} {quoted(file_of(project, 'tar.gz'))}").code == 0
    for program in ("envcheck", "envcheck-course"):
        said = newcomer.types(f"'own env/bin/{program}' {RUN}")
        assert said.lines_to_paste()[0] == f"'own env/bin/{program}' {RUN} --fix"
