"""The learner's Jupyter configuration: a file that ends the server, names what is gone, or is ignored."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from envcheck import Diagnosis, Environment, Evidence, Fix, Rename, Severity
from envcheck.python import interpreter
from envcheck_checks.causes import kernelspec
from envcheck_checks.causes.folders import free_backup
from envcheck_checks.jupyter_config import ConfigFile, config_files

SERVERS = ("ServerApp", "NotebookApp", "LabApp", "JupyterNotebookApp")
ENDS = ("SystemExit", "Python ends")

Works = Callable[[Path], bool]


def breaks_start(env: Environment, said: str, works: Works | None = None) -> Diagnosis | None:
    """The setting that stops the server. Asked only when it is known that without the configuration it starts.
    `works` is given a folder with some of the files and says whether the server starts with these.
    """
    own = [file for file in config_files(env) if (file.settings or file.error) and not _of_a_package(env, file)]
    files = own or list(config_files(env))
    if len(files) > 1 and works is not None:
        guilty = next((file for file in files[::-1] if works(_without(env, file))), None)
        if guilty is None:
            return _together(files, said)
        files = [guilty]
    for file in files:
        known = _gone(file, "root_dir", "notebook_dir", kind="folder") or _gone(file, "certfile", "keyfile", kind="SSL file")
        if known is not None:
            return known
    ending = next((file for file in files if file.error.startswith(ENDS)), None)
    if ending is not None:
        return _stops(ending, f"the Jupyter config file {Path(ending.path).name} ends the program (exit)", ending.error)
    blamed = [file for file in files if Path(file.path).suffix == ".py"] or files
    if not blamed:
        return None
    return _stops(blamed[-1], f"the Jupyter config file {Path(blamed[-1].path).name} keeps the server from working", blamed[-1].error or _last(said))


def _together(files: Sequence[ConfigFile], said: str) -> Diagnosis:
    """None of them alone is the cause, and without them all the server starts."""
    names = ", ".join(Path(file.path).name for file in files)
    aside = tuple(Rename(file.path, free_backup(Path(file.path))) for file in files)
    return Diagnosis(
        "jupyter-config-breaks",
        f"the Jupyter config files {names} together keep the server from working",
        Evidence(_last(said), "a server that starts", ", ".join(file.path for file in files)),
        (Fix("move these config files aside; Jupyter works without them", aside),),
    )


def _of_a_package(env: Environment, file: ConfigFile) -> bool:
    """A file that an installed package brought along, to be loaded by the server."""
    return interpreter(env).owns(file.path) and Path(file.path).parent.suffix == ".d"


def _without(env: Environment, left_out: ConfigFile) -> Path:
    """A folder with all of the learner's configuration files but one; of two with the same name, the one that wins."""
    place = env.new_folder(f"config-without-{time.monotonic_ns()}")
    for file in config_files(env):
        path = Path(file.path)
        if file.path != left_out.path:
            folder = place / path.parent.name if path.parent.suffix == ".d" else place
            folder.mkdir(exist_ok=True)
            with contextlib.suppress(OSError):
                shutil.copy(path, folder / path.name)
    return place


def warnings(env: Environment) -> list[Diagnosis]:
    """Files that are ignored because they are broken, and settings that the server passes over."""
    said: list[Diagnosis] = []
    for file in config_files(env):
        if file.error and not file.error.startswith(ENDS):
            said.append(_softly("jupyter-config-ignored", f"the Jupyter config file {Path(file.path).name} is ignored, since it is broken", file, file.error))
            continue
        gone = _gone(file, "root_dir", "notebook_dir", kind="folder")
        if gone is not None:
            said.append(Diagnosis(gone.code, gone.summary, gone.evidence, gone.fixes, Severity.WARNING, gone.note))
        said += _lost_extensions(env, file)
    return said


def _gone(file: ConfigFile, *options: str, kind: str) -> Diagnosis | None:
    for option in options:
        value = file.get(option, *SERVERS)
        if isinstance(value, str) and value and not Path(value).expanduser().exists():
            summary = f"your Jupyter config names a {kind} that does not exist ({option}: No such directory)"
            if kind == "SSL file":
                summary = f"your Jupyter config asks for an SSL certificate file that does not exist ({option})"
            return Diagnosis(
                "jupyter-config-names-missing-file",
                summary,
                Evidence(f"{option} = {value}", f"a {kind} that exists, or no {option}", file.path),
                (_aside(file),),
            )
    return None


def _lost_extensions(env: Environment, file: ConfigFile) -> list[Diagnosis]:
    python = interpreter(env)
    enabled = {
        name
        for server, option in (("ServerApp", "jpserver_extensions"), ("NotebookApp", "nbserver_extensions"))
        for name, on in (file.settings.get(server, {}).get(option) or {}).items()
        if on is True
    }
    lost = sorted(name for name in enabled if not kernelspec.importable(python, name))
    if not lost:
        return []
    summary = f"your Jupyter config enables a server extension that is not found: {', '.join(lost)}"
    return [_softly("server-extension-missing", summary, file, f"no module {lost[0]}")]


def _stops(file: ConfigFile, summary: str, found: str) -> Diagnosis:
    return Diagnosis("jupyter-config-breaks", summary, Evidence(found[:400], "a server that starts", file.path), (_aside(file),))


def _softly(code: str, summary: str, file: ConfigFile, found: str) -> Diagnosis:
    return Diagnosis(code, summary, Evidence(found[:300], "", file.path), (_aside(file),), Severity.WARNING)


def _aside(file: ConfigFile) -> Fix:
    return Fix("move that config file aside; Jupyter works without it", (Rename(file.path, free_backup(Path(file.path))),))


def _last(said: str) -> str:
    lines = [line for line in said.strip().splitlines() if line.strip()]
    return lines[-1][:300] if lines else ""
