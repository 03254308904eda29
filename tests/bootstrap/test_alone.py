"""run-envcheck.py that stands alone: it takes nothing unknown from an index, and names a step that can be gone."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from tests.bootstrap.conftest import MakeLearner
from tests.bootstrap.machine import BASE, REPOSITORY, Learner, of_a_release
from tests.pace import within
from tests.reach.local_index import served

STEP = "Start the run-envcheck.py of a course that carries envcheck"
EVIL = "envcheck_course-0.1.0-py3-none-any.whl"


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of an index that has nothing, and what it was asked for."""
    paths: list[str] = []

    class Index(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: what is printed belongs to the test."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Index)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/simple", paths
    server.shutdown()
    server.server_close()
    thread.join(within(10))


def alone(learner: Learner, text: str, index: str) -> Learner:
    """A learner with the file and nothing beside it, and that index."""
    learner.script = learner.work / "run-envcheck.py"
    learner.script.write_text(text, "utf-8")
    learner.variables |= {"PATH": str(BASE.parent), "PIP_INDEX_URL": index, "PIP_FIND_LINKS": ""}
    learner.variables |= {"UV_DEFAULT_INDEX": index}
    return learner


def built() -> str:
    return (REPOSITORY / "run-envcheck.py").read_text("utf-8")


@pytest.mark.parametrize("words", [("list",), ("--unlocked", "list"), ("list", "--unlocked")])
def test_before_a_release_no_index_is_asked(
    learner: Learner, words: tuple[str, ...], asked: tuple[str, list[str]]
) -> None:
    """Whoever registers its name on a public index first would run on learners' machines."""
    ran = alone(learner, built(), asked[0]).run(*words)
    assert (ran.code, ran.out, asked[1]) == (3, "", [])
    assert ran.err.startswith("envcheck: this file stands alone, and envcheck is on no package")
    assert ran.err.splitlines()[-1].startswith(f"Next step: {STEP}")
    assert "making its own environment" not in ran.err
    assert not learner.cache.exists()


@pytest.mark.slow
@pytest.mark.whole
@pytest.mark.parametrize("words", [("list",), ("--unlocked", "list")])
@pytest.mark.parametrize("installer", ["pip", "uv"])
def test_what_an_index_says_is_a_release_must_have_its_hash(
    make_learner: MakeLearner, tmp_path: Path, installer: str, words: tuple[str, ...]
) -> None:
    """Another file of that name is not installed, with `--unlocked` neither."""
    place = tmp_path / "index" / "simple" / "envcheck-course"
    place.mkdir(parents=True)
    (tmp_path / "right").write_bytes(b"another wheel")
    (place / EVIL).write_bytes(b"not the wheel")
    with served(tmp_path / "index") as address:
        learner = alone(
            make_learner(), of_a_release(built(), tmp_path / "right"), f"{address}/simple"
        )
        if installer == "uv":
            with_uv(learner, tmp_path / "bin")
        ran = learner.run(*words)
    assert ran.code == 3
    assert "the file of envcheck-course 0.1.0 has another hash than the lock says" in ran.err
    assert learner.environments == []


@pytest.mark.slow
@pytest.mark.whole
@pytest.mark.parametrize("words", [("list",), ("--unlocked", "list")])
@pytest.mark.parametrize("installer", ["pip", "uv"])
def test_an_index_without_the_release(
    learner: Learner,
    asked: tuple[str, list[str]],
    tmp_path: Path,
    installer: str,
    words: tuple[str, ...],
) -> None:
    """Is said once, and no other Python is tried: the step is another file, not the same line."""
    (tmp_path / "right").write_bytes(b"")
    alone(learner, of_a_release(built(), tmp_path / "right"), asked[0])
    if installer == "uv":
        with_uv(learner, tmp_path / "bin")
    ran = learner.run(*words)
    assert ran.code == 3
    assert "the package index has no file of envcheck-course" in ran.err
    assert ran.err.splitlines()[-1].startswith(f"Next step: {STEP}")
    assert ran.err.count("making its own environment") == (2 if installer == "uv" else 1)


def with_uv(learner: Learner, folder: Path) -> None:
    """Their PATH has uv too."""
    uv = shutil.which("uv", path=str(Path(sys.executable).parent))
    assert uv, "uv is in the group dev"
    folder.mkdir()
    (folder / "uv").symlink_to(uv)
    learner.variables["PATH"] = f"{folder}:{learner.variables['PATH']}"
