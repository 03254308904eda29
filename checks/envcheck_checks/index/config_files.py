"""pip's own settings files: which they are on this system, and what they set."""

from __future__ import annotations

import configparser
import locale
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from urllib.parse import SplitResult, urlsplit

from envcheck import foreign_file
from envcheck.target.home import home_of
from envcheck.variables import in_any_case

HERE = "the variables of this terminal"


def address(url: str) -> SplitResult:
    """The parts of an address; one that cannot be understood has none."""
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError:
        return urlsplit("")
    return parts


@dataclass(frozen=True)
class Setting:
    """A value and where it stands: in a variable of the terminal, or under a key in a file; in
    neither, it is the system's.

    `alone` when the file holds nothing else.
    """

    value: str
    variable: str = ""
    file: str = ""
    key: str = ""
    alone: bool = False

    @property
    def configured(self) -> bool:
        """Somebody chose it, in a variable or a file."""
        return bool(self.variable or self.file)

    @property
    def source(self) -> str:
        """Where the setting stands, in words."""
        if self.variable:
            return self.variable
        return f"{self.key} in {self.file}" if self.file else "this system's settings"

    @property
    def looked_in(self) -> str:
        """The file, or what else it may stand in."""
        return self.file or HERE

    @property
    def place(self) -> str:
        """The value as it may be shown: of an address scheme and host, never the name, password,
        path or query.
        """
        parts = address(self.value if "://" in self.value else f"http://{self.value}")
        if parts.scheme == "file":
            return parts.path
        return (
            f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if parts.netloc else "what is set"
        )


@dataclass(frozen=True)
class BrokenFile:
    """A settings file that pip cannot read: it then does nothing at all. `keys` are the settings
    that can be made out.
    """

    path: str
    reason: str
    keys: tuple[str, ...] = ()


Config = tuple[dict[str, Setting], tuple[BrokenFile, ...]]


def config_files(
    variables: Mapping[str, str], home: str, prefix: str, system: str
) -> tuple[str, ...]:
    """Every file that pip reads, the one that wins last. `system` is a value of `sys.platform`."""
    own = variables.get("PIP_CONFIG_FILE", "")
    if own in ("/dev/null", "nul"):
        return ()
    pure: type[PurePath] = PureWindowsPath if system == "win32" else PurePosixPath
    shared, personal = _FOLDERS.get(system, _xdg_folders)(variables, pure(home), prefix)
    if own and os.path.exists(own):
        personal = []
    name = "pip.ini" if system == "win32" else "pip.conf"
    return (
        *(str(folder / name) for folder in (*shared, *personal, pure(prefix))),
        *([own] if own else []),
    )


Folders = tuple[list[PurePath], list[PurePath]]


def _windows_folders(variables: Mapping[str, str], home: PurePath, _: str) -> Folders:
    """Where pip's files lie: for everybody, and for this user."""
    roaming = variables.get("APPDATA") or home / "AppData" / "Roaming"
    shared = PureWindowsPath(in_any_case(variables, "ProgramData") or "C:/ProgramData", "pip")
    return [shared], [home / "pip", PureWindowsPath(roaming, "pip")]


def _macos_folders(_: Mapping[str, str], home: PurePath, prefix: str) -> Folders:
    """Where pip's files lie: for everybody, for everybody with this Homebrew, and for this user."""
    library = home / "Library/Application Support/pip"
    personal = library if os.path.isdir(library) else home / ".config/pip"
    brew, brewed, _version = prefix.partition("/opt/python")
    shared = [PurePosixPath(brew, "share/pip")] if brewed else []
    return [*shared, PurePosixPath("/Library/Application Support/pip")], [home / ".pip", personal]


def _xdg_folders(variables: Mapping[str, str], home: PurePath, _: str) -> Folders:
    """Where pip's files lie: for everybody, and for this user."""
    everybody = (variables.get("XDG_CONFIG_DIRS", "").strip() or "/etc/xdg").split(":")
    shared: list[PurePath] = [PurePosixPath(folder, "pip") for folder in everybody]
    personal = variables.get("XDG_CONFIG_HOME", "").strip() or home / ".config"
    return [*shared, PurePosixPath("/etc")], [home / ".pip", PurePosixPath(personal, "pip")]


_FOLDERS = {"win32": _windows_folders, "darwin": _macos_folders}


def read(files: Iterable[str]) -> Config:
    """All settings as `section.key`, and the files that cannot be read as settings."""
    values: dict[str, Setting] = {}
    broken = []
    for file in files:
        parser = configparser.RawConfigParser()
        try:
            text = foreign_file.content(file).decode(locale.getpreferredencoding(False))
            parser.read_string(foreign_file.lines(text), file)
        except OSError:
            continue
        except (configparser.Error, UnicodeDecodeError) as error:
            broken.append(_broken(file, error))
            continue
        for section in parser.sections():
            settings = {
                key.lower().replace("_", "-").removeprefix("--"): value
                for key, value in parser.items(section)
                if value
            }
            alone = sum(len(parser.options(name)) for name in parser.sections()) == 1
            values.update(
                {
                    f"{section}.{key}": Setting(value, file=file, key=key, alone=alone)
                    for key, value in settings.items()
                }
            )
    return values, tuple(broken)


def netrc_of(variables: Mapping[str, str]) -> str:
    """The file in which pip and uv look for the index's name and password."""
    usual = [home_of(variables) / name for name in (".netrc", "_netrc")]
    return variables.get("NETRC") or str(
        next((file for file in usual if os.path.isfile(file)), usual[0])
    )


def _broken(file: str, error: Exception) -> BrokenFile:
    """The text of the error quotes the line, which may hold a password: only its number
    is taken.
    """
    lines = [
        *(number for number, _ in getattr(error, "errors", ())),
        getattr(error, "lineno", None),
    ]
    where = (
        f"line {lines[0]} cannot be read as settings"
        if lines[0]
        else "it holds characters that cannot be read"
    )
    text = foreign_file.text_or_nothing(file)
    settings = [
        line
        for line in text.splitlines()
        if "=" in line and not line.lstrip().startswith(("#", ";"))
    ]
    return BrokenFile(file, where, tuple(line.partition("=")[0].strip() for line in settings))
