"""A Windows as Python shows it: none of Unix's calls and modules are there, so whoever asks for one
ends in a traceback. Each branch that asks none is called on it.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import select
import signal
import socket
import ssl
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import psutil  # noqa: F401  # knows the system that it is first imported on
import pytest
from tests.unit.described_machines import command_at, file_at, on

from bootstrap import cache as _cache
from bootstrap import command as _command
from bootstrap import constants, files
from bootstrap import launch as _launch
from bootstrap import programs as _programs
from envcheck import system_trust
from envcheck.fixes import run_step
from envcheck.processes import outlet, process, running, tree, visit, watchdog
from envcheck.processes.watchdog import NEW_GROUP
from envcheck.run import scratch, turn
from envcheck.sending import own_folder
from envcheck.target import belongings, home, probe, startup_files
from envcheck_checks.browser import chrome
from envcheck_checks.installed import permissions
from envcheck_checks.kernel.interrupt_event import InterruptEvent
from envcheck_checks.machine import disk, limits, ownership, selinux, write_access
from envcheck_checks.machine import home as machines_home
from envcheck_checks.notebook.saving import leftovers, not_saved, others_notebooks
from envcheck_checks.notebook.server import learners_server
from envcheck_checks.notebook.settings import address
from envcheck_checks.reading import link_request
from envcheck_checks.tools.docker import engine
from envcheck_checks.tools.framework import plain_user, reach, remote_call
from envcheck_checks.tools.secrets import files as secret_files
from envcheck_class.web import serving

# Of the file that learners start, which Python 2 reads too: no types.
cache: Any = _cache
command: Any = _command
launch: Any = _launch
programs: Any = _programs
probing: Any = probe

CALLS = (
    "chown", "geteuid", "getuid", "getgid", "getgroups", "getxattr", "killpg", "statvfs",
    "sched_getaffinity", "setsid",
)  # fmt: skip
MODULES = ("fcntl", "grp", "pwd", "resource")


@pytest.fixture
def windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "platform", "win32")
    for name in CALLS:
        monkeypatch.delattr(os, name, raising=False)
    for name in MODULES:
        monkeypatch.setitem(sys.modules, name, None)
    for module in (cache, launch, programs):
        monkeypatch.setattr(module, "WINDOWS", True)
    monkeypatch.delattr(signal, "SIGHUP")
    monkeypatch.delattr(socket, "AF_UNIX")
    return tmp_path


ASKS: list[tuple[Callable[[Path], object], object]] = [
    (lambda _: cache.user_id(), 0),
    (lambda _: home.registered_home(), None),
    (lambda place: home.home_of({"USERPROFILE": str(place), "HOME": "/x"}), "the folder"),
    (lambda place: belongings._is_owned(place / "gone"), True),
    (lambda place: startup_files.kept_in({"USERPROFILE": str(place)}, "win32"), ""),
    (lambda place: list(startup_files._start(place)), []),
    (lambda _: limits._limit("RLIMIT_NOFILE"), None),
    (lambda _: limits._programs(), None),
    (lambda _: limits._running(), 0),
    (ownership.owner, "see its properties for the owner"),
    (ownership._name, "unknown"),
    (ownership.whose, ownership.Whose.ADMINISTRATORS),
    (selinux._rights, selinux.Rights(False, "")),
    (lambda place: others_notebooks._is_of_another(file_at(place / "a.ipynb")), False),
    (lambda place: permissions.no_programs(on("win32", place)), None),
    (lambda place: learners_server._roots_word(on("win32", place), ()), []),
    (lambda place: "--no-sandbox" in chrome.options(place, host="127.0.0.1"), False),
    (lambda place: engine._group(str(place)), ""),
    (lambda _: engine._waits("docker"), False),
    (lambda place: plain_user.plain_user(on("win32", place)), plain_user.PlainUser()),
    (lambda _: reach._unix("/x"), reach.Reach.UNKNOWN),
    (lambda place: secret_files.is_mine(file_at(place / ".env")), True),
    (lambda place: type(secret_files.examine(on("win32", place))).__name__, "Skipped"),
    (lambda place: machines_home.diagnose_none(on("win32", place, USERPROFILE="", HOME="")), None),
    (lambda _: turn._at_once() > 0, True),
    (lambda _: process._handing_on(()), None),
    (disk._refused_with_room, None),
    (write_access.has_few_files_left, False),
    (lambda _: probing.no_certificates(), []),
    (lambda _: files.registered_home(), ""),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "answer"), ASKS)
def test_nothing_of_unix_is_asked(
    windows: Path, ask: Callable[[Path], object], answer: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(windows / "gone"))
    monkeypatch.setenv("SSL_CERT_DIR", str(windows / "gone"))
    assert ask(windows) == (windows if answer == "the folder" else answer)


def test_folders_of_this_person(windows: Path) -> None:
    """Mode bits say nothing there: a folder is a folder."""
    open_to_all = windows / "open"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    assert cache.is_ours(str(open_to_all))
    assert own_folder._is_own(open_to_all)
    file = file_at(open_to_all / "key", "x")
    file.chmod(0o666)
    assert own_folder._is_private(file.stat())
    kept = own_folder.OwnFolder(open_to_all)
    kept.write("key", b"y")
    assert stat.S_IMODE(open_to_all.stat().st_mode) == 0o777
    assert kept.read("key") == b"y"


def test_a_part_whose_maker_is_gone(windows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No program is asked whether it lives: `os.kill(pid, 0)` would end it there."""
    name = f"part-{cache.host_digest()}-{os.getpid()}-x"
    (windows / name).mkdir()
    monkeypatch.setattr(os, "kill", None)
    monkeypatch.setattr(cache, "user_id", lambda: -1)
    assert not cache.is_abandoned(str(windows / name), name)
    os.utime(windows / name, (0, 0))
    assert cache.is_abandoned(str(windows / name), name)


