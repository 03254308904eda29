"""A notebook is saved where the learner saves, through their server, as the page does it: made anew, saved, a
checkpoint of it kept, saved again, read back.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import stat
import unicodedata
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from envcheck import Environment, places
from envcheck.sentences import listed
from envcheck.shape import ANY_OBJECT
from envcheck_checks.notebook.saving import leftovers, new_notebook
from envcheck_checks.notebook.server.learners_server import ServerTrouble

CHECKPOINTS = ".ipynb_checkpoints"
LIST = "list the notebooks of a folder"

PICTURES = 4 * 100_000  # letters: what a chapter's pictures take in a notebook

# What a server answers in JSON: the step, the method, the path, and the body.
Ask = Callable[[str, str, str, object, Mapping[str, Any]], Awaitable[Mapping[str, Any]]]


class NotSaved(ServerTrouble):
    """A notebook could not be saved in this folder."""

    def __init__(self, trouble: ServerTrouble, folder: Path) -> None:
        super().__init__(trouble.step, trouble.actual, late=trouble.late)
        self.folder = folder


class NotListed(NotSaved):
    """Notebooks lie in this folder, and its page does not show them: those of the learner by name,
    and `ours` by the name that it has.
    """

    def __init__(self, folder: Path, names: Sequence[str], ours: str) -> None:
        own = [name for name in names if name != ours]
        actual = (
            f"the folder has {listed(own[:3])}, and the page's list does not"
            if own
            else "a notebook that was saved is not in the list of its folder"
        )
        super().__init__(ServerTrouble(LIST, actual), folder)
        self.names = tuple(names)


@dataclass(frozen=True)
class Place:
    """Where a notebook of ours lies for a moment: `inside` is the folder's path below the one that
    is served, `word` its name and our mark.
    """

    folder: Path
    inside: str
    word: str

    @property
    def path(self) -> str:
        """The notebook as a part of an address of the server."""
        return quote(f"{self.inside}{self.word}.ipynb")

    @property
    def file(self) -> Path:
        """The notebook on the disk."""
        return self.folder / f"{self.word}.ipynb"

    @property
    def checkpoint(self) -> Path:
        """The copy that the server keeps of it."""
        return self.folder / CHECKPOINTS / f"{self.word}-checkpoint.ipynb"


@contextlib.contextmanager
def visit(env: Environment, root: str) -> Iterator[Place]:
    """A place for a notebook in the learner's folder; afterwards that is as it was. `root` is what
    the server serves. Raises NotSaved for any step of a server that fails meanwhile.
    """
    with _visited(env, *place(env.folder, root)) as there:
        yield there


@contextlib.contextmanager
def _visited(env: Environment, folder: Path, inside: str) -> Iterator[Place]:
    word = f"envcheck-{secrets.token_hex(6)}"
    with contextlib.ExitStack() as stack:
        try:
            leftovers.remove(folder, CHECKPOINTS)
            stack.enter_context(env.processes.visit(str(folder), word, (CHECKPOINTS,)))
        except OSError as error:
            trouble = ServerTrouble("look into the work folder", f"{error.strerror or error}")
            raise NotSaved(trouble, folder) from error
        try:
            yield Place(folder, inside, word)
        except NotSaved:
            raise
        except ServerTrouble as error:
            raise NotSaved(error, folder) from error


def place(folder: Path, root: str) -> tuple[Path, str]:
    """The learner's folder, and its path below the one that the server serves; where it is not
    below, or hidden from the page, what is served itself.
    """
    ours, served = (Path(os.path.realpath(path)) for path in (folder, root))
    inside = places.within(ours, served)
    if inside is not None and not any(part.startswith(".") for part in inside.parts):
        return ours, "".join(f"{part}/" for part in inside.parts)
    return served, ""


async def save_as_page(env: Environment, root: str, ask: Ask) -> None:
    """A notebook of ours is saved and read back. Raises NotSaved."""
    with visit(env, root) as there:
        path = f"/api/contents/{there.path}"
        body = content(there, f"# {there.word}: envcheck tries whether notebooks can be saved here")
        saved, checkpoint = False, ""
        try:
            # As the page's `New`, but for the name, which is to have our mark.
            await ask("make a new notebook", "PUT", path, {"type": "notebook"}, ANY_OBJECT)
            saved = True
            await ask("save a notebook", "PUT", path, body, ANY_OBJECT)
            points = f"{path}/checkpoints"
            kept = await ask("keep a checkpoint of a notebook", "POST", points, None, {"id?": str})
            checkpoint = kept.get("id") or ""
            await ask("save a notebook with pictures", "PUT", path, with_pictures(body), ANY_OBJECT)
            as_page = f"{path}?type=notebook&content=1"
            back = await ask("read a notebook back", "GET", as_page, None, ANY_OBJECT)
            if not isinstance(back.get("content"), dict):
                raise ServerTrouble("read a notebook back", "it came back as text")
            if there.word not in json.dumps(back["content"]):
                raise ServerTrouble("read a notebook back", "it came back without its cell")
            await _is_listed(there, ask)
            await _make_named(env, there, ask)
        finally:
            # What the server keeps elsewhere, only it can take away.
            if checkpoint and not os.path.lexists(there.checkpoint):
                elsewhere = f"{path}/checkpoints/{quote(checkpoint)}"
                await ask("take a checkpoint away", "DELETE", elsewhere, None, ANY_OBJECT)
            if saved and not os.path.lexists(there.file):
                await ask("take a notebook away", "DELETE", path, None, ANY_OBJECT)


async def _make_named(env: Environment, there: Place, ask: Ask) -> None:
    """A new notebook is made where a setting of the learner's leads it, with our mark in its name."""
    above, dot = new_notebook.led_to(env)
    if not (above or dot):
        return
    inside = f"{there.inside}{above}"
    with contextlib.ExitStack() as stack:
        if above and os.path.isdir(there.folder / above):  # the open one is visited already
            there = stack.enter_context(_visited(env, there.folder / above, inside))
        path = f"/api/contents/{quote(f'{inside}{dot}{there.word}.ipynb')}"
        await ask(new_notebook.STEP, "PUT", path, {"type": "notebook"}, ANY_OBJECT)
        if not os.path.lexists(there.folder / f"{dot}{there.word}.ipynb"):
            await ask("take a notebook away", "DELETE", path, None, ANY_OBJECT)


