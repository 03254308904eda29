"""A course file of another user's is passed over with one line to type, which then works."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

TABLE = 'course = "mine"\n[chapter.ch1]\ndisk = "1 MB"\njupyter = false\n'
# `docker run -v $PWD:/w`, or an administrator in a student's folder
STARTED = """
import sys
from envcheck.command.main import main
from envcheck.course_file import finding
finding.is_in_container = lambda: {}
sys.argv[0] = "envcheck"
main()
"""


def typed(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words, cwd=folder, capture_output=True, text=True, timeout=100, check=False
    )


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only on Unix root gives files away"
)
def test_the_line_can_be_pasted(tmp_path: Path) -> None:
    """With all that was typed, from a folder whose name has a space and a quote."""
    folder = tmp_path / "it's a course"
    folder.mkdir()
    (folder / "envcheck.toml").write_text(TABLE)
    os.chown(folder / "envcheck.toml", 1001, 1001)
    own = (sys.executable, "-m", "envcheck")
    refused = typed(*own, "ch1", "--quick", "--python", sys.executable, folder=folder)
    assert refused.returncode == 2
    line = refused.stderr.splitlines()[-1]
    assert {"--quick", "--python", "--course"} <= {*shlex.split(line)}
    done = typed("sh", "-c", line, folder=folder)
    assert "Ready for ch1" in done.stdout, done
    os.chown(folder, 1001, 1001)
    for contained, code in ((False, 2), (True, 0)):
        command = (sys.executable, "-c", STARTED.format(contained))
        done = typed(*command, "ch1", "--quick", "--python", sys.executable, folder=folder)
        assert done.returncode == code, done
