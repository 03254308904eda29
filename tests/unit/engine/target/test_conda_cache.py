"""What conda had changed goes back by addresses that this machine's own conda knows."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import command_at, file_at, on, python_at

from envcheck import Environment, Run
from envcheck.environment import Located
from envcheck.fixes import grammar, here
from envcheck.fixes.grammar import Packages
from envcheck.target.conda import Record
from envcheck.target.managers import conda_back

FORGE = "https://conda.anaconda.org/conda-forge"
FILE = "numpy-1.0-py_0.conda"
NUMPY = Record("numpy", "1.0", "py_0", FORGE, f"{FORGE}/linux-64/{FILE}")
ASKED = Packages("conda", "/a", True, ("numpy=1.0=py_0",))


def machine(folder: Path, **variables: str) -> Environment:
    """conda in the home, and `ml` of conda-forge beside it."""
    base = folder / "home" / "miniconda3"
    ml = base / "envs" / "ml"
    command_at(base / "bin" / "conda")
    file_at(
        ml / "conda-meta" / "numpy-2.0-py_0.json",
        json.dumps(
            {"channel": f"{FORGE}/linux-64", "url": f"{FORGE}/linux-64/numpy-2.0-py_0.conda"}
        ),
    )
    python = replace(python_at(ml, kind="conda-env"), executable=str(ml / "bin" / "python"))
    known: dict[str, Any] = {"CONDA_EXE": str(base / "bin" / "conda"), **variables}
    located = Located((python.executable,), "the active conda environment")
    return on("linux", folder, python, located=located, **known)


def words(env: Environment, asked: Packages) -> tuple[str, ...]:
    step = here.step(env, asked)
    assert isinstance(step, Run)
    prefix = str(Path(env.located.command[0]).parents[1])
    assert step.argv[:5] == (env.variables["CONDA_EXE"], "install", "--yes", "--prefix", prefix)
    return step.argv[5:]


def test_a_records_address_is_only_a_name() -> None:
    """Whoever wrote the record does not say where a package comes from."""
    [argv] = conda_back("/b/conda", "/a", [NUMPY], [])
    assert argv[-1] == NUMPY.url
    for address in (NUMPY.url, f"x://y/{FILE}"):
        row = {"do": "run", "argv": [*argv[:-1], address]}
        assert grammar.parse(row) == ASKED


@pytest.mark.parametrize(
    "cache",
    ["home/miniconda3/pkgs", "home/.conda/pkgs", "cache", "mamba/pkgs", "home/listed"],
)
def test_by_the_address_that_conda_noted(tmp_path: Path, cache: str) -> None:
    """In each place where conda keeps what it fetched: a list, or the package's own note."""
    told = {
        "CONDA_PKGS_DIRS": str(tmp_path / "cache"),
        "MAMBA_ROOT_PREFIX": str(tmp_path / "mamba"),
    }
    env = machine(tmp_path, **told)
    file_at(tmp_path / "home" / ".condarc", "pkgs_dirs:\n  - ~/listed\n")
    file_at(tmp_path / cache / "urls.txt", f"{FORGE}/linux-64/{FILE}\n")
    assert words(env, ASKED) == (NUMPY.url,)
    (tmp_path / cache / "urls.txt").write_text("")
    note = tmp_path / cache / FILE.removesuffix(".conda") / "info" / "repodata_record.json"
    file_at(note, json.dumps({"url": NUMPY.url}))
    assert words(env, ASKED) == (NUMPY.url,)
    note.write_text(json.dumps({"url": "https://example.org/other-1.0-py_0.conda"}))
    assert words(env, ASKED)[-1] == "numpy=1.0=py_0"


def test_by_name_from_where_the_environment_comes_from(tmp_path: Path) -> None:
    """An address does not stand beside a name; without its channel conda finds no such build."""
    env = machine(tmp_path)
    file_at(tmp_path / "home/miniconda3/pkgs/urls.txt", f"{FORGE}/linux-64/{FILE}\n")
    two = replace(ASKED, names=(*ASKED.names, "x=1=0"))
    assert words(env, two) == ("--channel", "conda-forge", *two.names)


def test_what_was_added_is_taken_out_by_name(tmp_path: Path) -> None:
    env = machine(tmp_path)
    step = here.step(env, Packages("conda", "/a", False, ("seaborn",)))
    assert isinstance(step, Run)
    assert step.argv[1] == "remove" and step.argv[-1] == "seaborn"
