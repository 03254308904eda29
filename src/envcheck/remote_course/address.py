"""The address of a course file: https alone, and nothing in it but a host and a path."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from envcheck.errors import UsageProblem


@dataclass(frozen=True)
class Address:
    """`folder` begins and ends with a slash; `name` is the course file's in it."""

    origin: str
    folder: str
    name: str

    def path_of(self, file: str) -> str:
        """The path, on the server, of a file beside the course's, by its path from there."""
        return self.folder + quote(file)

    def __str__(self) -> str:
        return f"{self.origin}{self.folder}{self.name}"


def is_address(word: str) -> bool:
    """Whether `--course` names an address, and no file."""
    return "://" in word


def address_of(word: str) -> Address:
    """Raises UsageProblem."""
    try:
        parts = urlsplit(word)
        host, port = parts.hostname or "", parts.port
        host.encode("ascii")
    except ValueError:
        raise _unusable(word, "it is no address") from None
    if parts.scheme.lower() != "https":
        raise _unusable(word, "what others could change on the way is not used: it must be https")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise _unusable(word, "it may have a host and a path, and no name, `?` or `#`")
    folder, _, name = parts.path.rpartition("/")
    odd = {"..", "."} & {*folder.split("/")} or "\\" in parts.path or "%2f" in parts.path.lower()
    if not host or odd or not name.endswith(".toml"):
        raise _unusable(word, "it must lead to a file such as envcheck.toml")
    shown = f"[{host}]" if ":" in host else host
    return Address(f"https://{shown}{'' if port is None else f':{port}'}", f"{folder}/", name)


def _unusable(word: str, why: str) -> UsageProblem:
    return UsageProblem(f"--course {word}: {why}")
