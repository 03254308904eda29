"""The rules that keep the engine clean, read from the source itself."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.guards.source import ROOT, files, names, nodes, of_kind, place, tree, written

ENGINE = ROOT / "src" / "envcheck"
CHECKS = ROOT / "checks" / "envcheck_checks"
CLASS = ROOT / "src" / "envcheck_class"

# The target never sees the rest of us: these run inside it.
INSIDE_TARGET = {
    ENGINE / "target" / "probe.py",
    ENGINE / "hub" / "in_server.py",
    *(CHECKS / "in_target").glob("*.py"),
}
STARTERS = {ENGINE / "processes" / "process.py", ENGINE / "processes" / "watchdog.py"}
RUN_BY_ALEMBIC = {CLASS / "store" / "migrations" / "env.py"}  # and imported by nobody
READS_VARIABLES = {
    ENGINE / "target" / "locate.py",
    *(
        ENGINE / "command" / name
        for name in ("chapter.py", "class_place.py", "examine.py", "terminal.py")
    ),
    ENGINE / "testing.py",  # lends an author's
}


SOURCES = [path for path in files(ENGINE, CHECKS, CLASS) if path not in INSIDE_TARGET]


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


@pytest.mark.parametrize("path", sorted(INSIDE_TARGET), ids=place)
def test_what_runs_in_the_target_stands_alone(path: Path) -> None:
    """It is sent there as text, where nothing of ours can be imported."""
    imports = [node for node in nodes(path) if isinstance(node, ast.Import | ast.ImportFrom)]
    ours_too = [ast.unparse(node) for node in imports if " envcheck" in ast.unparse(node)]
    assert not ours_too, f"write it here, from the standard library alone, in place of: {ours_too}"


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


def test_who_starts_programs() -> None:
    """Only process.py starts programs, and the watchdog itself."""
    starts = [
        (name, line)
        for path in SOURCES
        if path not in STARTERS
        for name, line in names(path)
        if name.startswith(STARTS)
    ]
    assert not starts, f"start programs by env.run(...) or env.start(...), in place of: {starts}"


def test_whose_separator() -> None:
    """`os.pathsep`, and a choice between `:` and `;`, is path_lists.py's alone: the system of a
    variable may be another than ours.
    """
    chooses = [
        f"{place(path)}:{node.lineno}"
        for path in SOURCES
        if path != ENGINE / "path_lists.py"
        for node in nodes(path)
        if (isinstance(node, ast.Attribute) and written(node) == "os.pathsep")
        or (
            isinstance(node, ast.IfExp)
            and {ast.unparse(node.body), ast.unparse(node.orelse)} == {"':'", "';'"}
        )
    ]
    assert not chooses, f"use envcheck.path_lists, with the system that is described: {chooses}"


def test_who_prints() -> None:
    """Only reports/, cli.py, main.py and terminal.py write to the terminal."""
    command = ENGINE / "command"
    writers = {command / "cli.py", command / "main.py", command / "terminal.py"}
    prints = [
        (name, line)
        for path in SOURCES
        if path not in writers and path.parent != ENGINE / "reports"
        for name, line in names(path)
        if name in ("print", "click.echo", "sys.stdout.write", "sys.stderr.write")
    ]
    assert not prints, f"return the text; reports/ and command/ show it. In place of: {prints}"


def test_who_looks_for_the_home() -> None:
    """Who has no HOME has the home of the system's list of users: `home_of` knows."""
    own = {
        ENGINE / "target" / "home.py",
        ENGINE / "persons_names.py",  # every name of it is taken out
        ENGINE / "target" / "belongings.py",  # every folder that may be meant
        CHECKS / "tools" / "kubernetes" / "config.py",  # as kubectl, which asks no list
    }
    asks = [
        f"{place(path)}:{node.lineno}"
        for path in SOURCES
        if path not in own
        for node in of_kind(path, ast.Call)
        if written(node.func).endswith("variables.get") and ast.unparse(node.args[0]) == "'HOME'"
    ]
    assert not asks, f"ask envcheck.target.home.home_of, not the variable: {asks}"


def test_no_question_about_a_file_raises() -> None:
    """Before Python 3.14 `Path.exists` and its kin raise in a folder that may not be looked into:
    os.path's say no.
    """
    archives = ENGINE / "run" / "pages.py"  # a course's pages, which may lie in one
    raising = ("exists", "is_file", "is_dir", "is_symlink", "expanduser")
    asking = [
        f"{place(path)}:{node.lineno}: {ast.unparse(node)}"
        for path in SOURCES
        if path != archives
        for node in of_kind(path, ast.Call)
        if isinstance(node.func, ast.Attribute)
        and node.func.attr in raising
        and not (node.args or node.keywords)
    ]
    assert not asking, f"ask os.path (exists, isfile, isdir, islink, expanduser), not: {asking}"


# What they look through is a folder that envcheck has made, or the system's own /sys.
OWN_FOLDERS = ("opened", "server", "helm", "plain_user", "device_facts")


