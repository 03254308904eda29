"""A setting that a trial has shown to be the cause, as a diagnosis: a variable, the user site, a
file of the work folder.
"""

from __future__ import annotations

import os
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, SetEnv, fail, places
from envcheck.fixes.backup import move_aside
from envcheck.processes.reason import reason
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck_checks.interference import shadowing, variables
from envcheck_checks.interference.codes import (
    LIBRARY_PATH_LEAK,
    MATPLOTLIBRC_BREAKS,
    MPLBACKEND_SET,
    PYTHONHOME_SET,
    PYTHONPATH_BREAKS,
    PYTHONSTARTUP_BREAKS,
    USER_SITE_HIDES_PACKAGES,
    VARIABLE_BREAKS_PYTHON,
)
from envcheck_checks.interference.removals import JUPYTER_PLACES
from envcheck_checks.interference.shown import all_shown, without_values
from envcheck_checks.interference.trials import (
    Removed,
    SettingKind,
    Trial,
    find_cause_by_removal,
    other_variables,
)

CODES = {
    "PYTHONPATH": PYTHONPATH_BREAKS,
    "PYTHONHOME": PYTHONHOME_SET,
    "PYTHONSTARTUP": PYTHONSTARTUP_BREAKS,
    "LD_LIBRARY_PATH": LIBRARY_PATH_LEAK,
    "LD_PRELOAD": LIBRARY_PATH_LEAK,
    **dict.fromkeys(
        (
            "DYLD_LIBRARY_PATH",
            "DYLD_FALLBACK_LIBRARY_PATH",
            "DYLD_FRAMEWORK_PATH",
            "DYLD_INSERT_LIBRARIES",
        ),
        LIBRARY_PATH_LEAK,
    ),
    "MPLBACKEND": MPLBACKEND_SET,
}
WHY = {
    "PYTHONPATH": "it puts other modules before the ones of this environment",
    "PYTHONHOME": "it sends Python elsewhere for its standard library, to none or to that of some other version",
    "PYTHONEXECUTABLE": "Python takes itself for the program that it names, and looks beside that one for its packages",
    "PYTHONNOUSERSITE": "it keeps Python away from what `pip install --user` has installed",
    "PYTHONUSERBASE": "it sends Python to another folder for what `pip install --user` has installed",
    "PYTHONSTARTUP": "it names a startup file that every kernel runs, and that file ends or breaks it (exit)",
    "LD_LIBRARY_PATH": "it puts other C libraries (libstdc++, GLIBCXX) before the ones that this Python needs",
    "LD_PRELOAD": "it puts another C library into every program",
    **dict.fromkeys(JUPYTER_PLACES, "it sends Jupyter to another folder than its own"),
    **dict.fromkeys(
        (
            name
            for proxy in ("http_proxy", "https_proxy", "all_proxy")
            for name in (proxy, proxy.upper())
        ),
        "it names a proxy that programs in Python cannot use",
    ),
    "OPENSSL_CONF": "it leads OpenSSL to settings that leave it no way to connect",
    "MATPLOTLIBRC": "it names a settings file of matplotlib's that this machine cannot follow",
    "MPLBACKEND": "pictures are drawn elsewhere, and notebooks show no plot; they need inline",
}


def diagnose(env: Environment, removed: Removed, what: str, output: str) -> Diagnosis | None:
    """`what` cannot be done, and works without this setting. `output` is what the failure printed
    last.
    """
    if removed.kind is SettingKind.VARIABLE:
        return variable(env, removed.name, what, output)
    if removed.kind is SettingKind.USER_SITE:
        return user_site(env, what, output)
    if removed.kind is SettingKind.FOLDER:
        return in_folder(env, what, output)
    if removed.kind is SettingKind.MATPLOTLIB:
        return in_matplotlibrc(env, removed.name, what, output)
    return None


def other(
    env: Environment,
    works: Trial,
    what: str,
    output: str,
    at_once: int = 1,
) -> Diagnosis | None:
    """The last question where nothing is known: the one variable of any name without which it
    works.
    """
    removed = find_cause_by_removal(other_variables(env), works, at_once)
    return variable(env, removed.name, what, output) if removed is not None else None


