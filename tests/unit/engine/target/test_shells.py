"""Steps as lines that a person can paste."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.windows_shells import read_by_cmd, read_by_powershell, words_of

from envcheck.model import Rename, Run, SetEnv, Tell, UnsetEnv, UsePython, Write
from envcheck.target.shells import SHELLS, command, learners, script

WORDS = st.lists(
    st.text(
        st.one_of(
            st.sampled_from("\n'~/=;\\%$"),
            st.characters(blacklist_characters="\0\r", blacklist_categories=["Cs"]),
        ),
        max_size=20,
    ),
    min_size=1,
    max_size=5,
)
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs sh")
PRINT = "import sys, os; os.write(1, '\\0'.join(sys.argv[1:]).encode())"
PRINTING = (sys.executable, "-I", "-S", "-c", PRINT)  # it needs nothing that is installed


# Every shell of this machine that reads POSIX lines, and fish; scripts/test brings those that are
# missing.
REAL = {
    "sh": "posix",
    "bash": "posix",
    "dash": "posix",
    "zsh": "posix",
    "ksh": "posix",
    "busybox sh": "posix",
    "fish": "fish",
}
THERE = [
    pytest.param(
        name,
        marks=[] if shutil.which(name.split()[0]) else pytest.mark.skip(reason=f"no {name} here"),
    )
    for name in REAL
]
NASTY = [
    "a b",
    "a'b",
    'a"b',
    "$HOME",
    "`id`",
    "caf\u00e9",
    "100%",
    "%PATH%",
    "a\\\\b",
    "\\",
    "c:\\",
    "!x!",
    "*",
    "[a]",
    "{a,b}",
    "=ls",
    "~",
    "~root",
    "-n",
]
NASTY += [
    "",
    "\u2019",
    "\u201cx\u201d",
    "a\nb",
    "\n",
    "~/a b\n",
    "x=~/a\n",
    "-n\n%s'1",
    "~/a\nb\\c",
    "\x1b1\u202e",
    "x;y",
    "a&b",
    "a|b",
    ">=1.0",
    "#",
    "~/a b/$x",
    "~/it's",
    "%self",
    "^",
    "a^b",
    "-a.b",
    "\\'",
    "~/\u2019",
]


def said_by(shell: str, lines: str) -> str:
    home = {
        "HOME": "/h o'me",
        "LC_ALL": "C.UTF-8",
        "PATH": "/usr/bin:/bin",
        "XDG_CONFIG_HOME": "/nowhere",
        "XDG_DATA_HOME": "/nowhere",
    }
    return subprocess.run(
        [*shell.split(), "-c", lines], env=home, capture_output=True, check=True
    ).stdout.decode()


def at_home(word: str, home: str = "/h o'me") -> str:
    """The word with this home for each `~` that is one: at its start, and behind `=`, `;` and `,`;
    on Windows also before a backslash.
    """
    behind = r"[/\\;,]" if "\\" in home else "[/;,]"
    start = rf"^~(?={behind}|$)" if "\\" in home else "^~(?=/|$)"
    return re.sub(rf"{start}|(?<=[=;,])~(?={behind}|$)", lambda _: home, word)


@posix
@pytest.mark.parametrize("shell", THERE)
def test_every_word_survives_each_real_shell(shell: str) -> None:
    """Blanks, quotes, dollars, percents, accents, backslashes and patterns reach the program as
    they are.
    """
    assert said_by(shell, command((*PRINTING, *NASTY), REAL[shell])).split("\0") == [
        at_home(word) for word in NASTY
    ]


@posix
@pytest.mark.parametrize("shell", THERE)
def test_every_value_survives_each_real_shell(shell: str) -> None:
    """A variable is set to exactly the value for what is started next, and is gone when it is
    unset.
    """
    show = Run(("printenv", "X"))  # starts ten times as fast as Python, and is started 280 times
    for value in NASTY:
        lines = script((SetEnv("X", value), show), REAL[shell])
        assert said_by(shell, lines) == f"{at_home(value)}\n"
    program = "import os; os.write(1, os.environ.get('X', 'gone').encode())"
    show = Run((sys.executable, "-I", "-S", "-c", program))  # it needs nothing that is installed
    assert said_by(shell, script((SetEnv("X", "1"), UnsetEnv("X"), show), REAL[shell])) == "gone"


@posix
@pytest.mark.parametrize("shell", THERE)
def test_an_environment_is_activated_in_each_real_shell(shell: str, tmp_path: Path) -> None:
    """The line for `use-python` makes that environment's Python the one that is typed, also in a
    folder with blanks.
    """
    place = tmp_path / "my course's" / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    line = script((UsePython(str(place / "bin" / "python"), "venv"),), REAL[shell])
    assert said_by(shell, f"{line}\npython -c 'import sys; print(sys.prefix)'").strip() == str(
        place
    )


@posix
@settings(max_examples=settings().max_examples // 3)  # each starts a shell
@given(WORDS)
@pytest.mark.parametrize("shell", [one for one in THERE if one.values[0] in ("sh", "fish")])
def test_every_word_survives(shell: str, words: list[str]) -> None:
    """Whatever is in a word, the shell hands on exactly that; only a leading `~/` is a home."""
    line = command((*PRINTING, *words), REAL[shell])
    assert said_by(shell, line) == "\0".join(at_home(word) for word in words)


ONE_LINE = st.lists(
    st.text(
        st.one_of(
            st.sampled_from("%\"'^&|<>()!~/\\ $`-.:=;A\u2019\u201c"),
            st.characters(exclude_categories=["C", "Z"]),
        ),
        max_size=12,
    ),
    max_size=4,
)


@settings(max_examples=settings().max_examples * 4)
@given(ONE_LINE)
def test_every_word_survives_cmd(words: list[str]) -> None:
    """No percent sign names a variable, no sign is an operator, and the program's own parser finds
    the same words.
    """
    got = words_of(read_by_cmd(command(("prog", *words), "cmd"), r"C:\Users\Ann Lee"))
    assert got == ["prog", *(at_home(word, r"C:\Users\Ann Lee") for word in words)]


@settings(max_examples=settings().max_examples * 4)
@given(ONE_LINE)
def test_every_word_survives_powershell(words: list[str]) -> None:
    """Straight and curly quotes, dollars, backticks and dashes are words like others."""
    got = read_by_powershell(command(("prog", *words), "powershell"), r"C:\Users\Ann Lee")
    assert got == ["prog", *(at_home(word, r"C:\Users\Ann Lee") for word in words)]


@given(st.text(st.sampled_from("%\"^&|<>()! A=;'\u00e9"), max_size=12))
def test_every_value_survives_cmd(value: str) -> None:
    """`set` gets the value as it is, whether with its own pair of quotes or behind carets."""
    read = read_by_cmd(script((SetEnv("X", value),), "cmd"), "")
    assert (read[5:-1] if read.startswith('set "') else read[4:]) == f"X={value}"


@given(
    st.lists(st.sampled_from(["~", "\\", "/", "=", ";", ",", "a", " ", "%", '"', "-p", "~\\ml"]))
)
def test_no_line_of_cmd_holds_a_bare_tilde(pieces: list[str]) -> None:
    """`~` is nothing to cmd. Whatever of a home was taken out of a step, the line finds it again."""
    line = command(("prog", *pieces), "cmd")
    read = words_of(read_by_cmd(line, r"C:\Users\Ann Lee"))
    assert not [word for word in read if re.search(r"(?:^|[=;,])~[/\\]", word)], line
    value = "".join(pieces)
    kept = read_by_cmd(script((SetEnv("X", value),), "cmd"), r"C:\Users\Ann Lee")
    assert not re.search(r"[=;,]~[/\\]", kept), kept


@pytest.mark.parametrize(
    ("platform", "variables", "shell"),
    [
        ("linux", {"SHELL": "/usr/bin/fish"}, "fish"),
        ("linux", {"SHELL": "/bin/zsh"}, "posix"),
        ("darwin", {}, "posix"),
        (
            "win32",
            {
                "PSModulePath": r"C:\Program Files\WindowsPowerShell\Modules;C:\Windows\system32\WindowsPowerShell\v1.0\Modules"
            },
            "cmd",
        ),
        (
            "win32",
            {
                "USERPROFILE": r"C:\Users\ann",
                "PSModulePath": r"C:\Users\ann\OneDrive\Dokumente\PowerShell\Modules;C:\x",
            },
            "powershell",
        ),
        ("win32", {"PSMODULEPATH": r"D:\Documents\WindowsPowerShell\Modules;C:\x"}, "powershell"),
        (
            "win32",
            {"MSYSTEM": "MINGW64", "SHELL": "/usr/bin/bash", "PSModulePath": r"D:\Documents\x"},
            "posix",
        ),
        ("win32", {}, "cmd"),
    ],
)
def test_the_learners_shell(platform: str, variables: dict[str, str], shell: str) -> None:
    """PSModulePath is set for the whole of Windows: only the person's own folder in it speaks of
    PowerShell.
    """
    assert learners(variables, platform) == shell


@pytest.mark.parametrize(
    ("words", "powershell", "cmd"),
    [
        (("python", "-m", "pip"), "python -m pip", "python -m pip"),
        (
            ("pip", "install", "numpy>=1.26"),
            "pip install 'numpy>=1.26'",
            'pip install "numpy>=1.26"',
        ),
        (
            (r"C:\Program Files\python.exe", "x"),
            r"& 'C:\Program Files\python.exe' x",
            r'"C:\Program Files\python.exe" x',
        ),
        (("a'b",), "& 'a''b'", "a'b"),
        (("x", "a & b", "c|d"), "x 'a & b' 'c|d'", 'x "a & b" "c|d"'),
        (
            ("~/ml/bin/python", "-V"),
            '& "$HOME/ml/bin/python" -V',
            '"%USERPROFILE%/ml/bin/python" -V',
        ),
        (("x", "~user/file", "a~/b"), "x '~user/file' 'a~/b'", "x ~user/file a~/b"),
        (
            ("x", r"--to=~\a;~\b"),
            r'x "--to=$HOME\a;$HOME\b"',
            r'x "--to=%USERPROFILE%\a;%USERPROFILE%\b"',
        ),
        (("x", "~/$HOME `x`"), 'x "$HOME/`$HOME ``x``"', 'x "%USERPROFILE%/$HOME `x`"'),
        (("x", ""), "x ''", 'x ""'),
        (("x", "50% of"), "x '50% of'", 'x "50"^%" of"'),
        (("x", "-a.b"), "x '-a.b'", "x -a.b"),
    ],
)
def test_windows_shells(words: tuple[str, ...], powershell: str, cmd: str) -> None:
    """PowerShell and cmd get their own quoting; a home is their own variable; `>=` is never a
    redirection.
    """
    assert command(words, "powershell") == powershell
    assert command(words, "cmd") == cmd


def test_environment_steps() -> None:
    """Setting, unsetting and renaming are said in each shell's words."""
    steps = (SetEnv("A", r"C:\x y"), UnsetEnv("B"), Rename("old", "new"))
    assert script(steps, "posix") == "export A='C:\\x y'\nunset B\nmv old new"
    assert (
        script(steps, "powershell")
        == "$Env:A = 'C:\\x y'\nRemove-Item Env:B\nMove-Item -LiteralPath old -Destination new"
    )
    assert script(steps, "cmd") == 'set "A=C:\\x y"\nset B=\nmove old new'
    assert script(steps, "fish") == "set -gx A 'C:\\\\x y'\nset -e B\nmv old new"
    assert script((SetEnv("A", "1"),), "powershell") == "$Env:A = '1'"


