"""What a compiled file says of itself: the processor, C library and version of Python that it was
built for.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path

from envcheck import foreign_file
from envcheck.target.interpreter import Interpreter

# By the numbers in the headers of ELF (e_machine), Mach-O (cputype) and PE (Machine).
ELF_MACHINES = {
    3: "x86 (32-bit)",
    40: "arm (32-bit)",
    62: "x86_64",
    183: "arm64 (aarch64)",
    243: "riscv64",
}
MACH_MACHINES = {0x01000007: "x86_64", 0x0100000C: "arm64"}
MOST_PARTS = 10  # of a file for several processors; Java's have a version of 45 or more there
PE_MACHINES = {0x14C: "x86 (32-bit)", 0x8664: "x86_64", 0xAA64: "arm64"}
TAG = re.compile(r"\.(?:cpython-|cp)(\d)(\d+)")


def fits(python: Interpreter, file: Path) -> bool:
    """Whether the tag in its name allows this version of Python; a file without a tag fits."""
    hit = TAG.search(file.name)
    return hit is None or (int(hit[1]), int(hit[2])) == python.version_info or ".abi3." in file.name


def machine_of(path: Path) -> str:
    """Which processor a compiled file is for, from its first bytes; empty when it cannot
    be told.
    """
    try:
        head = foreign_file.head(path, 1024)
    except OSError:
        return ""
    if head[:4] == b"\x7fELF" and len(head) > 20:
        return ELF_MACHINES.get(struct.unpack("<H", head[18:20])[0], "")
    if head[:4] == b"\xcf\xfa\xed\xfe":
        return MACH_MACHINES.get(struct.unpack("<I", head[4:8])[0], "")
    if head[:4] == b"\xca\xfe\xba\xbe":
        return _only_one(head)
    if head[:2] == b"MZ" and len(head) > 64:
        start = struct.unpack("<I", head[60:64])[0]
        if start + 6 <= len(head):
            return PE_MACHINES.get(struct.unpack("<H", head[start + 4 : start + 6])[0], "")
    return ""


def _only_one(head: bytes) -> str:
    """The one processor that a file for several is for: each part has a header of 20 bytes
    (mach-o/fat.h). Empty where it is for several that we know, or is no such file: Java's begin
    alike.
    """
    count = int(struct.unpack(">I", head[4:8])[0])
    if not 0 < count <= MOST_PARTS or len(head) < 8 + 20 * count:
        return ""
    kinds = [struct.unpack(">I", head[at : at + 4])[0] for at in range(8, 8 + 20 * count, 20)]
    machines = {MACH_MACHINES[kind] for kind in kinds if kind in MACH_MACHINES}
    return machines.pop() if len(machines) == 1 else ""


def libc_of(path: Path) -> str:
    """The C library that the file asks for: `musl` or `glibc`, empty when it names neither."""
    try:
        data = foreign_file.head(path, 4_000_000)
    except OSError:
        return ""
    if b"libc.musl-" in data or b"ld-musl-" in data:
        return "musl"
    return "glibc" if b"libc.so.6" in data else ""


def machine_of_python(python: Interpreter) -> str:
    """The processor that this Python is built for, in the words of `machine_of`; empty for a rarer
    one.
    """
    for word, machine in (
        ("x86_64", "x86_64"),
        ("amd64", "x86_64"),
        ("aarch64", "arm64 (aarch64)"),
        ("arm64", "arm64"),
    ):
        if python.machine.endswith(word):
            return machine
    return ""
