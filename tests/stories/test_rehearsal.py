"""A course rehearsed for real: pins that fit one Python and not another, and a release that broke a
course on a day. The index is ours, on loopback, and says when each file came.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shlex
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.lines_of_pages import to_type
from tests.pace import wait_for

from envcheck.target.python_homes import pythons_of

pytestmark = pytest.mark.slow

COURSE = """\
course = "fixture"
requires = ["requirements.txt"]

[chapter.tables]
jupyter = false
"""
TYPE = "application/vnd.pypi.simple.v1+json"


def wheel(version: str, module: str, python: str) -> bytes:
    """A wheel of the distribution `tiny`."""
    meta = f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\nRequires-Python: {python}\n"
    files = {
        "tiny.py": module,
        f"tiny-{version}.dist-info/METADATA": meta,
        f"tiny-{version}.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},,\n" for name in files) + f"tiny-{version}.dist-info/RECORD,,\n"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in {**files, f"tiny-{version}.dist-info/RECORD": record}.items():
            archive.writestr(name, text)
    return out.getvalue()


def pythons() -> list[tuple[int, Path]]:
    """Those of this machine, the oldest first: the minor version and the path."""
    every = [
        (minor, next((place for place in pythons_of(minor, os.environ) if place.exists()), None))
        for minor in range(10, 15)
    ]
    return [(minor, place) for minor, place in every if place]


class Index:
    """Two releases: 1.0 of September, which refuses the newest Python here, and 2.0 of October, which
    cannot be imported.
    """

    def __init__(self, newest: int) -> None:
        self.files = {
            "tiny-1.0-py3-none-any.whl": (
                wheel("1.0", "", f"<3.{newest}"),
                "2026-09-01T00:00:00Z",
                f"<3.{newest}",
            ),
            "tiny-2.0-py3-none-any.whl": (
                wheel("2.0", "import tiny_core_that_was_forgotten\n", ">=3.8"),
                "2026-10-15T00:00:00Z",
                ">=3.8",
            ),
        }

    def page(self) -> bytes:
        rows = [
            {
                "filename": name,
                "url": f"/files/{name}",
                "hashes": {"sha256": hashlib.sha256(data).hexdigest()},
                "requires-python": python,
                "upload-time": day,
                "size": len(data),
            }
            for name, (data, day, python) in self.files.items()
        ]
        meta = {"api-version": "1.1"}
        return json.dumps(
            {"meta": meta, "name": "tiny", "versions": ["1.0", "2.0"], "files": rows}
        ).encode()


@pytest.fixture(scope="module")
def index() -> Iterator[str]:
    """The address of the index."""
    there = pythons()
    if len(there) < 2:
        pytest.skip("only on a machine with two Pythons")
    served = Index(there[-1][0])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.rpartition("/")[2]
            if self.path == "/simple/tiny/":
                self._send(served.page(), TYPE)
            elif name in served.files:
                self._send(served.files[name][0], "application/octet-stream")
            else:
                self.send_error(404)

        def _send(self, data: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(data)

        do_HEAD = do_GET  # uv asks so whether a file may be read in parts

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/simple/"
    server.shutdown()
    server.server_close()


def rehearsed(course: Path, index: str, *words: str, **more: str) -> dict[str, Any]:
    """What `envcheck rehearse` says in this folder, as JSON; its folders are gone."""
    temporary = course.parent / "temporary"
    temporary.mkdir(exist_ok=True)
    settings = {
        "PIP_INDEX_URL": index,
        "UV_DEFAULT_INDEX": index,
        "PIP_NO_CACHE_DIR": "1",
        "UV_NO_CACHE": "1",
        "TMPDIR": str(temporary),
        **more,
    }
    before = [*course.rglob("*")]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    done = subprocess.run(
        [sys.executable, "-m", "envcheck", "rehearse", "--again", "--format", "json", *words],
        cwd=course,
        env={**kept, **settings},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.stdout.startswith("{"), done.stderr
    made: dict[str, Any] = json.loads(done.stdout)
    assert made["exit_code"] == done.returncode
    wait_for("its folders go", 20, lambda: not [*temporary.iterdir()])
    assert [*course.rglob("*")] == before
    return made


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "envcheck.toml").write_text(COURSE)
    return folder


def test_pins_that_fit_one_python(course: Path, index: str) -> None:
    """Ready on the older Python; on the newest the pin has nothing, and that is the one cause."""
    (course / "requirements.txt").write_text("tiny==1.0\n")
    older, newest = str(pythons()[0][1]), str(pythons()[-1][1])
    made = rehearsed(course, index, "--python", older, "--python", newest)
    first, second = made["cells"]
    assert (first["state"], first["report"]["verdict"]) == ("ready", "ready"), first["cause"]
    assert (second["state"], second["report"]) == ("not-ready", None)
    assert second["cause"]["summary"] == "nothing on the index fits tiny==1.0"
    assert second["cause"]["code"] is None
    assert made["exit_code"] == 1


@pytest.mark.whole
def test_the_lines_of_the_authors_page(course: Path) -> None:
    """Each is typed as it stands, for a course whose Python and chapter are those that the page names."""
    if 13 not in dict(pythons()):
        pytest.skip("only on a machine with Python 3.13")
    text = COURSE.replace('requires = ["requirements.txt"]', 'python = "==3.13.*"')
    asked = '[chapter.week2]\ncommands = { git = "*" }'
    (course / "envcheck.toml").write_text(text.replace("[chapter.tables]", asked))
    for line in to_type("docs/authors.md"):
        done = subprocess.run(
            [sys.executable, "-m", "envcheck", *shlex.split(line)[1:], "--again"],
            cwd=course,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, (line, done.stdout, done.stderr)
        assert "3.13" in done.stdout and "week2" in done.stdout, (line, done.stdout)
    assert "week2" in (course / "tonight.html").read_text("utf-8")


@pytest.mark.whole
def test_chapters_with_lists_of_their_own(course: Path, index: str) -> None:
    """Each in an environment of its own: pins that cannot stand beside each other, one of them broken."""
    (course / "requirements.txt").write_text("tiny\n")
    (course / "one.txt").write_text("tiny==1.0\n")
    (course / "two.txt").write_text("tiny==2.0\n")
    more = '[chapter.%s]\njupyter = false\nrequires = ["%s.txt"]\n'
    (course / "envcheck.toml").write_text(COURSE + more % ("one", "one") + more % ("two", "two"))
    older = ("one", "two", "--python", str(pythons()[0][1]))
    first, second = rehearsed(course, index, *older)["cells"]
    assert (first["chapter"], first["state"]) == ("one", "ready"), first["cause"]
    assert (second["state"], second["report"]["exit_code"]) == ("not-ready", 1)


@pytest.mark.whole
def test_a_chapter_alone_and_among_others(course: Path, index: str) -> None:
    """What another chapter asks for is not there for one that imports it and does not say so; nor is
    what another one has left in the home.
    """
    text = """\
