"""The files that a course carries: run-envcheck.py, the wheel of this envcheck, and the lock.

The wheel is put together from what is installed, by the record that the installer left: the same
files give the same wheel, and none that was changed since.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from importlib import metadata, resources
from pathlib import Path, PurePosixPath

import envcheck
from envcheck.errors import UsageProblem
from envcheck.shape import read_object

DISTRIBUTION = "envcheck-course"
NAME = DISTRIBUTION.replace("-", "_")
STARTED, LOCK = "run-envcheck.py", "envcheck.lock"
PARTS = ("envcheck", "envcheck_checks", "envcheck_class")
OF_A_WHEEL = ("METADATA", "WHEEL", "entry_points.txt")  # the installer's own files stand beside
LAUNCHERS = ("envcheck", "envcheck.cmd", "envcheck-course", "envcheck-course.cmd")
DATE = (2020, 2, 2, 0, 0, 0)
OWN_HASH = re.compile(rf"(?m)^{DISTRIBUTION}==(?:.*\\\n)*.*\n?")


def wheel_name() -> str:
    return f"{NAME}-{envcheck.__version__}-py3-none-any.whl"


def files(before: Mapping[str, bytes]) -> dict[str, bytes]:
    """The three files by name, the one that starts the others last. `before` are those that are
    there: a wheel of the same content stays as it was packed. Raises UsageProblem.
    """
    members = dict(wheel_members())
    there = before.get(wheel_name(), b"")
    wheel = there if unpacked(there) == members else packed(members)
    return {
        wheel_name(): wheel,
        LOCK: lock(shipped(LOCK).decode(), wheel).encode(),
        STARTED: shipped(STARTED),
    }


def shipped(name: str) -> bytes:
    """A file that the wheel carries for this."""
    return (resources.files(envcheck) / "vendored" / name).read_bytes()


def lock(text: str, wheel: bytes) -> str:
    """The lock, and the wheel's own hash in it."""
    own = f"{DISTRIBUTION}=={envcheck.__version__} \\\n    --hash=sha256:{hashlib.sha256(wheel).hexdigest()}\n"
    return OWN_HASH.sub("", text) + own


def wheel_members() -> Iterator[tuple[str, bytes]]:
    """The names in the wheel and what is there, as it was installed. Raises UsageProblem."""
    installed = metadata.distribution(DISTRIBUTION)
    refuse_editable(installed)
    own = f"{NAME}-{installed.version}"
    for file in sorted(installed.files or ()):
        member = member_of(PurePosixPath(file), own)
        if member:
            content = Path(str(file.locate())).read_bytes()
            if file.hash and digest(content) != file.hash.value:
                problem = f"{file} is not as it was installed: install envcheck anew"
                raise UsageProblem(problem)
            yield member, content


def refuse_editable(installed: metadata.Distribution) -> None:
    """A developer's installation holds no files of its own: its clone has them."""
    shape = {"url": str, "dir_info": {"editable": bool}}
    told = read_object(installed.read_text("direct_url.json") or "", shape)
    if told and told["dir_info"]["editable"]:
        script = Path(told["url"].removeprefix("file://"), STARTED)
        raise UsageProblem(
            f"this envcheck is an editable installation. Type: python3 {script} vendor FOLDER"
        )


def member_of(file: PurePosixPath, own: str) -> str:
    """The name that an installed file has in the wheel; empty for one that the installer made."""
    if file.suffix == ".pyc":
        return ""
    if file.parts[0] in PARTS:
        return str(file)
    if file.parts[0] == f"{own}.dist-info":
        kept = file.name in OF_A_WHEEL or "licenses" in file.parts
        return str(file) if kept else ""
    return f"{own}.data/scripts/{file.name}" if file.name in LAUNCHERS else ""


def digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")


def packed(members: Mapping[str, bytes]) -> bytes:
    """A wheel of these files."""
    record = f"{NAME}-{envcheck.__version__}.dist-info/RECORD"
    lines = [
        f"{member},sha256={digest(content)},{len(content)}\n" for member, content in members.items()
    ]
    whole = {**members, record: "".join([*lines, f"{record},,\n"]).encode()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as wheel:
        for name, content in whole.items():
            member = zipfile.ZipInfo(name, DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            mode = 0o755 if ".data/scripts/" in name else 0o644
            member.external_attr = (0o100000 | mode) << 16
            wheel.writestr(member, content)
    return made.getvalue()


def unpacked(wheel: bytes) -> dict[str, bytes]:
    """What is in a wheel, without its record; nothing for what is no wheel."""
    try:
        with zipfile.ZipFile(io.BytesIO(wheel)) as file:
            names = [name for name in file.namelist() if not name.endswith("/RECORD")]
            return {name: file.read(name) for name in sorted(names)}
    except (zipfile.BadZipFile, ValueError, OSError):
        return {}
