"""conda on this machine: its command, its environments, and what they hold by conda's own records."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from envcheck import foreign_file
from envcheck.module_names import among
from envcheck.path_lists import parts
from envcheck.shape import read_file
from envcheck.target import typed_path
from envcheck.target.conda_packages import distributions
from envcheck.target.home import home_of
from envcheck.versions import name_of, normal_name

CONDAS = ("conda", "mamba", "micromamba")
# Where the installers put it, below the home; conda's own list of environments knows the rest.
USUAL = ("anaconda3", "miniconda3", "miniforge3", "mambaforge", "micromamba")
MOST = 60  # environments that are looked at
RECORD = re.compile(r"(?P<name>.+)-(?P<version>[^-]+)-(?P<build>[^-]+)")
SYSTEM = re.compile(r"/(noarch|(linux|osx|win|emscripten|wasi)-\w+)$")
COMMAND = re.compile(r"^# cmd: (?P<conda>\S.*?) (create|install|env|update) ", re.MULTILINE)


@dataclass(frozen=True)
class Record:
    """What conda noted when it installed a package. `url` and `channel` are empty where it did not."""

    name: str
    version: str
    build: str
    channel: str = ""
    url: str = ""

    @property
    def spec(self) -> str:
        """The package as conda takes it: `name=version=build`."""
        return f"{self.name}={self.version}={self.build}"


def find_command(variables: Mapping[str, str], prefix: str = "") -> str:
    """conda, mamba or micromamba: the one that the learner's shell was set up with, one on PATH, or
    the one that made the environment at `prefix`. Empty where there is none.
    """
    named = [variables.get("CONDA_EXE", ""), variables.get("MAMBA_EXE", ""), *CONDAS]
    if prefix:
        named += [*_noted(prefix), *(str(place) for place in _beside(prefix))]
    return next(
        (file for name in named if name and (file := typed_path.which(variables, name))), ""
    )


def environments(variables: Mapping[str, str], *prefixes: str) -> list[Path]:
    """conda's environments on this machine, wherever they are kept: beside `prefixes` and conda
    itself, in the folders of its settings, and in its own list.
    """
    places: dict[str, Path] = {}
    for place in _candidates(variables, prefixes):
        if len(places) < MOST and is_environment(place):
            places.setdefault(os.path.realpath(place), place)
    return list(places.values())


def named(variables: Mapping[str, str], name: str) -> list[Path]:
    """The environments of this name, as conda calls them: by their folder, and its own `base`."""
    return [
        place
        for place in environments(variables, variables.get("CONDA_PREFIX", ""))
        if place.name == name or (name == "base" and os.path.isdir(place / "condabin"))
    ]


def is_environment(place: str | Path) -> bool:
    """Whether conda made what is there; it need not have a Python."""
    return os.path.isdir(Path(place, "conda-meta"))


def python_in(place: str | Path) -> Path:
    """Where the Python of an environment of conda's is, if it has one."""
    return Path(place, "python.exe" if sys.platform == "win32" else "bin/python")


def records(prefix: str | Path) -> list[Record]:
    """conda's notes on what it installed there; of one that cannot be read, what its name says."""
    rows = []
    for file in files(prefix):
        named = RECORD.fullmatch(file.stem)
        if named is None:
            continue
        noted = read_file(file, {"channel?": str, "url?": str}) or {}
        channel, url = noted.get("channel") or "", noted.get("url") or ""
        rows.append(Record(named["name"], named["version"], named["build"], channel, url))
    return rows


def cut_records(prefix: str | Path) -> list[Path]:
    """Notes that end before their end: with one of them conda does nothing in this environment."""
    return [file for file in files(prefix) if not _ends(file)]


def files(prefix: str | Path) -> list[Path]:
    """conda's notes, one a package."""
    folder = Path(prefix, "conda-meta")
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208  # names are wanted
    except OSError:
        return []
    return [folder / name for name in names if name.endswith(".json") and name.count("-") >= 2]


def channels(prefix: str | Path) -> list[str]:
    """Where what is there came from, most of it first, as conda's `--channel` takes it."""
    counts: dict[str, int] = {}
    for record in records(prefix):
        if channel := _channel(record):
            counts[channel] = counts.get(channel, 0) + 1
    return sorted(counts, key=lambda channel: -counts[channel])


def has_all(prefix: str | Path, requirements: Iterable[str]) -> bool:
    """Whether it has all of these by their names, before its Python is asked."""
    there = distributions(prefix)
    return all(among(normal_name(name_of(wanted)), there) for wanted in requirements)


