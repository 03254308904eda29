"""Puts the long pages into a wheel as one file, as run-envcheck.py does where it makes a wheel of a clone."""

from __future__ import annotations

import runpy
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Pages(BuildHookInterface[Any]):
    """An editable installation has them as they lie in the clone."""

    folder = ""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        names, root = _of_run_envcheck(Path(self.root)), Path(self.root, "checks")
        files = {path.relative_to(root).as_posix(): path for path in root.rglob("*.md")}
        pages = {names["page_name"](name): path.read_bytes() for name, path in files.items()}
        self.folder = tempfile.mkdtemp(prefix="envcheck-pages-")
        archive = Path(self.folder, "pages.zip")
        archive.write_bytes(names["page_archive"]([each for each in pages.items() if each[0]]))
        build_data["force_include"][str(archive)] = names["PAGES"]

    def finalize(self, *_: object) -> None:
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)


def _of_run_envcheck(root: Path) -> dict[str, Any]:
    """What the file defines. It takes folders off the list of modules', where the builder's own may be."""
    path, writes = list(sys.path), sys.dont_write_bytecode
    try:
        return runpy.run_path(str(root / "run-envcheck.py"))
    finally:
        sys.path[:], sys.dont_write_bytecode = path, writes
