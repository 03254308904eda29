# -*- coding: utf-8 -*-
# Copyright (c) 2026, the envcheck developers
# MIT License (see LICENSE)
"""A host's file on the controller: its report, or a record that it gave none."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
from urllib.parse import quote

LONGEST = 64  # letters of an alias
LONGEST_FILE = 150  # letters of a file's name
LONGEST_REASON = 500


class Written:
    """The files of one host. A report takes the record away; a record leaves an older report, which
    `envcheck class show` tells from it by the time.
    """

    def __init__(self, folder, name, check_mode):
        self.folder, self.check_mode = (None if check_mode else folder), check_mode
        self.name = name
        file = file_name(name)
        self._report, self._record = "%s.json" % file, "%s.unreachable.json" % file

    def report(self, text):
        """The report, in the bytes that envcheck printed: its receipt stands for these."""
        if self.folder:
            write(self.folder, self._report, text)
            with_record = os.path.join(self.folder, self._record)
            if os.path.lexists(with_record):
                os.unlink(with_record)

    def gave_nothing(self, reason):
        """The record of a host that gave no report."""
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        record = {
            "schema": 1,
            "record": "unreachable",
            "alias": self.name[:LONGEST],
            "at": now,
            "reason": " ".join(reason.split())[:LONGEST_REASON],
        }
        if self.folder:
            write(self.folder, self._record, json.dumps(record, indent=1) + "\n")

    def fixes(self, folder, records):
        """The records of fixes, by the host's name and their own."""
        for record in records if folder and not self.check_mode else ():
            write(
                folder, "%s-%s" % (file_name(self.name), file_name(record["name"])), record["text"]
            )


def write(folder, name, text):
    """Whole or not at all, for nobody but us: what is in it is about people."""
    os.makedirs(folder, mode=0o700, exist_ok=True)
    part = os.path.join(folder, ".%s.%d" % (name, os.getpid()))
    with open(
        os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(text)
    os.replace(part, os.path.join(folder, name))


def file_name(name):
    """A name of the inventory as that of a file: nothing in it leads elsewhere, none is hidden, and
    none looks like one that a course's system gives out (`pc_12_3_a`).
    """
    plain = re.sub(
        r"^\.|_(?=\d)", lambda sign: "%%%02X" % ord(sign.group()), quote(name, safe="-_. ")
    )
    if len(plain) > LONGEST_FILE:
        plain = plain[:LONGEST_FILE] + hashlib.sha256(plain.encode()).hexdigest()[:16]
    return plain
