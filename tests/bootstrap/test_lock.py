"""envcheck's own packages come by the lock, by pip and by uv; what an index lacks or serves otherwise is named."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest
from tests.bootstrap.conftest import MakeLearner
from tests.bootstrap.machine import BASE, Learner, checkout

pytestmark = [pytest.mark.slow, pytest.mark.whole]
CLICK = re.compile(r"(?m)^click==(\S+) \\\n((?:    --hash.*\n)+)")


@pytest.fixture(params=["pip", "uv"])
def with_lock(request: pytest.FixtureRequest, make_learner: MakeLearner, tmp_path: Path) -> Learner:
    """A learner with a clone of their own, whose lock may be changed; with uv on PATH or without."""
    learner = make_learner()
    learner.script = checkout(tmp_path / "own clone")
    if request.param == "uv":
        uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
        assert uv, "uv is in the group dev"
        (tmp_path / "bin").mkdir()
        (tmp_path / "bin" / "uv").symlink_to(uv)
        learner.variables["PATH"] = f"{tmp_path / 'bin'}:{BASE.parent}"
    else:
        learner.variables["PATH"] = str(BASE.parent)
    return learner


def lock_of(learner: Learner) -> Path:
    return learner.script.parent / "envcheck.lock"


def test_what_the_index_lacks_is_named(with_lock: Learner) -> None:
    """With a line that takes the newest instead; it works, and later lines repeat the option."""
    lock = lock_of(with_lock)
    lock.write_text(CLICK.sub(r"click==8.1.99 \\\n\2", lock.read_text("utf-8")), "utf-8")
    ran = with_lock.run("list")
    assert ran.code == 3
    last = ran.err.splitlines()[-3:]
    assert last[0].endswith(
        "envcheck's own environment could not be made: the package index has no file of "
        "click 8.1.99 for this Python, which the lock names. `list` needs the whole envcheck."
    )
    assert re.fullmatch(r"Next step: \S+ '.*/run-envcheck\.py' --unlocked list", last[1])
    assert last[2] == "(this takes the newest versions that envcheck allows)"
    unlocked = with_lock.run("--unlocked", "list")
    assert unlocked.code == 0, unlocked.err
    assert "chapter2" in unlocked.out
    again = with_lock.run(
        "--unlocked", "chapter2", "--only", "chapter2.pip", "--python", "/nowhere"
    )
    assert "run-envcheck.py' --unlocked " in again.out + again.err


def test_a_file_with_another_hash_is_not_installed(with_lock: Learner) -> None:
    lock = lock_of(with_lock)
    other = "    --hash=sha256:" + 64 * "0" + "\n"
    lock.write_text(CLICK.sub(rf"click==\1 \\\n{other}", lock.read_text("utf-8")), "utf-8")
    ran = with_lock.run("list")
    assert ran.code == 3
    assert re.search(r"the file of click 8\S+ has another hash than the lock says", ran.err), (
        ran.err
    )
    assert (
        "Next step: Show this to whoever looks after your package index or this course;" in ran.err
    )
    assert with_lock.environments == []


def test_uvs_settings_that_are_about_other_installs(
    make_learner: MakeLearner, tmp_path: Path
) -> None:
    """The index of `uv.toml` serves it; a target, constraints and `no-deps` there do not reach it."""
    learner = make_learner()
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    assert uv, "uv is in the group dev"
    settings = learner.root / "home" / ".config" / "uv"
    settings.mkdir(parents=True)
    (settings / "uv.toml").write_text(
        'constraint-dependencies = ["click<1"]\n'
        'index = [{name = "ours", url = "http://127.0.0.1:9/simple", default = true}]\n'
        f'[pip]\ntarget = "{tmp_path / "wrong"}"\nno-deps = true\n',
        encoding="utf-8",
    )
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "uv").symlink_to(uv)
    learner.variables["PATH"] = f"{tmp_path / 'bin'}:{BASE.parent}"
    ran = learner.run("list")
    assert ran.err.count("making its own environment") == 2, (
        "uv was not sent to the learner's index"
    )
    (settings / "uv.toml").write_text(
        f'constraint-dependencies = ["click<1"]\n[pip]\ntarget = "{tmp_path / "wrong"}"\n',
        encoding="utf-8",
    )
    learner = make_learner()
    shutil.copytree(settings, learner.root / "home" / ".config" / "uv")
    learner.variables["PATH"] = f"{tmp_path / 'bin'}:{BASE.parent}"
    ran = learner.run("list")
    assert (ran.code, ran.err.count("making its own environment")) == (0, 1), ran.err
    assert not (tmp_path / "wrong").exists()
