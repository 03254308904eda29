"""Commands are made for this machine's managers and system, and installations are taken back by the
manager that made them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from envcheck import Fix, Run, UsePython
from envcheck.environment import Environment, Located
from envcheck.fixes import advice, apply, terminal_lines
from envcheck.fixes.state import FixState
from envcheck.model import Confidence, Course, SetEnv, Tell, UnsetEnv
from envcheck.run.request import Request
from envcheck.run.workplace import environment
from envcheck.target import managers, shells, systems
from envcheck.target.conda import Record, records
from envcheck.testing import described, interpreter

posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
# Stands in for conda: writes down its words, and puts in or takes out what they name.
STAND_IN = """#!/bin/sh
printf '%s\\n' "$*" >> "{log}"
verb=$1; shift 3; prefix=$1; shift
for word in "$@"; do
  case "$verb $word" in
    install\\ [a-z]*) name=${{word%%[>=]*}}; [ "$name" = conda-forge ] || echo {{}} > "$prefix/conda-meta/$name-1.0-py_0.json" ;;
    remove\\ *) rm "$prefix/conda-meta/$word-1.0-py_0.json" ;;
  esac
done
"""


@pytest.fixture
def conda(tmp_path: Path) -> Path:
    """A folder of programs with a stand-in `mamba`, and an environment with conda's mark."""
    for name in ("bin", "course"):
        (tmp_path / name).mkdir()
    program = tmp_path / "bin" / "mamba"
    program.write_text(STAND_IN.format(log=tmp_path / "log"))
    program.chmod(0o755)
    place = tmp_path / "envs" / "ml"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    (place / "conda-meta").mkdir()
    (place / "conda-meta" / "python-3.12.1-h1_0.json").write_text("{}")
    return tmp_path


def words(fix: Fix) -> list[tuple[str, ...]]:
    return [step.argv for step in fix.steps if isinstance(step, Run)]


def on(folder: Path, variables: Mapping[str, str] | None = None) -> Environment:
    return described(folder=folder, variables={"PATH": "/nowhere", **(variables or {})})


@posix
def test_condas_environment_is_changed_by_conda_and_goes_back_by_it(conda: Path) -> None:
    """Really run, with a stand-in: what it put there is taken out by the same program, and nothing
    else is.
    """
    python = conda / "envs" / "ml" / "bin" / "python"
    variables = {"PATH": f"{conda / 'bin'}:/usr/bin:/bin", "HOME": str(conda)}
    asked = Request(
        Course("", "", []), (), (), Located((str(python),), "the test"), variables, conda / "course"
    )
    with environment(asked) as env:
        found = interpreter(kind="conda-env", prefix=str(conda / "envs" / "ml"))
        fix = advice.install(env, found, ["--upgrade", "--no-cache-dir", "numpy>=1.17"])
        result = apply.carry_out(
            env, fix, FixState(asked.located, variables), lambda seconds, text: None
        )
        assert result.failed == ""
        assert (conda / "envs/ml/conda-meta/numpy-1.0-py_0.json").exists()
        assert apply.take_back(env, result.state.undo_steps, lambda seconds, text: None) == (
            (),
            None,
        )
    start = f"--yes --prefix {conda}/envs/ml"
    assert (conda / "log").read_text().splitlines() == [
        f"install {start} numpy>=1.17",
        f"remove {start} numpy",
    ]
    assert os.listdir(conda / "envs/ml/conda-meta") == ["python-3.12.1-h1_0.json"]  # noqa: PTH208  # names are wanted


@posix
def test_what_pip_put_into_condas_environment_is_changed_by_pip(conda: Path) -> None:
    """Two managers must not write over each other's files."""
    env = on(conda / "course", {"PATH": str(conda / "bin")})
    found = interpreter(
        kind="conda-env", prefix=str(conda / "envs" / "ml"), packages={"numpy": "1.0"}
    )
    assert words(advice.install(env, found, ["--force-reinstall", "numpy"])) == [
        (found.executable, "-m", "pip", "install", "--force-reinstall", "--no-deps", "numpy")
    ]
    other = words(advice.install(env, found, ["--force-reinstall", "pandas"]))[0]
    assert other[:2] == (str(conda / "bin" / "mamba"), "install")
    assert other[-2:] == ("--force-reinstall", "pandas")
    both = words(advice.install(env, found, ["--force-reinstall", "numpy", "pandas"]))
    assert [argv[-1] for argv in both] == ["pandas", "numpy"]


