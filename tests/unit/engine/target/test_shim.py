"""A stand-in that starts another Python in each folder, as those of pyenv, asdf and mise do."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from envcheck import Environment
from envcheck.environment import Located
from envcheck.processes.process import Finished, Processes
from envcheck.target.interpreter import Interpreter, Unusable, target
from envcheck.target.shim import behind

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="only on systems with such scripts")
STAND_IN = f"""#!/bin/sh
[ -f .tool-versions ] && exec {sys.executable} "$@"
echo "No version is set for command python" >&2
exit 126
"""


@pytest.fixture
def env(tmp_path: Path, processes: Processes) -> Environment:
    (tmp_path / "shims").mkdir()
    (tmp_path / "course").mkdir()
    stand_in = tmp_path / "shims" / "python"
    stand_in.write_text(STAND_IN)
    stand_in.chmod(0o755)
    (tmp_path / "scratch").mkdir()
    return Environment(
        Located((str(stand_in),), "python on PATH"),
        variables={"PATH": "/usr/bin:/bin"},
        folder=tmp_path / "course",
        scratch=tmp_path / "scratch",
        cache=None,
        processes=processes,
    )


def test_it_is_asked_in_the_learners_folder(env: Environment) -> None:
    """Where a file of the course says which, and not in the empty one in which a Python is questioned."""
    (env.folder / ".tool-versions").write_text("python 3.11.7\n")
    (env.folder / "json.py").write_text("raise SystemExit('of the course')\n")
    answer = target(env)
    assert isinstance(answer, Interpreter)
    assert answer.prefix == sys.prefix


def test_where_it_starts_none_there(env: Environment) -> None:
    """What it says of the learner's folder is the evidence, whatever it starts elsewhere."""
    answer = target(env)
    assert isinstance(answer, Unusable)
    assert "No version is set" in answer.finished.stderr


def test_what_is_no_stand_in(env: Environment) -> None:
    """A Python is not asked twice, a launcher with words of its own neither."""
    for command in ((sys.executable,), ("py", "-3.12"), (env.located.command[0], "-3")):
        assert behind(env, command) == command


def test_one_that_tells_of_no_program(env: Environment, tmp_path: Path) -> None:
    stand_in = tmp_path / "shims" / "python"
    stand_in.write_text("#!/bin/sh\necho hello\n")
    assert behind(env, (str(stand_in),)) == (str(stand_in),)
    assert not isinstance(behind(env, (str(stand_in),)), Finished)
