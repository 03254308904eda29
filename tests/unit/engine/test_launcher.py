"""The installed command starts and reports under everything that a learner's terminal may hold."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import Ran

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="the POSIX launcher"),
]
LAUNCHER = Path(__file__).parents[3] / "launcher" / "envcheck"
COURSE = """
from envcheck import Chapter, Course, check, ok, unknown
from envcheck.python import interpreter

@check("target")
def target(env):
    "Target"
    done = env.run([*env.located.command, "-c", "import os, sys; print(os.environ.get('LD_LIBRARY_PATH'), sys.flags.optimize)"], timeout=30)
    return ok(done.stdout.strip() or done.last_words)

@check("threads")
def threads(env):
    "Threads"
    import threading
    return ok(str(threading.active_count()))

COURSE = Course("c", "C", [Chapter("w", "W", [target, threads])])
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The launcher beside a `python`, as an installation puts it."""
    folder = tmp_path_factory.mktemp("launcher") / "env with space"
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", "--system-site-packages", str(folder)],
        check=True,
    )
    source = Path(
        sys.prefix, "lib", f"python{sys.version_info[0]}.{sys.version_info[1]}", "site-packages"
    )
    site = next(folder.glob("lib/python*/site-packages"))
    (site / "host.pth").write_text(f"import site; site.addsitedir({str(source)!r})\n")
    shutil.copy(LAUNCHER, folder / "bin" / "envcheck")
    return folder / "bin" / "envcheck"


@pytest.fixture
def installed(program: Path, tmp_path: Path) -> Path:
    """The launcher, and a course file in the work folder."""
    (tmp_path / "course.py").write_text(COURSE)
    return program


def run(
    installed: Path,
    tmp_path: Path,
    before: str = "",
    after: str = "",
    shell: str = "sh",
    **variables: str,
) -> Ran:
    """`before; envcheck w --format json after` in a shell, with the target that runs the tests."""
    words = f"w --course '{tmp_path}/course.py' --python '{sys.executable}' --format json"
    script = f"{before}\n'{installed}' {words} {after}"
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), **variables}
    done = subprocess.run(
        [shell, "-c", script],
        env=env,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=90,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def traps(tmp_path: Path) -> Path:
    """Folders that break a Python which looks into them."""
    modules, libraries = tmp_path / "modules", tmp_path / "libraries"
    modules.mkdir()
    libraries.mkdir()
    for name in ("json", "typing", "click", "envcheck", "sitecustomize"):
        (modules / f"{name}.py").write_text("raise RuntimeError('not this one')")
    for name in ("libstdc++.so.6", "libzmq.so.5", "libpython3.11.so.1.0"):
        (libraries / name).write_text("this is no library")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PYTHONHOME", "/nonsense"),
        ("PYTHONPATH", "{traps}/modules"),
        ("PYTHONSTARTUP", "/nonsense"),
        ("PYTHONOPTIMIZE", "2"),
        ("PYTHONINSPECT", "1"),
        ("PYTHONWARNINGS", "error"),
        ("PYTHONIOENCODING", "utf-16"),
        ("PYTHONVERBOSE", "2"),
        ("PYTHONPLATLIBDIR", "nonsense"),
        ("LD_LIBRARY_PATH", "{traps}/libraries"),
        ("LC_ALL", "C"),
        ("LC_ALL", "nonsense"),
        ("TERM", "nonsense"),
        ("COLUMNS", "1"),
        ("TMPDIR", "/nonsense"),
        ("HOME", "/nonsense"),
        ("CDPATH", "/usr:/tmp"),
        ("ENVCHECK_RUN", "an outer run"),
    ],
)
def test_variables(name: str, value: str, installed: Path, traps: Path) -> None:
    """No variable keeps envcheck itself from reporting."""
    ran = run(installed, traps, **{name: value.format(traps=traps)})
    assert ran.code == 0, ran.stderr
    assert ran.report["verdict"] == "ready"
    assert [one["title"] for one in ran.report["checks"]] == ["Target", "Threads"]


def test_target_gets_what_was_set_aside(installed: Path, traps: Path) -> None:
    """What is kept from our own Python reaches the learner's."""
    ran = run(installed, traps, LD_LIBRARY_PATH=f"{traps}/modules", PYTHONOPTIMIZE="2")
    assert ran.report["checks"][0]["summary"] == "~/modules 2"