@posix
@pytest.mark.parametrize("options", [["--force-reinstall"], ["--force-reinstall", "--no-deps"]])
def test_what_is_forced_is_forced_alone(options: list[str], conda: Path) -> None:
    """pip would force whatever else stands in the line, or is needed, over conda's."""
    env = on(conda / "course", {"PATH": str(conda / "bin")})
    place = conda / "envs" / "ml"
    (place / "conda-meta" / "numpy-1.26.4-py312_0.json").write_text("{}")
    found = interpreter(
        kind="conda-env", prefix=str(place), packages={"numpy": "1.26.4", "seaborn": "0.12"}
    )
    rows = tuple(
        replace(row, requires=("numpy>=1.20",)) if row.name == "seaborn" else row
        for row in found.distributions
    )
    [argv] = words(advice.install(env, replace(found, distributions=rows), [*options, "seaborn"]))
    assert argv[1:] == ("-m", "pip", "install", "--force-reinstall", "--no-deps", "seaborn")


@posix
def test_pip_writes_over_nothing_of_condas(conda: Path) -> None:
    """What its package needs and conda manages stays in the version that it has."""
    env = on(conda / "course", {"PATH": str(conda / "bin")})
    place = conda / "envs" / "ml"
    (place / "conda-meta" / "numpy-1.26.4-py312_0.json").write_text("{}")
    found = interpreter(
        kind="conda-env", prefix=str(place), packages={"numpy": "1.26.4", "seaborn": "0.12"}
    )
    rows = [
        replace(row, requires=("numpy!=1.24.0,>=1.20",)) if row.name == "seaborn" else row
        for row in found.distributions
    ]
    [argv] = words(
        advice.install(env, replace(found, distributions=tuple(rows)), ["seaborn>=0.13"])
    )
    assert argv[1:] == ("-m", "pip", "install", "seaborn>=0.13", "numpy==1.26.4")


@posix
@pytest.mark.parametrize(
    ("records", "requirement", "said"),
    [
        ({}, "jupyter-client>=8", ["jupyter_client>=8"]),
        ({}, "pandera[pandas]>=0.20", ["pandera>=0.20"]),
        ({}, "fastjsonschema", ["python-fastjsonschema"]),
        ({"matplotlib-base-3.8-py_0": ""}, "matplotlib>=3.9", ["matplotlib-base>=3.9"]),
        ({"nbconvert_core-7.0-py_0": ""}, "nbconvert-core", ["nbconvert_core"]),
        (
            {
                "numpy-2.0-py_0": "https://conda.anaconda.org/conda-forge/linux-64",
                "pip-24.0-py_0": "https://conda.anaconda.org/conda-forge/noarch",
                "x-1-py_0": "https://repo.anaconda.com/pkgs/main/noarch",
            },
            "seaborn",
            ["--channel", "conda-forge", "--channel", "defaults", "seaborn"],
        ),
        (
            {"numpy-2.0-py_0": "file:///srv/channels/campus/linux-64"},
            "seaborn",
            ["--channel", "file:///srv/channels/campus", "seaborn"],
        ),
    ],
)
def test_condas_own_names_and_channels(
    conda: Path, records: dict[str, str], requirement: str, said: list[str]
) -> None:
    """No brackets; the channels are those that the environment came from."""
    place = conda / "envs" / "ml"
    for name, channel in records.items():
        (place / "conda-meta" / f"{name}.json").write_text(f'{{"channel": "{channel}"}}')
    found = interpreter(kind="conda-env", prefix=str(place))
    env = on(conda / "course", {"PATH": str(conda / "bin")})
    assert list(advice.install_command(env, found, [requirement])[5:]) == said


def test_conda_is_found_by_the_history_of_the_environment(tmp_path: Path) -> None:
    """Nothing on PATH knows it, and the environment says who made it."""
    program = tmp_path / "mini conda" / "bin" / "conda"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    (tmp_path / "ml" / "conda-meta").mkdir(parents=True)
    (tmp_path / "ml" / "conda-meta" / "history").write_text(
        f"==> 2026-11-28 11:09:58 <==\n# cmd: {program} create -y -n ml python=3.11\n"
    )
    found = interpreter(kind="conda-env", prefix=str(tmp_path / "ml"))
    argv = advice.install_command(on(tmp_path), found, ["seaborn"])
    assert argv == (str(program), "install", "--yes", "--prefix", found.prefix, "seaborn")


def test_conda_goes_back_by_address(tmp_path: Path) -> None:
    """An address needs no channel and no solving."""
    folder = "https://conda.anaconda.org/conda-forge/linux-64"
    (tmp_path / "conda-meta").mkdir()
    note = tmp_path / "conda-meta" / "numpy-1.26.4-py_0.json"
    note.write_text(f'{{"url": "{folder}/numpy-1.26.4-py_0.conda"}}')
    before = records(tmp_path)
    after = [Record("numpy", "2.4.6", "py_0"), Record("wheel", "1.0", "py_0")]
    back = managers.conda_back("/a/conda", str(tmp_path), before, after)
    start = ("--yes", "--prefix", str(tmp_path))
    assert back == [
        ("/a/conda", "remove", *start, "wheel"),
        ("/a/conda", "install", *start, f"{folder}/numpy-1.26.4-py_0.conda"),
    ]


