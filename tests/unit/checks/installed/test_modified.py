"""Files of a package that are not the ones that were installed: compared with the hashes and sizes
of its RECORD.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from tests.unit.described_machines import diagnosed, file_at, on, python_at

from envcheck import Environment, Run
from envcheck_checks.cells import failed_cell
from envcheck_checks.installed import modified
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.kernel.answers import End, Execution

CODE = "def draw(): pass\n"


def digest(text: str) -> str:
    return "sha256=" + base64.urlsafe_b64encode(
        hashlib.sha256(text.encode()).digest()
    ).decode().rstrip("=")


def learner(tmp_path: Path, *lines: str) -> Environment:
    """`plots` with these lines in its RECORD."""
    python = python_at(tmp_path / "venv", {"plots": "1.0", "numpy": "2.0"})
    file_at(
        tmp_path / "venv/site/plots-1.0.dist-info/RECORD",
        "".join(f"{line}\n" for line in (*lines, "plots-1.0.dist-info/RECORD,,")),
    )
    return on("linux", tmp_path, python, facts={learners_jupyter: LearnersJupyter({}, None)})


def test_a_changed_file_names_its_package(tmp_path: Path) -> None:
    """Of the same size too. That package alone is installed again, in its version."""
    env = learner(tmp_path, f"plots/draw.py,{digest(CODE)},{len(CODE)}")
    file = file_at(tmp_path / "venv/site/plots/draw.py", CODE)
    assert modified.diagnose(env, ["numpy", "plots"], "no picture is drawn") is None
    file.write_text(CODE.replace("draw", "drew"))
    found = modified.diagnose(env, ["numpy", "plots"], "no picture is drawn")
    assert found is not None
    assert found.code == "package-damaged"
    assert found.summary.startswith("plots is installed, and not as published")
    assert "no picture is drawn" in found.summary
    assert found.evidence.looked_in == str(file)
    step = found.fixes[0].steps[0]
    assert isinstance(step, Run)
    assert step.argv[-1] == "plots==1.0"


@pytest.mark.parametrize(
    ("name", "hashed"),
    [
        ("plots/settings.json", digest("{}")),  # settings are there to be changed
        (
            "../../bin/plots.py",
            digest("another first line"),
        ),  # pip writes the first line of scripts
        ("plots/draw.py", ""),
        ("plots/draw.py", "md2024=abc"),
        ("plots/draw.py", "shake_128=abc"),
        ("plots/gone.py", digest("gone")),  # another cause's
    ],
)
def test_what_does_not_count(tmp_path: Path, name: str, hashed: str) -> None:
    env = learner(tmp_path, f"{name},{hashed},5")
    for file in ("venv/site/plots/settings.json", "venv/bin/plots.py", "venv/site/plots/draw.py"):
        file_at(tmp_path / file, CODE)
    assert modified.diagnose(env, ["plots"], "no picture is drawn") is None


@pytest.mark.parametrize("content", [b"\0" * 12, b"", b"\0\1\0\0 a font, cut"])
def test_what_code_reads_and_nobody_wrote(content: bytes, tmp_path: Path) -> None:
    """A font that was cut, a text that is full of zeros or empty; code is named before it."""
    font, code = "plots/fonts/sans.ttf", "plots/draw.py"
    env = learner(tmp_path, f"{font},{digest('a font')},6", f"{code},{digest(CODE)},17")
    file_at(tmp_path / "venv/site" / code, CODE)
    file = file_at(tmp_path / "venv/site" / font)
    file.write_bytes(content)
    told = modified.diagnose(env, ["plots"], "no picture is drawn")
    assert told is not None and told.evidence.looked_in == str(file)
    changed = file_at(tmp_path / "venv/site" / code, CODE.replace("draw", "drew"))
    told = modified.diagnose(env, ["plots"], "no picture is drawn")
    assert told is not None and told.evidence.looked_in == str(changed)


def test_no_list_of_files_says_nothing(tmp_path: Path) -> None:
    env = on("linux", tmp_path, python_at(tmp_path / "venv", {"plots": "1.0"}))
    assert modified.diagnose(env, ["plots", "absent"], "no picture is drawn") is None


def test_a_module_with_nothing_in_it(tmp_path: Path) -> None:
    """Only where the package lists something in it; the import itself worked."""
    env = learner(
        tmp_path, f"plots/__init__.py,{digest('')},0", f"plots/draw.py,{digest(CODE)},{len(CODE)}"
    )
    whole, hollow = (
        str(file_at(tmp_path / f"venv/site/plots/{name}.py")) for name in ("__init__", "draw")
    )
    assert modified.emptied(env, ["numpy", "plots"], ()) is None
    assert modified.emptied(env, ["numpy", "plots"], [whole, "/elsewhere/empty.py"]) is None
    found = modified.emptied(env, ["numpy", "plots"], [whole, hollow])
    assert found is not None
    assert (found.code, found.evidence.looked_in) == ("package-incomplete", hollow)
    assert found.summary.startswith("plots is installed incompletely")


def test_a_cell_that_fails_for_it(tmp_path: Path) -> None:
    """Only a package that the cell uses is blamed; else what came back is all that is known."""
    env = learner(tmp_path, f"plots/draw.py,{digest(CODE)},{len(CODE)}")
    file_at(tmp_path / "venv/site/plots/draw.py", "def draw(what): pass\n")
    came = Execution(End.REPLIED, "error", error=("TypeError", "draw() takes 0 arguments"))

    def code(*packages: str) -> str:
        outcome = failed_cell.diagnose(env, "picture", came, "", lambda _: False, packages)
        return diagnosed(outcome).code

    assert code("plots") == "package-damaged"
    assert code("numpy") == "snippet-fails"
