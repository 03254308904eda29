"""What travels to a server whose Python is another than this one: got by the lock, and run by it."""

from __future__ import annotations

import base64
import io
import os
import sys
import zipfile
from pathlib import Path

import pytest

from envcheck.hub.fetching import Fetching
from envcheck.hub.host import Host
from envcheck.hub.payload import Payload
from envcheck.run.workplace import throw_away

pytestmark = pytest.mark.slow
ALIEN = Host("/usr/bin/python3", "3.13.1", "aarch64", 36)


@pytest.mark.parametrize("by", ["uv", "pip"])
def test_another_kind_of_server(by: str, tmp_path: Path) -> None:
    """Its own builds of all packages, and envcheck; by uv where that is on PATH, else by pip."""
    uv = str(Path(sys.executable).parent)
    path = f"{uv}:{os.environ['PATH']}" if by == "uv" else str(tmp_path)
    with throw_away() as (folder, processes):
        variables = {**os.environ, "PATH": path}
        parts = Payload(Fetching(folder, processes, variables)).parts(ALIEN)
    with zipfile.ZipFile(io.BytesIO(base64.b64decode("".join(parts)))) as archive:
        names = archive.namelist()
    built = [name for name in names if name.endswith(".so")]
    assert {name.split("/")[1] for name in built} >= {"zmq", "psutil", "tornado"}
    assert not [name for name in built if "x86_64" in name or "-311-" in name]
    assert {"envcheck", "packages/envcheck/__main__.py", "packages/click/__init__.py"} <= {*names}
    assert any(name.endswith("entry_points.txt") and "envcheck_course" in name for name in names)
