"""Facts of Windows that a Linux does not have, each with its system calls described."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from bootstrap.errors import NoEnvironment
from tests.unit.described_machines import on

from bootstrap import files as files_of_file
from bootstrap import launch as launch_of_file
from bootstrap import programs as programs_of_file
from bootstrap import python_check as python_check_of_file
from bootstrap import typed as typed_of_file
from envcheck.fixes.terminal_lines import environment_lines
from envcheck.model import UnsetEnv
from envcheck.privacy import Scrubber, scrubber_for
from envcheck.processes import console, watchdog
from envcheck.processes.process import Ending, Finished
from envcheck.target.interpreter import Trouble, Unusable
from envcheck.target.startup_files import set_in
from envcheck.testing import interpreter
from envcheck_checks.interference.variables import foreign_python_path
from envcheck_checks.python import redirector
from envcheck_checks.python.replacement import Wanted

ROOT = Path(__file__).parents[3]
# Of the file that learners start, which Python 2 reads too: no types.
files: Any = files_of_file
launch: Any = launch_of_file
programs: Any = programs_of_file
python_check: Any = python_check_of_file
typed: Any = typed_of_file
PYTHON = r"C:\ml\.venv\Scripts\python.exe"


def ended(code: int, said: str) -> Unusable:
    finished = Finished((PYTHON,), Ending.EXITED, code, "", said, 0.1)
    return Unusable(Trouble.FAILS, (PYTHON,), finished)


@pytest.mark.parametrize(
    ("code", "said", "part"),
    [
        (103, r"No Python at 'C:\Users\zoe\AppData\Local\Programs\Python\Python312\python.exe'", "no longer"),
        (103, "No Python at '\"C:\\Program Files\\Python39\\python.exe\"'", "no longer"),
        (101, "Unable to create process using '\"C:\\Python311\\python.exe\" -c x'", "no longer"),
        (106, "failed to locate pyvenv.cfg: The system cannot find the file specified. ", "pyvenv.cfg"),
        (106, "Cannot find pyvenv.cfg", "pyvenv.cfg"),
        (1, "error: uv trampoline failed to spawn Python child process\n  Caused by: program not found", "no longer"),
        (103, r"did not find executable at 'C:\Python314\python.exe': The system cannot find the path specified.", "no longer"),
        (103, r"did not find executable at 'C:\Python314\python.exe': ", "no longer"),  # its words in Windows' language are lost
        (107, r"no home= specified in 'C:\ml\.venv\pyvenv.cfg'", "names no Python"),
        (107, r"failed to decode home setting in 'C:\ml\.venv\pyvenv.cfg': x", "names no Python"),
        (107, r"failed to open 'C:\ml\.venv\pyvenv.cfg': Access is denied.", "pyvenv.cfg"),
        (1, "error: uv trampoline failed to spawn Python child process\n  Caused by: entity not found (os error 2)", "no longer"),
        (107, "", "names no Python"),
        (103, "", "no longer"),
    ],
)  # fmt: skip
def test_the_redirector_of_a_venv(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str, part: str
) -> None:
    """The commonest broken venv: its base was uninstalled or upgraded, or its settings are gone."""
    # Which Python is offered instead is asked of the Pythons of this machine, a fifth of a second
    monkeypatch.setattr(python_check, "offer_another_python", lambda target, pythons: [])
    found = redirector.diagnose(on("win32", tmp_path), ended(code, said), Wanted(">=3.7", ()))
    assert found is not None
    assert found.code == "python-environment-broken"
    assert part in found.summary
    if said:  # the file that learners start says the same
        program = tmp_path / "python.exe"
        program.touch()
        target = SimpleNamespace(
            command=str(program), finished=SimpleNamespace(output=said, code=code, last_words="")
        )
        mine = python_check.diagnose_no_answer(target)
        assert (mine["code"], mine["summary"]) == (found.code, found.summary)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (101, f"Unable to create process using '\"{sys.executable}\" -c x': Access is denied."),
        (
            1,
            "error: uv trampoline failed to spawn Python child process\n  Caused by: x (os error 5)",
        ),
        (1, "ModuleNotFoundError: No module named 'encodings'"),
        (103, "SystemExit: 103, by a start-up file"),
        (1, ""),
    ],
)
def test_other_ends_are_not_the_redirectors(tmp_path: Path, code: int, said: str) -> None:
    wanted = Wanted(">=3.7", ())
    assert redirector.diagnose(on("win32", tmp_path), ended(code, said), wanted) is None
    assert not python_check.REDIRECTOR.search(said) or python_check.base_is_there(said)


@pytest.mark.parametrize(
    ("entry", "foreign"),
    [
        (r"C:\Users\zoe\lib;D:\more", ""),
        (r"c:\python312\lib\site-packages", ""),  # this Python's own, in another case
        (r"C:\mine;C:\Python39\Lib\site-packages", r"C:\Python39\Lib\site-packages"),
        (r"C:\Python312-32\Lib\site-packages", r"C:\Python312-32\Lib\site-packages"),
    ],
)
def test_a_list_of_folders_is_windows_own(tmp_path: Path, entry: str, foreign: str) -> None:
    """`;` parts it, a drive's `:` does not, and the case of a name is nothing."""
    python = replace(interpreter(), base_prefix=r"C:\Python312", prefix=r"C:\ml\.venv")
    assert foreign_python_path(on("win32", tmp_path, PYTHONPATH=entry), python) == foreign


