"""Each way to start envcheck, as the table of docs/starting.md has it, with each kind of Python in the terminal, for
root and for a plain user: the Python that is examined is the terminal's, and what is printed can be pasted there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from tests.bootstrap.machine import BASE, OFFLINE, checkout
from tests.lines_of_pages import ways
from tests.reach.local_index import file_of
from tests.reach.newcomer import Newcomer, quoted
from tests.recipes import plain_environment

pytestmark = [
    pytest.mark.slow,
    pytest.mark.whole,
    pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: Debian's python3 and users"),
]
RUN = "chapter2 --only chapter2.packages --offline"
NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
TYPED = {name: (once, then) for name, once, then in ways("docs/starting.md") if then}
OFFLINE_TOO = ("a course that carries it", "a clone of this repository")
BESIDE = "pip, beside the course's packages"
# Both type `python3 -m venv own`: a plain user with a wheel file does it in an empty folder, for the others a new
# environment is there already, whose pip need not be installed once more.
OWN = ("a wheel file", "pip, an environment of its own")
# Not on a Python that is no environment: Debian's refuses (EXTERNALLY-MANAGED), and in pyenv's own the course's
# packages are everybody's.
TARGETS: Mapping[str, tuple[str, ...]] = {BESIDE: ("venv",)}
EVERY = ("debian", "pyenv", "venv")
USERS = ("root", "plain")


@dataclass(frozen=True)
class Person:
    """Somebody with a home and a folder to work in."""

    at: Newcomer

    @property
    def root(self) -> Path:
        return self.at.root

    def with_python(self, target: str) -> Newcomer:
        """In a terminal where this Python is the first; `venv` is one that is active."""
        active = self.at.work / "active"
        first = {"debian": [], "pyenv": [BASE.parent], "venv": [active / "bin"]}[target]
        more = {"VIRTUAL_ENV": str(active)} if target == "venv" else {}
        return replace(self.at, path=[*first, *self.at.path], variables=self.at.variables | more)


MakePerson = Callable[[str], Person]


@pytest.fixture(scope="module")
def caches() -> Iterator[Path]:
    """Of what uv and pip have fetched, and of the pip that pipx keeps: a folder for each user."""
    folder = Path(tempfile.mkdtemp(prefix="envcheck-caches-", dir="/var/tmp"))
    folder.chmod(0o755)
    for user in USERS:
        (folder / user).mkdir(parents=True)
        (folder / user).chmod(0o777)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def make_person(tmp_path: Path, index: str, caches: Path) -> Iterator[MakePerson]:
    """A function that makes one: `root` is who runs the tests, `plain` may do less."""
    root = Path("/var/tmp") / f"envcheck-{os.getpid()}-{tmp_path.name}" / "Zoë's"

    def make(user: str) -> Person:
        if user == "plain" and (os.geteuid() != 0 or not shutil.which("setpriv")):
            pytest.skip("only on a machine where the tests run as root, who may become another")
        bins = [root / "uv-bin", root / "pipx-bin", root / "tools"]
        person = Newcomer(root, index, bins, before=as_plain_user(root) if user == "plain" else ())
        person.variables |= {"UV_TOOL_BIN_DIR": str(bins[0]), "PIPX_BIN_DIR": str(bins[1])}
        person.variables["PIPX_DEFAULT_PYTHON"] = str(BASE)
        person.variables |= {
            "UV_CACHE_DIR": f"{caches / user}/uv",
            "PIP_CACHE_DIR": f"{caches / user}/pip",
            "PIPX_SHARED_LIBS": f"{caches / user}/pipx",
        }
        (root / "tools").mkdir()
        for name in ("uv", "uvx"):
            shutil.copy(Path(sys.executable).parent / name, root / "tools")
        return Person(person)

    yield make
    shutil.rmtree(root.parent, ignore_errors=True)


def as_plain_user(root: Path) -> tuple[str, ...]:
    """What the commands of a plain user begin with. Where a folder above pyenv's Python is closed to others, as
    root's home is, they see nothing in it but that Python.
    """
    closed = next((one for one in reversed(BASE.parents) if not one.stat().st_mode & 0o001), None)
    if closed is None:
        return NOBODY
    (root / "pyenv").mkdir(parents=True)
    script = """mount --bind "$1" "$2" && mount -t tmpfs -o mode=755 none "$3" && mkdir -p "$1" &&
        mount --bind "$2" "$1" && shift 3 && exec "$@" """
    places = (str(BASE.parents[1]), str(root / "pyenv"), str(closed))
    return ("unshare", "--mount", "sh", "-c", script, "sh", *places, *NOBODY)


def handed_over(person: Person) -> None:
    """All that lies there is the plain user's own."""
    if person.at.before:
        done = subprocess.run(["chown", "-R", "65534:65534", str(person.root)], check=False)
        assert done.returncode == 0


