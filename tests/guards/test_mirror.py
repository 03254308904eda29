"""tests/unit has the shape of the source: what a module decides is tested where its name leads."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from tests.guards.source import ROOT, loaded

UNIT = ROOT / "tests" / "unit"
MIRRORED = {
    "checks": ROOT / "checks" / "envcheck_checks",
    "class_server": ROOT / "src" / "envcheck_class",
    "engine": ROOT / "src" / "envcheck",
}
# Modules that decide something and that no unit test imports, with the reason. Meant to become
# empty.
UNTESTED: dict[str, str] = {}
# Test files that stand for no module of their folder, with the reason.
NO_MIRROR: dict[str, str] = {
    "engine/test_launcher.py": "launcher/ is no Python package",
    "engine/reports/test_every_format.py": "what holds for all formats alike",
    "engine/test_public_names.py": "the names of three modules that course authors import",
    "checks/test_foreign_answers.py": "all that ask a Python, a kernel or a server, alike",
    "checks/test_late.py": "every check that waits for a program, alike",
    "checks/test_moment.py": "every check that tries a failure again, alike",
    "checks/test_odd_variables.py": "every cause that goes by a variable, alike",
    "checks/test_strange_files.py": "every reader of files that others wrote, engine's and checks'",
    "checks/tools/test_pipelines.py": "tools of one track beside each other",
    "checks/tools/test_platform.py": "tools of one track beside each other",
}


def listed(*words: str) -> set[str]:
    """The modules that `scripts/untested-modules` lists."""
    out = io.StringIO()
    with redirect_stdout(out):
        code = loaded("untested-modules").main([*words])
    assert "modules are imported by no unit test" in out.getvalue()
    untested = {line.strip() for line in out.getvalue().splitlines() if line.startswith("  ")}
    assert code == (1 if untested else 0)
    return untested


def test_what_decides_is_tested() -> None:
    """Each module that makes a diagnosis or an outcome is imported by a unit test."""
    untested = listed("--deciding")
    new = sorted(untested - set(UNTESTED))
    assert not new, (
        f"no unit test imports {', '.join(new)}: write tests/unit/checks/ROOM/test_MODULE.py (or tests/unit/engine/...) "
        "that asks it about described machines (tests/unit/described_machines.py), once with its cause and once "
        "without; `scripts/untested-modules --deciding` lists what is left"
    )
    tested = sorted(set(UNTESTED) - untested)
    assert not tested, f"take {', '.join(tested)} out of UNTESTED in {Path(__file__).name}: tested"


def test_a_module_that_nobody_imports_is_listed(tmp_path: Path) -> None:
    """The script itself: an import and a from-import count, the import of a package does not."""
    for name in ("one", "two", "three", "__init__"):
        file = tmp_path / "checks" / "envcheck_checks" / "room" / f"{name}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("from envcheck import fail\n")
    (tmp_path / "checks" / "envcheck_checks" / "__init__.py").touch()
    test = tmp_path / "tests" / "unit" / "test_room.py"
    test.parent.mkdir(parents=True)
    test.write_text(
        "import envcheck_checks.room.one\nfrom envcheck_checks.room import two\nimport envcheck_checks.room\n"
    )
    assert listed(str(tmp_path)) == {"checks/envcheck_checks/room/three.py"}
    assert listed("--deciding", str(tmp_path)) == {"checks/envcheck_checks/room/three.py"}


@pytest.mark.parametrize("tree", sorted(MIRRORED))
def test_a_test_file_stands_where_its_module_stands(tree: str) -> None:
    """tests/unit/checks/pip/test_check.py tests pip/check.py; test_check_more.py does so too."""
    lost = {
        path.relative_to(UNIT).as_posix()
        for path in (UNIT / tree).rglob("test_*.py")
        if not mirrors(path, MIRRORED[tree])
    }
    excepted = {name for name in NO_MIRROR if name.startswith(f"{tree}/")}
    assert not lost - excepted, (
        f"{', '.join(sorted(lost - excepted))}: no such module; name each after the module that it tests, in the folder "
        "of the same name, with `git mv`"
    )
    assert not excepted - lost, f"take {', '.join(sorted(excepted - lost))} out of NO_MIRROR"


def mirrors(test: Path, tree: Path) -> bool:
    """Whether the folder of a test's name holds a module whose name the test's own begins with."""
    folder = tree / test.parent.relative_to(UNIT).relative_to(test.relative_to(UNIT).parts[0])
    name = test.stem.removeprefix("test_")
    modules = [path.stem for path in folder.iterdir() if path.suffix == ".py" or path.is_dir()]
    return any(name == module or name.startswith(f"{module}_") for module in modules)
