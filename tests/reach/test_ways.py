"""Each way to start envcheck, with each kind of Python in the terminal: the Python that is examined is the
terminal's, and what is printed can be pasted there. docs/starting.md has the same table.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.bootstrap.machine import BASE, OFFLINE, checkout
from tests.reach.local_index import file_of
from tests.reach.newcomer import Newcomer, quoted

pytestmark = [
    pytest.mark.slow,
    pytest.mark.whole,
    pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: Debian's python3 and users"),
]
RUN = "chapter2 --only chapter2.packages --offline"
NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
TARGETS = ("debian", "pyenv", "venv")


@dataclass(frozen=True)
class Way:
    """What is typed once, what starts envcheck from then on, and what its lines begin with."""

    once: str
    starts: str
    repeated: str = ""


WAYS: Mapping[str, Way] = {
    "uvx": Way("true", "uvx envcheck-course"),
    "pipx run": Way("true", "pipx run --backend pip envcheck-course", "pipx run envcheck-course"),
    "uv tool": Way("uv tool install -q envcheck-course", "envcheck-course"),
    "pip, an environment of its own": Way(
        "uv venv -q --python {base} ../own && uv pip install -q --python ../own envcheck-course",
        "../own/bin/envcheck",
    ),
    "a wheel file": Way(
        "uv venv -q --python {base} ../file && uv pip install -q --python ../file {wheel}",
        "../file/bin/envcheck",
    ),
    "a clone": Way("true", "python3 {clone}"),
    "vendored": Way("../vendoring/bin/envcheck vendor .", "python3 run-envcheck.py"),
}


@pytest.fixture(scope="module")
def person(
    tmp_path_factory: pytest.TempPathFactory, index: str, tools: Path, project: Path
) -> Newcomer:
    """One person, for whom all ways are prepared."""
    root = tmp_path_factory.mktemp("ways") / "Zoë's"
    person = Newcomer(
        root, index, [root / "home" / ".local" / "bin", tools, *pythons(root)["debian"]]
    )
    person.variables["PIPX_DEFAULT_PYTHON"] = str(BASE)
    checkout(root / "a clone")
    envcheck = (
        "uv venv -q --python {base} ../vendoring && uv pip install -q --python ../vendoring {wheel}"
    )
    for line in (envcheck, *(way.once for way in WAYS.values())):
        said = person.types(filled(line, root, project))
        assert said.code == 0, (line, said)
    return person


def filled(line: str, root: Path, project: Path) -> str:
    return line.format(
        base=quoted(BASE),
        wheel=quoted(file_of(project, "whl")),
        clone=quoted(root / "a clone" / "run-envcheck.py"),
    )


def pythons(root: Path) -> dict[str, list[Path]]:
    """What stands on PATH before /usr/bin."""
    return {"debian": [], "pyenv": [BASE.parent], "venv": [root / "active" / "bin"]}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", WAYS)
def test_what_is_printed_starts_it_again(
    name: str, target: str, person: Newcomer, project: Path
) -> None:
    way, root = WAYS[name], person.root
    if target == "debian" and not Path("/usr/bin/python3").exists():
        pytest.skip("only on a system with a python3 of its own")
    asking = Newcomer(root, person.index, [*pythons(root)[target], *person.path], person.variables)
    if target == "venv":
        subprocess.run([str(BASE), "-m", "venv", str(root / "active")], check=True)
        asking.variables = {**asking.variables, "VIRTUAL_ENV": str(root / "active")}
    starts = filled(way.starts, root, project)
    said = asking.types(f"{starts} {RUN}")
    assert said.code == 1, said
    wanted = {"debian": "/usr/bin/python3", "pyenv": str(BASE.parent), "venv": "/active/bin/"}
    assert wanted[target] in " ".join(said.out.split()).partition("FAIL")[0], said
    fix, why = said.lines_to_paste()
    repeated = filled(way.repeated or way.starts, root, project)
    assert fix == f"{repeated} {RUN} --fix"
    assert why.startswith(f"{repeated} explain ")
    assert asking.types(why).code == 0
    dry = asking.types(f"{fix} --dry-run")
    assert "Nothing was changed" in dry.out + dry.err or dry.code == 1, dry


@pytest.mark.usefixtures("person")
def test_offline_with_what_was_made(person: Newcomer) -> None:
    """No network at all: what the first run made is enough, for a clone and for a course."""
    if subprocess.run([*OFFLINE, "true"], capture_output=True, check=False).returncode:
        pytest.skip("only on a machine that allows namespaces (unshare)")
    script = quoted(person.root / "a clone" / "run-envcheck.py")
    for starts in (f"python3 {script}", "python3 run-envcheck.py"):
        made = person.types(f"{starts} list")
        assert made.code == 0, made
        offline = Newcomer(person.root, person.index, person.path, person.variables, OFFLINE)
        said = offline.types(f"{starts} {RUN}")
        assert (said.code, said.err) == (1, ""), said
        assert said.lines_to_paste()[0] == f"{starts} {RUN} --fix"


@pytest.mark.parametrize("starts", ["python3 '../a clone/run-envcheck.py'", "uvx envcheck-course"])
def test_a_plain_user(starts: str, tmp_path: Path, index: str) -> None:
    """Who is not root, on Debian's python3."""
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("only on a machine where the tests run as root, who may become another")
    root = Path("/var/tmp") / f"envcheck-{os.getpid()}-{tmp_path.name}"
    person = Newcomer(root, index, [root / "tools"], before=NOBODY)
    try:
        (root / "tools").mkdir()
        for name in ("uv", "uvx"):
            shutil.copy(Path(sys.executable).parent / name, root / "tools")
        checkout(root / "a clone")
        for path in (root, *root.rglob("*")):
            os.chown(path, 65534, 65534)
        said = person.types(f"{starts} {RUN}")
        assert said.code == 1, said
        fix, why = said.lines_to_paste()
        assert fix == f"{starts} {RUN} --fix"
        assert person.types(why).code == 0
    finally:
        shutil.rmtree(root)


def test_beside_the_courses_packages(tmp_path: Path, index: str, tools: Path) -> None:
    """pip into the course's own environment, active: it examines that one and says so."""
    person = Newcomer(tmp_path, index, [tmp_path / "work" / ".venv" / "bin", tools])
    person.variables["VIRTUAL_ENV"] = str(person.work / ".venv")
    once = f"{quoted(BASE)} -m venv .venv && .venv/bin/python -m pip install -q envcheck-course"
    assert person.types(once).code == 0
    said = person.types(f"envcheck-course {RUN}")
    assert ".venv/bin/python" in " ".join(said.out.split()).partition("FAIL")[0]
    assert said.lines_to_paste()[0] == f"envcheck-course {RUN} --fix"