def test_an_environment_is_activated_in_each_shells_words() -> None:
    """A venv by its own script, conda by name of its folder; a Python that is no environment has no
    such line.
    """
    venv, conda = (
        UsePython(r"C:\my course\.venv\Scripts\python.exe", "venv"),
        UsePython("/opt/conda/envs/ml/bin/python", "conda"),
    )
    assert script((venv,), "powershell") == r"& 'C:\my course\.venv\Scripts\Activate.ps1'"
    assert script((venv,), "cmd") == r'"C:\my course\.venv\Scripts\activate.bat"'
    assert {script((conda,), shell) for shell in ("posix", "fish")} == {
        "conda activate /opt/conda/envs/ml"
    }
    assert (
        script((UsePython(r"C:\conda\envs\ml\python.exe", "conda"),), "cmd")
        == r"conda activate C:\conda\envs\ml"
    )
    assert script((UsePython("/usr/bin/python3.12"),), "posix") == ""


@pytest.mark.parametrize("shell", SHELLS)
def test_steps_without_a_line(shell: str) -> None:
    """What no shell line can say is left out, not invented."""
    assert script((Tell("do it"), UsePython("/p"), Write("/f", "text")), shell) == ""


WINDOWS_ML = r"C:\Users\Ann Lee\envs\ml\python.exe"
HERE = UsePython("/c/envs/ml/bin/python", "conda", "/c")
STACKED = UsePython("/c/envs/ml/bin/python", "conda", stacked=True)
THERE_TOO = UsePython(WINDOWS_ML, "conda", r"C:\Miniconda 3")