async def _is_listed(there: Place, ask: Ask) -> None:
    """The page shows what the server lists: a notebook that it hides cannot be opened again. Raises
    NotListed.
    """
    before = _notebooks(there.folder)
    inside = quote(there.inside.rstrip("/"))
    listing = await ask(LIST, "GET", f"/api/contents/{inside}?type=directory", None, ANY_OBJECT)
    shown = _composed(json.dumps(listing.get("content"), ensure_ascii=False))
    ours = there.file.name
    names = [ours, *(name for name in before if name != ours)]
    hidden = [
        name for name in names if json.dumps(_composed(name), ensure_ascii=False) not in shown
    ]
    if hidden := [name for name in hidden if name == ours or os.path.isfile(there.folder / name)]:
        raise NotListed(there.folder, hidden, ours)


def _notebooks(folder: Path) -> list[str]:
    """The notebooks that lie there, but those that their owner has hidden."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        return sorted(entry.name for entry in entries if _is_shown_notebook(entry))
    return []


def _is_shown_notebook(entry: os.DirEntry[str]) -> bool:
    named = entry.name.endswith(".ipynb") and not entry.name.startswith(".")
    return named and os.path.isfile(entry.path) and not is_hidden(entry.stat())


def is_hidden(status: object) -> bool:
    """Whether its owner has hidden a file, beside giving it a name that begins with a dot."""
    by_mac = getattr(status, "st_flags", 0) & stat.UF_HIDDEN
    by_windows = getattr(status, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_HIDDEN
    return bool(by_mac or by_windows)


def _composed(text: str) -> str:
    """A Mac's disk may spell a letter in two characters where its page has one."""
    return unicodedata.normalize("NFC", text)


def with_pictures(body: Mapping[str, Any]) -> dict[str, Any]:
    """The same notebook after its cell has run: as large as a chapter's is with its pictures. A
    server may take small ones alone.
    """
    notebook = body["content"]
    shown = {"image/png": "iVBOR" + "A" * (PICTURES - 5), "text/plain": "<Figure>"}
    output = {"output_type": "display_data", "data": shown, "metadata": {}}
    cells = [{**cell, "outputs": [output]} for cell in notebook["cells"]]
    return {**body, "content": {**notebook, "cells": cells}}


def content(there: Place, source: str) -> dict[str, Any]:
    """What a page sends to save a small notebook: with our mark, and the folders that were not
    there before it.
    """
    cell: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": None,
        "id": "proof",
        "metadata": {},
        "outputs": [],
        "source": source,
    }
    made = [] if os.path.lexists(there.folder / CHECKPOINTS) else [CHECKPOINTS]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "envcheck": {"name": there.word, "made": made}}
    notebook = {"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return {"type": "notebook", "format": "json", "content": notebook}
