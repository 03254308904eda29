"""A rehearsal on a Python that uv fetches, for real: from a list of ours, with a Python of this machine
packed as uv's own are.
"""

from __future__ import annotations

import json
import platform
import sys
import tarfile
from pathlib import Path

import pytest
from tests.stories.test_rehearsal import pythons, rehearsed

pytestmark = pytest.mark.slow
NOBODY = "http://127.0.0.1:9/simple/"
COURSE = """\
course = "fixture"
python = ">=3.{older},<3.{after}"
packages = ["pip"]

[chapter.tools]
jupyter = false
"""


def catalogue(folder: Path, python: Path, minor: int) -> Path:
    """uv's list of what it may fetch, with one Python in it: this one, packed as uv's own are."""
    home = python.resolve().parent.parent
    archive = folder / "python.tar.gz"
    without = ("test", "tests", "__pycache__", "idlelib", "site-packages", "include", "share")

    def kept(info: tarfile.TarInfo) -> tarfile.TarInfo | None:
        parts = Path(info.name).parts
        left_out = any(part in without or part.startswith("config-") for part in parts)
        return None if left_out or info.name.endswith(".a") else info

    with tarfile.open(archive, "w:gz", compresslevel=1) as packed:
        for name in ("bin", "lib"):
            packed.add(home / name, f"python/{name}", filter=kept)
    release = {
        "name": "cpython",
        "arch": {"family": platform.machine(), "variant": None},
        "os": "linux",
        "libc": "gnu",
        "major": 3,
        "minor": minor,
        "patch": 99,
        "prerelease": "",
        "url": archive.as_uri(),
        "sha256": None,
        "variant": None,
        "build": "20261101",
    }
    key = f"cpython-3.{minor}.99-linux-{platform.machine()}-gnu"
    file = folder / "downloads.json"
    file.write_text(json.dumps({key: release}))
    return file


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: the Python is packed for it")
def test_a_python_that_uv_fetches(tmp_path: Path) -> None:
    """Where uv's settings allow it, the course is rehearsed on one that this machine does not have;
    where they do not, the matrix says so.
    """
    there = pythons()
    if len(there) < 2:
        pytest.skip("only on a machine with two Pythons")
    (older, place), (newest, packed) = there[0], there[-1]
    home = place.resolve().parent.parent
    (tmp_path / "pyenv/versions").mkdir(parents=True)
    (tmp_path / "pyenv/versions" / f"3.{older}.0").symlink_to(home)
    course = tmp_path / "course"
    course.mkdir()
    (course / "envcheck.toml").write_text(COURSE.format(older=older, after=newest + 1))
    more = {"PATH": "/usr/sbin", "HOME": str(tmp_path), "PYENV_ROOT": str(tmp_path / "pyenv")}
    more["UV_PYTHON_DOWNLOADS_JSON_URL"] = str(catalogue(tmp_path, packed, newest))
    made = rehearsed(course, NOBODY, **more)
    minors = [python["version"].split(".")[1] for python in made["pythons"]]
    assert (minors, made["not_fetched"]) == ([str(older), str(newest)], None)
    assert [cell["state"] for cell in made["cells"]] == ["ready", "ready"], made["cells"]
    without = rehearsed(course, NOBODY, **more, UV_PYTHON_DOWNLOADS="manual")
    assert (len(without["pythons"]), without["exit_code"]) == (1, 0)
    assert without["not_fetched"]["versions"] == [f"3.{newest}"]
    assert "set to 'manual'" in without["not_fetched"]["reason"]
