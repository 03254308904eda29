"""On Windows a file that somebody holds can be neither renamed nor removed: an antivirus program does,
for a moment.
"""

from __future__ import annotations

import ast

from tests.guards.source import ROOT, files, of_kind, written

RENAMES = {"rename", "renames", "replace", "rmtree", "move"}


def test_whoever_renames_or_removes_waits_for_who_holds_it() -> None:
    """Those of `os`, `shutil` and `Path`; `str.replace` has two texts, and a dataclass's is plain."""
    for file in files(ROOT / "src", ROOT / "checks"):
        if (
            file.name in ("removal.py", "dvc.py", "in_server.py") or "in_target" in file.parts
        ):  # the second asks DVC
            continue
        patient = {
            inner
            for node in of_kind(file, ast.Call)
            if written(node.func) == "once_free"
            for inner in ast.walk(node)
        }
        for node in of_kind(file, ast.Call):
            if not isinstance(node.func, ast.Attribute):
                continue
            of_module = written(node.func.value) in ("os", "shutil")
            ours = written(node.func) == "file_steps.rename"
            on_path = len(node.args) == 1 and node.func.attr in ("rename", "replace")
            if node.func.attr in RENAMES and (of_module or on_path) and not (node.keywords or ours):
                assert node in patient, f"{file}:{node.lineno}: {ast.unparse(node)}"