course = "fixture"
[chapter.a]
jupyter = false
packages = ["tiny==1.0"]
proof = { code = "import tiny, pathlib; (pathlib.Path.home() / 'left').touch(); print(1)", prints = "1" }
[chapter.b]
jupyter = false
packages = ["pip"]
proof = { code = "import tiny; print(1)", prints = "1" }
[chapter.c]
jupyter = false
packages = ["tiny==1.0"]
proof = { code = "import pathlib; print((pathlib.Path.home() / 'left').exists())", prints = "False" }
"""
    (course / "envcheck.toml").write_text(text)
    older = ("--python", str(pythons()[0][1]))
    together = {
        cell["chapter"]: (cell["state"], cell["cause"] and cell["cause"]["code"])
        for cell in rehearsed(course, index, *older)["cells"]
    }
    assert [state for state, _ in together.values()] == ["ready", "not-ready", "ready"], together
    (alone,) = rehearsed(course, index, "b", *older)["cells"]
    assert (alone["state"], alone["cause"]["code"]) == together["b"]


def test_a_release_that_broke_the_course(course: Path, index: str) -> None:
    """Today the newest release cannot be imported; as of a day before it came, all is well."""
    (course / "requirements.txt").write_text("tiny\n")
    older = ("--python", str(pythons()[0][1]))
    (today,) = rehearsed(course, index, *older)["cells"]
    assert today["state"] == "not-ready"
    assert "tiny" in today["cause"]["summary"]
    assert today["cause"]["code"] == today["report"]["diagnoses"][0]["code"]
    (september,) = rehearsed(course, index, *older, "--before", "2026-10-01")["cells"]
    assert september["state"] == "ready", september["cause"]


@pytest.mark.whole
def test_notebooks_that_install_for_themselves(course: Path, index: str, wheels: Path) -> None:
    """They are run in the copy, what they install goes into its environment, and what would go into
    the system is left out.
    """
    if (own := sys.version_info[1]) not in dict(pythons()):
        pytest.skip("only on a machine with the tests' own Python")
    (course / "requirements.txt").write_text("notebook\nipykernel\n")
    (course / "envcheck.toml").write_text(COURSE.replace("jupyter = false", 'folder = "week1"'))
    texts = ["!apt-get install -y no-such-thing-of-ours", "%pip install tiny==1.0\nimport tiny"]
    texts += ["import sys\nassert '.venv' in sys.prefix\nopen('made', 'w').close()"]
    cells = [{"cell_type": "code", "source": text, "metadata": {}} for text in texts]
    (course / "week1").mkdir()
    book = {"nbformat": 4, "nbformat_minor": 5, "cells": cells, "metadata": {}}
    (course / "week1/a.ipynb").write_text(json.dumps(book))
    words = ("--python", str(dict(pythons())[own]), "--quick")
    more = {"PIP_FIND_LINKS": str(wheels)}
    made = rehearsed(course, index, *words, "--notebooks", **more)
    (cell,) = made["cells"]
    assert (cell["state"], made["notebooks"]) == ("ready", True), cell["cause"]
    assert cell["report"]["selection"]["notebooks"] is True
    (ran,) = [row for row in cell["report"]["checks"] if row["id"] == "tables.notebooks-run"]
    assert ran["status"] == "pass"
    assert "apt-get" in ran["summary"] and "%pip" not in ran["summary"]
