"""Wheels that bring their bytecode: what installs from them need not compile it again in each story.

That is half of an installation's time, and the same each time. The bytecode says of itself that it
holds whatever the time of its source is (PEP 552, unchecked), since each installation has another.
A build number lets pip take these wheels before the index's of the same version, which it would
download otherwise.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import re
import subprocess
import tempfile
import zipfile
from pathlib import Path


def compile_wheels(python: Path, folder: Path) -> None:
    """Each wheel of this folder is written anew, with the bytecode of this Python beside what it was,
    and a build number in its name.
    """
    with tempfile.TemporaryDirectory(dir=folder) as place:
        for wheel in folder.glob("*.whl"):
            with zipfile.ZipFile(wheel) as archive:
                archive.extractall(Path(place, wheel.name))
        words = [
            "-m",
            "compileall",
            "-q",
            "-j",
            "2",
            "--invalidation-mode",
            "unchecked-hash",
            place,
        ]
        # Templates that are no Python yet stay as they are, as with pip.
        subprocess.run([str(python), *words], capture_output=True, check=False)
        for wheel in folder.glob("*.whl"):
            _add_bytecode(wheel, Path(place, wheel.name))
            wheel.rename(folder / _built_again(wheel.name))


def _built_again(name: str) -> str:
    distribution, version, *tags = name.split("-")
    return "-".join((distribution, version, "1", *tags[-3:]))


def _add_bytecode(wheel: Path, tree: Path) -> None:
    """The wheel's own list of files names the bytecode as well."""
    added = {file.relative_to(tree).as_posix(): file for file in tree.rglob("__pycache__/*.pyc")}
    with zipfile.ZipFile(wheel) as old:
        members = [(info, old.read(info)) for info in old.infolist()]
    own = re.compile(r"[^/]+\.dist-info/RECORD")  # and no list of a package that it brings along
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_STORED) as new:
        for name, file in added.items():
            new.write(file, name)
        for info, data in members:
            listed = _rows(added) if own.fullmatch(info.filename) else ""
            new.writestr(info, data + listed.encode(), zipfile.ZIP_STORED)


def _rows(files: dict[str, Path]) -> str:
    """Their lines in the list of files."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for name, file in files.items():
        data = file.read_bytes()
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        writer.writerow((name, f"sha256={digest}", len(data)))
    return text.getvalue()
