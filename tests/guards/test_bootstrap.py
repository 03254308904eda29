"""run-envcheck.py is what bootstrap/ gives, and any Python can read it."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.bootstrap.machine import other_pythons

ROOT = Path(__file__).parents[2]
FILE = ROOT / "run-envcheck.py"
MODULES = sorted(path for path in (ROOT / "bootstrap").glob("*.py"))
# What Python 2.7 cannot read, though feature_version=(3, 4) can.
NEWER = (ast.JoinedStr, ast.AnnAssign, ast.AsyncFunctionDef, ast.Nonlocal, ast.YieldFrom)


def build(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, str(root / "scripts" / "build-bootstrap"), *words]
    return subprocess.run(argv, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The modules, the script and the file, to be changed."""
    shutil.copytree(ROOT / "bootstrap", tmp_path / "bootstrap")
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "build-bootstrap", tmp_path / "scripts")
    shutil.copy(FILE, tmp_path)
    return tmp_path


def test_the_file_is_what_the_modules_give() -> None:
    done = build(ROOT, "--check")
    assert done.returncode == 0, done.stderr


def test_a_changed_module_makes_it_stale(copy: Path) -> None:
    """The check names the command that mends it, and the command does."""
    text = copy / "bootstrap" / "text.py"
    text.write_text(text.read_text("utf-8").replace("Next step: ", "Then: "), "utf-8")
    stale = build(copy, "--check")
    assert (stale.returncode, "Run: scripts/build-bootstrap" in stale.stderr) == (1, True)
    assert build(copy).returncode == 0
    assert build(copy, "--check").returncode == 0


@pytest.mark.parametrize(
    ("module", "text", "refusal"),
    [
        ("text", "\n\ndef scrubbed(text):\n    return text\n", "scrubbed is defined in"),
        ("privacy", "\nfrom bootstrap.text import wrapped\n", "stands after it in ORDER"),
        ("privacy", "\nfrom os import path\n", "write `import os`"),
        ("another", '"""One more."""\n', "differ: {'another'}"),
    ],
)
def test_what_cannot_be_put_into_one_file_is_refused(
    copy: Path, module: str, text: str, refusal: str
) -> None:
    with (copy / "bootstrap" / f"{module}.py").open("a", encoding="utf-8") as file:
        file.write(text)
    done = build(copy)
    assert done.returncode == 1
    assert refusal in done.stderr


def test_it_can_be_read_by_python_2() -> None:
    """An old Python must get an answer, not a syntax error."""
    source = FILE.read_text(encoding="ascii")
    old = other_pythons().get("2.7")
    if old is not None:
        program = f"compile({source!r}, 'x', 'exec')"
        done = subprocess.run(
            [str(old), "-"], input=program, text=True, capture_output=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
    nodes = list(ast.walk(ast.parse(source, feature_version=(3, 4))))
    assert [node.lineno for node in nodes if isinstance(node, NEWER)] == []
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    assert not [node.name for node in functions if node.args.kwonlyargs or node.returns]
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    assert [node.lineno for node in calls if has_comma_after_stars(node, source)] == []


def has_comma_after_stars(call: ast.Call, source: str) -> bool:
    """`f(**options,)`: the formatter writes that comma, and Python 2.7 does not read it."""
    stars = [word for word in call.args if isinstance(word, ast.Starred)]
    stars += [word for word in call.keywords if word.arg is None]  # type: ignore[misc]  # both kinds
    segment = ast.get_source_segment(source, call) or ""
    return bool(stars) and segment.removesuffix(")").rstrip().endswith(",")
