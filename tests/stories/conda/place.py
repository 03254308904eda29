"""A conda on a learner's machine: its base with the command, and environments beside it."""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.stories.machine import SYSTEM_PATH, Machine, full_installation

STAND_IN = Path(__file__).with_name("stand_in.py")
PACKAGES = (
    "python", "notebook", "jupyterlab", "ipykernel", "numpy", "pandas", "matplotlib",
    "matplotlib-base", "seaborn", "jupyter_client", "jupyter_core", "python-fastjsonschema", "pip",
)  # fmt: skip


def put_conda(
    machine: Machine, *, channel: str = "conda-forge", default: Sequence[str] = ("conda-forge",)
) -> Path:
    """The folder of a conda below the home, whose channel has the chapter's packages; the shell is
    not set up.
    """
    return _put(
        machine,
        {
            "channels": {channel: list(PACKAGES)},
            "default": list(default),
            "healthy": os.environ["ENVCHECK_STORY_HEALTHY"],
            "wheels": machine.variables.get("PIP_FIND_LINKS", ""),
        },
    )


def put_conda_of(machine: Machine, channel: Path, cache: Path) -> Path:
    """The same, with a real channel, from which it really installs; `cache` is where that unpacks."""
    own = channel.as_uri()
    names = {file.name.rsplit("-", 2)[0] for file in channel.glob("*/*.conda")}
    return _put(
        machine,
        {
            "channels": {own: sorted(names)},
            "default": [own],
            "folder": str(channel),
            "cache": str(cache),
        },
    )


def set_up_shells(machine: Machine, base: Path) -> None:
    """The base of a story's own is where `conda init` left it: its start-up files know the command."""
    can_be_activated(machine, base)
    (machine.home / "miniconda3").symlink_to(base)


def can_be_activated(machine: Machine, base: Path) -> None:
    """What every conda has by which its environments are activated, set up or not."""
    (base / "condabin").mkdir(exist_ok=True)
    machine.write(str(base / "bin" / "activate"), ACTIVATE, 0o755)
    machine.write(str(base / HOOKS["posix"]), POSIX)
    machine.write(str(base / HOOKS["fish"]), FISH)


def hook_lines(machine: Machine, dialect: str) -> list[str]:
    """What `conda init` writes into a start-up file; nothing where it was never typed."""
    base = machine.home / "miniconda3"
    if machine.variables.get("CONDA_SHLVL", "(unset)") == "(unset)" or not base.is_dir():
        return []
    line = f"{'source' if dialect == 'fish' else '.'} {base}/{HOOKS[dialect]}"
    own = machine.variables.get("CONDA_PREFIX") == str(base)
    return [line, f"conda activate {base}"] if own else [line]


def activation_of(machine: Machine, place: str, dialect: str) -> str:
    """What a learner types to be in this environment."""
    base = machine.home / "miniconda3"
    if hook_lines(machine, dialect):
        return f"conda activate {place}"
    if dialect == "fish":
        return f"source {base}/{HOOKS['fish']}; and conda activate {place}"
    return f". {base}/bin/activate {place}"


def _put(machine: Machine, settings: dict[str, object]) -> Path:
    base = machine.home / "miniconda3"
    (base / "conda-meta").mkdir(parents=True)
    (base / "conda-meta" / "history").touch()
    (base / "envs").mkdir()
    (base / "condabin").mkdir()
    file = machine.write(str(base / "stand-in.json"), settings)
    words = shlex.join([sys.executable, "-E", str(STAND_IN), str(file)])
    machine.write(str(base / "bin" / "conda"), f'#!/bin/sh\nexec {words} "$@"\n', 0o755)
    (base / "condabin" / "conda").symlink_to(base / "bin" / "conda")
    can_be_activated(machine, base)
    machine.variables.update(CONDA_EXE=str(base / "bin" / "conda"), CONDA_SHLVL="0")
    return base


def environment_of(
    healthy: Path, place: Path, *, packages: bool = True, channel: str = "conda-forge"
) -> Path:
    """An environment of conda's at `place`: a whole Python, conda's notes on all that is in it."""
    full_installation(healthy, place, packages=packages)
    meta = place / "conda-meta"
    meta.mkdir()
    (meta / "history").touch()
    folder = f"https://conda.anaconda.org/{channel}/noarch"
    rows = [("python", "3.11.7")] + [
        (entry.stem.split("-")[0].lower(), entry.stem.split("-")[1])
        for entry in place.glob("lib/python3*/site-packages/*.dist-info")
    ]
    for name, version in rows:
        note = {
            "name": name, "version": version, "channel": folder,
            "url": f"{folder}/{name}-{version}-py_0.conda",
        }  # fmt: skip
        (meta / f"{name}-{version}-py_0.json").write_text(json.dumps(note))
    return place


