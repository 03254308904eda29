"""The script that multiplies two matrices, by libraries of ours that answer like the true ones."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

import envcheck_checks.in_target

SCRIPT = Path(next(iter(envcheck_checks.in_target.__path__)), "device.py")
TORCH = """
    import types, warnings
    __version__ = "2.13.0"
    version = types.SimpleNamespace(cuda={cuda!r}, hip=None)
    class Tensor:
        def __init__(self, rows, device): self.rows = rows
        def __matmul__(self, other):
            {raises}
            columns = list(zip(*other.rows))
            return Tensor([[sum(map(lambda a, b: a * b, r, c)) for c in columns] for r in self.rows], "")
        def cpu(self): return self
        def tolist(self): return self.rows
    def tensor(rows, device): return Tensor(rows, device)
    def available():
        warnings.warn("CUDA initialization: the NVIDIA driver is too old")
        return {available}
    cuda = types.SimpleNamespace(is_available=available, get_device_name=lambda number: "A card")
    backends = types.SimpleNamespace()
"""
JAX = """
    __version__ = "0.6.0"
    def devices(): return [type("CPU", (), {"platform": "cpu"})]
"""


def answer(folder: Path, *words: str, **modules: str) -> dict[str, Any]:
    for name, text in modules.items():
        (folder / f"{name}.py").write_text(textwrap.dedent(text), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.read_text("utf-8"), "--mark--", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": ""},
    )
    said: dict[str, Any] = json.loads(done.stdout.split("--mark--")[1])
    return said


def torch(cuda: str | None = "13.0", *, available: bool = True, raises: str = "pass") -> str:
    return TORCH.format(cuda=cuda, available=available, raises=raises)


@pytest.mark.parametrize("available", [True, False])
def test_on_a_card_or_not(tmp_path: Path, available: bool) -> None:
    said = answer(tmp_path, torch=torch(available=available))
    assert (said["library"], said["version"], said["built"]) == ("torch", "2.13.0", "CUDA 13.0")
    assert (said["device"], said["right"]) == (("A card", True) if available else ("", False))
    assert "driver is too old" in said["heard"]


def test_an_error_on_the_card(tmp_path: Path) -> None:
    said = answer(tmp_path, torch=torch(raises="raise MemoryError('CUDA out of memory')"))
    assert (said["error"], said["message"]) == ("MemoryError", "CUDA out of memory")
    assert (said["device"], said["right"]) == ("A card", False)


def test_other_libraries_and_none(tmp_path: Path) -> None:
    """The first that is there is asked; one that cannot be imported has no version."""
    assert answer(tmp_path)["library"] == ""
    said = answer(tmp_path, jax=JAX)
    assert (said["library"], said["version"], said["device"]) == ("jax", "0.6.0", "")
    said = answer(tmp_path, torch="raise ImportError('libcudnn.so.9')")
    assert (said["library"], said["version"], said["error"]) == ("torch", "", "ImportError")


def test_the_library_that_is_named(tmp_path: Path) -> None:
    """Whichever else is there; none where it is not."""
    assert answer(tmp_path, "jax", torch=torch(), jax=JAX)["library"] == "jax"
    assert answer(tmp_path, "torch")["library"] == "torch"
    assert answer(tmp_path, "tensorflow")["library"] == ""
