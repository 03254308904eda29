"""Environments that conda's own engine has made, of real packages from a channel on this machine."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.kept import kept
from tests.stories.conda.channel import channel_of
from tests.stories.conda.place import activate, put_conda_of
from tests.stories.machine import Machine
from tests.stories.new_terminal import (
    Terminal,
    check_in_a_new_terminal,
    follow,
    write_start_up_file,
)

pytestmark = pytest.mark.slow
NAMES = [
    "python", "pip", "notebook", "jupyterlab", "ipykernel", "numpy", "pandas", "matplotlib", "seaborn",
]  # fmt: skip


@pytest.fixture(scope="session")
def channel(healthy: Path) -> Path:
    return channel_of(healthy.parent.parent)


@pytest.fixture
def ml(machine: Machine, channel: Path) -> Path:
    """`conda create -n ml` with all of it, `conda activate ml`."""
    cache = kept("conda-cache", lambda folder: None)
    base = put_conda_of(machine, channel, cache)
    place = base / "envs" / "ml"
    conda(machine, "create", "--yes", "--prefix", str(place), *NAMES)
    activate(machine, place)
    machine.python = place / "bin" / "python"
    return place


def conda(machine: Machine, *words: str) -> None:
    done = machine.run(argv=[machine.variables["CONDA_EXE"], *words])
    assert done.returncode == 0, done.stderr


def changed_behind_conda(prefix: Path) -> list[str]:
    """Files that conda has put there and that are not what it has put there any more, and
    distributions that it did not put there.
    """
    found, known = [], set()
    for note in (prefix / "conda-meta").glob("*.json"):
        for row in json.loads(note.read_text(encoding="utf-8"))["paths_data"]["paths"]:
            file = prefix / row["_path"]
            known.add(file.parent)
            if not file.is_file() or file.stat().st_size != row["size_in_bytes"]:
                found += (
                    [str(file)] if file.suffix != ".pyc" and "prefix_placeholder" not in row else []
                )
    foreign = [
        one for one in prefix.glob("lib/python3*/site-packages/*.dist-info") if one not in known
    ]
    return [*found, *map(str, foreign)]


@pytest.mark.whole
def test_jupyter_missing_and_then_complete(machine: Machine, ml: Path) -> None:
    """A complete environment is ready; without Jupyter it gets conda's line, which installs, and a
    new terminal asks for nothing more.
    """
    whole = machine.check("--quick")
    assert (whole.code, whole.errors, whole.warnings) == (0, [], [])
    assert whole.report["target"]["kind"] == "conda-env"
    conda(machine, "remove", "--yes", "--prefix", str(ml), "jupyter_server")
    before = sorted(one.name for one in (ml / "conda-meta").glob("*.json"))
    write_start_up_file(machine, Terminal("bash"))
    seen, after = machine.check_and_fix("--quick")
    (step,) = [step for step in seen.first["fixes"][0]["steps"] if step["do"] == "run"]
    assert (seen.code, seen.errors) == (1, ["jupyter-not-installed"])
    assert step["argv"][0].endswith("/miniconda3/bin/conda") and "notebook" in step["argv"]
    assert (after.code, after.diagnoses) == (0, []), after.err[-3000:]
    assert changed_behind_conda(ml) == []
    again = check_in_a_new_terminal(
        machine, Terminal("bash"), follow(machine, after.err), "--quick"
    )
    assert (again.code, again.diagnoses) == (0, []), again.out[-3000:]
    assert again.report["target"]["prefix"] == after.report["target"]["prefix"]
    undone = machine.run("undo", str(next(machine.work.glob("envcheck-fix-*.json"))), "--yes")
    assert undone.returncode == 0, undone.stderr
    assert sorted(one.name for one in (ml / "conda-meta").glob("*.json")) == before


@pytest.mark.whole
def test_pip_writes_over_nothing_of_condas(machine: Machine, ml: Path, wheels: Path) -> None:
    """seaborn came by pip and is damaged: pip brings it again, and what it needs stays conda's."""
    machine.installs_from(wheels)
    conda(machine, "remove", "--yes", "--prefix", str(ml), "seaborn")
    machine.pip("install", "--no-deps", "--find-links", str(wheels), "seaborn")
    shutil.rmtree(next(machine.site.glob("seaborn")))
    write_start_up_file(machine, Terminal("bash"))
    seen, after = machine.check_and_fix("--quick")
    assert [step["argv"][2] for step in seen.first["fixes"][0]["steps"] if step["do"] == "run"] == [
        "pip"
    ]
    assert (after.code, after.errors) == (0, []), after.err[-3000:]
    changed = changed_behind_conda(ml)
    assert [Path(one).name.partition("-")[0] for one in changed] == ["seaborn"], changed
    again = check_in_a_new_terminal(machine, Terminal("bash"), [], "--quick", "--only", "packages")
    assert (again.code, again.diagnoses) == (0, []), again.out[-3000:]