@pytest.mark.parametrize(
    ("step", "shell", "line"),
    [
        (HERE, "posix", ". /c/bin/activate /c/envs/ml"),
        (HERE, "fish", "source /c/etc/fish/conf.d/conda.fish; and conda activate /c/envs/ml"),
        (HERE, "powershell", "& /c/shell/condabin/conda-hook.ps1; conda activate /c/envs/ml"),
        (
            THERE_TOO,
            "powershell",
            r"& 'C:\Miniconda 3\shell\condabin\conda-hook.ps1'; conda activate 'C:\Users\Ann Lee\envs\ml'",
        ),
        (THERE_TOO, "cmd", r'"C:\Miniconda 3\condabin\activate.bat" "C:\Users\Ann Lee\envs\ml"'),
        (STACKED, "posix", "conda deactivate; conda activate --stack /c/envs/ml"),
        (STACKED, "powershell", "conda deactivate; conda activate --stack /c/envs/ml"),
        (STACKED, "cmd", "conda deactivate\nconda activate --stack /c/envs/ml"),
        (UsePython(WINDOWS_ML, "mamba"), "cmd", r'mamba activate "C:\Users\Ann Lee\envs\ml"'),
        (
            UsePython(WINDOWS_ML, "micromamba", r"C:\m\micromamba.exe"),
            "powershell",
            r"C:\m\micromamba.exe shell hook --shell powershell | Out-String | Invoke-Expression; "
            r"micromamba activate 'C:\Users\Ann Lee\envs\ml'",
        ),
        (
            UsePython(WINDOWS_ML, "micromamba", r"C:\m\micromamba.exe"),
            "cmd",
            r'C:\m\micromamba.exe run --prefix "C:\Users\Ann Lee\envs\ml" cmd',
        ),
    ],
)
def test_condas_activation_in_each_shell(step: UsePython, shell: str, line: str) -> None:
    """By its own file where this terminal does not know it, and by the name that it has here."""
    assert script((step,), shell) == line


HOOK = """#!/bin/sh
if [ "$4" = fish ]; then echo 'function micromamba; set -gx PATH $argv[2]/bin $PATH; end'; exit; fi
echo 'micromamba() { PATH="$2/bin:$PATH"; export PATH; }'
"""


@posix
@pytest.mark.parametrize("shell", THERE)
def test_micromamba_in_each_real_shell(shell: str, tmp_path: Path) -> None:
    """It prints its hook for this terminal, which then knows it."""
    program, python = tmp_path / "my bin" / "micromamba", tmp_path / "it's" / "bin" / "python"
    for file, text in ((program, HOOK), (python, "#!/bin/sh\necho this one\n")):
        file.parent.mkdir(parents=True)
        file.write_text(text)
        file.chmod(0o755)
    line = script((UsePython(str(python), "micromamba", str(program)),), REAL[shell])
    assert said_by(shell, f"{line}\npython").strip() == "this one"