class Registry(ModuleType):
    """winreg, with values by hive and name."""

    HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE = "HKCU", "HKLM"

    def __init__(self, values: set[tuple[str, str]]) -> None:
        super().__init__("winreg")
        self.values = values

    def OpenKey(self, hive: str, key: str) -> Any:  # its name there
        assert key.endswith("Environment")
        import contextlib

        return contextlib.nullcontext(hive)

    def QueryValueEx(self, hive: str, name: str) -> tuple[str, int]:
        if (hive, name.upper()) not in self.values:
            raise FileNotFoundError(name)
        return "value", 1


def test_a_variable_that_windows_keeps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`set NAME=` is for this terminal; the next one has it from the registry again."""
    env = on("win32", tmp_path, PIP_NO_INDEX="1")
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "winreg", Registry({("HKCU", "PIP_NO_INDEX")}))
    lines = environment_lines(env, (UnsetEnv("PIP_NO_INDEX"),))
    assert "your environment variables" in lines[1]
    machines = Registry({("HKLM", "PIP_NO_INDEX")})
    monkeypatch.setitem(sys.modules, "winreg", machines)
    assert "administrator" in set_in(env, "PIP_NO_INDEX")[0]
    assert set_in(env, "PIP_INDEX_URL") == []


HOME = r"C:\Users\Ana Lopez"


@pytest.mark.parametrize(
    "text",
    [
        r"c:\users\ana lopez\ml",
        r"C:\USERS\ANA LOPEZ\ml",
        "file:///C:/Users/Ana%20Lopez/ml",
        r"C:\Users\ANALOP~1\ml",
        r"c:\users\analop~2\AppData\Local\Temp",
        "C:/Users/Ana Lopez/ml",
        "'C:\\\\Users\\\\Ana Lopez\\\\ml'",
        r"\\LAPTOP-7\c$\x",
        "laptop-7/share",
        r"D:\work\ANA LOPEZ\x",
        r"H:\ml",
    ],
)
def test_names_in_every_form_of_windows(text: str) -> None:
    """Any case, 8.3 names, and USERPROFILE where HOME was set to another drive."""
    scrubber = replace(Scrubber(HOME, "Ana Lopez", "LAPTOP-7"), homes=("H:\\ml",))
    said = scrubber.text(f"in /{text}" if text.startswith("laptop") else f"in {text}")
    assert not re.search(r"ana.?lop|laptop|H:", said, re.IGNORECASE), said


def test_a_home_beside_the_profile() -> None:
    variables = {
        "HOME": "H:\\", "USERPROFILE": HOME, "HOMEDRIVE": "D:", "HOMEPATH": "\\ana", "USERNAME": "x",
    }  # fmt: skip
    said = scrubber_for(variables).text(rf"{HOME}\a and D:\ana\b and C:\x")
    assert said == r"~\a and ~\b and C:\x"


class Kernel32:
    """A console with a mode, or NUL, which has none."""

    def __init__(self, mode: int | None, *, modern: bool = True) -> None:
        self.mode, self.modern = mode, modern

    def GetConsoleMode(self, _: int, place: Any) -> int:  # its name there
        if self.mode is not None:
            place._obj.value = self.mode
        return self.mode is not None

    def SetConsoleMode(self, _: int, mode: int) -> int:
        self.mode = mode if self.modern else self.mode
        return self.modern


@pytest.mark.parametrize(
    ("kernel32", "person", "colours"),
    [
        (Kernel32(None), False, False),  # NUL, for which isatty is true
        (Kernel32(3), True, True),  # the classic console, which is asked
        (Kernel32(7), True, True),
        (Kernel32(3, modern=False), True, False),  # of Windows 8
    ],
)
def test_a_console_of_windows(
    monkeypatch: pytest.MonkeyPatch, kernel32: Kernel32, person: bool, colours: bool
) -> None:
    import ctypes

    calls = SimpleNamespace(kernel32=kernel32)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", calls, raising=False)
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(get_osfhandle=int))
    stream = SimpleNamespace(isatty=lambda: True, fileno=lambda: 1)
    assert console.is_console(stream) is person
    assert console.shows_colours(stream) is colours
    if colours:
        assert kernel32.mode is not None
        assert kernel32.mode & console.UNDERSTANDS_CODES  # it was asked to, as it must be


@pytest.mark.parametrize(
    ("variables", "takes"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, True),
        ({"TERM": "dumb"}, False),
        ({"ConEmuANSI": "ON"}, True),
        ({"TERM": "cygwin"}, True),
    ],
)
def test_who_asks_for_no_colours(variables: dict[str, str], takes: bool) -> None:
    """TERM=dumb is Emacs' shell and a log: codes would be shown raw."""
    assert console.takes_colours(variables) is takes