@posix
def test_conda_is_given_its_own_words(conda: Path) -> None:
    """Not pip's options. A bare name that is to become newer is updated, a version that is asked
    for is installed.
    """
    env, found = (
        on(conda / "course", {"PATH": str(conda / "bin")}),
        interpreter(kind="conda-env", prefix="/envs/ml"),
    )
    start = (
        str(conda / "bin" / "mamba"),
        "install",
        "--yes",
        "--prefix",
        "/envs/ml",
    )

    def said(*requirements: str) -> tuple[str, ...]:
        return advice.install_command(env, found, requirements)

    again = ("--force-reinstall", "--no-deps")
    assert said(*again, "--no-cache-dir", "--ignore-installed", "pandas==3.0") == (
        *start,
        *again,
        "pandas==3.0",
    )
    assert said("--upgrade", "pandas>=1.0") == (*start, "pandas>=1.0")
    assert said("--upgrade", *again, "--no-cache-dir", "pandas") == (
        start[0],
        "update",
        *start[2:],
        "--no-deps",
        "pandas",
    )


@pytest.mark.parametrize("kind", ["system", "pyenv", "installation", "homebrew", "conda"])
def test_a_python_that_is_no_environment_is_never_changed(kind: str, tmp_path: Path) -> None:
    """The fix makes `.venv` in the course folder, whose mark may be in a folder above, and says how
    it is activated.
    """
    (tmp_path / ".git").mkdir()
    (tmp_path / "chapter2").mkdir()
    python = interpreter(kind=kind, prefix="/usr")
    fix = advice.install(on(tmp_path / "chapter2"), python, ["--upgrade", "numpy"])
    place = tmp_path / ".venv"
    assert fix.automatic
    assert words(fix)[0] == (python.executable, "-m", "venv", str(place))
    assert all(
        argv[0].startswith(str(place)) and "--upgrade" not in argv for argv in words(fix)[1:]
    )
    assert isinstance(fix.steps[-1], UsePython) and fix.steps[-1].kind == "venv"


def test_an_environment_that_is_there_is_not_made_anew_without_asking(tmp_path: Path) -> None:
    """Not a dead link either: somebody must look at it."""
    (tmp_path / ".venv").symlink_to("gone")
    assert (
        advice.new_environment(on(tmp_path), interpreter(kind="system"), []).confidence
        is Confidence.ASK
    )


