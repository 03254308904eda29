"""Workspaces of uv: the members' environment is the root's, and `uv sync` alone installs one of them."""

from __future__ import annotations

import itertools
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.pace import within
from tests.unit.described_projects import made

from envcheck.fixes import managed
from envcheck.model import Run
from envcheck.target.projects import project_here, project_of
from envcheck.target.uv_workspaces import members, root_of
from envcheck.testing import interpreter

ROOT = '[project]\nname = "course"\ndependencies = ["ipykernel"]\n'
WORKSPACE = '[tool.uv.workspace]\nmembers = ["ch*", "parts/?it", "../away", "../**", 3]\nexclude = ["ch9"]\n'
MEMBER = '[project]\nname = "ch1"\ndependencies = ["tabulate", "kit"]\n[tool.uv]\npackage = false\n'


def workspace(root: Path, text: str = ROOT + WORKSPACE) -> Path:
    """A root with three members, a folder that is left out, and one without a project."""
    for place in ("", "ch1", "ch2", "ch9", "parts/kit"):
        (root / place).mkdir(parents=True, exist_ok=True)
        name = MEMBER.replace("ch1", Path(place).name)
        (root / place / "pyproject.toml").write_text(name if place else text, encoding="utf-8")
    (root / "ch3").mkdir()
    (root / "uv.lock").write_text("", encoding="utf-8")
    return root


def test_its_members(tmp_path: Path) -> None:
    root = workspace(tmp_path / "course")
    assert members(root) == [root / "ch1", root / "ch2", root / "parts" / "kit"]
    assert [root_of(root / name) for name in ("ch1", "parts/kit")] == [root, root]
    assert root_of(root / "ch9") == root / "ch9"
    assert root_of(root) == root


def test_members_at_any_depth(tmp_path: Path) -> None:
    """Not the projects inside environments and hidden folders."""
    text = WORKSPACE.replace('"ch*", "parts/?it"', '"**"')
    root = workspace(tmp_path / "course", ROOT + text)
    for place in (".venv/kit", "venv/kit", "parts/kit/node_modules/kit"):
        (root / place).mkdir(parents=True)
        (root / place / "pyproject.toml").write_text(MEMBER, encoding="utf-8")
    (root / "parts" / "round").symlink_to(root)
    assert members(root) == [root / "ch1", root / "ch2", root / "parts" / "kit"]
    assert root_of(root / "parts" / "kit") == root


@pytest.mark.parametrize(
    "text", ["", "[tool.uv]\nworkspace = 3\n", "[tool.uv.workspace]\nmembers = 3\n", "["]
)
def test_what_is_none(text: str, tmp_path: Path) -> None:
    root = workspace(tmp_path / "course", text)
    assert members(root) == []
    assert root_of(root / "ch1") == root / "ch1"


@pytest.mark.parametrize(
    "text", [ROOT + WORKSPACE, WORKSPACE], ids=["a project", "none of its own"]
)
@pytest.mark.parametrize("standing", ["", "ch1"])
def test_the_environment_is_the_roots(standing: str, text: str, tmp_path: Path) -> None:
    """Wherever the learner stands, whether it is there or not, and all members are installed into it."""
    env, _ = made("uv", tmp_path, standing=f"project/{standing}")
    root = workspace(tmp_path / "project", text)
    here = project_here(env)
    assert here is not None and here.folder == root
    python = interpreter(kind="uv", prefix=str(root / ".venv"))
    project = project_of(env, python)
    assert project is not None and project.folder == root
    steps = managed.install(project, None, ["tabulate", "kit"]).steps
    (sync,) = [step for step in steps if isinstance(step, Run)]
    assert sync.argv == ("uv", "sync", *([] if standing else ["--all-packages"]))
    both = managed.install(project, None, ["tabulate", "ch2"]).steps
    assert [step.argv[1:] for step in both if isinstance(step, Run)] == [("sync", "--all-packages")]


@pytest.mark.parametrize("key", ["members", "exclude"])
def test_patterns_of_anybody(key: str, tmp_path: Path) -> None:
    """Whatever they are, they end soon: a zero, many `**`, very many parts, ranges that are none."""
    root = tmp_path / "course"
    for place in itertools.product("ab", repeat=7):
        (root / "/".join(place)).mkdir(parents=True)
    hard = ["a\0b/*", "\0", "/".join(["**"] * 40), "**/*/" * 30, "a/" * 5000, "[z-a]"]
    patterns = json.dumps([*hard, *["**/**"] * 300])
    text = f"[tool.uv.workspace]\n{key} = {patterns}\n"
    (root / "pyproject.toml").write_text(text, encoding="utf-8")
    before = time.perf_counter()
    assert members(root) == []
    assert time.perf_counter() - before < within(5)


PARTS = st.sampled_from(["**", "*", "a", "b", "?", "[ab]", "."])


@settings(max_examples=60, deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=6))
def test_the_same_as_pathlib_finds(own_folder: Path, parts: list[str]) -> None:
    """Each folder once, however many ways lead there."""
    root = own_folder / "course"
    for place in itertools.product("ab", repeat=3):
        (root / "/".join(place)).mkdir(parents=True, exist_ok=True)
        (root / "/".join(place) / "pyproject.toml").touch()
    pattern = "/".join(parts)
    text = f"[tool.uv.workspace]\nmembers = ['{pattern}']\n"
    (root / "pyproject.toml").write_text(text, encoding="utf-8")
    wanted = (
        {place for place in root.glob(pattern) if place.is_dir()} if {*parts} != {"."} else set()
    )
    told = members(root)
    assert {*told} == {place for place in wanted if (place / "pyproject.toml").exists()} - {root}
    assert len(told) == len({*told})
