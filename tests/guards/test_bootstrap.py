"""run-envcheck.py is what bootstrap/ gives, and any Python can read it."""

from __future__ import annotations

import io
import runpy
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

import pytest
from tests.bootstrap.machine import other_pythons

ROOT = Path(__file__).parents[2]
FILE = ROOT / "run-envcheck.py"


def build(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The script of that folder, as its own program, in this process: it is started a score of times."""
    argv = [str(root / "scripts" / "build-bootstrap"), *words]
    out, err = io.StringIO(), io.StringIO()
    with mock.patch.object(sys, "argv", argv), redirect_stdout(out), redirect_stderr(err):
        try:
            runpy.run_path(argv[0], run_name="__main__")
        except SystemExit as end:
            code = int(end.code or 0)
    return subprocess.CompletedProcess(argv, code, out.getvalue(), err.getvalue())


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with the modules, the script and the file, to be changed."""
    shutil.copytree(ROOT / "bootstrap", tmp_path / "bootstrap")
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "build-bootstrap", tmp_path / "scripts")
    shutil.copy(FILE, tmp_path)
    return tmp_path


def test_the_file_is_up_to_date() -> None:
    """What is said names the command that brings it up to date."""
    done = build(ROOT, "--check")
    assert done.returncode == 0, done.stderr


def test_a_changed_module_makes_the_file_stale(copy: Path) -> None:
    """The check names the command, writes nothing, and the command brings the file up to date."""
    text = copy / "bootstrap" / "text.py"
    text.write_text(text.read_text("utf-8").replace("Next step: ", "Then: "), "utf-8")
    stale = build(copy, "--check")
    assert (stale.returncode, "Run: scripts/build-bootstrap" in stale.stderr) == (1, True)
    assert (copy / FILE.name).read_bytes() == FILE.read_bytes()
    assert build(copy).returncode == 0
    assert build(copy, "--check").returncode == 0
    assert '"Then: ' in (copy / FILE.name).read_text("utf-8")


@pytest.mark.parametrize(
    ("module", "text", "refusal"),
    [
        ("text", "def scrubbed(text):\n    return text\n", "scrubbed is already defined in"),
        ("text", "json = 1\n", "json is also the name of a library"),
        ("text", "first, *rest = VALUES\n", "cannot read this"),
        ("text", "WHO = f'{STATUS_WORDS}'\n", "Format strings"),
        ("text", "def ask(text: str):\n    return text\n", "no annotations"),
        ("text", "def ask(*, text):\n    return text\n", "no keyword-only parameters"),
        ("text", "def ask():\n    raise ValueError from None\n", "raise ... from"),
        ("text", "ALL = dict(\n    **STATUS_WORDS,\n)\n", "takes no comma"),
        ("text", "ALL = {**STATUS_WORDS}\n", "knows no {**options}"),
        ("text", "if STATUS_WORDS:\n    ALL = 1\n", "only functions, classes and constants"),
        ("text", "import os\n", "imports stand together"),
        ("text", "def ask():\n    import os\n    return os\n", "at the top of a module"),
        ("another", '"""One more."""\n', "another: in bootstrap/ or in ORDER"),
        # No shell of Linux hands it to `python -c` then
        ("text", f"LONG = {'x' * 20_000!r}\n", "bytes: `python -c` takes"),
    ],
)
def test_what_cannot_be_put_into_one_file_is_refused(
    copy: Path, module: str, text: str, refusal: str
) -> None:
    with (copy / "bootstrap" / f"{module}.py").open("a", encoding="utf-8") as file:
        file.write(f"\n\n{text}")
    refused(copy, module, refusal)


@pytest.mark.parametrize(
    ("imports", "refusal"),
    [
        ("from bootstrap.text import wrap\n", "wrap is not defined in text.py, or"),
        ("from bootstrap.head import THERE\n", "THERE is not defined in head.py, or"),
        ("from bootstrap.head import HERE as THERE\n", "without `as`"),
        ("from os import path\n", "write `import os`"),
        ("import bootstrap.head\n", "write `from bootstrap.MODULE import NAME`"),
        ("# Why json is needed.\nimport json\n", "a comment between the imports"),
    ],
)
def test_imports_that_one_file_cannot_have_are_refused(
    copy: Path, imports: str, refusal: str
) -> None:
    module = copy / "bootstrap" / "privacy.py"
    source = module.read_text("utf-8")
    module.write_text(source.replace("import getpass\n", f"import getpass\n{imports}", 1), "utf-8")
    refused(copy, "privacy", refusal)


def refused(copy: Path, module: str, refusal: str) -> None:
    """The script names module and reason, and leaves the file as it was."""
    done = build(copy)
    assert done.returncode == 1
    assert refusal in done.stderr
    assert module in done.stderr
    assert (copy / FILE.name).read_bytes() == FILE.read_bytes()


def test_python_2_reads_it() -> None:
    """An old Python must get an answer, not a syntax error: asked of a real one."""
    old = other_pythons().get("2.7")
    if old is None:
        pytest.skip("no Python 2.7 here")
    source = FILE.read_text(encoding="ascii")
    program = f"compile({source!r}, 'x', 'exec')"
    done = subprocess.run(
        [str(old), "-"], input=program, text=True, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
