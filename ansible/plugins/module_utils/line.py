# -*- coding: utf-8 -*-
# Copyright (c) 2026, the envcheck developers
# MIT License (see LICENSE)
"""The line that starts envcheck in the learner's login shell, and what it printed. Start-up files may
print too: what counts stands between marks that nobody can guess.
"""

from __future__ import annotations

import binascii
import os
import shlex
import sys

# Any login shell is given one word for /bin/sh: fish and csh know other words than sh does, and csh
# none that goes over a line.
SCRIPT = """
mark=%(mark)s carried=%(carried)s script=
tell() { printf '\\n%%s %%s\\n' "$mark" "$1"; }
cache=${XDG_CACHE_HOME:-$HOME/.cache}
[ "$(uname)" != Darwin ] || cache=$HOME/Library/Caches
cd %(folder)s 2>/dev/null || { tell no-folder; exit 0; }
own=$(command -v envcheck-course)
how=
[ -z "$own" ] || how=installed
[ -n "$how" ] || [ ! -f run-envcheck.py ] || how=folder script=run-envcheck.py
[ -n "$how" ] || [ -z "$carried" ] || how=carried script=$carried
[ -n "$how" ] || { tell nothing; exit 0; }
if [ -x "${own%%-course}" ]; then own=${own%%-course}; fi
if [ -n "$script" ]; then for own in python3 python %(python)s; do command -v "$own" >/dev/null && break; done; fi
tell "$how"
tell "$cache"
for place in "$cache"/envcheck/*; do printf '%%s\\n' "$place"; done
tell run
"$own" ${script:+"$script"} %(words)s
tell "$?"
"""


TOLD = 400  # characters of what envcheck said last, which it wraps


class Printed:
    """What the line printed. `how` envcheck was started: `installed` on the learner's PATH, `folder`
    or `carried`; or why it was not: `no-folder`, `nothing`, or empty where no mark came at all.
    """

    def __init__(self, mark, out, err):
        parts = out.decode("utf-8", "replace").split("\n%s " % mark)[1:]
        parts = [part.partition("\n")[::2] for part in parts]
        self.how = parts[0][0] if parts else ""
        self.ran = len(parts) == 4 and parts[3][0].isdigit()
        self.cache = parts[1][0] if len(parts) > 1 else ""
        self.environments = parts[1][1].splitlines() if len(parts) > 1 else []
        self.text = parts[2][1] if self.ran else ""
        self.code = int(parts[3][0]) if self.ran else None
        self.told = " ".join(err.decode("utf-8", "replace").split())[-TOLD:]
        self.last_words = last_line(err.decode("utf-8", "replace")) or last_line(self.text)


class Line:
    """The line for a folder, words for envcheck, and the run-envcheck.py that was carried, if any."""

    def __init__(self, folder, words, carried):
        self.mark = binascii.hexlify(os.urandom(16)).decode("ascii")
        given = {
            "mark": self.mark,
            "folder": shlex.quote(folder),
            "carried": shlex.quote(carried),
            "python": shlex.quote(sys.executable),
            "words": " ".join(shlex.quote(word) for word in words),
        }
        self.text = "exec /bin/sh -c %s" % shlex.quote(
            "; ".join((SCRIPT.strip() % given).split("\n"))
        )

    def printed(self, out, err):
        """What came of it."""
        return Printed(self.mark, out, err)


def last_line(text):
    """The last line that is not empty, of a length that can be shown."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:300] if lines else ""
