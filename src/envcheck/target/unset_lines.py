"""Lines that take a variable out of a person's terminal. Not every name is one that a shell can say:
a program, a container or another shell may have put it there.
"""

from __future__ import annotations

import re
import shlex

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")  # what `unset` and `set -e` take
FUNCTION = re.compile(r"BASH_FUNC_(.+)%%")  # what bash exports is a variable to all others


def exported_function(name: str) -> str:
    """The function of bash's that a variable of this name is; empty where it is none."""
    hit = FUNCTION.fullmatch(name)
    return hit[1] if hit else ""


def unset_line(name: str, shell: str) -> str:
    """The line for `shell`. What a POSIX shell or fish cannot unset a new shell is started without,
    in the same terminal.
    """
    if shell == "cmd":
        return f"set {name}=" if NAME.fullmatch(name) else f'set "{name}="'
    if shell == "powershell":
        if NAME.fullmatch(name):
            return f"Remove-Item Env:{name}"
        quoted = re.sub("['\u2018\u2019\u201a\u201b]", r"\g<0>\g<0>", name)
        return f"Remove-Item -LiteralPath 'Env:{quoted}'"
    if NAME.fullmatch(name):
        return f"{'set -e' if shell == 'fish' else 'unset'} {name}"
    function = exported_function(name)
    if function and shell == "posix":
        end = "-- " if function.startswith("-") else ""
        return f"unset -f {end}{shlex.quote(function)}"
    again = "fish" if shell == "fish" else '"$SHELL"'
    return f"exec env -u {shlex.quote(name)} {again}"
