"""What envcheck installs for itself: the lock is up to date, fits every Python and system, and the wheel that
run-envcheck.py makes of a clone is the one that is built.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from tests import built_file
from tests.bootstrap.machine import checkout

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "envcheck.lock"
SYSTEMS = (("linux", "posix", "Linux"), ("darwin", "posix", "Darwin"), ("win32", "nt", "Windows"))
PINNED = re.compile(
    r"^([\w.-]+)==(\S+)(?: ; (.+?))? \\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n)+)", re.M
)


def check(root: Path) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, str(root / "scripts" / "lock"), "--check"]
    return subprocess.run(argv, capture_output=True, text=True, check=False, timeout=120)


def variables(minor: int, platform: str, name: str, system: str) -> dict[str, str]:
    """What a marker asks of a machine."""
    return {
        "python_version": f"3.{minor}",
        "python_full_version": f"3.{minor}.0",
        "sys_platform": platform,
        "os_name": name,
        "platform_system": system,
        "platform_machine": "x86_64",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }


def test_it_is_up_to_date() -> None:
    """With pyproject.toml; what is said names the command that brings it up to date."""
    done = check(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_new_dependency_makes_it_stale(tmp_path: Path) -> None:
    root = checkout(tmp_path / "clone").parent
    (root / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "lock", root / "scripts")
    project = root / "pyproject.toml"
    text = project.read_text("utf-8")
    project.write_text(text.replace('  "click>=8.1",', '  "click>=8.1",\n  "six>=1",'), "utf-8")
    done = check(root)
    assert done.returncode == 1
    assert done.stdout == (
        "envcheck.lock, wheel/METADATA: not up to date with pyproject.toml. Run: scripts/lock\n"
    )


@pytest.mark.parametrize("minor", range(10, 15))
@pytest.mark.parametrize("system", SYSTEMS)
def test_every_python_gets_one_version_of_each(minor: int, system: tuple[str, str, str]) -> None:
    """Which fits what pyproject.toml asks for, and has hashes."""
    text, machine = LOCK.read_text("utf-8"), variables(minor, *system)
    rows = [hit.groups() for hit in PINNED.finditer(text)]
    assert len(rows) == len(re.findall(r"(?m)^[\w.-]+==", text))
    here = [(name, version) for name, version, marker, _ in rows if applies(marker, machine)]
    versions = dict(here)
    assert len(here) == len(versions)
    for line in re.findall(r"(?m)^#   (\S.*)$", text):
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate(dict(machine)):
            name = wanted.name.replace("_", "-")
            assert wanted.specifier.contains(versions[name], prereleases=True)


def applies(marker: str | None, machine: dict[str, str]) -> bool:
    return not marker or Marker(marker).evaluate(dict(machine))


@pytest.mark.slow
def test_a_wheel_of_a_clone_is_the_one_that_is_built(tmp_path: Path) -> None:
    """Every file, byte for byte; the metadata without the text of the README."""
    script = checkout(tmp_path / "clone")
    build = "import sys; from hatchling import build; build.build_wheel(sys.argv[1])"
    subprocess.run(
        [sys.executable, "-c", build, str(tmp_path)], cwd=script.parent, check=True, timeout=120
    )
    (built,) = tmp_path.glob("*.whl")
    (tmp_path / "made").mkdir()
    made = Path(built_file.names(script)["make_wheel"](str(tmp_path / "made")))
    assert made.name == built.name
    ours, theirs = contents(made), contents(built)
    assert ours.keys() == theirs.keys()
    assert {name for name in ours if ours[name] != theirs[name]} == {
        f"envcheck_course-0.1.0.dist-info/{name}" for name in ("METADATA", "WHEEL", "RECORD")
    }


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as file:
        launcher = "envcheck_course-0.1.0.data/scripts/envcheck"
        assert file.getinfo(launcher).external_attr >> 16 & 0o111
        return {one.filename: file.read(one) for one in file.infolist()}
