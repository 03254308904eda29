"""A part of Jupyter's server that serves a page is switched off by a file of configuration, as
`jupyter server extension disable` does: found by a trial with the part on.
"""

from __future__ import annotations

import json
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, Evidence, Fix, Rename, Write
from envcheck.fixes.advice import tell
from envcheck.fixes.backup import move_aside
from envcheck.path_lists import joined
from envcheck.shape import ANY_OBJECT, read_file
from envcheck.target.interpreter import interpreter
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.interference.trials import Removed, SettingKind
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.machine.system import listed_folders, system
from envcheck_checks.notebook.codes import PAGE_PART_TURNED_OFF
from envcheck_checks.notebook.page import turned_off

SERVER, OPTION = "ServerApp", "jpserver_extensions"
# Those that serve a page, or hand the learner's older settings on to those that do
OF_PAGES = ("jupyterlab", "notebook", "nbclassic", "notebook_shim")


def find(env: Environment, failure: Failure) -> Diagnosis | None:
    """The file that switches off what a page comes from; None where the same does not work with it
    on.
    """
    off = _off(env)
    if not off or failure.retry is None:
        return None
    on = env.new_folder("extensions-on")
    settings = {SERVER: {OPTION: dict.fromkeys(off, True)}}
    (on / "jupyter_server_config.json").write_text(json.dumps(settings), encoding="utf-8")
    first = joined([str(on), *listed_folders(env, "JUPYTER_CONFIG_PATH")], system(env).name)
    if failure.works([Removed(SettingKind.CONFIG, str(on), {"JUPYTER_CONFIG_PATH": first})]) is not True:  # fmt: skip
        return None
    names, files = ", ".join(off), [*dict.fromkeys(off.values())]
    return Diagnosis(
        PAGE_PART_TURNED_OFF,
        f"{failure.what}: a file of Jupyter's configuration switches off the part of the server that it comes from, {names}",
        Evidence(
            f"{OPTION}: {', '.join(f'{name} off' for name in off)}",
            "the same with it on, which works",
            ", ".join(file.path for file in files),
        ),
        (_on_again(env, files),),
    )


def _off(env: Environment) -> dict[str, ConfigFile]:
    """Each part that is there and off, with the file whose word counts: a part's own file of settings
    gives way to the server's.
    """
    installed = interpreter(env).installed
    files = config_files(env)
    in_order = [file for file in files if _is_parts_own(file)]
    in_order += [file for file in files if not _is_parts_own(file)]
    words = {
        str(name): (file, value)
        for file in in_order
        if isinstance(told := file.get(OPTION, SERVER), dict)
        for name, value in told.items()
    }
    return {
        name: words[name][0]
        for name in OF_PAGES
        if name in words and words[name][1] is False and name.replace("_", "-") in installed
    }


def _is_parts_own(file: ConfigFile) -> bool:
    return Path(file.path).parent.suffix == ".d"


def _on_again(env: Environment, files: list[ConfigFile]) -> Fix:
    """A file of JSON says `true` afterwards, as `jupyter server extension enable` writes it; one of
    Python's is put aside.
    """
    if not all(turned_off.is_theirs(env, Path(file.path)) for file in files):
        return tell(
            "switch it on again",
            f"Whoever looks after this machine switches it on again, in {files[0].path}.",
        )
    return Fix("switch it on again", tuple(map(_step, files)), Confidence.SURE)


def _step(file: ConfigFile) -> Write | Rename:
    settings = read_file(Path(file.path), ANY_OBJECT)
    told = (settings or {}).get(SERVER)
    if settings is None or not isinstance(told, dict) or not isinstance(told.get(OPTION), dict):
        return move_aside(file.path)
    parts = {name: True if name in OF_PAGES else on for name, on in told[OPTION].items()}
    whole = {**settings, SERVER: {**told, OPTION: parts}}
    return Write(file.path, json.dumps(whole, indent=2) + "\n")
