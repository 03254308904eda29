"""The rules that keep the engine clean, read from the source itself."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "src" / "envcheck"
CHECKS = ROOT / "checks" / "envcheck_checks"

# The target never sees the rest of us: these run inside it.
INSIDE_TARGET = {ENGINE / "target" / "probe.py", *(CHECKS / "in_target").glob("*.py")}
STARTERS = {ENGINE / "processes" / "process.py", ENGINE / "processes" / "watchdog.py"}
READS_VARIABLES = {
    ENGINE / "target" / "locate.py",
    *(ENGINE / "command" / name for name in ("chapter.py", "examine.py", "terminal.py")),
    ENGINE / "testing.py",  # lends an author's
}


def sources(*folders: Path) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def ours(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_arrows_point_down() -> None:
    """Each room imports only what stands below it: the contracts in pyproject.toml, read by
    import-linter.
    """
    linter = str(Path(sys.executable).parent / "lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (
        "move what is imported into a lower room, or the import into a higher one; `lint-imports` says this, and "
        f"`scripts/rooms --arrows` shows all:\n{done.stdout[done.stdout.find('Broken contracts') :]}"
    )


@pytest.mark.parametrize("path", sorted(INSIDE_TARGET), ids=ours)
def test_what_runs_in_the_target_stands_alone(path: Path) -> None:
    """It is sent there as text, where nothing of ours can be imported."""
    imports = [
        node for node in ast.walk(tree(path)) if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    ours_too = [ast.unparse(node) for node in imports if " envcheck" in ast.unparse(node)]
    assert not ours_too, f"write it here, from the standard library alone, in place of: {ours_too}"


def calls(path: Path) -> Iterator[tuple[str, int]]:
    """`os.environ`, `subprocess.run`, `print`: names and attributes as they are written."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute | ast.Name):
            yield ast.unparse(node), node.lineno


STARTS: tuple[str, ...] = (
    "subprocess.Popen",
    "subprocess.run",
    "subprocess.call",
    "subprocess.check",
    "os.system",
    "os.popen",
    "os.spawn",
    "os.exec",
    "os.fork",
)
STARTS += ("os.posix_spawn", "asyncio.create_subprocess", "multiprocessing", "pty.", "psutil.Popen")


@pytest.mark.parametrize(
    "path", [path for path in sources(ENGINE, CHECKS) if path not in INSIDE_TARGET], ids=ours
)
def test_who_starts_programs(path: Path) -> None:
    """Only process.py starts programs, and the watchdog itself."""
    if path in STARTERS:
        return
    starts = [(name, line) for name, line in calls(path) if name.startswith(STARTS)]
    assert not starts, f"start programs by env.run(...) or env.start(...), in place of: {starts}"


@pytest.mark.parametrize(
    "path", [path for path in sources(ENGINE, CHECKS) if path not in INSIDE_TARGET], ids=ours
)
def test_who_prints(path: Path) -> None:
    """Only reports/, cli.py, main.py and terminal.py write to the terminal."""
    command = ENGINE / "command"
    if (
        path in (command / "cli.py", command / "main.py", command / "terminal.py")
        or path.parent == ENGINE / "reports"
    ):
        return
    prints = [
        (name, line)
        for name, line in calls(path)
        if name in ("print", "click.echo", "sys.stdout.write", "sys.stderr.write")
    ]
    assert not prints, f"return the text; reports/ and command/ show it. In place of: {prints}"