def activate(machine: Machine, place: Path, level: int = 2) -> None:
    """As `conda activate` leaves a terminal."""
    base = machine.home / "miniconda3"
    machine.variables.update(
        CONDA_PREFIX=str(place),
        CONDA_DEFAULT_ENV="base" if place == base else place.name,
        CONDA_SHLVL=str(level),
        PATH=f"{place}/bin:{base}/condabin:{SYSTEM_PATH}",
    )


# What a shell reads that `conda init` has set up, below conda's folder
HOOKS = {"posix": "etc/profile.d/conda.sh", "fish": "etc/fish/conf.d/conda.fish"}
# What `. BASE/bin/activate PREFIX` does, in a POSIX shell
ACTIVATE = """\
CONDA_PREFIX=$1; export CONDA_PREFIX
CONDA_DEFAULT_ENV=${1##*/}; export CONDA_DEFAULT_ENV
CONDA_SHLVL=1; export CONDA_SHLVL
PATH=$1/bin:$PATH; export PATH
"""
# The first that is activated comes first on PATH; the next one takes its place, wherever that is
POSIX = """\
CONDA_SHLVL=0; export CONDA_SHLVL
_conda_put() {
  if [ -n "$2" ]; then PATH=$1/bin:$PATH
  else PATH=$(printf %s "$PATH" | sed "s|$CONDA_PREFIX/bin|$1/bin|"); fi
}
conda() {
  _way=$1 _stack=
  [ "$CONDA_SHLVL" = 0 ] && _stack=yes
  [ "$2" = --stack ] && { _stack=yes; shift; }
  case $_way in
  activate)
    [ "$CONDA_SHLVL" -gt 0 ] && [ "$2" = "$CONDA_PREFIX" ] && return
    _conda_put "$2" "$_stack"
    eval "CONDA_PREFIX_$CONDA_SHLVL=\\$CONDA_PREFIX"
    CONDA_PREFIX=$2; CONDA_DEFAULT_ENV=${2##*/}; CONDA_SHLVL=$((CONDA_SHLVL + 1))
    if [ -d "$2/condabin" ]; then CONDA_DEFAULT_ENV=base; fi ;;
  deactivate)
    [ "$CONDA_SHLVL" = 0 ] && return
    CONDA_SHLVL=$((CONDA_SHLVL - 1))
    eval "_last=\\$CONDA_PREFIX_$CONDA_SHLVL"
    if [ "$CONDA_SHLVL" = 0 ]; then PATH=$(printf %s "$PATH" | sed "s|$CONDA_PREFIX/bin:||")
    else _conda_put "$_last" ""; fi
    CONDA_PREFIX=$_last ;;
  *) "$CONDA_EXE" "$@"; return ;;
  esac
  export CONDA_PREFIX CONDA_DEFAULT_ENV CONDA_SHLVL PATH
}
"""
FISH = """\
set -gx CONDA_SHLVL 0
function conda
  set -l place $argv[-1]
  switch $argv[1]
  case activate
    if test $CONDA_SHLVL -gt 0; and test "$place" = "$CONDA_PREFIX"
      return
    end
    if test $CONDA_SHLVL = 0; or test "$argv[2]" = --stack
      set -gx PATH $place/bin $PATH
    else
      set -gx PATH (string replace -- $CONDA_PREFIX/bin $place/bin $PATH)
    end
    set -g CONDA_PREFIX_$CONDA_SHLVL $CONDA_PREFIX
    set -gx CONDA_PREFIX $place
    set -gx CONDA_DEFAULT_ENV (basename $place)
    test -d $place/condabin; and set -gx CONDA_DEFAULT_ENV base
    set -gx CONDA_SHLVL (math $CONDA_SHLVL + 1)
  case deactivate
    test $CONDA_SHLVL = 0; and return
    set -gx CONDA_SHLVL (math $CONDA_SHLVL - 1)
    set -l last CONDA_PREFIX_$CONDA_SHLVL
    if test $CONDA_SHLVL = 0
      set -gx PATH (string match -v -- $CONDA_PREFIX/bin $PATH)
      set -e CONDA_PREFIX
    else
      set -gx PATH (string replace -- $CONDA_PREFIX/bin $$last/bin $PATH)
      set -gx CONDA_PREFIX $$last
    end
  case '*'
    $CONDA_EXE $argv
  end
end
"""
