"""What stands in for the program `conda`: it says and refuses what conda 26.7.1 was recorded to say
and refuse, and installs for real: a whole Python, and wheels.

Started as `python stand_in.py SETTINGS WORD...`; SETTINGS is a JSON file: `channels` (name to the
packages that it has), `default` (the channels that are asked where none is given), `healthy` (an
environment that the Python comes from) and `wheels` (a folder). With `folder`, a real channel, and
`cache`, packages come from there, by py-rattler.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

import yaml

ROOT = Path(__file__).parents[3]
CLEAN = ("PYTHONPATH", "PYTHONHOME")
PYPI = {"python-fastjsonschema": "fastjsonschema", "matplotlib-base": "matplotlib"}


def main(settings: dict[str, Any], words: list[str]) -> int:
    rc = Path.home() / ".condarc"
    if rc.is_file() and not _readable(rc.read_text(encoding="utf-8")):
        return _refuse(
            f'  File "/conda/common/configuration.py", line 1489, in _set_search_path\n'
            f"    self._set_raw_data(dict(self._load_search_path(self._search_path)))\n"
            f"conda.common.configuration.ConfigurationLoadError: Unable to load configuration file.\n"
            f"  path: {rc}\n  reason: invalid yaml at line 2, column 0\n"
        )
    if words == ["info"]:
        return 0
    if words[:2] == ["env", "create"]:
        return _from_list(settings, words[2:])
    parser = argparse.ArgumentParser(prog="conda")
    parser.add_argument("verb", choices=("install", "create", "update", "remove"))
    parser.add_argument("--yes", action="store_true", required=True)
    parser.add_argument("--prefix", type=Path, required=True)
    parser.add_argument("--channel", action="append", default=[])
    parser.add_argument("--force-reinstall", action="store_true")
    parser.add_argument("--no-deps", action="store_true")
    parser.add_argument("specs", nargs="+")
    return _carry_out(settings, parser.parse_args(words))


def _from_list(settings: dict[str, Any], words: list[str]) -> int:
    """`conda env create --file environment.yml`: into the folder of its name, or the one that is asked
    for; it must be new.
    """
    parser = argparse.ArgumentParser(prog="conda env create")
    parser.add_argument("-f", "--file", type=Path, default="environment.yml")
    parser.add_argument("-y", "--yes", action="store_true")
    places = parser.add_mutually_exclusive_group()
    places.add_argument("-n", "--name")
    places.add_argument("-p", "--prefix", type=Path)
    asked = parser.parse_args(words)
    if not asked.file.is_file():
        return _refuse(f"EnvironmentFileNotFound: '{asked.file.absolute()}' file not found")
    listed = yaml.safe_load(asked.file.read_text(encoding="utf-8"))
    name = asked.name or listed.get("name")
    if not name and not asked.prefix:
        return _refuse("SpecNotFound: Could not determine a name for the environment")
    prefix = asked.prefix or Path(sys.argv[1]).parent / "envs" / name
    if prefix.exists():
        return _refuse(f"CondaValueError: prefix already exists: {prefix}")
    specs = [row for row in listed["dependencies"] if isinstance(row, str)]
    words = ["create", "--yes", "--prefix", str(prefix), *specs]
    code = main(settings, words)
    by_pip = [row["pip"] for row in listed["dependencies"] if isinstance(row, dict)]
    if by_pip and not code:
        pip = [str(prefix / "bin" / "python"), "-m", "pip", "install", "-q", "--find-links"]
        code = subprocess.run([*pip, settings["wheels"], *by_pip[0]], check=False).returncode
    return code


def _carry_out(settings: dict[str, Any], asked: argparse.Namespace) -> int:
    for spec in asked.specs:
        if "[" in spec:
            return _refuse(
                f"InvalidMatchSpec: Invalid spec '{spec}': No key-value pairs found in square brackets"
            )
    meta = asked.prefix / "conda-meta"
    if asked.verb != "create" and not meta.is_dir():
        return _refuse(f"EnvironmentLocationNotFound: Not a conda environment: {asked.prefix}")
    for note in meta.glob("*.json"):
        try:
            json.loads(note.read_text(encoding="utf-8"))
        except ValueError:
            return _refuse(
                "CorruptedEnvironmentError: The target environment has been corrupted.\n"
                f"  path: {note}"
            )
    names = {spec: re.split(r"[=<>! ]", spec)[0].lower() for spec in asked.specs}
    channels = [*asked.channel, *settings["default"]]
    absent = [one for one in channels if one not in settings["channels"] and one != "defaults"]
    if absent:
        return _refuse(f"UnavailableInvalidChannel: HTTP 404 NOT FOUND for channel {absent[0]}")
    has = {name: one for one in reversed(channels) for name in settings["channels"].get(one, ())}
    unknown = [name for name in names.values() if name not in has and "://" not in name]
    if unknown and asked.verb != "remove":
        return _refuse(
            "PackagesNotFoundInChannelsError: The following packages are not available from current"
            " channels:\n\n" + "\n".join(f"  - {name}" for name in unknown)
        )
    meta.mkdir(parents=True, exist_ok=True)
    (meta / "history").touch()
    if folder := settings.get("folder"):
        _really(settings, asked, folder)
    _install(settings, asked, names, has)
    return 0


def _really(settings: dict[str, Any], asked: argparse.Namespace, folder: str) -> NoReturn:
    sys.path.insert(0, str(ROOT))
    from tests.stories.conda.real import carry_out

    said = carry_out(asked, [Path(folder).as_uri()], Path(settings["cache"]))
    code = _refuse(said) if said else 0
    sys.stderr.flush()
    os._exit(code)  # threads of rattler's are left, which Python cannot end


def _install(
    settings: dict[str, Any], asked: argparse.Namespace, names: dict[str, str], has: dict[str, str]
) -> None:
    python = asked.prefix / "bin" / "python"
    if "python" in names.values() and not python.exists():
        _put_python(Path(settings["healthy"]), asked.prefix)
        _note(asked.prefix, "python", "3.11.7", has["python"])
    site = next(asked.prefix.glob("lib/python3*/site-packages"))
    before = set(site.glob("*.dist-info"))
    wheels = [
        PYPI.get(name, name) + re.sub("^=(?!=)", "==", spec[len(name) :]).partition("=py_0")[0]
        for spec, name in names.items()
        if name != "python"
    ]
    if wheels:
        words = ["-m", "pip", "install", "-q", "--find-links", settings["wheels"]]
        options = ["--no-deps"] if asked.no_deps else []
        again = ["--force-reinstall"] if asked.force_reinstall or asked.no_deps else []
        subprocess.run([str(python), *words, *options, *again, *wheels], check=True)
    for folder in sorted({*site.glob("*.dist-info")} - before) if not asked.no_deps else ():
        name, version = folder.stem.split("-")[:2]
        _note(asked.prefix, name.lower(), version, has.get(name.lower(), settings["default"][0]))
    for spec, name in names.items() if asked.no_deps else ():
        _note(asked.prefix, name, spec.split("=")[1], has[name])


def _put_python(healthy: Path, prefix: Path) -> None:
    sys.path.insert(0, str(ROOT))
    from tests.stories.machine import full_installation

    full_installation(healthy, prefix, packages=False)


def _note(prefix: Path, name: str, version: str, channel: str) -> None:
    folder = f"https://conda.anaconda.org/{channel}/noarch"
    row = {
        "name": name, "version": version, "build": "py_0", "channel": folder,
        "url": f"{folder}/{name}-{version}-py_0.conda",
    }  # fmt: skip
    (prefix / "conda-meta" / f"{name}-{version}-py_0.json").write_text(json.dumps(row, indent=1))


def _readable(text: str) -> bool:
    return all(
        re.match(r"\s*(#.*|- .*|[\w.-]+:.*)?$", line) and "\t" not in line
        for line in text.splitlines()
    )


def _refuse(said: str) -> int:
    sys.stderr.write(f"\n{said}\n\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), sys.argv[2:]))
