# -*- coding: utf-8 -*-
# Copyright (c) 2026, the envcheck developers
# MIT License (see LICENSE)
"""The records that fixes leave in the learner's folder, by which each can be taken back."""

from __future__ import annotations

import os
import re

RECORD = re.compile(r"envcheck-fix-[\dTZ-]+\.json$")
LARGEST = 1000000  # bytes
MOST = 20


def names(folder):
    """Those in a folder; none where it cannot be looked into."""
    try:
        return sorted(name for name in os.listdir(folder) if RECORD.match(name))
    except OSError:
        return []


def read(folder, new):
    """These records as texts, by their names."""
    records = []
    for name in new[:MOST]:
        with open(os.path.join(folder, name), "rb") as file:
            records.append({"name": name, "text": file.read(LARGEST).decode("utf-8", "replace")})
    return records