def test_our_own_temporary_folders(windows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(windows))
    (windows / f"{scratch.PREFIX}x").mkdir()
    assert list(scratch._marked_folders()) == [windows / f"{scratch.PREFIX}x"]


def test_what_a_killed_run_left(windows: Path) -> None:
    mark = {"metadata": {"envcheck": {"name": "a", "made": ["b"]}}}
    file = file_at(windows / "left.ipynb", json.dumps(mark))
    assert leftovers._remove(file, "a", time.time() + 60) == ["b"]
    assert not file.exists()


def test_a_folder_with_the_sticky_bit(windows: Path) -> None:
    windows.chmod(0o1777)
    assert not_saved._may_rename(file_at(windows / "a.ipynb"))


def test_a_home_for_tools(windows: Path) -> None:
    """Programs there look for it under four names."""
    given = remote_call.home_in(on("win32", windows), windows)
    assert {"HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"} <= set(given)


def test_a_folder_is_lent_to_nobody(windows: Path) -> None:
    user = plain_user.PlainUser(("runuser",), (1, 1))
    before = windows.stat().st_mode
    plain_user.lent(on("win32", windows), windows, user)
    assert windows.stat().st_mode == before


def test_a_port_is_not_shared(windows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With SO_REUSEADDR a bind there succeeds beside whoever listens."""
    options: list[int] = []

    class Socket(socket.socket):
        def setsockopt(self, *words: Any) -> None:
            options.append(words[1])

    monkeypatch.setattr(socket, "socket", Socket)
    assert address._bound(socket.AF_INET, ("127.0.0.1", 0)) == ""
    assert socket.SO_REUSEADDR not in options


def test_an_event_is_let_go(windows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[int] = []
    fake = SimpleNamespace(CloseHandle=closed.append)
    monkeypatch.setitem(sys.modules, "_winapi", fake)
    InterruptEvent(7).close()
    assert closed == [7]


def test_no_signal_is_sent(windows: Path) -> None:
    """There is none that reaches one program: `killpg` is not there."""
    one: Any = SimpleNamespace(pid=1, interrupt=None, wait=None)
    running.Running.interrupt(one)
    run_step._interrupt(one)
    tree.kill_group(1)
    assert not tree.has_group(1)


def test_a_folder_is_not_opened_to_be_locked(
    windows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "open", None)
    with visit.alone_in(str(windows)) as alone:
        assert not alone


def test_nobody_waits_for_a_pipe(windows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(select, "select", None)
    raw: Any = None
    assert not outlet._has_room(raw)


def test_a_lock_of_a_run(windows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, ...]] = []
    fake = SimpleNamespace(LK_NBLCK=2, locking=lambda *words: asked.append(words[1:]))
    monkeypatch.setitem(sys.modules, "msvcrt", fake)
    with (windows / "turn.lock").open("wb") as file:
        turn.lock(file)
    assert asked == [(2, 1)]


def test_a_group_of_its_own(windows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sessions are Unix's."""
    options: dict[str, Any] = {}
    monkeypatch.setattr(subprocess, "Popen", lambda words, **given: options.update(given))
    programs.start_in_own_group(["x"], {"PATH": "p"}, str(windows))
    assert not {"preexec_fn", "start_new_session"} & set(options)
    assert options["env"] == {"PATH": "p", "PYTHON_MANAGER_AUTOMATIC_INSTALL": "false"}


def test_our_environment_is_a_child(windows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`exec` there makes another process, and the shell goes on beside it."""
    given: dict[str, Any] = {}

    class Child:
        def __init__(self, words: list[str], env: dict[str, str]) -> None:
            given.update(words=words, env=env)

        def wait(self) -> int:
            return 5

    monkeypatch.setattr(os, "execve", None)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(subprocess, "Popen", Child)
    monkeypatch.delenv("MALLOC_ARENA_MAX", raising=False)
    place = command_at(windows / "env/Scripts/python.exe").parents[1]
    assert launch.start_envcheck(str(place), ["list"], "") == 5
    assert given["words"][0].endswith("Scripts/python.exe")
    assert "MALLOC_ARENA_MAX" not in given["env"]


def test_signals_that_are_not_there(windows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(signal, "signal", lambda number, _: asked.append(number))
    monkeypatch.setattr(command, "cache_folder", lambda: str(windows))
    monkeypatch.setattr(command, "is_whole", lambda _: True)
    for name in ("mark_as_used", "tell_who_hosts"):
        monkeypatch.setattr(command, name, lambda _: None)
    monkeypatch.setattr(command, "start_envcheck", lambda *_: 0)
    assert command.main(["list"]) == 0
    assert asked == [signal.SIGTERM]


def test_what_docker_is_asked_by(windows: Path) -> None:
    """The client has a named pipe there, and Docker Desktop behind it."""
    way = engine.Chosen("npipe:////./pipe/docker_engine", "", reach.Reach.ABSENT)
    assert "Docker Desktop" in str(engine.start(on("win32", windows), way))


def test_groups_of_programs(windows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A group keeps Ctrl-C of ours from them: there are no sessions."""
    given: list[dict[str, Any]] = []

    def start(_: object, **options: Any) -> None:
        given.append(options)
        raise OSError

    monkeypatch.setattr(subprocess, "Popen", start)
    one: Any = SimpleNamespace(
        _lock=contextlib.nullcontext(), _closed=False, _count=iter([1]),
        _watchdog=SimpleNamespace(mark="x"), mark="x", begun=0.0,
    )  # fmt: skip
    with pytest.raises(OSError):
        process.Processes.start(one, ["x"], env={}, cwd=windows)
    watchdog.Watchdog._start(one)
    assert [options["start_new_session"] for options in given] == [False, False]
    assert all(options["creationflags"] & NEW_GROUP for options in given)


def test_a_watchdog_hears_no_ctrl_c(windows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signal, "signal", None)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"bye\n")))
    watchdog.watch("x", 0.0)


