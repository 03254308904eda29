"""A release is made and tried in every way; its workflow is one that GitHub would take."""

from __future__ import annotations

import hashlib
import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.whole
@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: a script of its own")
def test_a_release(tmp_path: Path, others: str) -> None:
    """Wheel, sdist, SBOM and checksums of envcheck and its plug-in, after each way of installing them was
    tried. pip has all but envcheck from a short index.
    """
    if not (ROOT / ".git").exists():
        pytest.skip("only on a clone: git says what belongs to it")
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "release"), str(tmp_path / "dist")],
        env={**os.environ, "PIP_INDEX_URL": others, "PIP_COMPILE": "0"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    names = sorted(path.name for path in (tmp_path / "dist").iterdir())
    assert names == [
        "SHA256SUMS",
        "envcheck_course-0.1.0-py3-none-any.whl",
        "envcheck_course-0.1.0.cdx.json",
        "envcheck_course-0.1.0.tar.gz",
        "pytest_envcheck-0.1.0-py3-none-any.whl",
        "pytest_envcheck-0.1.0.cdx.json",
        "pytest_envcheck-0.1.0.tar.gz",
        "run-envcheck.py",
    ]
    for line in (tmp_path / "dist" / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((tmp_path / "dist" / name).read_bytes()).hexdigest() == digest
    for name, holds in (
        ("envcheck_course", {"click", "pyzmq", "requests"}),
        ("pytest_envcheck", {"pytest", "pluggy"}),
    ):
        sbom = json.loads((tmp_path / "dist" / f"{name}-0.1.0.cdx.json").read_text("utf-8"))
        assert sbom["bomFormat"] == "CycloneDX"
        assert holds <= {one["name"] for one in sbom["components"]}


@pytest.mark.parametrize("project", [".", "pytest-plugin"])
def test_what_an_index_shows_leads_somewhere(project: str) -> None:
    """A link into the repository, or a picture of it, is broken there; so it is refused."""
    dead_links = runpy.run_path(str(ROOT / "scripts" / "release"))["dead_links"]
    text = (ROOT / project / "pyproject.toml").read_text("utf-8")
    (readme,) = re.findall(r'(?m)^readme = "(.+?)"', text)
    assert dead_links((ROOT / project / readme).read_text("utf-8")) == []
    written = (
        "[a](https://a/) [b](docs/b.md) ![c](c.png)\n<img src='d.png'> <a href=e>\n[f]: ../f\n"
    )
    assert dead_links(written) == ["](docs/b.md", "](c.png", "src='d.png", "href=e", "[f]: ../f"]
    assert dead_links((ROOT / "README.md").read_text("utf-8")) != []


def test_the_workflow_is_valid() -> None:
    """By GitHub's own schema, as check-jsonschema carries it."""
    words = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.github-workflows",
    ]
    file = ROOT / ".github" / "workflows" / "release.yml"
    done = subprocess.run([*words, str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
