"""Machines for the stories: a learner's home, work folder and environment, built for real from one
healthy environment.

An environment is mounted (tests/stories/mounted.py) or a hard-link clone: nothing in it may be edited
in place. `write` and `remove` break the link first.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.declared import assert_declared
from tests.read_aloud import assert_reads_well
from tests.read_back import assert_read_back, lines_for_cmd
from tests.stories import started_before
from tests.stories.mounted import is_mounted
from tests.stories.short_index import has_all, index_of

from envcheck_checks.kernel.does_not_start import SLOW_SECONDS

SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"
KEPT = (
    "PIP_CERT",
    "PIP_FIND_LINKS",
    "SSL_CERT_FILE",
    "REQUESTS_CA_BUNDLE",
    "PIP_DEFAULT_TIMEOUT",
    "PIP_INDEX_URL",
)


LINES_FOR_CMD: set[str] = set()  # of all reports, for Wine's cmd (tests/stories/conftest.py)


@dataclass(frozen=True)
class Seen:
    """What one run of envcheck gave."""

    code: int
    out: str
    err: str
    report: dict[str, Any]

    def __post_init__(self) -> None:
        assert_declared(self.report)
        assert_read_back(self.report)
        assert_reads_well(self.report)
        LINES_FOR_CMD.update(lines_for_cmd(self.report))

    @property
    def diagnoses(self) -> list[dict[str, Any]]:
        """But for what is said of a kernel that really took long: so does one where much else runs."""
        late = [
            check
            for check in self.report["checks"]
            if check["id"] == "chapter2.kernel-starts" and (check["seconds"] or 0) > SLOW_SECONDS
        ]
        left_out = {"kernel-slow-start"} if late else set()
        return [one for one in self.report["diagnoses"] if one["code"] not in left_out]

    @property
    def errors(self) -> list[str]:
        return [one["code"] for one in self.diagnoses if one["severity"] == "error"]

    @property
    def warnings(self) -> list[str]:
        return [one["code"] for one in self.diagnoses if one["severity"] == "warning"]

    @property
    def lasting(self) -> set[str]:
        """The warnings that are there the next time too: an index may be slow once."""
        return {code for code in self.warnings if not code.startswith(("index-", "proxy-"))}

    def status(self, check: str) -> str:
        return next(
            str(one["status"]) for one in self.report["checks"] if one["id"] == f"chapter2.{check}"
        )

    @property
    def first(self) -> dict[str, Any]:
        """The first diagnosis: the cause that the learner is shown."""
        first: dict[str, Any] = self.report["diagnoses"][0]
        return first


@dataclass
class Machine:
    """One learner's machine below `root`. `wrap` goes before every command: limits, namespaces."""

    root: Path
    python: Path
    variables: dict[str, str] = field(default_factory=dict)
    wrap: list[str] = field(default_factory=list)
    name_python: bool = False
    was_mended: bool = False  # --fix has ended well here
    seen_anew: bool = False  # and a new terminal was opened since
    kept: tuple[str, ...] = KEPT  # of the tests' own variables, what its terminals have
    closing: ExitStack = field(default_factory=ExitStack)  # what the story has started

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def work(self) -> Path:
        return self.root / "work"

    @property
    def prefix(self) -> Path:
        return self.python.parent.parent

    @property
    def site(self) -> Path:
        return next(self.prefix.glob("lib/python3*/site-packages"))

    @property
    def environ(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in self.kept if name in os.environ}
        plain = {
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "TERM": "dumb",
            "PATH": f"{self.python.parent}:{SYSTEM_PATH}",
        }
        return _set({**kept, **plain, **self.variables})

    def given(self, names: Collection[str]) -> dict[str, str]:
        """What a terminal of this learner's has before its shell has read a start-up file: the
        system's, and these.
        """
        own = {
            name: value
            for name, value in self.variables.items()
            if name in names or name.startswith("ENVCHECK_STORY")
        }
        kept = {name: os.environ[name] for name in self.kept if name in os.environ}
        system = {"LANG": "C.UTF-8", "TERM": "dumb", "PATH": SYSTEM_PATH, "HOME": str(self.home)}
        return _set({**kept, **system, **own})

    def write(self, place: str, text: object = "", mode: int | None = None) -> Path:
        """A file below the root (or the site folder, `@site/...`), never through a hard link."""
        file = self.at(place)
        file.parent.mkdir(parents=True, exist_ok=True)
        old = file.stat().st_mode if file.exists() else 0o644
        if os.path.lexists(file):
            file.unlink()
        data = (
            text
            if isinstance(text, bytes)
            else (
                json.dumps(text) if isinstance(text, dict) else textwrap.dedent(str(text))
            ).encode()
        )
        file.write_bytes(data)
        file.chmod(mode if mode is not None else old & 0o777)
        return file

    def at(self, place: str) -> Path:
        if place.startswith("@site/"):
            return self.site / place.removeprefix("@site/")
        return Path(place) if Path(place).is_absolute() else self.root / place

    def remove(self, *patterns: str) -> None:
        """Files and folders by pattern; it is an error when nothing matches."""
        for pattern in patterns:
            folder, _, name = str(self.at(pattern)).rpartition("/")
            hits = [*Path(folder).glob(name)]
            assert hits, f"nothing matches {pattern}"
            for hit in hits:
                shutil.rmtree(hit) if hit.is_dir() and not hit.is_symlink() else hit.unlink()

    def remove_list_of_files(self, distribution: str) -> None:
        """What is missing of it cannot be seen then, and pip refuses to take it away:
        uninstall-no-record-file.
        """
        self.remove(str(next(self.site.glob(f"{distribution}-*.dist-info")) / "RECORD"))

    def pip(self, *words: str) -> None:
        subprocess.run(
            [str(self.python), "-m", "pip", "-q", *words],
            env={**os.environ, "HOME": str(self.home)},
            check=True,
            capture_output=True,
        )
        if words[0] == "install" and not has_all(
            self.variables.get("PIP_INDEX_URL", ""), words[1:]
        ):
            self.asks_the_public_index()  # where another version of it is, for the fix

    def installs_from(self, wheels: Path) -> None:
        """pip takes its packages from this folder, where they have their bytecode already, and reads no
        long pages of a public index for them. What leads to that one is not set: a trial that looks for
        the variable that breaks something would play all of it again for each.
        """
        self.variables.update(
            PIP_FIND_LINKS=str(wheels), PIP_COMPILE="0", PIP_INDEX_URL=index_of(wheels)
        )
        self.kept = ()

    def asks_the_public_index(self) -> None:
        """The way to it is the story's subject: pip and envcheck go there."""
        self.variables.pop("PIP_INDEX_URL", None)
        self.kept = KEPT

    def as_a_plain_user(self) -> None:
        """Root that obeys permission bits, as a learner's own account does."""
        self.wrap = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", *self.wrap]

    def limited(self, command: str) -> None:
        """Run `command` (a ulimit, a mount) in a shell that then becomes the program."""
        self.wrap = [*self.wrap, "sh", "-c", f'{command}; exec "$@"', "sh"]

    def run(
        self,
        *words: str,
        argv: list[str] | None = None,
        launcher: list[str] | None = None,
        keeps_first: bool = False,
        timeout: float = 400,
        variables: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command as this learner: their folder, their variables (or these) and nothing of
        ours. `keeps_first`: envcheck as tests/stories/first_report.py has it.
        """
        environ = self.environ if variables is None else variables
        if not (argv or launcher or self.wrap) and started_before.takes(environ, self.work):
            program = str(KEEPS_FIRST_REPORT) if keeps_first else ""
            return started_before.run(list(words), environ, self.work, timeout, program=program)
        if keeps_first:
            launcher = launcher_that_keeps(self.root)
        command = argv if argv is not None else [*(launcher or ENVCHECK), *words]
        return subprocess.run(
            [*self.wrap, *command],
            env=environ,
            cwd=self.work,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=timeout,
            check=False,
        )

    def check(
        self, *words: str, launcher: list[str] | None = None, keeps_first: bool = False
    ) -> Seen:
        """`envcheck chapter2 --format json`, with --python where the learner's own PATH would lead
        elsewhere.
        """
        named = ["--python", str(self.python)] if self.name_python else []
        done = self.run(
            "chapter2",
            "--format",
            "json",
            *named,
            *words,
            launcher=launcher,
            keeps_first=keeps_first,
            timeout=900 if "--fix" in words else 400,
        )
        assert done.stdout.startswith("{"), (
            f"no report: exit code {done.returncode}\n{done.stdout[:500]}\n{done.stderr[-2000:]}"
        )
        report = json.loads(done.stdout)
        _show_what_did_not_pass(report)
        assert report["exit_code"] == done.returncode
        assert str(self.home) not in done.stdout, "the home folder stands in the report"
        self.was_mended |= "--fix" in words and done.returncode == 0
        return Seen(done.returncode, done.stdout, done.stderr, report)

    def check_and_fix(self, *words: str, met_alone: bool = False) -> tuple[Seen, Seen]:
        """`envcheck chapter2 --fix --yes`: the report before the fix, and the one after it, for
        which what met the cause alone may be checked.
        """
        file = self.root / "first-report.json"
        self.variables["ENVCHECK_STORY_REPORT"] = str(file)
        self.variables["ENVCHECK_STORY_MET_ALONE"] = "yes" if met_alone else ""
        after = self.check("--fix", "--yes", *words, keeps_first=True)
        first = file.read_text(encoding="utf-8")
        report = json.loads(first)
        assert str(self.home) not in first, "the home folder stands in the report"
        return Seen(report["exit_code"], first, after.err, report), after

    def fingerprint(self) -> dict[str, str]:
        """Every file of home, work and environment with what tells its content from any other."""
        return dict(_contents(self.root))


def _show_what_did_not_pass(report: Mapping[str, Any]) -> None:
    """pytest prints it below a test that fails, which may not happen a second time."""
    for check in report["checks"]:
        if check["status"] not in ("pass", "skip"):
            sys.stdout.write(f"{check['id']} {check['status']}: {check['summary']}\n")


def _set(variables: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in variables.items() if value != "(unset)"}


MakeMachine = Callable[..., Machine]

KEEPS_FIRST_REPORT = Path(__file__).with_name("first_report.py")

# The command as it is installed: the launcher that starts envcheck isolated from the learner's
# settings.
ENVCHECK = [str(Path(sys.executable).parent / "envcheck")]


def launcher_that_keeps(folder: Path) -> list[str]:
    """The launcher beside a `python` that starts tests/stories/first_report.py where it is told to
    start envcheck.
    """
    beside = folder / "launcher"
    beside.mkdir()
    shutil.copy2(ENVCHECK[0], beside / "envcheck")
    python = beside / "python"
    words = shlex.join([sys.executable, "-I", "-X", "utf8", str(KEEPS_FIRST_REPORT)])
    # The launcher's words are those of its last lines: options, `-m envcheck`, and what the learner
    # typed.
    python.write_text(
        f'#!/bin/sh\nwhile [ "$1" != -m ]; do shift; done\nshift 2\nexec {words} "$@"\n'
    )
    python.chmod(0o755)
    return [str(beside / "envcheck")]


def _contents(folder: Path) -> Iterator[tuple[str, str]]:
    """A hash of what is in each file; for the many that are links to the healthy environment's,
    which file it is.
    """
    for entry in os.scandir(folder):
        path = entry.path
        if entry.is_symlink():
            yield path, f"-> {Path(path).readlink()}"
        elif entry.is_dir():
            yield path, "folder"
            yield from _contents(Path(path))
        elif not stat.S_ISREG((status := entry.stat()).st_mode):  # who reads a pipe waits for ever
            yield path, stat.filemode(status.st_mode)
        elif status.st_nlink > 1:
            yield path, f"{status.st_ino}, {status.st_size} bytes, of {status.st_mtime_ns}"
        else:
            yield path, hashlib.blake2b(Path(path).read_bytes(), digest_size=12).hexdigest()


def clone(healthy: Path, to: Path, seen_at: str = "") -> Path:
    """A hard-link copy of an environment, its scripts and settings pointed to the new place, or to the
    one at which its learner will see it. Gives its python.
    """
    _assert_links_cost_nothing(to)
    to.parent.mkdir(parents=True, exist_ok=True)
    if subprocess.run(
        ["cp", "-al", str(healthy), str(to)], capture_output=True, check=False
    ).returncode:
        shutil.rmtree(to, ignore_errors=True)  # another file system: real copies
        subprocess.run(["cp", "-a", str(healthy), str(to)], check=True)
    return pointed(healthy, to, seen_at)


def pointed(healthy: Path, to: Path, seen_at: str = "") -> Path:
    """The python of an environment that stands at `to` as it stood where it was made, after its
    scripts and settings were pointed to where it is seen.
    """
    old, new = str(healthy).encode(), (seen_at or str(to)).encode()
    for file in [
        *to.glob("bin/*"),
        to / "pyvenv.cfg",
        *to.glob("share/jupyter/kernels/*/kernel.json"),
    ]:
        if file.is_file() and not file.is_symlink():
            data = file.read_bytes()
            written = file.name == "pyvenv.cfg"  # a fix may have Python write it anew, in place
            if (old in data and b"\0" not in data[:200]) or written:
                mode = file.stat().st_mode
                file.unlink()
                file.write_bytes(data.replace(old, new))
                file.chmod(mode & 0o777)
    return to / "bin" / "python"


def _assert_links_cost_nothing(to: Path) -> None:
    assert not is_mounted(to), "mark this story `linked`: no environment is cloned on a mounted one"


def full_installation(healthy: Path, to: Path, *, packages: bool = True) -> Path:
    """A whole Python (as from python.org or conda) with the healthy environment's packages in its
    own folder.
    """
    base = Path(
        re.findall(r"^home = (.*)$", (healthy / "pyvenv.cfg").read_text(), re.MULTILINE)[0]
    ).parent
    version = next((healthy / "lib").glob("python3*")).name
    _assert_links_cost_nothing(to)
    (to / "bin").mkdir(parents=True)
    library = Path("lib", version)
    (to / library).mkdir(parents=True)
    _link(base / "lib", to / "lib", but=version)
    _link(
        base / library, to / library, but="site-packages"
    )  # whoever made that Python has thousands
    _link(base / "include", to / "include")
    shutil.copy((base / "bin" / version).resolve(), to / "bin" / version)
    for name in ("python", "python3"):
        (to / "bin" / name).symlink_to(version)
    site = to / "lib" / version / "site-packages"
    if packages:
        subprocess.run(
            ["cp", "-al", str(healthy / "lib" / version / "site-packages"), str(site)], check=True
        )
        for name in ("share", "etc"):
            if (healthy / name).exists():
                subprocess.run(["cp", "-al", str(healthy / name), str(to / name)], check=True)
        _copy_scripts(healthy / "bin", to / "bin")
    else:
        site.mkdir()
        for file in (healthy / "lib" / version / "site-packages").glob("pip*"):
            subprocess.run(["cp", "-al", str(file), str(site)], check=True)
    return to / "bin" / "python"


def _link(source: Path, to: Path, but: str = "") -> None:
    """What lies in this folder, but for one name, as hard links; nothing where there is no such
    folder.
    """
    if entries := [str(entry) for entry in source.glob("*") if entry.name != but]:
        to.mkdir(exist_ok=True)
        subprocess.run(["cp", "-al", *entries, str(to)], check=False, capture_output=True)


def _copy_scripts(source: Path, to: Path) -> None:
    for file in source.iterdir():
        if (
            file.is_file()
            and not file.is_symlink()
            and not file.name.startswith(("activate", "Activate", "python"))
        ):
            (to / file.name).write_bytes(
                file.read_bytes().replace(str(source).encode(), str(to).encode())
            )
            (to / file.name).chmod(0o755)