def test_no_search_for_files_raises() -> None:
    """`Path.glob` raises where the folder's name is too long, or its disk is gone."""
    searching = [
        f"{place(path)}:{node.lineno}: {ast.unparse(node)}"
        for path in SOURCES
        if (path.is_relative_to(CHECKS) or path.is_relative_to(ENGINE / "target"))
        and path.stem not in OWN_FOLDERS
        for node in of_kind(path, ast.Call)
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("glob", "rglob")
    ]
    assert not searching, f"use envcheck.foreign_file.matching, not: {searching}"


def test_who_reads_variables() -> None:
    """Only locate.py and the command line read the variables of our own process; testing.py lends
    an author's.
    """
    reads = [
        (name, line)
        for path in SOURCES
        if path not in READS_VARIABLES
        for name, line in names(path)
        if name in ("os.environ", "os.getenv", "os.environb", "os.putenv")
    ]
    assert not reads, f"read the learner's, env.variables, in place of: {reads}"


# What envcheck_class may import of envcheck besides its public names: reading a class and showing it, and what
# is about texts and files. Another one is a decision about both, and is written down here.
PUBLIC_FOR_A_CLASS = {
    "envcheck", "envcheck.model",
    *(
        f"envcheck.classroom.{name}"
        for name in (
            "counted", "data", "handed_in", "html", "message", "overview", "person", "roster", "sources", "standing", "text",
            "unreachable", "wall", "zips",
        )
    ),
    "envcheck.errors", "envcheck.printable", "envcheck.private_file", "envcheck.removal", "envcheck.sentences",
    "envcheck.reports.templates", "envcheck.reports.words",
}  # fmt: skip


def imported(module: ast.AST) -> Iterator[str]:
    """The modules that are imported; of `from envcheck.classroom import html` the inner one."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            folder = ENGINE.parent / Path(*node.module.split("."))
            for alias in node.names:
                inner = folder / alias.name
                is_module = inner.with_suffix(".py").exists() or inner.is_dir()
                yield f"{node.module}.{alias.name}" if is_module else node.module


def test_a_class_with_a_server_uses_public_names() -> None:
    others = sorted(
        f"{path.name}: {name}"
        for path in (ENGINE.parent / "envcheck_class").rglob("*.py")
        for name in imported(tree(path))
        if name.partition(".")[0] == "envcheck" and name not in PUBLIC_FOR_A_CLASS
    )
    assert not others, f"do without it, or make it public for a class here: {others}"


def test_the_guard_of_a_class_sees_one() -> None:
    for bad in (
        "import envcheck.run",
        "from envcheck.classroom import owner",
        "from envcheck.run.scrub import x",
    ):
        assert set(imported(ast.parse(bad))) - PUBLIC_FOR_A_CLASS


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


CHANGING = (
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


def constants(module: ast.Module) -> set[str]:
    """What a module names at its top in capital letters, locks excepted."""
    return {
        target.id
        for node in module.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and node.value is not None
        and not ast.unparse(node.value).startswith("threading.")
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and target.id.isupper()
    }


def changed(node: ast.AST) -> list[str]:
    """What a statement or a call changes: `X` of `X.append(1)`, `X[0] = 1` and `del X[0]`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return [written(node.func.value)] if node.func.attr in CHANGING else []
    if not isinstance(node, ast.Assign | ast.AugAssign | ast.Delete):
        return []
    targets = [node.target] if isinstance(node, ast.AugAssign) else node.targets
    return [written(target.value) for target in targets if isinstance(target, ast.Subscript)]


def test_no_state_in_modules() -> None:
    """No list, dictionary or set at the top of a module is ever changed, and nothing is declared
    global.
    """
    state = [
        f"{place(path)}:{getattr(node, 'lineno', 0)}"
        for path in SOURCES
        for own in [constants(tree(path))]
        for node in nodes(path)
        if isinstance(node, ast.Global) or not own.isdisjoint(changed(node))
    ]
    assert not state, f"return it, or keep it in a value that is passed on: {state}"


@pytest.mark.parametrize(
    "source",
    ["X = []\nX.append(1)", "X = {}\nX[0] = 1", "X = {}\ndel X[0]", "X = {0: 1}\nX[0] += 1"],
)
def test_state_is_seen(source: str) -> None:
    module = ast.parse(source)
    assert constants(module) == {"X"}
    assert any("X" in changed(node) for node in ast.walk(module))


def test_importing_does_nothing() -> None:
    """Importing every module starts no process and no thread, and opens nothing but modules."""
    modules = [
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        for root, folder in (
            (ROOT / "src", ENGINE),
            (ROOT / "checks", CHECKS),
            (ROOT / "src", CLASS),
        )
        for path in files(folder)
        if path.name != "__main__.py" and path not in INSIDE_TARGET | RUN_BY_ALEMBIC
    ]
    source = f"""
import sys
import click, jinja2, packaging.requirements, psutil, requests  # other people's modules may do as they like
import python_discovery, jupyter_client, importlib.resources, concurrent.futures, asyncio
import tornado.httpclient, tornado.websocket, truststore
import alembic.command, msgspec, psycopg, segno, sqlalchemy.dialects.postgresql, starlette.applications, uvicorn
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
