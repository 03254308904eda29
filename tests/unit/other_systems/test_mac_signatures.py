"""What macOS does not load, and what it ends: marks of what came from the net, and signatures."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import diagnosed, on, python_at

from envcheck import Confidence, Environment
from envcheck.processes.process import Ending, Finished
from envcheck.target.interpreter import Trouble, Unusable
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.diagnosis.order import PERMISSIONS, first_cause
from envcheck_checks.installed import refused
from envcheck_checks.python import does_not_run, macos
from envcheck_checks.python.replacement import Wanted

FILE = "numpy/_core/_multiarray_umath.cpython-312-darwin.so"
# Of flet#4543, numpy#15670 and conda-pack#238.
GATEKEEPER = (
    "ImportError: dlopen({file}, 0x0002): tried: '{file}' (code signature in "
    "<4B244C37-40C5-380A-9FCF-3FE515E61AAA> '{file}' not valid for use in process: library load "
    "disallowed by system policy), '/System/Volumes/Preboot/Cryptexes/OS{file}' (no such file)"
)
UNSIGNED = (
    "ImportError: dlopen({file}, 2): no suitable image found.  Did find:\n\t{file}: code signature "
    "in ({file}) not valid for use in process using Library Validation: mapped file has no cdhash, "
    "completely unsigned? Code has to be at least ad-hoc signed.\n"
)
INVALID = (
    "dlopen({file}, 0x0006): tried: '{file}' (code signature invalid (errno=1) sliceOffset=0x0)"
)
TEAMS = (
    "(code signature in <A1> '{file}' not valid for use in process: mapping process and mapped "
    "file (non-platform) have different Team IDs)"
)


def asked(folder: Path, words: str, system: str = "darwin") -> tuple[Environment, Failure]:
    python = python_at(folder / "venv")
    text = words.format(file=f"{python.paths['purelib']}/{FILE}")
    failure = Failure("numpy cannot be imported", output=text, distributions=("numpy",))
    return on(system, folder, python), failure


@pytest.mark.parametrize("words", [GATEKEEPER, UNSIGNED, INVALID, TEAMS])
def test_what_the_loader_says(tmp_path: Path, words: str) -> None:
    """Nothing of it is carried out by `--fix`: it was tried on no Mac."""
    found = first_cause(*asked(tmp_path, words), PERMISSIONS)
    assert found is not None
    assert found.code == "package-refused-by-macos"
    assert all(fix.confidence is not Confidence.SURE for fix in found.fixes)
    assert ("xattr -dr com.apple.quarantine" in str(found.fixes)) is (words is GATEKEEPER)
    if words is not INVALID:  # which names no file
        assert found.evidence.looked_in.endswith(FILE)
        assert "reinstall numpy" in found.fixes[0].title


def test_a_file_of_python_itself(tmp_path: Path) -> None:
    """conda-forge's python-feedstock#563: then the environment is made anew."""
    words = GATEKEEPER.replace("{file}", "/opt/homebrew/lib/python3.12/lib-dynload/zlib.so")
    found = first_cause(*asked(tmp_path, words), PERMISSIONS)
    assert found is not None
    assert "environment" in found.fixes[0].title


@pytest.mark.parametrize(
    ("words", "system"),
    [
        (GATEKEEPER, "linux"),
        ("ImportError: dlopen({file}, 2): symbol not found in flat namespace '_x'", "darwin"),
        ("the code signature of this function is not valid", "darwin"),
    ],
)
def test_what_is_another_fault(tmp_path: Path, words: str, system: str) -> None:
    env, failure = asked(tmp_path, words, system)
    assert refused.diagnose(env, failure.output, failure.what) is None


def ended(env: Environment, code: int, output: str = "") -> Unusable:
    command = str(env.folder / "venv/bin/python")
    finished = Finished((command,), Ending.EXITED, code, "", output, 0.1)
    return Unusable(Trouble.FAILS, (command,), finished)


def test_a_python_that_macos_ends(tmp_path: Path) -> None:
    """`zsh: killed  python3.9` of miniforge#190: on a Mac with Apple's processor, without a word."""
    env = on("darwin", tmp_path)
    found = diagnosed(does_not_run.diagnose(env, ended(env, -9), Wanted(">=3.9")))
    assert found.code == "python-does-not-start"
    assert "codesign -v" in str(found.fixes)
    elsewhere = on("linux", tmp_path)
    for where, code, output in ((env, -11, ""), (env, -9, "words"), (elsewhere, -9, "")):
        assert macos.killed(where, ended(where, code, output), tuple) is None
