"""What envcheck has for Windows' cmd is read by a cmd: Wine's. The launcher is a batch file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests import wine
from tests.wine import STAND_IN, Wine

from envcheck.model import Rename, Run, SetEnv, Step, UnsetEnv
from envcheck.target.shells import script

pytestmark = pytest.mark.slow
LAUNCHER = Path(__file__).parents[2] / "launcher" / "envcheck.cmd"
NAME = "Zoë & Müller!"
# Signs that cmd reads as its own where they stand outside of quotes, or in any place (`%`).
NAMES = ("it's ^here^, x=y", "(a) & b [1] ~ @ # $ + `", "50% (off)", "%USERNAME%", "a;b")


@pytest.fixture(scope="session")
def windows() -> Iterator[Wine]:
    with wine.running() as running:
        yield running


def installed(folder: Path, *places: str, name: str = NAME) -> Path:
    """The launcher in a Scripts below this folder, and stand-ins for Python at these places."""
    scripts = folder / name / "Python313" / "Scripts"
    scripts.mkdir(parents=True)
    shutil.copy(LAUNCHER, scripts)
    for place in places:
        file = scripts / place
        file.parent.mkdir(exist_ok=True)
        file.write_text(STAND_IN)
        file.chmod(0o755)
    return scripts


def said(program: Path) -> list[str]:
    """What a stand-in was started with, once."""
    (words,) = wine.said(program.parent)
    return words


@pytest.mark.parametrize(
    ("place", "before"),
    [
        ("python.exe", ["-I", "-X", "utf8"]),  # of a virtual environment
        ("../python.exe", ["-I", "-X", "utf8"]),  # conda's and python.org's
        ("on path/py.exe", ["-3.13", "-E", "-X", "utf8"]),  # `pip install --user`
        ("on path/python.exe", ["-E", "-X", "utf8"]),  # the same, without a launcher
    ],
)
def test_the_launcher_finds_its_python(
    windows: Wine, tmp_path: Path, place: str, before: list[str]
) -> None:
    """In a folder with a blank and letters outside of ASCII; the words come through whole."""
    scripts = installed(tmp_path, place)
    path = f"{scripts}/on path".replace("/", "\\")
    windows.batch(
        tmp_path,
        f'@set "PATH=Z:{path};%PATH%"\n@"{NAME}\\Python313\\Scripts\\envcheck" chapter2 "a b" --python "3.12"\n',
    )
    words = [*before, "-m", "envcheck", "chapter2", "a b", "--python", "3.12"]
    assert said(scripts / place) == words


@pytest.mark.parametrize(
    ("name", "place"), [(NAMES[0], "on path/py.exe"), (NAMES[1], "python.exe")]
)
def test_the_launcher_in_a_folder_of_any_name(
    windows: Wine, tmp_path: Path, name: str, place: str
) -> None:
    """But for `%`: Wine reads what it puts in for `%~dp0` again, and Windows does not."""
    scripts = installed(tmp_path, place, name=name)
    path = f"{scripts}/on path".replace("/", "\\")
    windows.batch(
        tmp_path,
        f'@set "PATH=Z:{path};%PATH%"\n@"{name}\\Python313\\Scripts\\envcheck" list "{name}"\n',
    )
    assert said(scripts / place)[-2:] == ["list", name]


def test_a_batch_file_goes_on_only_after_call(windows: Wine, tmp_path: Path) -> None:
    """The README's `call envcheck`, and the exit code of a program of Windows."""
    scripts = installed(tmp_path)
    shutil.copy(windows.cmd, scripts / "python.exe")
    line = f'"{NAME}\\Python313\\Scripts\\envcheck" chapter2'
    after = "@echo it was %errorlevel%\n@exit /b 4\n"
    called = windows.batch(tmp_path, f"@call {line}\n{after}", typed="exit 1\n")
    assert b"it was 1\r\n" in called.stdout
    assert called.returncode == 4
    alone = windows.batch(tmp_path, f"@{line}\n{after}", typed="exit 3\n")
    assert b"it was" not in alone.stdout
    assert alone.returncode == 3


def test_the_launcher_leaves_the_variables_alone(windows: Wine, tmp_path: Path) -> None:
    """What it sets aside for Python is the terminal's again afterwards."""
    scripts = installed(tmp_path, "python.exe")
    done = windows.batch(
        tmp_path,
        '@set "PYTHONEXECUTABLE=C:\\x y"\n'
        f'@call "{NAME}\\Python313\\Scripts\\envcheck" list\n'
        "@echo [%PYTHONEXECUTABLE%] [%ENVCHECK_COMMAND%] [%ENVCHECK_PYTHON%]\n",
    )
    assert b"[C:\\x y] [] []" in done.stdout
    assert said(scripts / "python.exe")[-1] == "list"


WORDS = (
    ("pip", "install", "numpy>=1.26,<2"),
    (r"C:\Program Files\Python\python.exe", "-m", "pip"),
    ("x", "a & b", "c|d", "e^f", "(g)", "!h!"),
    ("x", "~/ml/bin/python", "~", r"--to=~\a;~\b", "a~/b"),
    ("x", "", "'q'", "C:\\ends with\\"),
    *(("x", rf"C:\Users\{name}\ml", f"~/{name}") for name in NAMES),
    ("x", f"~/{NAME}/ml", "tab\there", "a=b", "a,b;c"),
)
STEPS: tuple[Step, ...] = (
    *map(Run, WORDS),
    Rename(r"~\ml\queue.py", r"~\ml\queue.py.envcheck-backup-1"),
    SetEnv("MPLBACKEND", "a & b"),
    SetEnv("JUPYTER_PATH", r"~\share;C:\x"),
    SetEnv("HTTP_PROXY", "http://u:50%25@host/?a&b"),
    *(SetEnv("JUPYTER_PATH", rf"C:\Users\{name}\share") for name in NAMES),
    UnsetEnv("PYTHONHOME"),
)


def test_what_wine_cannot_show() -> None:
    """Only lines whose variable never comes through are left out."""
    left_out = [
        line
        for line in ('set "HOME=/x"', "set TMP=a", 'set "PYTHONHOME=x"', "x HOME=1")
        if wine.OTHERWISE.search(line)
    ]
    assert left_out == ['set "HOME=/x"', "set TMP=a"]


def test_cmd_reads_lines_as_our_reader_does(windows: Wine, tmp_path: Path) -> None:
    """tests/windows_shells.py stands for cmd in all tests of fixes."""
    wine.assert_read(windows, tmp_path, [script((step,), "cmd") for step in STEPS])


def test_a_line_that_cmd_would_read_otherwise_is_seen(windows: Wine, tmp_path: Path) -> None:
    """`~` is no home to it, and a bare `&` begins another command."""
    home = windows.home(tmp_path)
    (tmp_path / "said").unlink()
    lines = [r"~\ml\.venv\Scripts\activate.bat", "x a&b", '"%USERPROFILE%\\ml"']
    read = windows.read(tmp_path, lines)
    assert read == [[r"~\ml\.venv\Scripts\activate.bat"], ["x", "a"], [f"{home}\\ml"]]
