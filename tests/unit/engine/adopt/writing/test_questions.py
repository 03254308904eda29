"""What an author has decided is kept, and what is new is asked: a package, a module, a list."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import course, notebook
from tests.unit.engine.command.test_adopt import adopt

CELLS = {"ch1/a.ipynb": "import numpy, yaml, foolib", "ch2/b.ipynb": "import numpy, barlib"}
WRITTEN = """\
course = "x"
packages = ["numpy"]
# ? barlib: imported in ch2/b.ipynb:8; which package is it?
# ? foolib: imported in ch1/a.ipynb:8; which package is it?

[chapter.ch1]
folder = "ch1"
packages = ["pyyaml"]

[chapter.ch2]
folder = "ch2"
"""
FOO = WRITTEN.splitlines(keepends=True)[3]


def changed(root: Path, written: str, **more: str) -> str:
    """As below, of the course of this page."""
    return changed_files(
        root, written, {name: notebook(cell) for name, cell in CELLS.items()} | more
    )


def changed_files(root: Path, written: str, files: Mapping[str, str]) -> str:
    """What the file becomes; it is stable, and --check says the same."""
    file = course(root, {**files, "envcheck.toml": written}) / "envcheck.toml"
    first = adopt(root, "--check").exit_code
    assert adopt(root, "--yes").exit_code == 0
    text = file.read_text()
    assert first == (text != written)
    assert adopt(root, "--check").exit_code == 0
    return text


PYYAML = 'packages = ["pyyaml"]\n'


@pytest.mark.parametrize(
    "written",
    [
        WRITTEN,
        WRITTEN.replace(PYYAML, "# left out: pyyaml\n"),
        WRITTEN.replace(PYYAML, "# left out: PyYAML, other\n"),
        WRITTEN.replace(PYYAML, "# left out: yaml\n"),
        "# left out: pyyaml\n" + WRITTEN.replace(PYYAML, ""),
        WRITTEN.replace(PYYAML, "").replace("[chapter.ch1]", "[chapter.ch1]  # left out: pyyaml"),
        WRITTEN.replace('packages = ["numpy"]\n', "# left out: numpy\n"),
        WRITTEN.replace(FOO, "# left out: foolib\n"),
        WRITTEN.replace(FOO, "").replace('["pyyaml"]', '["pyyaml", "foolib-dist"]'),
        WRITTEN.replace(FOO, "").replace('["numpy"]', '["numpy", "python-foolib>=2"]'),
        WRITTEN.replace("# ? barlib: imported in ch2/b.ipynb:8; which package is it?", "# ? barlib: I asked Ann"),
        WRITTEN.replace("# ? barlib: imported in ch2/b.ipynb:8", "# ? barlib, foolib: the same").replace(FOO, ""),
    ],
)  # fmt: skip
def test_what_was_decided_stays(tmp_path: Path, written: str) -> None:
    assert changed(tmp_path, written) == written


def test_a_package_left_out_of_one_chapter(tmp_path: Path) -> None:
    """It holds there alone."""
    more = {"ch2/b.ipynb": notebook("import numpy, barlib, yaml")}
    text = changed(tmp_path, WRITTEN.replace(PYYAML, "# left out: pyyaml\n"), **more)
    assert text.endswith('[chapter.ch2]\nfolder = "ch2"\npackages = ["pyyaml"]\n')


def test_new_questions_and_gone_ones(tmp_path: Path) -> None:
    """They come behind the last, and go without the line of another."""
    more = {"ch2/b.ipynb": notebook("import numpy, newlib")}
    new = "# ? newlib: imported in ch2/b.ipynb:8; which package is it?\n"
    bar = WRITTEN.splitlines(keepends=True)[2]
    assert changed(tmp_path, WRITTEN, **more) == WRITTEN.replace(bar, "").replace(FOO, FOO + new)
    both = WRITTEN.replace(bar, "# ? barlib, foolib: the same\n").replace(FOO, "")
    wanted = both.replace("# ? barlib, foolib: the same\n", f"# ? foolib: the same\n{new}")
    assert changed(tmp_path, both, **more) == wanted


@pytest.mark.parametrize("head", ["", "#:schema ./envcheck.schema.json\n"])
def test_the_first_question(tmp_path: Path, head: str) -> None:
    """At the top, where no text of several lines can stand."""
    hint = 'hint.linux = "a"\n'
    written = head + hint + WRITTEN.replace(FOO, "").replace(WRITTEN.splitlines(True)[2], "")
    text = changed(tmp_path, written)
    assert text.startswith(f"{head}# ? barlib: imported in ch2/b.ipynb:8; ")
    assert text.endswith(written.removeprefix(head))


def test_what_looks_like_a_question(tmp_path: Path) -> None:
    """In a text of several lines it is none, and stays."""
    proof = 'proof = { code = """\n# ? gone: x\nprint(1)\n""", prints = "1" }\n'
    written = WRITTEN.replace("# ? barlib", proof + "# ? barlib")
    assert changed(tmp_path, written) == written


def test_what_was_decided_is_not_told(tmp_path: Path) -> None:
    written = WRITTEN.replace(FOO, "").replace('["pyyaml"]', '["foolib-dist"]  # left out: pyyaml')
    changed(tmp_path, written)
    output = adopt(tmp_path, "--check").output
    assert "`barlib`" in output
    assert "foolib" not in output
    assert "pyyaml" not in output


def test_a_package_that_the_checker_asks_for(tmp_path: Path) -> None:
    """And the author does not."""
    more = {"setup.py": "from setuptools import setup\nsetup(install_requires=['plotly'])\n"}
    assert '"plotly"' in changed(tmp_path / "a", WRITTEN, **more)
    written = "# left out: plotly\n" + WRITTEN
    assert changed(tmp_path / "b", written, **more) == written
