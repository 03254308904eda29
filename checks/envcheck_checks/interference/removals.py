"""Settings of single programs that a trial can take away: IPython's and matplotlib's files, Jupyter's
places.
"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from envcheck import Environment, foreign_file, places
from envcheck.foreign_file import matching
from envcheck.target.home import home_of
from envcheck_checks.interference.ipython_loaded import loaded_from_profiles
from envcheck_checks.interference.private_folders import (
    lists_without_fonts,
    matplotlib_caches,
    matplotlib_settings,
    matplotlibrc,
    private_folders,
    styles,
)
from envcheck_checks.interference.trials import Removed, SettingKind
from envcheck_checks.interference.variables import spellings

# Where Jupyter looks for kernels, extensions and configuration.
JUPYTER_PLACES = (
    "JUPYTER_PATH", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_CONFIG_PATH", "JUPYTERLAB_DIR",
    "JUPYTER_PREFER_ENV_PATH",
)  # fmt: skip
# What leads a program that asks the network, in both spellings.
WAYS_OUT = ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "ssl_cert_file", "ssl_cert_dir")


def matplotlib(env: Environment) -> list[Removed]:
    """The learner's matplotlibrc, the one that matplotlib takes, and what else of theirs it reads;
    nothing where there is none.
    """
    return [*_settings_file(env), *_styles_and_fonts(env)]


def _settings_file(env: Environment) -> list[Removed]:
    file = matplotlibrc(env)
    if file is None:
        return []
    nothing = env.new_folder("matplotlib-none") / "matplotlibrc"
    nothing.touch()
    cwd = env.neutral_folder if places.same(file.parent, env.folder) else None
    away = {"MATPLOTLIBRC": str(nothing)}
    return [Removed(SettingKind.MATPLOTLIB, str(file), away, cwd)]


def _styles_and_fonts(env: Environment) -> list[Removed]:
    """Styles that matplotlib cannot read, and a list without its own fonts: told from their
    contents. One trial without both, in a folder that has their matplotlibrc alone.
    """
    home = home_of(env.variables)
    settings = matplotlib_settings(env, home)
    suspects = [
        *(style for folder in settings for style in styles(folder) if _is_no_text(style)),
        *(file for folder in matplotlib_caches(env, home) for file in lists_without_fonts(folder)),
    ]
    if not suspects:
        return []
    bare = env.new_folder("matplotlib-bare")
    for folder in settings:
        with contextlib.suppress(OSError):
            shutil.copy(folder / "matplotlibrc", bare)
    return [Removed(SettingKind.MATPLOTLIB, str(suspects[0]), {"MPLCONFIGDIR": str(bare)})]


def _is_no_text(file: Path) -> bool:
    """Whether it is not in UTF-8, as which matplotlib reads it."""
    try:
        foreign_file.content(file).decode("utf-8")
    except UnicodeDecodeError:
        return True
    except OSError:
        return False
    return False


def jupyter_places(env: Environment) -> list[Removed]:
    """The variables that send Jupyter to other folders than its own: each is a cause before
    anything that lies there.
    """
    return [
        Removed(SettingKind.VARIABLE, name, {name: None})
        for name in JUPYTER_PLACES
        if env.variables.get(name)
    ]


def ways_out(env: Environment) -> list[Removed]:
    """The proxies and certificates of the terminal: what makes a client of the network, as a server
    does for its list of extensions, stumbles over one that it cannot use. Both spellings are one.
    """
    names = [name for name in sorted(env.variables) if name.lower() in WAYS_OUT]
    together = [spellings(env.variables, name) for name in names]
    return [
        Removed(SettingKind.VARIABLE, name, dict.fromkeys(same))
        for name, same in zip(names, together, strict=True)
        if name == same[0]
    ]


def ipython(env: Environment) -> list[Removed]:
    """IPython's start-up and configuration files, when there are any."""
    if not ipython_files(env):
        return []
    return [
        Removed(
            SettingKind.IPYTHON,
            str(private_folders(env).ipython),
            {"IPYTHONDIR": str(env.new_folder("ipython-none"))},
        )
    ]


def ipython_files(env: Environment) -> list[Path]:
    """The learner's files that a kernel runs when it starts, as our copies have them: first those
    that another of them loads.
    """
    profile = private_folders(env).ours / "profile_default"
    files = sorted(
        file
        for folder in (profile, profile / "startup")
        for file in matching(folder, "*")
        if file.suffix in (".py", ".ipy", ".json")
    )
    return [*loaded_from_profiles(profile), *files]
