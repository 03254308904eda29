"""The learner's Jupyter configuration: a file that ends the server, names what is gone, or is
ignored.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, Evidence, Fix, Severity, places
from envcheck.fixes.backup import move_aside
from envcheck.processes.reason import reason
from envcheck.target.home import home_of
from envcheck.target.interpreter import interpreter
from envcheck_checks.interference import trials
from envcheck_checks.interference.importable import is_importable
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.notebook.codes import (
    JUPYTER_CONFIG_BREAKS,
    JUPYTER_CONFIG_IGNORED,
    JUPYTER_CONFIG_NAMES_MISSING_FILE,
    SERVER_EXTENSION_MISSING,
)
from envcheck_checks.notebook.settings import packages_own
from envcheck_checks.notebook.settings.config_folders import (
    led_to_copies,
    own_places,
    page_files,
    plugin_of,
)
from envcheck_checks.python import changed_at_start

SERVERS = ("ServerApp", "NotebookApp", "LabApp", "JupyterNotebookApp")
FOLDERS = ("root_dir", "notebook_dir", "preferred_dir")
ENDS = ("SystemExit", "Python ends")

Works = Callable[[Mapping[str, str | None]], "bool | None"]


def breaks_start(env: Environment, output: str, works: Works | None = None) -> Diagnosis | None:
    """The setting that stops the server. Asked only when it is known that without the configuration
    it starts. `works` is given variables under which Jupyter reads some of the files only, and says
    whether the server then starts.
    """
    servers = [file for file in config_files(env) if not packages_own.is_of_a_package(env, file)]
    files: Sequence[ConfigFile] = _suspects(env, servers, output) or servers
    if len(files) > 1 and works is not None:
        files = _guilty(env, files, works)
    if len(files) > 1 and works is not None:
        return _together(env, files, output)
    for file in files:
        lost_path = _gone(env, file, *FOLDERS, kind="folder") or _gone(
            env, file, "certfile", "keyfile", kind="SSL file"
        )
        if lost_path is not None:
            return lost_path
    ending = next((file for file in files if file.error.startswith(ENDS)), None)
    if ending is not None:
        return stops(
            env,
            ending,
            f"the Jupyter config file {Path(ending.path).name} ends the program (exit)",
            ending.error,
        )
    blamed = [file for file in files if Path(file.path).suffix == ".py"] or [*files]
    if not blamed:
        return None
    name = Path(blamed[-1].path).name
    return stops(
        env,
        blamed[-1],
        f"the Jupyter config file {name} keeps the server from working",
        blamed[-1].error or reason(output)[:300],
    )


def _suspects(env: Environment, servers: Sequence[ConfigFile], output: str) -> list[ConfigFile]:
    """The last is suspected first: one that the output names, then the server's, then the pages'."""
    suspects = [*page_files(env), *filter(_may_act, servers)]
    return sorted(suspects, key=lambda file: plugin_of(file) in output)


def _may_act(file: ConfigFile) -> bool:
    """A file of Python's can do other things than to set something."""
    return bool(file.settings or file.error) or file.path.endswith(".py")


def _guilty(env: Environment, files: Sequence[ConfigFile], works: Works) -> Sequence[ConfigFile]:
    """The one file that must be left out, by trial; a few where only together they can be. Jupyter can be led away from the learner's own folders, not from the environment's and the
    system's: theirs are left by elimination.
    """
    movable = [
        file for file in files if any(places.lies_in(file.path, place) for place in own_places(env))
    ]
    others = [file for file in files if file not in movable]
    if others and (not movable or not works(led_to_copies(env, movable))):
        return others
    if len(movable) == 1:
        return movable
    guilty = trials.first_that_works(
        movable[::-1], lambda file: works(led_to_copies(env, [file])), at_once=2
    )
    if guilty is not None:
        return [guilty]
    return movable if len(movable) <= trials.FEW else []


def _together(env: Environment, files: Sequence[ConfigFile], output: str) -> Diagnosis:
    """None of them alone is the cause, and without them all the server starts."""
    names = ", ".join(Path(file.path).name for file in files)
    aside = tuple(step for file in files for step in _aside(env, file).steps)
    sure = Confidence.SURE if all(_is_mine(env, file) for file in files) else Confidence.ASK
    return Diagnosis(
        JUPYTER_CONFIG_BREAKS,
        f"the Jupyter config files {names} together keep the server from working",
        Evidence(
            reason(output)[:300], "a server that starts", ", ".join(file.path for file in files)
        ),
        (Fix("move these config files aside; Jupyter works without them", aside, sure),),
    )