@pytest.mark.parametrize(
    "path", [path for path in sources(ENGINE, CHECKS) if path not in INSIDE_TARGET], ids=ours
)
def test_no_question_about_a_file_raises(path: Path) -> None:
    """Before Python 3.14 `Path.exists` and its kin raise in a folder that may not be looked into:
    os.path's say no.
    """
    if path == ENGINE / "run" / "pages.py":  # a course's pages, which may lie in an archive
        return
    raising = ("exists", "is_file", "is_dir", "is_symlink", "expanduser")
    calls = [ast.unparse(node) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    asking = [call for call in calls if call.endswith(tuple(f".{name}()" for name in raising))]
    assert not asking, f"ask os.path (exists, isfile, isdir, islink, expanduser), not: {asking}"


@pytest.mark.parametrize(
    "path", [path for path in sources(ENGINE, CHECKS) if path not in INSIDE_TARGET], ids=ours
)
def test_who_reads_variables(path: Path) -> None:
    """Only locate.py and the command line read the variables of our own process; testing.py lends
    an author's.
    """
    if path in READS_VARIABLES:
        return
    reads = [
        (name, line)
        for name, line in calls(path)
        if name in ("os.environ", "os.getenv", "os.environb", "os.putenv")
    ]
    assert not reads, f"read the learner's, env.variables, in place of: {reads}"


@pytest.mark.parametrize(
    "name", ["model.py", "run/report.py", "run/plan.py", "run/plugins.py", "target/interpreter.py"]
)
def test_values_are_frozen(name: str) -> None:
    """What travels between modules cannot be changed on the way."""
    for node in ast.walk(tree(ENGINE / name)):
        if isinstance(node, ast.ClassDef):
            marks = [
                ast.unparse(mark)
                for mark in node.decorator_list
                if "dataclass" in ast.unparse(mark)
            ]
            assert all("frozen=True" in mark for mark in marks), (
                f"write @dataclass(frozen=True) above {node.name} in {name}"
            )


@pytest.mark.parametrize(
    "path", [path for path in sources(ENGINE, CHECKS) if path not in INSIDE_TARGET], ids=ours
)
def test_no_state_in_modules(path: Path) -> None:
    """No list, dictionary or set at the top of a module is ever changed, and nothing is declared
    global.
    """
    whole = tree(path)
    named = {
        target.id
        for node in whole.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and node.value is not None
        and not ast.unparse(node.value).startswith("threading.")
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    changing = (
        "append",
        "add",
        "update",
        "extend",
        "insert",
        "pop",
        "clear",
        "remove",
        "discard",
        "setdefault",
        "__setitem__",
    )
    for node in ast.walk(whole):
        told = f"return it, or keep it in a value that is passed on: {ours(path)}:{getattr(node, 'lineno', 0)}"
        assert not isinstance(node, ast.Global), told
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in changing
        ):
            assert ast.unparse(node.func.value) not in {n for n in named if n.isupper()}, told
        if isinstance(node, ast.Assign | ast.AugAssign | ast.Delete):
            targets = [node.target] if isinstance(node, ast.AugAssign) else node.targets
            for target in targets:
                if isinstance(target, ast.Subscript):
                    assert ast.unparse(target.value) not in {n for n in named if n.isupper()}, told


def test_importing_does_nothing() -> None:
    """Importing every module starts no process and no thread, and opens nothing but modules."""
    modules = [
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        for root, folder in ((ROOT / "src", ENGINE), (ROOT / "checks", CHECKS))
        for path in sources(folder)
        if path.name != "__main__.py" and path not in INSIDE_TARGET
    ]
    source = f"""
import sys
import click, jinja2, packaging.requirements, psutil, requests  # other people's modules may do as they like
import python_discovery, jupyter_client, importlib.resources, concurrent.futures, asyncio
import tornado.httpclient, tornado.websocket, truststore
seen = []
def hook(event, args):
    mode = args[1] if event == "open" else None
    file = str(args[0]) if args else ""
    if event in ("subprocess.Popen", "os.system", "os.fork", "os.posix_spawn", "_thread.start_new_thread", "socket.connect", "os.mkdir", "os.remove"):
        seen.append((event, file))
    if event == "open" and "envcheck" in file and not file.endswith((".py", ".pyc")) and ".pyc." not in file:
        seen.append((event, file))
sys.addaudithook(hook)
sys.dont_write_bytecode = True
import importlib
for name in {modules!r}:
    importlib.import_module(name)
import threading
print(seen, threading.active_count())
"""
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[] 1", (
        f"do this in a function, when it is called, not at import: {done.stdout}{done.stderr}"
    )
