"""conda: installed and not on PATH, too old to solve quickly, or given a list of another system's
packages.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, fact, fail, foreign_file, warn
from envcheck.fixes.advice import tell, typed, use
from envcheck.foreign_file import matching
from envcheck.sentences import listed
from envcheck.target.home import home_of
from envcheck.target.interpreter import Interpreter, Unusable, interpreter, question
from envcheck.versions import allows
from envcheck_checks.commands.facts import on_path
from envcheck_checks.machine.system import system, variable
from envcheck_checks.python.codes import (
    CONDA_NOT_ON_PATH,
    CONDA_SOLVER_SLOW,
    ENVIRONMENT_FILE_OTHER_SYSTEM,
)

NAMES = ("anaconda3", "miniconda3", "miniforge3", "mambaforge", "Anaconda3", "Miniconda3")
# Homebrew's casks, on Macs with Apple's processor and with Intel's: `anaconda`, and `miniforge` since
# 2025, lie at the top of its folder, the others in a Caskroom.
OF_CASKS = ("anaconda3", "miniforge3")
OF_CASKROOM = ("miniconda", "miniforge", "mambaforge")
CASKS = tuple(
    f"{prefix}/{place}"
    for prefix in ("/opt/homebrew", "/usr/local")
    for place in (*OF_CASKS, *(f"Caskroom/{name}/base" for name in OF_CASKROOM))
)
FILES = ("environment.yml", "environment.yaml")
# Packages that are made for one system alone: with one of them in the list, conda finds nothing on
# the others.
ONLY_ON = {
    "win32": (
        "vs2015_runtime",
        "vc",
        "vc14_runtime",
        "ucrt",
        "wincertstore",
        "win_inet_pton",
        "pywin32",
        "pywinpty",
    ),
    "linux": ("_libgcc_mutex", "ld_impl_linux-64", "libgcc-ng", "libstdcxx-ng"),
    "darwin": ("appnope",),
}
SPOKEN = {"win32": "Windows", "linux": "Linux", "darwin": "macOS"}
QUICK = "23.10"  # the solver libmamba is conda's own choice since then


@fact
def conda_python(env: Environment) -> Interpreter | Unusable | None:
    """The Python of a conda that lies where its installer puts it; asked only when no Python was
    found on PATH.
    """
    windows = system(env).is_windows
    roots = [home_of(env.variables)]
    if windows:
        roots += [
            Path(value)
            for name in ("ProgramData", "LOCALAPPDATA")
            if (value := variable(env, name))
        ]
    else:
        roots += [home_of(env.variables) / "opt", system(env).at("/opt")]
    places = [root / name for root in roots for name in NAMES]
    if system(env).is_macos:
        places += [system(env).at(place) for place in CASKS]
    for place in places:
        python = place / ("python.exe" if windows else "bin/python")
        if os.path.isdir(place / "conda-meta") and os.path.exists(python):
            return question(env, (str(python),))
    return None


def not_on_path(env: Environment, versions: str) -> Diagnosis | None:
    """No Python can be typed here, and Anaconda or Miniconda is on this machine."""
    if env.located.rule.startswith("--python") or on_path(env, "conda") is not None:
        return None  # another Python was asked for by name, or conda can be typed
    python = conda_python(env)
    if not isinstance(python, Interpreter) or not allows(versions, python.version):
        return None
    windows = system(env).is_windows
    how = (
        "open `Anaconda Prompt` from the Start menu"
        if windows
        else "type the two lines that its page shows"
    )
    return fail(
        CONDA_NOT_ON_PATH,
        "conda is installed and this terminal does not know it: `conda`, `python` and `jupyter` are not found here",
        Fix(f"use conda's Python, and work where it is known: {how}", (use(python, env=env),)),
        found=python.prefix,
        wanted="a terminal that knows conda",
        looked_in="PATH",
        note="Anaconda's installer leaves PATH alone on purpose" if windows else "",
    )


def warnings(env: Environment) -> list[Diagnosis]:
    """Asked when packages are missing, and conda is what installs them."""
    return [*of_another_system(env), *slow_solver(env)]


def of_another_system(env: Environment) -> list[Diagnosis]:
    """A list in the course folder with which conda cannot make them here."""
    python = interpreter(env)
    if python.kind not in ("conda", "conda-env") and not env.variables.get("CONDA_EXE"):
        return []
    own = system(env).name
    for file in (env.folder / name for name in FILES):
        listed_here = _names(file)
        for where, names in ONLY_ON.items():
            foreign = [name for name in names if name in listed_here]
            if where != own and foreign:
                return [_foreign_list(file, SPOKEN[where], foreign)]
    return []


def _names(file: Path) -> set[str]:
    try:
        text = foreign_file.text(file)[:200_000]
    except OSError:
        return set()
    names = re.findall(
        r"^[^\S\n]*-[^\S\n]+['\"]?(?:[\w.-]+::)?([A-Za-z0-9_.-]+)\s*(?:[=<>!][^;#\n]*)?['\"]?\s*$",
        text,
        re.MULTILINE,
    )
    return set(names)


def _foreign_list(file: Path, where: str, foreign: list[str]) -> Diagnosis:
    return warn(
        ENVIRONMENT_FILE_OTHER_SYSTEM,
        f"{file.name} in this folder was made on {where}: conda cannot make an environment from it here (ResolvePackageNotFound)",
        tell(
            "install by name, or use a plain list",
            "Install the packages by name, as the line for what is missing does.",
            typed(
                f"conda env export --from-history > {file.name}",
                "For a list that works everywhere, its author types:",
            ),
        ),
        found=f"{listed(foreign[:4])}, for {where} alone",
        wanted="names and versions without another system's packages",
        looked_in=str(file),
    )


def slow_solver(env: Environment) -> list[Diagnosis]:
    """A conda from before its quick solver."""
    base = _base(env, interpreter(env))
    version = _version(base) if base is not None else ""
    if base is None or not version or allows(f">={QUICK}", version) or _was_chosen(env, base):
        return []
    return [
        warn(
            CONDA_SOLVER_SLOW,
            f"conda {version} is old: it may say `Solving environment` for many minutes",
            tell(
                "bring conda up to date",
                typed("conda update -n base conda"),
                "Then make a new environment; a small one is solved in seconds.",
            ),
            found=f"conda {version}",
            wanted=f"conda {QUICK} or newer",
            looked_in=str(base / "conda-meta"),
        )
    ]


def _base(env: Environment, python: Interpreter) -> Path | None:
    """conda's own folder, for a target that conda manages."""
    if python.kind not in ("conda", "conda-env"):
        return None
    program, prefix = env.variables.get("CONDA_EXE", ""), Path(python.prefix)
    if program:
        return Path(program).parent.parent
    return prefix.parent.parent if prefix.parent.name == "envs" else prefix


def _version(base: Path) -> str:
    names = [
        hit[1]
        for file in matching(base, "conda-meta/conda-*.json")
        if (hit := re.fullmatch(r"conda-(\d[\d.]*)-\w+\.json", file.name))
    ]
    return names[0] if names else ""


def _was_chosen(env: Environment, base: Path) -> bool:
    """Whether the quick solver was chosen by hand, as could be done before."""
    if "libmamba" in env.variables.get("CONDA_SOLVER", "") + env.variables.get(
        "CONDA_EXPERIMENTAL_SOLVER", ""
    ):
        return True
    for file in (home_of(env.variables) / ".condarc", base / ".condarc"):
        try:
            if "libmamba" in foreign_file.text(file):
                return True
        except OSError:
            continue
    return False
