"""What the lock names is installed, by its hashes; what an index lacks of it is named."""

import hashlib
import io
import os
import re

from bootstrap.compatibility import to_text
from bootstrap.constants import DISTRIBUTION, RELEASE_SHA256, VERSION
from bootstrap.files import read_bytes

# A requirement with its hashes: lines that end in a backslash go on.
REQUIREMENT = re.compile(r"(?m)^(\w[\w.-]*)==(?:.*\\\n)*.*\n?")
MISSING = re.compile(
    r"No matching distribution found for ([\w.-]+)==([\w.!+]+)|"
    r"no version of ([\w.-]+)==([\w.!+]+)|"
    r"Because ([\w.-]+)==([\w.!+]+) has no (?:wheels|usable)|"
    r"Because ([\w.-]+) was not found()"
)
# pip names those that differ below its heading, uv names the one; a file beside this one has no version.
DIFFERENT = re.compile(
    r"DO NOT MATCH THE HASHES[^\n]*\n\s*([\w.-]+)(?:==([\w.!+]+)| *@ )|"
    r"Hash mismatch for `([\w.-]+)(?:==([\w.!+]+)| *@ )"
)


def write_requirements(folder, lock, wheel):
    """Write a file for pip or uv: the lock, and the wheel with its own hash, which the lock may
    know. Returns its path. Raises OSError.
    """
    own = [hit.group() for hit in REQUIREMENT.finditer(lock) if hit.group(1) == DISTRIBUTION]
    for text in own:
        lock = lock.replace(text, "")
    hashes = re.findall(r"--hash=\S+", "".join(own)) or [
        "--hash=sha256:" + hashlib.sha256(read_bytes(wheel)).hexdigest()
    ]
    line = "%s @ %s %s\n" % (DISTRIBUTION, file_address(wheel), " ".join(hashes))
    path = os.path.join(folder, "requirements.txt")
    with io.open(path, "w", encoding="utf-8") as file:
        file.write(to_text(lock + (line if wheel else "")))
    return path


def write_release(folder):
    """Write a file for pip or uv: the release, by the hash that this file has of it. Returns its
    path. Raises OSError.
    """
    path = os.path.join(folder, "release.txt")
    with io.open(path, "w", encoding="utf-8") as file:
        file.write(to_text("%s==%s --hash=sha256:%s\n" % (DISTRIBUTION, VERSION, RELEASE_SHA256)))
    return path


def file_address(path):
    """The address of a file, with the characters escaped that end one in a list of requirements."""
    escaped = "".join(
        sign if re.match(r"[\w/.:~-]", sign) and ord(sign) < 128 else escape(sign)
        for sign in to_text(path.replace(os.sep, "/"))
    )
    return "file://" + ("" if escaped.startswith("/") else "/") + escaped


def escape(sign):
    """A character as an address has it."""
    return "".join("%%%02X" % number for number in bytearray(sign.encode("utf-8")))


def named_in(pattern, output):
    """The name and version, as people read them, that a pattern finds; empty for none."""
    hit = pattern.search(output)
    words = [word for word in hit.groups() if word] if hit else []
    return " ".join(words)


def count_of(lock):
    """How many packages a lock has for one Python."""
    return len(set(hit.group(1) for hit in REQUIREMENT.finditer(lock) if "pypy" not in hit.group()))
