"""A terminal whose text is not UTF-8, with Python told not to help itself."""

from __future__ import annotations

from envcheck import Diagnosis, Environment, Fix, SetEnv, fact, warn
from envcheck.target.interpreter import interpreter
from envcheck.target.script import ask
from envcheck_checks.python.codes import LOCALE_NOT_UTF8

QUESTION = """
import json, locale, os, sys
os.write(1, (sys.argv[1] + json.dumps({"files": locale.getpreferredencoding(False), "out": str(sys.stdout.encoding)}) + sys.argv[1]).encode())
"""


SAID = {"files": str, "out": str}


@fact
def encodings(env: Environment) -> frozenset[str]:
    """What this Python reads files in and prints in, as it says itself; nothing where it does not
    say.
    """
    answer = ask(env, [interpreter(env).executable], QUESTION, shape=SAID, timeout=10).first
    return frozenset({str(answer.get("files", "")), str(answer.get("out", ""))} - {""})


def warnings(env: Environment) -> list[Diagnosis]:
    """Asked only when a variable switches off what Python does by itself since 3.7; else there is
    nothing to ask.
    """
    off = [name for name in ("PYTHONUTF8", "PYTHONCOERCECLOCALE") if env.variables.get(name) == "0"]
    plain = next(
        (env.variables[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if env.variables.get(name)),
        "",
    )
    if not off or plain.upper().replace("-", "").endswith("UTF8"):
        return []
    used = encodings(env)
    if not used or all("utf" in name.lower() for name in used):
        return []
    return [
        warn(
            LOCALE_NOT_UTF8,
            "this terminal's locale is not UTF-8 (ASCII only): text with accents cannot be read or printed (UnicodeEncodeError)",
            Fix("let Python use UTF-8", (SetEnv("PYTHONUTF8", "1"),)),
            found=f"{', '.join(sorted(used))}; {', '.join(f'{name}=0' for name in off)}, locale {plain or 'not set'}",
            wanted="UTF-8",
            looked_in="the variables of this terminal",
        )
    ]
