"""Which Python of this machine can host envcheck."""

import glob
import os
import re
import sys

from bootstrap.constants import HOSTS, WINDOWS, numbers
from bootstrap.describing import NEEDED, describe, question
from bootstrap.programs import run, which


def why_not(python, uv):
    """Why this Python cannot host envcheck, in words that follow "this Python"; empty when it can."""
    if numbers(python["version"]) < HOSTS:
        return "is version %s, and envcheck itself needs %d.%d or newer" % (
            (python["version"],) + HOSTS
        )
    if python["implementation"] != "cpython":
        return "is %s, and envcheck itself needs the usual CPython" % python["implementation"]
    missing = [name for name, _, _ in NEEDED if name in python["gaps"] and name != "_sqlite3"]
    if missing:
        return "was built without %s" % ", ".join(name.lstrip("_") for name in missing)
    if not uv and (
        "venv" in python["gaps"]
        or ("ensurepip" in python["gaps"] and numbers(python["pip"] or "0") < (22, 3))
    ):
        return "has no %s" % (
            "venv" if "venv" in python["gaps"] else "pip that is new enough, and no ensurepip"
        )
    return ""


def hosts(uv, variables):
    """Pythons that can host, the launching one first; each is described by itself, in clean variables."""
    own = describe()
    if not why_not(own, uv):
        yield own
    seen = set([os.path.realpath(sys.executable)])
    for path in other_pythons(variables):
        real = os.path.realpath(path) if path else ""
        if real in seen or not os.path.isfile(real):
            continue
        seen.add(real)
        answer = question([path], variables, "-I", "-B")
        if isinstance(answer, dict) and not why_not(answer, uv):
            yield answer


def other_pythons(variables):
    """Where other Pythons usually are: on PATH, with pyenv and uv, by the Windows launcher."""
    for name in ["python3.%d" % minor for minor in (13, 12, 11, 14, 10)] + ["python3", "python"]:
        yield which(name)
    home = os.path.expanduser("~")
    pyenv = os.environ.get("PYENV_ROOT") or os.path.join(home, ".pyenv")
    for pattern in (
        os.path.join(pyenv, "versions", "3.*", "bin", "python"),
        os.path.join(home, ".local", "share", "uv", "python", "*", "bin", "python3"),
        "/opt/homebrew/bin/python3.*[0-9]", "/usr/local/bin/python3.*[0-9]", "/usr/bin/python3.*[0-9]",
    ):  # fmt: skip
        for path in sorted(glob.glob(pattern), reverse=True):
            yield path
    if WINDOWS and which("py"):
        for path in re.findall(
            r"[A-Za-z]:\\.*python\.exe", run([which("py"), "-0p"], variables).output
        ):
            yield path


def uv_command():
    beside = os.path.join(os.path.expanduser("~"), ".local", "bin", "uv.exe" if WINDOWS else "uv")
    return which("uv") or (beside if os.path.isfile(beside) else "")