@pytest.mark.parametrize("name", ["win32", "darwin"])
def test_whom_these_systems_trust(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = SimpleNamespace(SSLContext=lambda _: "the system's")
    monkeypatch.setitem(sys.modules, "truststore", fake)
    monkeypatch.setattr(sys, "platform", name)
    given: object = system_trust.system_trust()
    assert given == "the system's"
    monkeypatch.setattr(sys, "platform", "linux")
    assert isinstance(system_trust.system_trust(), ssl.SSLContext)


def test_a_server_of_classes(windows: Path) -> None:
    serving._more_connections()


def as_imported(module: ModuleType, start: str, end: str) -> dict[str, Any]:
    """The values of some lines of a module, as they are set where it is imported now."""
    text = Path(str(module.__file__)).read_text(encoding="utf-8")
    first = text.index(start)
    found: dict[str, Any] = {"sys": sys, "socket": socket, "os": SimpleNamespace(name="nt")}
    exec(text[first : text.index(end, first) + len(end)], found)  # our own lines
    return found


def test_names_that_are_set_as_a_module_is_imported(
    windows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(socket, "EAI_NODATA", raising=False)
    assert as_imported(machines_home, "VARIABLE = ", "\n")["VARIABLE"] == "USERPROFILE"
    assert socket.EAI_NONAME in as_imported(link_request, "UNKNOWN = ", "11004}")["UNKNOWN"]
    assert as_imported(engine, "USUAL = (", "\n)")["USUAL"].startswith("npipe:")
    assert as_imported(constants, "WINDOWS = ", "\n")["WINDOWS"] is True


def test_a_mac_says_nothing_of_noexec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python has no name for that flag there: nothing is known, so nothing is said."""
    monkeypatch.delattr(os, "ST_NOEXEC")
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=-1))
    assert permissions.no_programs(on("darwin", tmp_path)) is None


def test_bytes_are_kept_as_they_are(windows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without O_BINARY line ends are translated there; O_NOFOLLOW and O_NONBLOCK are not there."""
    binary, opened, really = 1 << 40, [], os.open
    monkeypatch.setattr(os, "O_BINARY", binary, raising=False)
    monkeypatch.delattr(os, "O_NOFOLLOW")
    monkeypatch.delattr(os, "O_NONBLOCK")

    def open_it(path: str, flags: int, *mode: int) -> int:
        opened.append(bool(flags & binary))
        return really(path, flags & ~binary, *mode)

    monkeypatch.setattr(os, "open", open_it)
    folder = own_folder.OwnFolder(windows / "own")
    folder.write("key", b"a\n")
    opened_to_write = opened.copy()
    assert folder.read("key") == b"a\n"
    assert opened_to_write[0] is True
    assert opened[-1] is True
