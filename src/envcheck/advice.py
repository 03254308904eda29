"""Fixes made for this machine: its package manager, its shell, its system. Every command runs on the target as it is."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from envcheck import shells
from envcheck.environment import Environment
from envcheck.model import Confidence, Fix, Run, SetEnv, Step, Tell, UnsetEnv, UsePython
from envcheck.python import Interpreter

START_UP_FILES = (
    ".bashrc", ".bash_profile", ".profile", ".zshrc", ".zprofile", ".zshenv", ".config/fish/config.fish", ".pam_environment",
    "Documents/PowerShell/Microsoft.PowerShell_profile.ps1",
)  # fmt: skip


def install(env: Environment, python: Interpreter, requirements: Sequence[str], title: str = "") -> Fix:
    """Put distributions into the target. A Python that is not an environment of its own is never changed:
    the fix is then an environment for the course, `.venv` in the course folder.
    """
    words = title or f"install {_listed(requirements)} into this Python"
    if not python.is_environment:
        return new_environment(env, python, requirements)
    if python.kind == "conda-env" and _conda(env):
        return Fix(
            words, (Run((_conda(env), "install", "--yes", "--prefix", python.prefix, "--channel", "conda-forge", *requirements)),)
        )
    return Fix(words, (Run((*installer(env, python), *requirements)),))


def installer(env: Environment, python: Interpreter) -> tuple[str, ...]:
    """The start of the command that installs into this Python: its own pip, or uv where there is no pip."""
    if "pip" not in python.installed and (uv := uv_command(env)):
        return (uv, "pip", "install", "--python", python.executable)
    return (python.executable, "-m", "pip", "install")


def new_environment(env: Environment, python: Interpreter, requirements: Sequence[str], *, minimum: str = "") -> Fix:
    """A `.venv` of the course's own in the work folder, with what the chapter needs in it."""
    place = env.folder / ".venv"
    inside = str(place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))
    make: Step = Run((python.executable, "-m", "venv", str(place)))
    fill: Step = Run((inside, "-m", "pip", "install", *requirements))
    if uv := uv_command(env):
        make = Run((uv, "venv", "--python", minimum or python.executable, str(place)))
        fill = Run((uv, "pip", "install", "--python", inside, *requirements))
    steps = (make, fill, UsePython(inside))
    confidence = Confidence.ASK if place.exists() else Confidence.SURE
    return Fix("give the course an environment of its own, `.venv` in this folder", steps, confidence)


def activation(env: Environment, environment: str) -> str:
    """The line that activates an environment in the learner's shell."""
    place = Path(environment)
    if sys.platform == "win32":
        return f'& "{place}\\Scripts\\Activate.ps1"' if "PSModulePath" in env.variables else f'"{place}\\Scripts\\activate.bat"'
    shell = Path(env.variables.get("SHELL", "sh")).name
    suffix = {"fish": ".fish", "csh": ".csh", "tcsh": ".csh"}.get(shell, "")
    return f"source {_spaced(place / 'bin')}/activate{suffix}"


def shell_line(env: Environment, step: SetEnv | UnsetEnv) -> str:
    """A change of the environment as a line for the learner's own shell."""
    shell = Path(env.variables.get("SHELL", "")).name
    if sys.platform == "win32":
        return shells.script((step,), "powershell" if "PSModulePath" in env.variables else "cmd")
    if shell == "fish":
        return f"set -e {step.name}" if isinstance(step, UnsetEnv) else f"set -x {step.name} {shells.command((step.value,), 'posix')}"
    return shells.script((step,), "posix")


def set_in(env: Environment, name: str) -> list[str]:
    """The start-up files of the learner's shells that set a variable, as `~/.bashrc, line 12`."""
    home = Path(env.variables.get("HOME") or env.variables.get("USERPROFILE") or ".")
    found = []
    for file in START_UP_FILES:
        try:
            lines = (home / file).read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            continue
        found += [f"{home / file}, line {number}" for number, line in enumerate(lines, 1) if _sets(line, name)]
    return found


def _sets(line: str, name: str) -> bool:
    plain = line.strip()
    return not plain.startswith("#") and (f"{name}=" in plain or f" {name} " in f"{plain} ") and name in plain


def restore(env: Environment, python: Interpreter, added: Sequence[str], changed: Sequence[str]) -> list[tuple[str, ...]]:
    """Commands that take `added` distributions out again and bring `changed` ones (`name==version`) back."""
    if "pip" not in python.installed and (uv := uv_command(env)):
        away: tuple[str, ...] = (uv, "pip", "uninstall", "--python", python.executable)
    else:
        away = (python.executable, "-m", "pip", "uninstall", "--yes")
    commands = [(*away, *(name for name in added if name != "pip"))] if [name for name in added if name != "pip"] else []
    return [*commands, *([(*installer(env, python), "--no-deps", *changed)] if changed else [])]


def tell(title: str, *sentences: str) -> Fix:
    """Something that only a person can do."""
    return Fix(title, tuple(Tell(one) for one in sentences), Confidence.ASK)


def ask_teacher() -> Fix:
    """Where nothing is known that a learner could do."""
    return tell("show this report to your teacher", "Show this report to your teacher; --report html=FILE writes it as a page.")


def uv_command(env: Environment) -> str:
    return shutil.which("uv", path=env.variables.get("PATH")) or ""


def _conda(env: Environment) -> str:
    names = [env.variables.get("CONDA_EXE", ""), "conda", "mamba", "micromamba"]
    return next((found for name in names if name and (found := shutil.which(name, path=env.variables.get("PATH")))), "")


def _listed(requirements: Sequence[str]) -> str:
    names = [requirement.split(">")[0].split("=")[0].split("<")[0] for requirement in requirements]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _spaced(path: Path) -> str:
    import shlex

    return shlex.quote(str(path))
