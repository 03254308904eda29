"""Where an environment has its Python, and where tools and folders are, on Windows and on a Mac."""

from __future__ import annotations

import os
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.unit.described_machines import command_at, file_at, on, python_at

from bootstrap import cache as _cache
from bootstrap import hosts as _hosts
from bootstrap import lines as _lines
from bootstrap import programs as _programs
from bootstrap import python_check as _python_check
from bootstrap import target as _target
from envcheck import UsePython
from envcheck.command import class_place
from envcheck.fixes import advice, standing
from envcheck.sending.own_folder import class_folder
from envcheck.target import conda, locate, systems
from envcheck.testing import interpreter
from envcheck_checks.browser import display, process
from envcheck_checks.browser.catalogue import Browser, Family
from envcheck_checks.browser.discovery import find
from envcheck_checks.browser.display import Machine
from envcheck_checks.browser.installed import _nothing_behind_variable
from envcheck_checks.browser.redirect_file import _opener
from envcheck_checks.index import settings as index_settings
from envcheck_checks.installed import files, pywin32
from envcheck_checks.machine import special_folders
from envcheck_checks.machine import system as machines_system
from envcheck_checks.machine.special_folders import online_only
from envcheck_checks.tools.postgresql import discovery as postgresql

# Of the file that learners start, which Python 2 reads too: no types.
cache: Any = _cache
lines: Any = _lines
hosts: Any = _hosts
programs: Any = _programs
python_check: Any = _python_check
target: Any = _target


@pytest.fixture
def windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "platform", "win32")
    for module in (cache, hosts, lines, programs, python_check, target):
        monkeypatch.setattr(module, "WINDOWS", True)
    return tmp_path


@pytest.fixture
def mac(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "platform", "darwin")
    return tmp_path


def activated(place: Path) -> str:
    step = advice.activation(on("win32", place.parent), str(place))
    assert isinstance(step, UsePython)
    return step.python


@pytest.mark.parametrize(
    "ask",
    [
        standing.python_in,
        activated,
        locate._python_in,
        lambda place: programs.python_in(str(place)),
        lambda place: target.python_of(str(place)),
    ],
)
def test_an_environment(ask: Callable[[Path], object], windows: Path) -> None:
    assert Path(str(ask(windows / ".venv"))) == windows / ".venv/Scripts/python.exe"


def test_an_environment_of_conda(windows: Path) -> None:
    """Its Python lies at the top; so does an installed one."""
    (windows / "env/conda-meta").mkdir(parents=True)
    assert conda.python_in(windows / "env") == windows / "env/python.exe"
    assert activated(windows / "env") == str(windows / "env/python.exe")
    place = windows / "own"
    base = windows / "Python312"
    python = python_at(place)
    python = type(python)(**{**vars(python), "base_prefix": str(base)})
    assert standing.base_outside(place, python) in (str(base / "python.exe"), python.executable)
    assert interpreter(prefix=str(place)).scripts == str(place / "Scripts")


