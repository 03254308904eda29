"""The wheels that stories install from bring their bytecode, and are taken first."""

from __future__ import annotations

import base64
import csv
import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.stories.compiled import compile_wheels

METADATA = "Metadata-Version: 2.1\nName: moon\nVersion: 1.0\n"
TAGS = "Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
FILES = {
    "moon/__init__.py": "full = True\n",
    "moon/template/__init__.py": "{{ no Python }}\n",
    "moon/vendored-2.dist-info/RECORD": "vendored.py,,\n",
    "moon-1.0.dist-info/METADATA": METADATA,
    "moon-1.0.dist-info/WHEEL": TAGS,
    "moon-1.0.dist-info/RECORD": "moon/__init__.py,,\nmoon-1.0.dist-info/RECORD,,\n",
}


def test_what_is_installed_has_its_bytecode(tmp_path: Path) -> None:
    """pip takes this wheel before the one without a build number, and compiles nothing."""
    plain = tmp_path / "moon-1.0-py3-none-any.whl"
    with zipfile.ZipFile(plain, "w") as wheel:
        for name, text in FILES.items():
            wheel.writestr(name, text)
    whole = plain.read_bytes()
    compile_wheels(Path(sys.executable), tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["moon-1.0-1-py3-none-any.whl"]
    plain.write_bytes(whole)
    site = tmp_path / "site"
    words = ["-m", "pip", "install", "-q", "--no-index", "--no-compile", "--find-links"]
    words += [str(tmp_path), "--target", str(site), "moon"]
    subprocess.run([sys.executable, *words], check=True, capture_output=True)
    (compiled,) = site.glob("moon/__pycache__/*.pyc")
    assert compiled.read_bytes()[4:8] == (1).to_bytes(4, "little")  # a hash that is not checked
    assert not [*site.glob("moon/template/__pycache__/*")]
    digest = base64.urlsafe_b64encode(hashlib.sha256(compiled.read_bytes()).digest())
    with (site / "moon-1.0.dist-info/RECORD").open(encoding="utf-8", newline="") as file:
        rows = {row[0]: row[1] for row in csv.reader(file)}
    listed = rows[compiled.relative_to(site).as_posix()]
    assert listed == f"sha256={digest.rstrip(b'=').decode()}"
