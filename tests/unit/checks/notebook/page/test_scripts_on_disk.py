"""What a page's own scripts load lies on disk as it was installed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import file_at, on, python_at

from envcheck import Environment
from envcheck_checks.notebook.page.scripts_on_disk import lost_script
from envcheck_checks.notebook.page.shown import Page

SCRIPT = "let a = 1;\n"
LAB = "../../../share/jupyter/lab/static"


def machine(tmp_path: Path) -> tuple[Environment, Path]:
    """Notebook and JupyterLab, whole, each with a list of its files; JupyterLab's scripts twice."""
    python = python_at(tmp_path / "venv", {"notebook": "7.4", "jupyterlab": "4.4"})
    site = Path(python.paths["purelib"])
    scripts = {
        "notebook": ["notebook/static/main.1a.js", "notebook/static/core.2b.js"],
        "jupyterlab": [
            f"{folder}/{name}"
            for folder in ("jupyterlab/static", LAB)
            for name in ("main.3c.js", "core.4d.js", "style.js.map")
        ],
    }
    for name, files in scripts.items():
        for file in files:
            file_at(site / file, SCRIPT)
        entry = python.installed[name].entry
        file_at(site / entry / "RECORD", "".join(f"{f},,{len(SCRIPT)}\n" for f in files))
    return on("linux", tmp_path, python), site


def page(name: str) -> Page:
    return Page(100, (f"/static/of/{name}?v=1", "/static/of/another.js"))


def test_all_are_whole(tmp_path: Path) -> None:
    env, _ = machine(tmp_path)
    assert lost_script(env, page("main.1a.js")) == lost_script(env, page("main.3c.js")) == ""


@pytest.mark.parametrize(
    ("opened", "file"),
    [("main.1a.js", "notebook/static/core.2b.js"), ("main.3c.js", f"{LAB}/core.4d.js")],
)
def test_one_is_gone_or_cut(opened: str, file: str, tmp_path: Path) -> None:
    env, site = machine(tmp_path)
    (site / file).write_text(SCRIPT[:5], encoding="utf-8")
    assert lost_script(env, page(opened)) == f"{file}: 5 of {len(SCRIPT)} bytes"
    (site / file).unlink()
    assert lost_script(env, page(opened)) == f"{file}: it is missing"


@pytest.mark.parametrize(
    "harmless",
    ["jupyterlab/static/core.4d.js", f"{LAB}/style.js.map", "notebook/static/core.2b.js"],
)
def test_what_this_page_does_not_load(harmless: str, tmp_path: Path) -> None:
    """The second copy, a map for developers, and the scripts of the other page."""
    env, site = machine(tmp_path)
    (site / harmless).unlink()
    assert lost_script(env, page("main.3c.js")) == ""


def test_a_page_that_was_built_here(tmp_path: Path) -> None:
    """By `jupyter lab build`: of those that came with JupyterLab nothing is left there."""
    env, site = machine(tmp_path)
    for file in (site / LAB).iterdir():
        file.unlink()
    assert lost_script(env, page("main.of-here.js")) == ""