def test_a_missing_venv_part_is_the_first_step_and_a_persons(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without ensurepip `python -m venv` fails half-way: the line that installs it comes first, and
    nothing is automatic.
    """
    monkeypatch.setattr(systems, "family", lambda: "debian")
    python = replace(interpreter("3.11.2", kind="system"), gaps={"ensurepip": "not in /usr/lib"})
    for own, package in (("python3.11", "python3-venv"), ("python3.13", "python3.11-venv")):
        monkeypatch.setattr(systems, "OWN_PYTHON", str(tmp_path / own))
        fix = advice.new_environment(on(tmp_path), python, ["numpy"])
        line = f"sudo apt install {package}"
        assert fix.steps[0] == Tell(f"Install that part: {line}", line)
        assert not fix.automatic


@pytest.mark.parametrize(
    ("release", "family", "python", "headers"),
    [
        (
            {"ID": "ubuntu", "ID_LIKE": "debian"},
            "debian",
            "sudo apt install python3 python3-venv",
            "sudo apt install libsqlite3-dev liblzma-dev",
        ),
        (
            {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"},
            "debian",
            "sudo apt install python3 python3-venv",
            "sudo apt install libsqlite3-dev liblzma-dev",
        ),
        (
            {"ID": "fedora"},
            "fedora",
            "sudo dnf install python3 python3-pip",
            "sudo dnf install sqlite-devel xz-devel",
        ),
        (
            {"ID": "rocky", "ID_LIKE": "rhel centos fedora"},
            "fedora",
            "sudo dnf install python3 python3-pip",
            "sudo dnf install sqlite-devel xz-devel",
        ),
        (
            {"ID": "manjaro", "ID_LIKE": "arch"},
            "arch",
            "sudo pacman -S python python-pip",
            "sudo pacman -S sqlite xz",
        ),
        (
            {"ID": "opensuse-leap", "ID_LIKE": "suse opensuse"},
            "suse",
            "sudo zypper install python3 python3-pip",
            "",
        ),
        ({"ID": "alpine"}, "alpine", "sudo apk add python3 py3-pip", ""),
        ({"ID": "nixos"}, "", "", ""),
    ],
)
def test_each_distributions_own_words(
    release: dict[str, str], family: str, python: str, headers: str
) -> None:
    """A distribution is known by itself or by the one that it comes from; for others no name is
    made up.
    """
    assert systems.family("linux", release) == family
    assert systems.get_python(family) == python
    assert systems.get_headers(["_sqlite3", "_lzma"], family) == headers
    step = systems.get_venv((3, 12), "", family)
    assert ("python3.12-venv" in step.typed) == (family == "debian")


def test_systems_that_are_no_distribution() -> None:
    """Homebrew and winget."""
    assert (systems.family("darwin"), systems.get_python("darwin")) == (
        "darwin",
        "brew install python",
    )
    assert (systems.family("win32"), systems.get_python("win32")) == (
        "win32",
        "winget install Python.Python.3.13",
    )
    assert systems.get_headers(["_lzma"], "darwin") == "brew install xz"


def test_variables_are_shown_for_the_learners_shell_and_its_start_up_file(tmp_path: Path) -> None:
    """The line for this terminal, and the place where it is set or where it is kept for the next
    one.
    """
    (tmp_path / ".bashrc").write_text("# mine\nexport PYTHONHOME=/x\n")
    steps = (UnsetEnv("PYTHONHOME"), SetEnv("PYTHONUTF8", "1"), UsePython("/usr/bin/python3.12"))
    home = {"HOME": str(tmp_path)}
    assert terminal_lines.environment_lines(
        on(tmp_path, {**home, "SHELL": "/bin/bash"}), steps
    ) == [
        "    unset PYTHONHOME",
        "  And for new terminals: change ~/.bashrc, line 2, where PYTHONHOME is set",
        "    export PYTHONUTF8=1",
        "  And for new terminals: add that line to ~/.bashrc",
        "  Instead of `python` type:",
        "    /usr/bin/python3.12",
    ]
    assert terminal_lines.environment_lines(
        on(tmp_path, {**home, "SHELL": "/usr/bin/fish"}), steps[1:2]
    ) == [
        "    set -gx PYTHONUTF8 1",
        "  And for new terminals: add that line to ~/.config/fish/config.fish",
    ]


@pytest.mark.parametrize("shell", ["powershell", "cmd"])
def test_variables_of_windows(shell: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """cmd has no start-up file, and PowerShell may not run its own: Windows itself keeps it."""
    monkeypatch.setattr(shells, "learners", lambda _: shell)
    monkeypatch.setattr(terminal_lines, "kept_in", lambda _: "")
    steps = (UnsetEnv("PYTHONHOME"), SetEnv("PYTHONUTF8", "1"))
    lines = terminal_lines.environment_lines(on(tmp_path, {"HOME": str(tmp_path)}), steps)
    assert lines[1].startswith("  And for new terminals: take PYTHONHOME out in `Edit environment")
    assert lines[3:] == ["  And for new terminals:", "    setx PYTHONUTF8 1"]


@pytest.mark.parametrize(
    ("program", "known", "kind", "place"),
    [
        ("CONDA_EXE", {"CONDA_SHLVL": "1", "MAMBA_EXE": "/m/bin/mamba"}, "conda", ""),
        ("MAMBA_EXE", {"CONDA_SHLVL": "1"}, "mamba", ""),
        ("MAMBA_EXE", {"CONDA_SHLVL": "0"}, "micromamba", ""),
        ("MAMBA_EXE", {}, "micromamba", "path"),
        ("CONDA_EXE", {}, "conda", "folder"),
    ],
)
@posix
def test_which_conda_activates(
    program: str, known: dict[str, str], kind: str, place: str, tmp_path: Path
) -> None:
    """The one that this terminal was set up with, or the one that is there."""
    command = tmp_path / "base" / "bin" / kind
    command.parent.mkdir(parents=True)
    command.touch(mode=0o755)
    env = on(tmp_path, {"HOME": str(tmp_path), "PATH": "", program: str(command), **known})
    step = advice.use("/e/ml/bin/python", "conda", env)
    places = {"": "", "path": str(command), "folder": str(tmp_path / "base")}
    assert step == UsePython("/e/ml/bin/python", kind, places[place])


@pytest.mark.skipif(sys.platform == "win32", reason="programs are found by their mode bits")
def test_only_a_manager_that_is_there_is_named(tmp_path: Path) -> None:
    """Not every Mac has brew; without it python.org is the whole answer."""
    without = systems.get_venv((3, 12), str(tmp_path), "darwin").text
    (tmp_path / "brew").touch(0o755)
    assert "brew" not in without and "python.org" in without
    assert systems.get_venv((3, 12), str(tmp_path), "darwin").typed == "brew install python"
    assert systems.at_hand("sudo dnf install x", str(tmp_path)) == ""
