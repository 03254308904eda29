"""Installing into an environment of conda's: by conda, in its own names, from the channels that the
environment came from. pip is left what pip has put there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from envcheck.environment import Environment
from envcheck.target import conda, terminal
from envcheck.target.conda_names import conda_name, is_condas
from envcheck.target.interpreter import Interpreter
from envcheck.versions import normal_name

KNOWN = ("--force-reinstall", "--no-deps")  # options that pip and conda share
NAME = re.compile(r"^[A-Za-z0-9._-]+")
EXTRAS = re.compile(r"\[[^\]]*\]")


def commands(
    env: Environment, python: Interpreter, requirements: Sequence[str], pip: Sequence[str]
) -> list[tuple[str, ...]]:
    """What installs these; none where there is no conda. `pip` is the start of the other way, for
    what pip has put there.
    """
    command = conda.find_command(env.variables, python.prefix)
    if not command:
        return []
    names = [word for word in requirements if not word.startswith("-")]
    options = [word for word in requirements if word.startswith("-")]
    own = [record.name for record in conda.records(python.prefix)]
    by_pip = [
        word
        for word in names
        if _plain(word) in python.installed and not is_condas(_name(word), own)
    ]
    by_conda = [word for word in names if word not in by_pip]
    made = []
    if by_conda:
        made.append((command, *_words(python.prefix, own, by_conda, options)))
    if by_pip:
        made.append((*pip, *_by_pip(python, by_pip, options, own)))
    return made


def _by_pip(
    python: Interpreter, names: Sequence[str], options: Sequence[str], own: Sequence[str]
) -> tuple[str, ...]:
    """What is forced is forced for every word of the line, and for what these need: then nothing
    else may stand in it.
    """
    if "--force-reinstall" in options:
        return (*dict.fromkeys([*options, "--no-deps"]), *names)
    return (*options, *names, *_kept(python, names, own))


def create(
    command: str, prefix: str, base: str, requirements: Sequence[str], python: str
) -> tuple[str, ...]:
    """The command that puts a Python and what the chapter needs into an environment that has none;
    it comes from where `base` came from. `python` is a specifier.
    """
    verb = "install" if conda.is_environment(prefix) else "create"
    wanted = [f"python{python}", *requirements]
    return (command, *_words(prefix, [], wanted, [], verb=verb, channels=conda.channels(base)))


def create_named(
    command: str, name: str, requirements: Sequence[str], python: str
) -> tuple[str, ...]:
    """The command that makes an environment of this name where conda keeps them; `python` is a
    specifier.
    """
    wanted = (_in_condas_words(word, []) for word in (f"python{python}", *requirements))
    return (command, "create", "--yes", "--name", name, *wanted)


def activator(env: Environment, python: str) -> tuple[str, str, bool]:
    """The program whose `activate` this terminal knows, and whether what it activates would come
    behind another Python. Where it knows none: conda and its folder, or micromamba, which has no
    such file, and its path.
    """
    if conda.is_set_up(env.variables):
        active = env.variables.get("CONDA_PREFIX", "")
        behind = bool(active) and bool(terminal.before(env.variables, active))
        return conda.set_up_by(env.variables), "", behind
    folder = Path(python).parent
    prefix = str(folder.parent if folder.name == "bin" else folder)
    command = conda.find_command(env.variables, prefix)
    if Path(command).stem == "micromamba":
        return "micromamba", command, False
    return "conda", str(conda.base_of(env.variables, prefix) or ""), False


def _words(
    prefix: str,
    own: Sequence[str],
    names: Sequence[str],
    options: Sequence[str],
    *,
    verb: str = "",
    channels: Sequence[str] | None = None,
) -> tuple[str, ...]:
    """conda installs a bare name again in the version that is there; to go on from that one is its
    `update`.
    """
    onward = "--upgrade" in options and all(_name(word) == EXTRAS.sub("", word) for word in names)
    kept = [
        word for word in options if word in KNOWN and not (onward and word == "--force-reinstall")
    ]
    all_channels = conda.channels(prefix) if channels is None else channels
    return (
        verb or ("update" if onward else "install"),
        "--yes",
        "--prefix",
        prefix,
        *(word for channel in all_channels for word in ("--channel", channel)),
        *kept,
        *(_in_condas_words(word, own) for word in names),
    )


def _in_condas_words(requirement: str, own: Sequence[str]) -> str:
    """conda's own name, and no brackets, which it refuses."""
    name = _name(requirement)
    return conda_name(name, own) + EXTRAS.sub("", requirement[len(name) :]).replace(" ", "")


def _kept(python: Interpreter, names: Sequence[str], own: Sequence[str]) -> list[str]:
    """What these need and conda manages, as it is: pip then writes over none of it, or says that it
    cannot be.
    """
    needed = {
        normal_name(_name(line))
        for word in names
        for line in python.installed[_plain(word)].requires
    }
    return [
        f"{name}=={python.installed[name].version}"
        for name in sorted(needed)
        if name in python.installed and is_condas(name, own)
    ]


def _name(requirement: str) -> str:
    hit = NAME.match(requirement)
    return hit[0] if hit else requirement


def _plain(requirement: str) -> str:
    return normal_name(_name(requirement))
