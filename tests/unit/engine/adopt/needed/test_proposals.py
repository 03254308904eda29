"""What the author's own environment says of a module that nobody knows."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import course, notebook

from envcheck.adopt.judging.telling import Told, as_text
from envcheck.adopt.needed.course import read
from envcheck.adopt.needed.proposals import proposals
from envcheck.adopt.writing.new_file import text
from envcheck.target.locate import typed_names

LIBRARY = "lib/python3.11/site-packages"


@pytest.fixture(autouse=True)
def nothing_active(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VIRTUAL_ENV", "CONDA_PREFIX", "UV_PROJECT_ENVIRONMENT"):
        monkeypatch.delenv(name, raising=False)


def environment(root: Path, packages: dict[str, dict[str, str]]) -> None:
    """A `.venv` of this course in which these packages have these files."""
    files = {"pyvenv.cfg": "home = /usr/bin\n", "bin/python": "", "Scripts/python.exe": ""}
    for name, each in packages.items():
        info = f"{LIBRARY}/{name}-1.2.dist-info"
        files |= {f"{info}/{file}": written for file, written in each.items()}
        files[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n"
    for file, written in files.items():
        place = root / ".venv" / file
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(written, encoding="utf-8")
    for name in typed_names():
        (root / ".venv" / "bin" / name).write_text("")
        (root / ".venv" / "bin" / name).chmod(0o755)


PACKAGES = {
    "zz_kit": {"top_level.txt": "zzqx\n"},
    "by-record": {"RECORD": "zzalone.py,,\nby_record/__init__.py,,\n"},
    "twice-a": {"top_level.txt": "zztwo\n"},
    "twice-b": {"top_level.txt": "zztwo\n"},
}


def test_of_the_environment(tmp_path: Path) -> None:
    """By its lists of modules or files; what two packages have is none's."""
    environment(tmp_path, PACKAGES)
    modules = ["zzqx", "zzalone", "by_record", "zztwo", "zznone"]
    assert proposals(tmp_path, modules) == {
        "zzqx": "zz_kit 1.2",
        "zzalone": "by-record 1.2",
        "by_record": "by-record 1.2",
    }
    assert proposals(tmp_path, []) == {}


def test_it_is_shown_and_no_fact(tmp_path: Path) -> None:
    root = course(tmp_path / "course", {"a.ipynb": notebook("import zzqx")})
    assert "# ? zzqx: imported in a.ipynb:8; which package is it?" in text(read(root))
    environment(root, PACKAGES)
    reading = read(root)
    assert "# ? zzqx: imported in a.ipynb:8; zz_kit 1.2 has it here" in text(reading)
    assert "packages" not in text(reading)
    assert (
        "  a.ipynb:8  `zzqx`: in your environment it is of zz_kit 1.2; is that what learners need?"
        in as_text(Told(reading, "", "")).splitlines()
    )