def warnings(env: Environment) -> list[Diagnosis]:
    """Files that are ignored because they are broken, and settings that the server passes over."""
    diagnoses: list[Diagnosis] = []
    for file in config_files(env):
        if file.error and not file.error.startswith(ENDS):
            diagnoses.append(
                _softly(
                    JUPYTER_CONFIG_IGNORED,
                    env,
                    f"the Jupyter config file {Path(file.path).name} is ignored, since it is broken",
                    file,
                    file.error,
                )
            )
            continue
        gone = _gone(env, file, *FOLDERS, kind="folder")
        if gone is not None:
            diagnoses.append(
                Diagnosis(
                    gone.code, gone.summary, gone.evidence, gone.fixes, Severity.WARNING, gone.note
                )
            )
        diagnoses += _lost_extensions(env, file)
    return diagnoses


def _gone(env: Environment, file: ConfigFile, *options: str, kind: str) -> Diagnosis | None:
    for option in options:
        value = file.get(option, *SERVERS)
        if isinstance(value, str) and value and not os.path.exists(os.path.expanduser(value)):
            summary = f"your Jupyter config names a {kind} that does not exist ({option}: No such directory)"
            if kind == "SSL file":
                summary = f"your Jupyter config asks for an SSL certificate file that does not exist ({option})"
            return Diagnosis(
                JUPYTER_CONFIG_NAMES_MISSING_FILE,
                summary,
                Evidence(f"{option} = {value}", f"a {kind} that exists, or no {option}", file.path),
                (_aside(env, file),),
            )
    return None


def _lost_extensions(env: Environment, file: ConfigFile) -> list[Diagnosis]:
    python = interpreter(env)
    enabled = {
        name
        for server, option in (
            ("ServerApp", "jpserver_extensions"),
            ("NotebookApp", "nbserver_extensions"),
        )
        for name, on in (file.settings.get(server, {}).get(option) or {}).items()
        if on is True
    }
    absent = sorted(name for name in enabled if not is_importable(python, name))
    if not absent:
        return []
    summary = (
        f"your Jupyter config enables a server extension that is not found: {', '.join(absent)}"
    )
    return [_softly(SERVER_EXTENSION_MISSING, env, summary, file, f"no module {absent[0]}")]


def stops(
    env: Environment,
    file: ConfigFile,
    summary: str,
    actual: str,
    wanted: str = "a server that starts",
) -> Diagnosis:
    """This file keeps the server from working; without it, it works."""
    return Diagnosis(
        JUPYTER_CONFIG_BREAKS,
        summary,
        Evidence(actual[:400], wanted, file.path),
        (_aside(env, file),),
    )


def _softly(code: str, env: Environment, summary: str, file: ConfigFile, actual: str) -> Diagnosis:
    return Diagnosis(
        code,
        summary,
        Evidence(actual[:300], "", file.path),
        (packages_own.mended(env, file) or _aside(env, file),),
        Severity.WARNING,
    )


def _aside(env: Environment, file: ConfigFile) -> Fix:
    sure = Confidence.SURE if _is_mine(env, file) else Confidence.ASK
    return Fix(
        "move that config file aside; Jupyter works without it",
        (move_aside(file.path),),
        sure,
    )


def _is_mine(env: Environment, file: ConfigFile) -> bool:
    """One of the learner's own or their environment's: the system's is others' too."""
    python = interpreter(env)
    own = [
        str(home_of(env.variables)),
        *own_places(env),
        *([python.prefix] if python.is_environment else []),
    ]
    return any(place and places.lies_in(file.path, place) for place in own)


def shown_elsewhere(env: Environment, root: str) -> str:
    """The folder that a server shows, where it is another than the one in which it is typed."""
    if not root or places.same(root, env.folder):
        return ""
    start_file = changed_at_start.folder_changer(env)
    led = start_file and places.same(root, interpreter(env).folder)
    why = (
        f"into which the file {start_file} leads Python"
        if led
        else "as your Jupyter config wants it"
    )
    return f", in the folder {root}, {why}"