@pytest.mark.parametrize(
    "before",
    [
        "ulimit -n 24",
        "ulimit -v 300000",
        "ulimit -v 150000",
        "ulimit -s 256",
        "umask 777",
        "unset HOME",
        "unset PATH",
    ],
)
def test_limits(before: str, installed: Path, tmp_path: Path) -> None:
    """Under small limits envcheck still reports."""
    ran = run(installed, tmp_path, before)
    assert ran.code == 0, ran.stderr
    assert ran.report["verdict"] == "ready"


@pytest.mark.parametrize("closed", ["<&-", "2>&-", "<&- 2>&-"])
def test_closed_streams(closed: str, installed: Path, tmp_path: Path) -> None:
    """A closed stdin or stderr changes nothing."""
    assert run(installed, tmp_path, after=closed).report["verdict"] == "ready"


@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_stdout(closed: str, installed: Path, tmp_path: Path) -> None:
    """With nowhere to write, the exit code and a report file still say it."""
    ran = run(installed, tmp_path, after=f"--report json=r.json {closed}")
    assert (ran.code, ran.stdout) == (0, "")
    assert '"ready"' in (tmp_path / "r.json").read_text()


def test_full_stdout(installed: Path, tmp_path: Path) -> None:
    """A report that could not be written is not a success."""
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    ran = run(installed, tmp_path, after=">/dev/full")
    assert ran.code == 3
    assert "No space left" in ran.stderr


def test_folders(installed: Path, tmp_path: Path) -> None:
    """A folder that may not be written to is fine to stand in; one that was deleted is the reason in
    the report, and the Python that was never asked is not said to give no answer.
    """
    (tmp_path / "locked").mkdir()
    (tmp_path / "locked").chmod(0o555)
    assert run(installed, tmp_path, f"cd '{tmp_path}/locked'").report["verdict"] == "ready"
    ran = run(
        installed,
        tmp_path,
        f"mkdir '{tmp_path}/gone'; cd '{tmp_path}/gone'; rmdir '{tmp_path}/gone'",
    )
    assert (ran.code, ran.report["verdict"]) == (3, "undetermined")
    assert "this folder cannot be used" in ran.report["checks"][0]["summary"]
    assert ran.report["target"]["answered"] is None


def test_full_temporary_folder(installed: Path, tmp_path: Path) -> None:
    """A full TMPDIR is got around, and nothing is left in it."""
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(small)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("this user cannot mount a small file system")
    try:
        ran = run(installed, tmp_path, TMPDIR=str(small))
        assert ran.report["verdict"] == "ready"
        (small / "fill").write_bytes(b"x" * 1_000_000)
        assert list(small.iterdir()) == [small / "fill"]
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_through_links(installed: Path, tmp_path: Path) -> None:
    """Started through links, as tool installers make them, the launcher finds its own Python."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "envcheck").symlink_to(installed)
    (tmp_path / "second").symlink_to("bin/envcheck")
    assert run(tmp_path / "second", tmp_path).code == 0


@pytest.mark.parametrize("shell", ["dash", "bash", "busybox sh", "zsh"])
def test_shells(shell: str, installed: Path, tmp_path: Path) -> None:
    """The launcher is plain enough for every shell that may be /bin/sh."""
    program, *words = shell.split()
    if shutil.which(program) is None:
        pytest.skip(f"no {program} here")
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "LD_PRELOAD": "",
        "LD_LIBRARY_PATH": "/x y/$HOME `id`",
    }
    done = subprocess.run(
        [program, *words, str(installed), "--version"],
        env=env,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
