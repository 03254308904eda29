"""A notebook is saved as the page does it, in the learner's folder, and nothing of it stays."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from envcheck import Environment
from envcheck.environment import Located
from envcheck.processes import visit
from envcheck.processes.process import Processes
from envcheck.target.interpreter import target
from envcheck.testing import interpreter
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.notebook.saving import new_notebook
from envcheck_checks.notebook.saving.save import (
    CHECKPOINTS,
    PICTURES,
    NotListed,
    NotSaved,
    is_hidden,
    place,
    save_as_page,
)
from envcheck_checks.notebook.server.learners_server import ServerTrouble


@pytest.fixture
def env(tmp_path: Path, processes: Processes) -> Environment:
    folder = tmp_path / "ml"
    folder.mkdir()
    env = Environment(
        Located(("python",), "the test"),
        variables={"HOME": str(tmp_path / "home")},
        folder=folder,
        scratch=tmp_path,
        cache=None,
        processes=processes,
    )
    env.preload(target.name, interpreter())
    env.preload(config_files.name, ())
    return env


class Disk:
    """A server that keeps what it is sent, and refuses one step."""

    def __init__(
        self, root: Path, refuses: str = "nothing", *, forgets: bool = False, hides: str = ""
    ) -> None:
        self.root, self.refuses, self.forgets, self.hides = root, refuses, forgets, hides
        self.steps: list[str] = []

    async def ask(
        self, step: str, method: str, path: str, body: object, shape: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        self.steps.append(step)
        if step == self.refuses:
            raise ServerTrouble(step, "status 403")
        if path.endswith("?type=directory"):
            folder = self.root / path.removeprefix("/api/contents/").removesuffix("?type=directory")
            names = [one.name for one in folder.iterdir()]
            return {
                "content": [{"name": one} for one in names if not fnmatch(one, self.hides or "-")]
            }
        path = path.partition("?")[0]
        file = self.root / path.removeprefix("/api/contents/").removesuffix("/checkpoints")
        if method == "PUT":
            assert isinstance(body, dict)
            file.write_text(json.dumps(body.get("content", {})))
        elif method == "POST":
            (file.parent / CHECKPOINTS).mkdir()
            (file.parent / CHECKPOINTS / f"{file.stem}-checkpoint.ipynb").write_text("{}")
            return {"id": "check point"}
        elif method == "DELETE":
            return {}
        return {"content": {} if self.forgets else json.loads(file.read_text())}


STEPS = [
    "make a new notebook",
    "save a notebook",
    "keep a checkpoint of a notebook",
    "save a notebook with pictures",
    "read a notebook back",
    "list the notebooks of a folder",
]


def test_every_step_of_the_page(env: Environment) -> None:
    disk = Disk(env.folder)
    asyncio.run(save_as_page(env, str(env.folder), disk.ask))
    assert disk.steps == STEPS
    assert list(env.folder.iterdir()) == []


@pytest.mark.parametrize("elsewhere", ["drafts/Untitled", ".Untitled", "drafts/.new"])
def test_a_new_notebook_where_the_learners_name_leads(
    env: Environment, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With our mark in its name; the folder of theirs is as it was, and none is visited twice at once."""
    alone, lock = list[bool](), visit._lock
    monkeypatch.setattr(visit, "ALONE_SECONDS", 0.1)

    def locked(handle: int) -> bool:
        alone.append(lock(handle))
        return alone[-1]

    monkeypatch.setattr(visit, "_lock", locked)
    settings = {"FileContentsManager": {"untitled_notebook": elsewhere}}
    file = env.folder / "jupyter_server_config.py"
    file.write_text("import os\n")
    (env.folder / "drafts").mkdir()
    env.preload(config_files.name, (ConfigFile(str(file), settings),))
    disk, made = Disk(env.folder), set[str]()

    async def ask(
        step: str, method: str, path: str, body: object, shape: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        answer = await disk.ask(step, method, path, body, shape)
        if step == new_notebook.STEP:
            made.update(str(one.relative_to(env.folder)) for one in env.folder.rglob("*envcheck-*"))
        return answer

    asyncio.run(save_as_page(env, str(env.folder), ask))
    assert disk.steps == [*STEPS, new_notebook.STEP]
    assert alone and all(alone), "a visit waited for another one of this run's"
    where = elsewhere.replace("Untitled", "envcheck-").replace("new", "")
    assert any(one.startswith(where) for one in made)
    assert {one.name for one in env.folder.rglob("*")} == {file.name, "drafts"}


def test_in_a_folder_below_the_one_that_is_served(env: Environment) -> None:
    disk = Disk(env.folder.parent)
    asyncio.run(save_as_page(env, str(env.folder.parent), disk.ask))
    assert list(env.folder.iterdir()) == []


def test_as_large_as_a_chapters_notebook(env: Environment) -> None:
    """A server may take small notebooks alone."""
    sizes: list[int] = []
    disk = Disk(env.folder)

    async def ask(
        step: str, method: str, path: str, body: object, shape: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        sizes.append(len(json.dumps(body)))
        return await disk.ask(step, method, path, body, shape)

    asyncio.run(save_as_page(env, str(env.folder), ask))
    assert min(sizes) < 2000 and max(sizes) > PICTURES


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_is_refused(env: Environment, step: str) -> None:
    """It is named with the folder, and nothing stays of those before it."""
    with pytest.raises(NotSaved) as caught:
        asyncio.run(save_as_page(env, str(env.folder), Disk(env.folder, step).ask))
    assert (caught.value.step, caught.value.folder) == (step, env.folder)
    assert list(env.folder.iterdir()) == []


def test_a_notebook_that_comes_back_empty(env: Environment) -> None:
    with pytest.raises(NotSaved, match="without its cell"):
        asyncio.run(save_as_page(env, str(env.folder), Disk(env.folder, forgets=True).ask))


def test_a_notebook_that_the_page_would_not_show(env: Environment) -> None:
    """It is there, and its reader could not open it again."""
    with pytest.raises(NotSaved, match="not in the list of its folder"):
        asyncio.run(save_as_page(env, str(env.folder), Disk(env.folder, hides="*.ipynb").ask))
    assert list(env.folder.iterdir()) == []


def test_a_notebook_of_the_learners_that_the_page_would_not_show(env: Environment) -> None:
    """By its name; one that the learner has hidden, and a link that leads nowhere, are left."""
    for name in ("Übung 2.ipynb", "chapter2.ipynb", ".draft.ipynb"):
        (env.folder / name).write_text("{}", encoding="utf-8")
    (env.folder / "gone.ipynb").symlink_to(env.folder / "nowhere.ipynb")
    disk = Disk(env.folder, hides="[!e]*.ipynb")
    with pytest.raises(NotListed, match=r"the folder has chapter2\.ipynb and Übung 2\.ipynb, and"):
        asyncio.run(save_as_page(env, str(env.folder), disk.ask))


def test_a_server_that_keeps_notebooks_elsewhere(env: Environment, tmp_path: Path) -> None:
    """Only it can take ours away."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    disk = Disk(elsewhere)
    asyncio.run(save_as_page(env, str(env.folder), disk.ask))
    assert disk.steps == [*STEPS, "take a checkpoint away", "take a notebook away"]


def test_a_folder_that_is_gone(env: Environment) -> None:
    env.folder.rmdir()
    with pytest.raises(NotSaved, match="look into the work folder"):
        asyncio.run(save_as_page(env, str(env.folder), Disk(env.folder).ask))


@pytest.mark.parametrize(
    ("folder", "root", "there", "inside"),
    [
        ("home/ml", "home/ml", "home/ml", ""),
        ("home/ml/week 2", "home", "home/ml/week 2", "ml/week 2/"),
        ("home/ml", "home/other", "home/other", ""),
        ("home/.hidden/ml", "home", "home", ""),
        ("home/.hidden/ml", "home/.hidden/ml", "home/.hidden/ml", ""),
        ("link", "home/ml", "home/ml", ""),
    ],
)
def test_where_the_learner_saves(
    tmp_path: Path, folder: str, root: str, there: str, inside: str
) -> None:
    for name in ("home/ml/week 2", "home/other", "home/.hidden/ml"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "home/ml")
    assert place(tmp_path / folder, str(tmp_path / root)) == (tmp_path / there, inside)


@pytest.mark.parametrize(
    ("status", "hidden"),
    [
        (SimpleNamespace(st_flags=0x8000), True),
        (SimpleNamespace(st_file_attributes=0x22), True),
        (SimpleNamespace(st_flags=0x40, st_file_attributes=0x20), False),
        (SimpleNamespace(), False),
    ],
)
def test_what_its_owner_has_hidden(status: object, hidden: bool) -> None:
    """As a Mac's Finder and Windows' Explorer do it: no page has to show that."""
    assert is_hidden(status) is hidden
