"""Lists for some machines: whose names say so, and what is asked for in their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import notebook, of

from envcheck.adopt.asked.variants import is_for_some
from envcheck.adopt.judging.named_where import named_where
from envcheck.adopt.judging.stumbling import stumbles
from envcheck.adopt.writing.new_file import text

A = {"a.ipynb": notebook("import numpy, torch")}
BASE = "numpy\ntorch\n"


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        *((f"requirements-{word}", True) for word in ("gpu", "cuda11.8", "cu118", "colab", "cpu")),
        *((f"requirements_{word}", True) for word in ("py310", "py3.10", "python3.9", "macos")),
        *((f"environment-{word}", True) for word in ("mac", "osx-arm64", "win64", "Windows", "m1")),
        *((f"requirements-{word}", False) for word in ("ml", "viz", "week2", "maps")),
        *((word, False) for word in ("requirements", "environment", "winter-2.0-linear", "py3")),
    ],
)
def test_names(name: str, is_one: bool) -> None:
    assert is_for_some(name) is is_one


@pytest.mark.parametrize(
    ("files", "required", "variants"),
    [
        ({"requirements.txt": BASE, "requirements-gpu.txt": "torch\ncupy\n"}, ["requirements.txt"], ["requirements-gpu.txt"]),
        ({"requirements.txt": BASE, "requirements-gpu.txt": "-r requirements.txt\ncupy\n"}, ["requirements.txt"], ["requirements-gpu.txt"]),
        ({"environment.yml": "dependencies: [numpy, pytorch]", "environment_mac.yml": "dependencies: [numpy, pytorch, appnope]"}, ["environment.yml"], ["environment_mac.yml"]),
        ({"environment.yml": "dependencies: [numpy, pytorch]", "requirements-colab.txt": BASE}, ["environment.yml"], ["requirements-colab.txt"]),
        ({"requirements.txt": BASE, "requirements-optional.txt": "torch\nwandb\n"}, ["requirements.txt"], ["requirements-optional.txt"]),
        ({"requirements-gpu.txt": BASE}, ["requirements-gpu.txt"], []),
        ({"requirements-gpu.txt": BASE, ".python-version": "3.12\n"}, [".python-version", "requirements-gpu.txt"], []),
        ({"requirements-gpu.txt": BASE, "requirements.txt": "mkdocs\n"}, ["requirements-gpu.txt"], []),
        ({"requirements-cpu.txt": BASE, "requirements-gpu.txt": f"{BASE}cupy\n"}, ["requirements-cpu.txt"], ["requirements-gpu.txt"]),
        ({"requirements-mac.txt": f"{BASE}appnope\n", "requirements-win.txt": f"{BASE}pywin32\n"}, [], ["requirements-mac.txt", "requirements-win.txt"]),
        ({"requirements-cpu.txt": "numpy\ntorch==2.1+cpu\n", "requirements-gpu.txt": "numpy\ntorch==2.1+cu118\n"}, [], ["requirements-cpu.txt", "requirements-gpu.txt"]),
    ],
    ids=["beside", "on top", "conda", "another's format", "optional", "alone", "Python's", "pages'", "least", "no least", "builds"],
)  # fmt: skip
def test_who_is_asked_for_what(
    tmp_path: Path, files: dict[str, str], required: list[str], variants: list[str]
) -> None:
    """One that is for everybody is required; where none is, what notebooks import is asked for by name."""
    reading = of(tmp_path, {**A, **files})
    assert [each.name for each in reading.lists.of_all] == required
    assert [each.name for each in reading.lists.variants] == variants
    written = text(reading)
    for name in variants:
        assert f"# not read: {name}, which by its name is not for everybody" in written
    told = [need.requirement for need in reading.needs]
    assert told == ([] if required else ["numpy", "torch"])
    assert stumbles(reading) == ()


def test_what_one_alone_names(tmp_path: Path) -> None:
    """A notebook that cannot do without it needs it; one that can does not."""
    files = {"requirements.txt": BASE, "requirements-gpu.txt": "zz-qx\n"}
    needed = {**files, "a.ipynb": notebook("import numpy, zz_qx")}
    reading = of(tmp_path / "needed", needed)
    (need,) = reading.needs
    assert need.requirement == "zz-qx"
    assert named_where(reading, need) == "only requirements-gpu.txt names it"
    tried = "try:\n    import zz_qx\nexcept ImportError:\n    zz_qx = None"
    optional = {**files, "a.ipynb": notebook("import numpy", tried)}
    assert of(tmp_path / "optional", optional).needs == ()


def test_in_a_chapter(tmp_path: Path) -> None:
    """There too the list for everybody is named, though the other sorts before it."""
    files = {
        "ch1/a.ipynb": notebook("import numpy"),
        "ch2/b.ipynb": notebook("import torch"),
        "ch2/requirements.txt": "torch\n",
        "ch2/requirements-gpu.txt": "torch\nnvidia-ml-py\n",
    }
    written = text(of(tmp_path, files))
    assert 'requires = ["ch2/requirements.txt"]' in written
    assert "# not read" not in written  # that a chapter's list is read is no question


@pytest.mark.parametrize("group", ["gpu", "macos"])
def test_an_extra(tmp_path: Path, group: str) -> None:
    """An extra for some machines is nobody else's; what is imported of it is asked for by name."""
    project = '[project]\nname = "a"\nversion = "1"\ndependencies = ["numpy"]\n'
    extra = f"[project.optional-dependencies]\n{group} = ['torch', 'zzqx']\n"
    reading = of(tmp_path, {**A, "pyproject.toml": project + extra})
    assert [each.name for each in reading.lists.of_all] == ["pyproject.toml"]
    assert [need.requirement for need in reading.needs] == ["torch"]
