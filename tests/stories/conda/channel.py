"""A channel of conda's on this machine, made of the healthy environment: a package for each of its
distributions, in conda's own format, and one for its Python.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import zstandard
from packaging.requirements import Requirement
from tests.kept import kept

from envcheck.target.conda_names import conda_name

SUBDIR = {"linux": "linux-64", "darwin": "osx-arm64", "win32": "win-64"}[sys.platform]
VERSION = f"python{sys.version_info[0]}.{sys.version_info[1]}"
LEFT_OUT = re.compile(r"/(test|tests|idlelib|tkinter|turtledemo|lib2to3|config-[^/]*|site-packages)/|\.opt-\d\.pyc$")  # fmt: skip
INDEX = """
import asyncio, os, sys
from rattler.index import index_fs
asyncio.run(index_fs(sys.argv[1], write_zst=False, write_shards=False))
os._exit(0)
"""
FORMAT = "2"  # raised when the packages are made in another way


@dataclass(frozen=True)
class Package:
    """What goes into one: where each file lies, by its place in an environment."""

    name: str
    version: str
    depends: tuple[str, ...]
    files: dict[str, Path]


def channel_of(healthy: Path) -> Path:
    """The folder of the channel; made once and kept for later runs."""
    rows = sorted(one.name for one in _site(healthy).glob("*.dist-info"))
    key = hashlib.sha256(" ".join([FORMAT, str(healthy), *rows]).encode()).hexdigest()[:12]

    def make(folder: Path) -> None:
        (folder / SUBDIR).mkdir()
        for package in _packages(healthy):
            _write(package, healthy, folder / SUBDIR)
        # In a process of its own: threads of rattler's are left, which Python cannot end.
        subprocess.run([sys.executable, "-c", INDEX, str(folder)], check=True)

    return kept(f"conda-channel-{key}", make)


def _packages(healthy: Path) -> Iterator[Package]:
    yield _python(healthy)
    for one in metadata.distributions(path=[str(_site(healthy))]):
        name = conda_name(one.name)
        package = Package(name, one.version, tuple(_depends(one)), dict(_files(one, healthy)))
        if name != "matplotlib":
            yield package
            continue
        # conda-forge has it in two
        base = Package("matplotlib-base", one.version, package.depends, package.files)
        yield base
        yield Package(name, one.version, (f"matplotlib-base =={one.version}",), {})


def _python(healthy: Path) -> Package:
    """The Python that the healthy environment was made from."""
    settings = (healthy / "pyvenv.cfg").read_text(encoding="utf-8")
    base = Path(re.findall(r"^home = (.*)$", settings, re.MULTILINE)[0]).parent
    library = base / "lib" / VERSION
    files = {
        str(file.relative_to(base)): file
        for file in sorted(library.rglob("*"))
        if file.is_file() and not LEFT_OUT.search(f"{file.as_posix()}")
    }
    program = base / "bin" / VERSION
    files |= {f"bin/{name}": program for name in ("python", "python3", VERSION)}
    version = re.findall(r"^version_info = (\d+\.\d+\.\d+)", settings, re.MULTILINE)[0]
    return Package("python", version, (), files)


def _depends(one: metadata.Distribution) -> Iterator[str]:
    yield f"python {sys.version_info[0]}.{sys.version_info[1]}.*"
    for line in one.requires or ():
        needed = Requirement(line)
        if needed.marker is None or needed.marker.evaluate({"extra": ""}):
            known = str(needed.specifier).replace("===", "==")
            yield f"{conda_name(needed.name)} {known}".strip()


def _files(one: metadata.Distribution, healthy: Path) -> Iterator[tuple[str, Path]]:
    """Those of its list, and their compiled files; conda says of itself that it installed them."""
    site = _site(healthy)
    for row in csv.reader(io.StringIO(one.read_text("RECORD") or "")):
        file = Path(site, row[0]).resolve()
        if not file.is_file() or file.name in ("direct_url.json", "REQUESTED", "uv_cache.json"):
            continue
        yield str(file.relative_to(healthy)), file
        compiled = file.parent / "__pycache__" / f"{file.stem}.{sys.implementation.cache_tag}.pyc"
        if file.suffix == ".py" and compiled.is_file():
            yield str(compiled.relative_to(healthy)), compiled


def _write(package: Package, healthy: Path, folder: Path) -> None:
    """A `.conda` file: a zip of two archives, of the files and of what is said about them."""
    stem = f"{package.name}-{package.version}-py_0"
    index = {
        "name": package.name, "version": package.version, "build": "py_0", "build_number": 0,
        "depends": list(package.depends), "subdir": SUBDIR, "arch": "x86_64", "platform": "linux",
        "timestamp": 1_700_000_000_000,
    }  # fmt: skip
    rows = [_row(place, file, healthy) for place, file in package.files.items()]
    info = {
        "info/index.json": index,
        "info/paths.json": {"paths": rows, "paths_version": 1},
        "info/about.json": {},
        "info/files": "".join(f"{place}\n" for place in package.files),
    }
    with zipfile.ZipFile(folder / f"{stem}.conda", "w", zipfile.ZIP_STORED) as outer:
        outer.writestr("metadata.json", json.dumps({"conda_pkg_format_version": 2}))
        outer.writestr(f"pkg-{stem}.tar.zst", _packed(package.files))
        outer.writestr(f"info-{stem}.tar.zst", _packed(info))


def _row(place: str, file: Path, healthy: Path) -> dict[str, Any]:
    data = file.read_bytes()
    row: dict[str, Any] = {
        "_path": place, "path_type": "hardlink", "size_in_bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }  # fmt: skip
    if str(healthy).encode() in data and b"\0" not in data[:200]:
        row |= {"file_mode": "text", "prefix_placeholder": str(healthy)}
    return row


def _packed(files: dict[str, Any]) -> bytes:
    """By place: a file's path, a text, or a value that is written as JSON."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as archive:
        for place, content in files.items():
            if isinstance(content, Path):
                archive.add(content.resolve(), place, recursive=False, filter=_whole_seconds)
                continue
            text = content if isinstance(content, str) else json.dumps(content)
            member = tarfile.TarInfo(place)
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return zstandard.ZstdCompressor(level=1).compress(raw.getvalue())


def _whole_seconds(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Rounded, it would not be the time that stands in the compiled file."""
    member.mtime = int(member.mtime)
    return member


def _site(healthy: Path) -> Path:
    return healthy / "lib" / VERSION / "site-packages"
