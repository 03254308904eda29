"""What compiled files say of themselves, read from their first bytes and their names."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from envcheck_checks.installed.compiled import libc_of, machine_of

X86, ARM, OLD = 0x01000007, 0x0100000C, 7  # of Mach-O; the last has 32 bits


def fat(*kinds: int) -> bytes:
    """The beginning of a file for several processors (mach-o/fat.h)."""
    parts = b"".join(struct.pack(">IIIII", kind, 3, 4096, 9, 12) for kind in kinds)
    return b"\xca\xfe\xba\xbe" + struct.pack(">I", len(kinds)) + parts


PE = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + struct.pack("<H", 0xAA64) + bytes(8)


@pytest.mark.parametrize(
    ("head", "machine"),
    [
        (b"\x7fELF" + bytes(14) + struct.pack("<H", 183) + bytes(8), "arm64 (aarch64)"),
        (b"\x7fELF" + bytes(14) + struct.pack("<H", 9999) + bytes(8), ""),
        (b"\x7fELF", ""),
        (b"\xcf\xfa\xed\xfe" + struct.pack("<I", 0x01000007), "x86_64"),
        (fat(X86, ARM), ""),
        (fat(OLD, X86), "x86_64"),  # "fat file, but missing compatible architecture"
        (fat(ARM), "arm64"),
        (fat(OLD), ""),
        (fat(X86, OLD)[:40], ""),
        (b"\xca\xfe\xba\xbe\0\0\0\x34" + bytes(60), ""),  # a class of Java's
        (PE, "arm64"),
        (PE[:66], ""),
        (b"text", ""),
    ],
)
def test_the_processor_is_read_from_the_header(tmp_path: Path, head: bytes, machine: str) -> None:
    """ELF, Mach-O and PE name it by number; a rarer one, a piece of a header and a text
    name none.
    """
    file = tmp_path / "part.so"
    file.write_bytes(head)
    assert machine_of(file) == machine


def test_a_file_that_is_gone_says_nothing(tmp_path: Path) -> None:
    """Neither processor nor C library."""
    assert (machine_of(tmp_path / "gone.so"), libc_of(tmp_path / "gone.so")) == ("", "")


@pytest.mark.parametrize(
    ("text", "libc"),
    [
        (b"NEEDED libc.so.6", "glibc"),
        (b"NEEDED libc.musl-x86_64.so.1", "musl"),
        (b"/lib/ld-musl-aarch64.so.1 libc.so.6", "musl"),
        (b"nothing", ""),
    ],
)
def test_the_c_library_is_the_one_that_it_asks_for(tmp_path: Path, text: bytes, libc: str) -> None:
    """A file that names musl's loader is for musl, whatever else it names."""
    file = tmp_path / "part.so"
    file.write_bytes(text)
    assert libc_of(file) == libc
