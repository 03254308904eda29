"""A course at an address, from a real server of https: nothing of it runs until the learner agrees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.stories.machine import Machine
from tests.stories.network_servers import make_authority
from tests.unit.engine.remote_course.conftest import Site

pytestmark = pytest.mark.slow
COURSE = """\
course = "afar"
title = "A course from afar"

[chapter.week1]
proof = { code = "open(r'MARK', 'a').write('x'); print(6)", prints = "6" }
"""


def test_a_course_from_afar(machine: Machine, tmp_path: Path) -> None:
    """Listed and explained without a question; run once agreed to, and again without the network."""
    (tmp_path / "authority").mkdir()
    make_authority(tmp_path / "authority")
    site, mark = Site(tmp_path / "authority"), tmp_path / "mark"
    site.put(envcheck__toml=COURSE.replace("MARK", str(mark)))
    machine.variables |= site.variables
    named = ("--course", site.address)
    listed = machine.run("list", *named)
    assert (listed.returncode, "week1" in listed.stdout) == (0, True), listed.stderr
    assert machine.run("explain", "proof", *named).returncode == 0
    refused = machine.run("week1", *named)
    assert refused.returncode == 2
    assert "may add --trust-course" in refused.stderr
    assert not mark.exists()
    for more in (("--trust-course",), (), ("--offline",)):
        done = machine.run("week1", "--format", "json", *named, *more)
        assert json.loads(done.stdout)["verdict"] == "ready", done.stderr
    assert mark.read_text() == "xxx"
    site.put(envcheck__toml=COURSE.replace("MARK", f"{mark}-2"))
    changed = machine.run("week1", *named)
    assert changed.returncode == 2
    assert "it has changed since you agreed to it" in changed.stderr
    site.server.shutdown()
    site.server.server_close()
    assert "cannot be fetched" in machine.run("week1", *named).stderr
    assert not Path(f"{mark}-2").exists()
