"""The one table of what is ours while something of the learner's is tried, and of what proves
theirs instead.

What a trial overrides it does not prove. `options` and `variables` refuse what does not stand here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum

from envcheck_checks.overridden_names import OF_BROWSERS, OF_TRIALS


class Program(Enum):
    """A program that is started while something is tried."""

    EVERY = "every program"
    PYTHON = "whatever imports IPython or matplotlib"
    SERVER = "the notebook server"
    KERNEL = "the kernel"
    PIP = "pip and venv"
    BROWSER = "the browser"
    TRIAL = "a second try, with something of the learner's taken away"


@dataclass(frozen=True)
class Override:
    """`names` are options or variables. `ours` is what they are set to and why; `theirs` says what
    proves the learner's own value, `proof` which function or module; empty where nothing depends on it.
    """

    program: Program
    names: tuple[str, ...]
    ours: str
    theirs: str
    proof: str = ""


class Undeclared(ValueError):
    """An option or a variable that does not stand in the table."""


COOKIES = ("--NotebookApp.cookie_secret_file", "--ServerApp.cookie_secret_file")
OVERRIDES = (
    Override(
        Program.EVERY,
        ("PYTHONDONTWRITEBYTECODE",),
        "no bytecode is written beside the learner's packages",
        "Python goes on without a word where it cannot write it",
    ),
    Override(
        Program.EVERY,
        ("PIP_DISABLE_PIP_VERSION_CHECK", "PIP_NO_INPUT", "PIP_NO_PYTHON_VERSION_WARNING"),
        "pip asks nothing, and looks for no newer pip",
        "they change what pip says, never what it does",
    ),
    Override(
        Program.EVERY,
        ("PYTHON_MANAGER_AUTOMATIC_INSTALL",),
        "no Python is downloaded because Windows' `py` or `python` is asked for one",
        "where none is installed, that is what is said",
    ),
    Override(
        Program.EVERY,
        ("TMPDIR", "TEMP", "TMP"),
        "a throw-away folder: nothing that a program keeps for the moment is left behind",
        "theirs is looked at for room; Python takes another where it cannot write there",
        "machine.check.room",
    ),
    Override(
        Program.PYTHON,
        ("IPYTHONDIR",),
        "a throw-away copy of their profiles and what lies beside, without the history",
        "their own folder and profile are looked at by IPython's rules",
        "kernel.ipython_folder.diagnose",
    ),
    Override(
        Program.PYTHON,
        ("MPLCONFIGDIR",),
        "a throw-away copy of their matplotlibrc and styles, with a list of fonts",
        "their own files are read as matplotlib does, and that it may write beside them is tried",
        "packages.matplotlib_folder.warnings",
    ),
    Override(
        Program.SERVER,
        ("--no-browser",),
        "no window opens",
        "what would open is found, and with --deep driven",
        "browser.display.this_machine",
    ),
    Override(
        Program.SERVER,
        ("--port", "--port-retries"),
        "a free one, or another if it is taken meanwhile: the learner's own Jupyter may run on theirs",
        "theirs is bound and not listened on",
        "notebook.settings.port.diagnose",
    ),
    Override(
        Program.SERVER,
        ("--ip", "--NotebookApp.ip", "--ServerApp.ip"),
        "theirs; where others could reach it, this machine alone: no server of ours listens to others",
        "theirs is resolved and bound, and not listened on",
        "notebook.settings.address.diagnose",
    ),
    Override(
        Program.SERVER,
        ("--allow-root",),
        "where the account is root, for which Jupyter does not start without it",
        "the summary and the last lines give the line that works",
        "notebook.launching.judge.judge",
    ),
    Override(
        Program.SERVER,
        ("--NotebookNotary.data_dir",),
        "a throw-away folder for signatures",
        "the data folder is looked at: written to, its secret read, its list of signatures opened",
        "notebook.folders.own_folders.diagnose",
    ),
    Override(
        Program.SERVER,
        ("JUPYTER_RUNTIME_DIR", *COOKIES),
        "a throw-away folder: our server's files are told from theirs",
        "theirs is looked at: written to, by whom such a file may be read, and its secrets read",
        "notebook.folders.own_folders.diagnose",
    ),
    Override(
        Program.SERVER,
        ("--KernelManager.transport",),
        "tcp, where theirs is files and our folder lies too deep for a socket",
        "a socket is bound in their runtime folder, under a path as long as a kernel's",
        "notebook.server.kernel_sockets.diagnose",
    ),
    Override(
        Program.SERVER,
        ("JUPYTER_DATA_DIR",),
        "an empty folder, only where they have none: Jupyter would make it",
        "whether it can be made is looked at",
        "notebook.folders.own_folders.diagnose",
    ),
    Override(
        Program.SERVER,
        ("JUPYTER_TOKEN", "JUPYTER_CONFIG_PATH"),
        "a word of ours, only where they set none: beside a password there would be none; in a file before theirs where one of them empties it",
        "a token of theirs is used; a file of theirs must be there to be read, and a password one that can be typed",
        "notebook.settings.token_file.diagnose",
    ),
    Override(
        Program.SERVER,
        ("JUPYTERLAB_WORKSPACES_DIR",),
        "a throw-away folder for how JupyterLab's window looked",
        "it opens with an empty window where it finds none, or none that it can read or write",
    ),
    Override(
        Program.SERVER,
        ("npm_config_cache",),
        "a throw-away folder: JupyterLab asks npm for its registry, and npm keeps a log of that",
        "no page waits for npm",
    ),
    Override(
        Program.KERNEL,
        ("JPY_PARENT_PID", "JPY_INTERRUPT_EVENT", "IPY_INTERRUPT_EVENT"),
        "none, and our own: Jupyter sets them anew for each kernel",
        "the kernel that the server starts has Jupyter's",
        "notebook.server.websocket.ask_kernel",
    ),
    Override(
        Program.KERNEL,
        ("jedi.settings.cache_directory",),
        "a folder of ours while the Tab key is tried, so that nothing new lies in the home",
        "where theirs cannot be written, the key is tried with theirs; else their files are looked at",
        "cells.completion_cache.damaged",
    ),
    Override(
        Program.PIP,
        ("--dry-run", "--root", "--no-deps", "--no-index", "--find-links", "--ignore-installed"),
        "nothing is installed, nobody is asked: a package that holds nothing lies in our folder",
        "what the course needs is asked of their own index, and what is there is looked at",
        "network.check.network",
    ),
    Override(
        Program.PIP,
        ("PIP_CONFIG_FILE", "PIP_BREAK_SYSTEM_PACKAGES", "--help"),
        "no file, and every setting of theirs as a variable, so that each can be left out",
        "their files and variables are read as pip reads them",
        "pip.dry_run.installer_settings",
    ),
    Override(
        Program.PIP,
        ("--without-pip",),
        "a new environment is made without pip, in a throw-away folder",
        "with --deep a whole one is made",
        "pip.venv.new_environment",
    ),
    Override(
        Program.BROWSER,
        OF_BROWSERS,
        "no window, a profile and a home that are gone afterwards, and nothing but this machine is reached",
        "the page works in this browser; what the learner's own profile adds to it is not looked at",
    ),
    Override(
        Program.TRIAL,
        OF_TRIALS,
        "what they set is left out, or copied in part",
        "it was tried with everything of theirs before",
        "diagnosis.settings.find_breaking_setting",
    ),
)


def options(program: Program, *words: str) -> list[str]:
    """These words of a command line; those that begin with `--` are declared, by what stands before
    `=`. Raises Undeclared.
    """
    _refuse_undeclared(program, {word.partition("=")[0] for word in words if word.startswith("--")})
    return [*words]


def variables(program: Program, values: Mapping[str, str | None]) -> dict[str, str | None]:
    """These values, all of which are declared in the table. Raises Undeclared."""
    _refuse_undeclared(program, values.keys())
    return dict(values)


def declared(*programs: Program) -> frozenset[str]:
    """The names of these programs' overrides, and of those of every program."""
    asked = {Program.EVERY, *programs}
    return frozenset(
        name for override in OVERRIDES if override.program in asked for name in override.names
    )


def _refuse_undeclared(program: Program, names: Collection[str]) -> None:
    unknown = sorted(set(names) - declared(program))
    if unknown:
        raise Undeclared(
            f"{', '.join(unknown)}: declare it in overrides.py, beside what proves the learner's own"
        )
