"""A wheel is made of a checkout without a build: its files, and the metadata that scripts/lock keeps."""

import base64
import hashlib
import os
import zipfile

from bootstrap.compatibility import to_bytes
from bootstrap.constants import DISTRIBUTION
from bootstrap.course import envcheck_version
from bootstrap.files import read_bytes
from bootstrap.page_archive import DATE, PAGES, page_archive, page_name
from bootstrap.source import WHEEL, wheel_members

ABOUT = "Wheel-Version: 1.0\nGenerator: envcheck\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def make_wheel(folder):
    """Make the wheel of the checkout in a folder. Returns its path. Raises OSError."""
    version = envcheck_version()
    name = "%s-%s" % (DISTRIBUTION.replace("-", "_"), version)
    record = []  # type: list[str]
    path = os.path.join(folder, WHEEL % version)
    # Stored: it is unpacked at once, and to pack it would take longer than all the rest.
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as file:
        pages = []
        for member, source in wheel_members():
            if page_name(member):
                pages.append((page_name(member), read_bytes(source)))
                continue
            placed = member.replace("DIST-INFO/", name + ".dist-info/")
            put(file, placed.replace("DATA/", name + ".data/"), read_bytes(source), record)
        put(file, PAGES, page_archive(pages), record)
        put(file, name + ".dist-info/WHEEL", to_bytes(ABOUT), record)
        own = name + ".dist-info/RECORD"
        put(file, own, to_bytes("".join(record) + own + ",,\n"), record)
    return path


def put(file, name, content, record):
    """Write a member, and its line of the record."""
    member = zipfile.ZipInfo(name, DATE)
    mode = 0o755 if ".data/scripts/" in name else 0o644
    member.external_attr = (0o100000 | mode) << 16
    file.writestr(member, content)
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode("ascii").rstrip("=")
    record.append("%s,sha256=%s,%d\n" % (name, digest, len(content)))
