"""An index with this envcheck, and the programs that newcomers have."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.kept import for_this_run
from tests.reach import local_index


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the index that holds the wheel and the sdist."""
    index = for_this_run("index", tmp_path_factory.getbasetemp(), local_index.built)
    return index / "simple" / "envcheck-course"


@pytest.fixture(scope="session")
def index(project: Path) -> Iterator[str]:
    """The address of the index."""
    with local_index.served(project.parents[1]) as address:
        yield f"{address}/simple"


@pytest.fixture(scope="session")
def others(index: str) -> str:
    """One that has never heard of envcheck."""
    return index.replace("/simple", "/others")


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for PATH with uv, uvx and pipx, and nothing else."""
    folder = tmp_path_factory.mktemp("tools")
    for name in ("uv", "uvx", "pipx"):
        program = shutil.which(name, path=str(Path(sys.executable).parent))
        assert program, f"{name} is in the group dev: uv pip install -e . --group dev"
        (folder / name).symlink_to(program)
    return folder