def has_already(name: str, person: Person) -> str:
    """The environment with a pip that is not this way's subject."""
    if name == BESIDE:
        return "active"
    first = name == OWN[0] and person.at.before
    return "own" if name in OWN and not first else ""


def prepared(name: str, person: Person, project: Path) -> str:
    """What is there before: a clone, a course, a file, pipx. Gives the line that is typed then."""
    once, then = TYPED[name]
    work, wheel = person.at.work, file_of(project, "whl")
    clone = person.root / "a clone"
    if name == "a clone of this repository":
        checkout(clone)
        then = then.replace("PATH/run-envcheck.py", quoted(clone / "run-envcheck.py"))
    shutil.copy(wheel, work)
    if folder := has_already(name, person):
        shutil.copytree(plain_environment(), work / folder, symlinks=True)
    handed_over(person)
    author = person.with_python("pyenv")
    lines = ["python3 -m venv --without-pip active"]
    if name == "a course that carries it":
        lines += [f"uv venv -q ../author && uv pip install -q --python ../author {wheel.name}"]
        lines += ["../author/bin/envcheck vendor ."]
    if name.startswith("pipx"):
        lines += [
            "UV_TOOL_BIN_DIR=../pipx-bin uv tool install -q pipx && rm ../tools/uv ../tools/uvx"
        ]
    if name == BESIDE:
        lines = []
    for line in lines:
        said = author.types(line)
        assert said.code == 0, (line, said)
    if once:
        said = person.with_python("venv" if name == BESIDE else "pyenv").types(once)
        assert said.code == 0, (once, said)
    return then.removesuffix(" chapter2")


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("name", TYPED)
def test_what_is_printed_starts_it_again(
    name: str, user: str, make_person: MakePerson, project: Path
) -> None:
    """The first lines name the Python; the last ones begin as one began, and are pasted."""
    person = make_person(user)
    starts = prepared(name, person, project)
    wanted = {
        "debian": "/usr/bin/python3",
        "pyenv": str(BASE.parent),
        "venv": "/active/bin/",
    }
    if not Path("/usr/bin/python3").exists():
        pytest.skip("only on a system with a python3 of its own")
    for target in TARGETS.get(name, EVERY):
        asking = person.with_python(target)
        said = asking.types(f"{starts} {RUN}")
        assert said.code == 1, (target, said)
        assert wanted[target] in " ".join(said.out.split()).partition("FAIL")[0], (target, said)
        fix, why = said.lines_to_paste()
        assert fix == f"{starts} {RUN} --fix", target
        assert why.startswith(f"{starts} explain "), target
        assert asking.types(why).code == 0, target
    dry = asking.types(f"{fix} --dry-run")
    assert "Nothing was changed" in dry.out + dry.err or dry.code == 1, dry
    if name in OFFLINE_TOO:
        without_a_network(asking, starts)


def without_a_network(person: Newcomer, starts: str) -> None:
    """What the runs before have made is enough."""
    if subprocess.run([*OFFLINE, "true"], capture_output=True, check=False).returncode:
        pytest.skip("only on a machine that allows namespaces (unshare)")
    said = replace(person, before=[*OFFLINE, *person.before]).types(f"{starts} {RUN}")
    assert (said.code, said.err) == (1, ""), said
    assert said.lines_to_paste()[0] == f"{starts} {RUN} --fix"