def _channel(record: Record) -> str:
    """Without the folder of the system; what Anaconda calls by one name keeps that."""
    text = SYSTEM.sub("", record.channel.rstrip("/"))
    if re.search(r"(repo\.anaconda\.com|repo\.continuum\.io)/pkgs/|^(pkgs/|defaults$)", text):
        return "defaults"
    return re.sub(r"^https://conda\.anaconda\.org/(?!t/)", "", text)


def _ends(file: Path) -> bool:
    try:
        return foreign_file.tail(file, 64).rstrip().endswith(b"}")
    except OSError:
        return True  # that it cannot be read is another matter


def _candidates(variables: Mapping[str, str], prefixes: Iterable[str]) -> Iterator[Path]:
    home = home_of(variables)
    for root in _roots(variables, prefixes):
        yield root
        yield from _below(root / "envs")
    for folder in _kept_in(variables, home):
        yield from _below(folder)
    for line in lines_of(home / ".conda" / "environments.txt"):
        yield Path(line)


def _roots(variables: Mapping[str, str], prefixes: Iterable[str]) -> Iterator[Path]:
    """Folders in which conda itself may be installed."""
    for prefix in filter(None, prefixes):
        yield Path(prefix)
        if Path(prefix).parent.name == "envs":
            yield Path(prefix).parent.parent
    for name in ("CONDA_ROOT", "MAMBA_ROOT_PREFIX", "CONDA_PREFIX_1"):
        if variables.get(name):
            yield Path(variables[name])
    if command := find_command(variables):
        yield Path(os.path.realpath(command)).parent.parent
    yield from (home_of(variables) / name for name in USUAL)


def _kept_in(variables: Mapping[str, str], home: Path) -> Iterator[Path]:
    """Other folders of environments, as conda's variables and settings name them."""
    yield home / ".conda" / "envs"
    for name in ("CONDA_ENVS_DIRS", "CONDA_ENVS_PATH"):
        yield from map(Path, parts(variables, name))
    yield from set_folders(home, "envs_dirs:", "envs_path:")


def set_folders(home: Path, *keys: str) -> Iterator[Path]:
    """The folders that a list of conda's settings names, by its keys."""
    listed = False
    for line in lines_of(home / ".condarc"):
        word = line.lstrip("-").strip().strip("'\"")
        if listed and line.startswith("-"):
            yield home / word[2:] if word.startswith("~/") else Path(word)
        else:
            listed = line.replace(" ", "") in keys


def _below(folder: Path) -> list[Path]:
    try:
        return [folder / name for name in sorted(os.listdir(folder))]  # noqa: PTH208  # names are wanted
    except OSError:
        return []


def lines_of(file: Path) -> list[str]:
    """The lines of a settings file that say something; none of a file that cannot be read."""
    try:
        text = foreign_file.text(file)
    except OSError:
        return []
    return [line.strip() for line in text.splitlines() if line.strip()]


def _noted(prefix: str) -> list[str]:
    """The command that made an environment, by its history."""
    try:
        text = foreign_file.text(Path(prefix, "conda-meta", "history"))
    except OSError:
        return []
    return [hit["conda"] for hit in COMMAND.finditer(text) if os.path.isabs(hit["conda"])][:1]  # noqa: PTH117


def _beside(prefix: str) -> Iterator[Path]:
    for root in (Path(prefix), Path(prefix).parent.parent):
        for folder in ("condabin", "bin", "Scripts"):
            yield root / folder / "conda"


def is_set_up(variables: Mapping[str, str]) -> bool:
    """Whether this shell knows `conda activate`: its start-up files have run conda's hook."""
    return bool(variables.get("CONDA_SHLVL"))


def set_up_by(variables: Mapping[str, str]) -> str:
    """Whose hook that was: micromamba's and mamba's own name no conda."""
    program = variables.get("CONDA_EXE") or variables.get("MAMBA_EXE") or ""
    name = program.replace("\\", "/").rpartition("/")[2].removesuffix(".exe").removesuffix(".bat")
    return name if name in CONDAS else "conda"


def base_of(variables: Mapping[str, str], prefix: str) -> Path | None:
    """The folder of the conda to which an environment belongs."""
    command = find_command(variables, prefix)
    if command:
        return Path(os.path.realpath(command)).parent.parent
    roots = _roots(variables, [prefix])
    return next((root for root in roots if os.path.isdir(root / "condabin")), None)