def test_the_watchdog_outlives_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing a console ends all that is attached to it: the watchdog is not."""
    flags = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **how: flags.append(how))
    monkeypatch.setattr(threading, "Thread", lambda **_: SimpleNamespace(start=int))
    watchdog.Watchdog("mark")
    assert flags[0]["creationflags"] & 0x8000000
    assert not flags[0]["start_new_session"]


def test_no_name_is_looked_for_twice() -> None:
    """`tempfile` takes "access is denied" on Windows for a name that is taken, and tries others for
    minutes (python/cpython#66305): a file or folder is made by one exclusive try.
    """
    probing = re.compile(r"tempfile\.(mkdtemp|mkstemp|\w*TemporaryFile|TemporaryDirectory)")
    for file in [*ROOT.glob("src/**/*.py"), *ROOT.glob("checks/**/*.py"), ROOT / "run-envcheck.py"]:
        assert not probing.search(file.read_text(encoding="utf-8")), file


def test_the_launcher_of_windows_is_asked_with_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """`py FILE` obeys the file's first line and may start the Store's alias (cpython#100107)."""
    asked = []

    def answer(words: list[str], env: dict[str, str]) -> bytes:
        assert env["PYTHON_MANAGER_AUTOMATIC_INSTALL"] == "false", "then it may download a Python"
        asked.append(words)
        return sys.executable.encode()

    monkeypatch.setattr(typed, "WINDOWS", True)
    monkeypatch.setattr(typed, "which", lambda name: f"C:\\Windows\\{name}.exe")
    monkeypatch.setattr(subprocess, "check_output", answer)
    assert typed.typed_python(sys.executable) == ["py", "-3"]
    assert asked[0][1] == "-3"
    assert typed.typed_python("python") == ["python"]
    assert typed.typed_python("py") == typed.typed_python("PY.EXE") == ["py", "-3"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "py -3 run-envcheck.py" in readme
    assert "`py run-envcheck.py" not in readme


def test_a_launcher_that_starts_another_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """`python3=3.9` in py.ini, or PY_PYTHON3: then `py -3` is not what is printed."""
    monkeypatch.setattr(typed, "WINDOWS", True)
    monkeypatch.setattr(typed, "which", lambda name: f"C:\\Windows\\{name}.exe")
    monkeypatch.setattr(subprocess, "check_output", lambda *_, **__: b"C:\\Python39\\python.exe")
    for word in ("py", sys.executable):
        assert typed.typed_python(word) == [sys.executable]


def test_taskkill_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its "SUCCESS: ..." would stand in the JSON of the report."""
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(subprocess, "call", lambda *_, **how: calls.append(how))
    programs.end_group(SimpleNamespace(pid=7))
    assert calls[0]["stdout"] is calls[0]["stderr"] is not None


def test_an_environment_of_the_stores_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it makes below LOCALAPPDATA lies elsewhere for the program that it starts."""
    real = tmp_path / "Packages" / "LocalCache" / "envcheck"
    real.mkdir(parents=True)
    shown = tmp_path / "envcheck"
    shown.symlink_to(real)
    monkeypatch.setattr(files, "WINDOWS", True)
    assert files.where_it_is(str(shown)) == str(real)


def test_an_environment_that_cannot_be_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file answers without envcheck then; no traceback."""
    monkeypatch.setattr(launch, "WINDOWS", True)
    with pytest.raises(NoEnvironment, match="cannot be started"):
        launch.start_envcheck(str(tmp_path / "nowhere"), ["list"], "")


def test_the_stores_environment_is_started_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its python.exe is no file at the place where the Store's Python is shown it."""
    started: list[str] = []
    monkeypatch.setattr(launch, "where_it_is", lambda place: place + "-really")
    monkeypatch.setattr(launch, "start_python", lambda python, *_: started.append(python))
    launch.start_envcheck(str(tmp_path / "env"), ["list"], "")
    assert Path(started[0]).parents[1] == tmp_path / "env-really"


def test_line_ends_of_a_checkout() -> None:
    """`core.autocrlf` is on by Git's installer for Windows."""
    lines = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert {"launcher/* text eol=lf", "launcher/*.cmd text eol=crlf"} <= set(lines)
    assert b"\r" not in (ROOT / "launcher/envcheck").read_bytes()


def test_signs_of_a_user_s_name_in_the_launcher() -> None:
    """`!` in a path is an operator for a cmd that was started with /v:on, or told so in the registry
    (Wine's is not, whatever it is told); `&` and `^` within quotes are none.
    """
    lines = (ROOT / "launcher/envcheck.cmd").read_bytes().decode("ascii").split("\r\n")
    assert lines[2] == "setlocal EnableExtensions DisableDelayedExpansion"