def test_what_a_learner_types_to_activate(windows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SHELL", "MSYSTEM", "PSMODULEPATH"):
        monkeypatch.delenv(name, raising=False)
    assert lines.learners_shell() == "cmd"
    monkeypatch.setenv("PSMODULEPATH", r"C:\Users\Ada\Documents\WindowsPowerShell\Modules")
    assert lines.learners_shell() == "powershell"
    found = python_check.diagnose_not_active(SimpleNamespace(inactive=str(windows / ".venv")))
    assert "Scripts" in str(found)


def test_another_python_to_be_used(windows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs end in `.exe`, and `python3` is the Store's."""
    for name in ("python.exe", "python3.exe", "python"):
        command_at(windows / "bin" / name)
    monkeypatch.setenv("PATH", str(windows / "bin"))
    asked: list[list[str]] = []

    def ask(words: list[str], _: object) -> dict[str, str]:
        asked.append(words)
        return {"version": "3.12.4", "executable": words[0]}

    monkeypatch.setattr(python_check, "ask_python", ask)
    one = python_check.offer_another_python(SimpleNamespace(command="x"), "3.7")
    assert asked == [[str(windows / "bin/python.exe")]]
    assert "use the Python 3.12.4" in str(one)


def test_uv(windows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command_at(windows / ".local/bin/uv.exe")
    monkeypatch.setattr(hosts, "home_folder", lambda: str(windows))
    monkeypatch.setattr(hosts, "which", lambda _: "")
    assert hosts.find_uv() == str(windows / ".local/bin/uv.exe")


def test_caches_of_windows(windows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    local = str(windows / "Local")
    monkeypatch.setenv("LOCALAPPDATA", local)
    monkeypatch.setenv("XDG_CACHE_HOME", "/x")
    monkeypatch.setenv("XDG_DATA_HOME", "/x")
    assert cache.cache_folder() == os.path.join(local, "envcheck")  # noqa: PTH118
    assert class_place.data_folder(None) == Path(local, "envcheck/classes")
    kept = class_folder({"LOCALAPPDATA": local, "XDG_CACHE_HOME": "/x"}, "win32")
    assert kept is not None
    assert kept.path == Path(local, "envcheck/class")


def test_data_of_a_mac(mac: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(mac))
    monkeypatch.setenv("XDG_DATA_HOME", "/x")
    assert class_place.data_folder(None) == mac / "Library/Application Support/envcheck/classes"
    kept = class_folder({"HOME": str(mac), "XDG_CACHE_HOME": "/x"}, "darwin")
    assert kept is not None
    assert kept.path == mac / "Library/Caches/envcheck/class"


@pytest.mark.parametrize("name", ["win32", "darwin"])
def test_both_have_a_screen(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is asked for the default browser, whose profile is all that it writes."""
    monkeypatch.setattr(sys, "platform", name)
    for variable in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    assert class_place.has_display()
    assert display._default(on(name, tmp_path)) == ""
    assert process._home(Browser("Chrome", ("x",), Family.CHROME), tmp_path) == {}
    assert systems.family(name, {"ID": "debian"}) == name
    assert systems.get_certificates(name) == ""


@pytest.mark.parametrize("name", ["win32", "darwin"])
def test_what_is_linuxs_alone(name: str, tmp_path: Path) -> None:
    """WSL's variables reach Windows' own programs, BROWSER has words that are no programs, and a
    folder of snaps or of the desktop's settings may lie about.
    """
    home = tmp_path / "home"
    file_at(home / ".config/mimeapps.list", "[Default Applications]\ntext/html=code.desktop\n")
    words = "[Desktop Entry]\nCategories=Development;IDE;\n"
    file_at(home / ".local/share/applications/code.desktop", words)
    command_at(tmp_path / "snap/bin/firefox")
    command_at(tmp_path / "var/lib/flatpak/exports/bin/org.mozilla.firefox")
    machine = Machine(name, {"WSL_DISTRO_NAME": "Ubuntu", "PATH": "/none"}, home, tmp_path)
    assert not machine.is_linux
    assert not machine.is_wsl
    assert machine.has_screen
    assert find(machine) == ()
    assert _opener(on(name, tmp_path), machine) == ""
    asked = Machine(name, {"BROWSER": "safari", "PATH": "/none"}, home, tmp_path)
    assert _nothing_behind_variable(asked) is None


def test_browsers_that_say_where_they_are(windows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def query(_: int, key: str) -> str:
        asked.append(key)
        if "firefox" not in key:
            raise FileNotFoundError(key)
        return r'"C:\Firefox\firefox.exe"'

    fake = SimpleNamespace(HKEY_CURRENT_USER=1, HKEY_LOCAL_MACHINE=2, QueryValue=query)
    monkeypatch.setitem(sys.modules, "winreg", fake)
    assert set(display._registered()) == {r"C:\Firefox\firefox.exe"}
    assert all("App Paths" in key for key in asked)


def test_what_the_registry_says(windows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The 64-bit view is asked, by a 32-bit Python too."""
    rights: list[int] = []

    class Key:
        def __enter__(self) -> str:
            return "key"

        def __exit__(self, *_: object) -> None:
            return None

    def open_key(_hive: int, _key: str, _: int, right: int) -> Key:
        rights.append(right)
        return Key()

    fake = SimpleNamespace(
        HKEY_LOCAL_MACHINE=1, HKEY_CURRENT_USER=2, HKEY_CLASSES_ROOT=3, KEY_READ=1,
        KEY_WOW64_64KEY=256, OpenKey=open_key, QueryValueEx=lambda _key, name: (7, name),
    )  # fmt: skip
    monkeypatch.setitem(sys.modules, "winreg", fake)
    found = machines_system._registry()
    assert set(found.values()) == {"7"}
    assert set(rights) == {257}


def test_the_control_panels_proxy(mac: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(urllib.request, "getproxies", lambda: {"http": "http://proxy:1"})
    assert index_settings._of_system() == {"http": "http://proxy:1"}
    monkeypatch.setattr(sys, "platform", "linux")
    assert index_settings._of_system() == {}


def test_the_c_library_is_linuxs_question(mac: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "machine_of", lambda _: "")
    monkeypatch.setattr(files, "libc_of", None)
    python = python_at(mac / "ml/.venv")
    found: Any = python.distributions[0]
    assert files._extension(python, found, mac / "x.so") is None


def test_pywin32_beside_its_modules(tmp_path: Path) -> None:
    python = python_at(tmp_path / "ml/.venv", {"pywin32": "306"})
    env = on("win32", tmp_path, python)
    assert pywin32.incomplete(env, "x") is not None
    file_at(Path(python.installed["pywin32"].folder, "win32/pywintypes312.dll"))
    assert pywin32.incomplete(env, "x") is None


@pytest.mark.parametrize(
    ("name", "status", "away"),
    [
        ("win32", {"st_file_attributes": 0x400000}, True),
        ("win32", {"st_file_attributes": 0x20}, False),
        ("darwin", {"st_flags": 0x40000000}, True),
        ("darwin", {"st_flags": 0x8000}, False),  # hidden, and here
        ("linux", {"st_flags": 0x40000000, "st_file_attributes": 0x400000}, False),
    ],
)
def test_files_whose_bytes_are_elsewhere(
    name: str,
    status: dict[str, int],
    away: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    env = on(name, tmp_path)
    file_at(tmp_path / "work/week1.ipynb")
    whole = SimpleNamespace(st_mode=0o40755, **status)
    monkeypatch.setattr(Path, "stat", lambda *_, **__: whole)
    assert online_only.__wrapped__(env) == (("week1.ipynb",) if away else ())


def test_clouds_of_a_mac(tmp_path: Path) -> None:
    """Only on a Mac is ~/Library a cloud's; tried with the same folder on Linux."""
    for name, found in (("darwin", True), ("linux", False)):
        clouds = list(special_folders._clouds(on(name, tmp_path)))
        assert (tmp_path / "home/Library/CloudStorage" in clouds) is found


@pytest.mark.parametrize("name", ["win32", "darwin"])
def test_where_postgresql_is(name: str) -> None:
    assert postgresql.HIDDEN[name] != postgresql.HIDDEN["linux"]