def variable(env: Environment, name: str, what: str, output: str) -> Diagnosis:
    """The diagnosis that a variable is what breaks it. `what` says what does not work because of
    it, `output` is what was printed then.
    """
    why = WHY.get(name, "without it, it works")
    same = variables.spellings(env.variables, name) or [name]
    if len(same) > 1:
        why = "without both, it works"
    values = [(spelling, env.variables.get(spelling, "")) for spelling in same]
    return fail(
        CODES.get(name, VARIABLE_BREAKS_PYTHON),
        f"{' and '.join(same)} {'is' if len(same) == 1 else 'are'} set, and because of {'it' if len(same) == 1 else 'them'} {what}: {why}",
        variables.unset(*same),
        found=all_shown(values),
        wanted=f"{' and '.join(same)} not set",
        looked_in="the variables of this terminal",
        note=without_values(reason(output), values)[:200],
    )


def takes_itself_for_another(env: Environment, python: Interpreter) -> Diagnosis | None:
    """PYTHONEXECUTABLE decides where a Python believes to lie, also an isolated one (CPython's
    Modules/getpath.py).
    """
    named = env.variables.get("PYTHONEXECUTABLE")
    if (
        not named
        or python.executable != named
        or places.folded(Path(named).parent) == places.folded(Path(env.located.command[0]).parent)
    ):
        return None
    return variable(env, "PYTHONEXECUTABLE", "this Python loses its environment", "")


def user_site(env: Environment, what: str, output: str) -> Diagnosis:
    """Packages of `pip install --user` come before the environment's own in every Python that is no
    venv.
    """
    folder = interpreter(env).user_site or ""
    return fail(
        USER_SITE_HIDES_PACKAGES,
        f"packages in your user site hide (shadow) those of this Python, and because of them {what}",
        Fix("tell Python to leave the user site alone", (SetEnv("PYTHONNOUSERSITE", "1"),)),
        found=f"{', '.join(_packages(folder)) or 'other packages'} in {folder}",
        wanted="the packages of this Python",
        looked_in=folder,
        note=reason(output)[:200],
    )


def in_matplotlibrc(env: Environment, file: str, what: str, output: str) -> Diagnosis:
    """matplotlib's settings file, a style, its list of fonts. Where a variable names the first, that
    is what is taken away.
    """
    if env.variables.get("MATPLOTLIBRC") in (file, str(Path(file).parent)):
        return variable(env, "MATPLOTLIBRC", what, output)
    return fail(
        MATPLOTLIBRC_BREAKS,
        f"{_of_matplotlib(Path(file))} is the reason that {what}",
        Fix("move that file aside; matplotlib does without", (move_aside(file),)),
        found=reason(output)[:300],
        wanted="settings that this machine can follow, or no such file",
        looked_in=file,
    )


def _of_matplotlib(file: Path) -> str:
    """What of matplotlib's this file is, as words for a sentence."""
    if file.name.startswith("fontlist-"):
        return f"matplotlib's list of this machine's fonts, {file.name}, which is without its own fonts,"
    if file.suffix == ".mplstyle":
        return f"your style {file.name}, which matplotlib reads with every other and cannot (it is not in UTF-8),"
    return "a setting in your matplotlibrc (matplotlib's settings file)"


def in_folder(env: Environment, what: str, output: str) -> Diagnosis | None:
    """A file beside the notebook has a module's name. Which one: whose place or name the error says,
    else the first that Python and Jupyter load.
    """
    others = [(path.stem, str(path)) for path in shadowing.hiding(env)]
    rivals = shadowing.candidates(env) or others
    if not rivals:
        return None
    named = [file for _, file in others if file in output]
    named += [file for module, file in rivals if f"'{module}'" in output]
    path = Path((named or [file for _, file in rivals])[0])
    return shadowing.hides(env, path, note=f"because of it {what}. {reason(output)[:200]}".strip())


def _packages(folder: str) -> list[str]:
    try:
        return sorted(
            name
            for name in os.listdir(folder)  # noqa: PTH208
            if not name.endswith((".dist-info", ".pth")) and not name.startswith("_")
        )[:5]
    except OSError:
        return []
