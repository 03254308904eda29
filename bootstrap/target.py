"""Which Python is the learner's (as src/envcheck/target/locate.py), and what it says of itself."""

import glob
import os
import re
import sys

from bootstrap.compatibility import path_folders, which
from bootstrap.constants import MARKER, WINDOWS
from bootstrap.description import ask_python
from bootstrap.files import read_text
from bootstrap.head import THIS_FILE

RUNNERS_MARKS = ("uv-receipt.toml", "pipx_metadata.json", MARKER)  # of environments for a program
ENVIRONMENTS = ("venv", "virtualenv", "uv", "conda-env")


class Target(object):
    """The Python under test; `facts` is its description, or None with `said`, a Finished."""

    def __init__(self, command, rule, inactive=""):
        self.command = command
        self.rule = rule
        self.inactive = inactive
        answer = ask_python([command], learner_variables())
        self.facts = answer if isinstance(answer, dict) else None
        self.finished = None if self.facts else answer
        self.cannot_be_asked = self.facts is None and not os.path.isfile(THIS_FILE)


def learner_variables():
    """The learner's variables, and some by which nothing is written next to their packages."""
    variables = dict(
        os.environ, PYTHONDONTWRITEBYTECODE="1", PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1"
    )
    variables.pop("__PYVENV_LAUNCHER__", None)
    return variables


def locate_target(asked):
    """The learner's Python: named, of the active environment, of the folder, or this one."""
    if asked:
        path = os.path.expanduser(asked)
        python = which("python" + asked) if re.match(r"\d+(\.\d+){0,2}$", asked) else which(asked)
        return Target(
            python_of(path)
            if os.path.isdir(path)
            else path
            if os.path.exists(path)
            else python or asked,
            "--python",
        )
    for name, rule in (
        ("VIRTUAL_ENV", "the active virtual environment"),
        ("CONDA_PREFIX", "the active conda environment"),
    ):
        place = os.environ.get(name)
        if place and starts(place) is not False and not is_conda_base(place):
            return Target(python_of(place), rule)
    folders = course_folders()
    for folder in folders:
        for name in (".venv", "venv"):
            place = os.path.join(folder, name)
            if is_environment(place):
                return Target(
                    python_of(place),
                    "%s in %s folder" % (name, "this" if folder == folders[0] else "the course"),
                    "" if starts(place) else place,
                )
    return Target(sys.executable, "the Python that ran run-envcheck.py")


def is_environment(place):
    """Whether somebody's environment is there, as src/envcheck/target knows one: by its pyvenv.cfg,
    or by all the rest where that is lost; not one that a runner made for a program.
    """
    if any(os.path.isfile(os.path.join(place, mark)) for mark in RUNNERS_MARKS):
        return False
    if os.path.exists(os.path.join(place, "pyvenv.cfg")):
        return True
    activates = any(
        "VIRTUAL_ENV" in read_text(os.path.join(place, scripts, "activate"))
        for scripts in ("bin", "Scripts")
    )
    packages = ("lib/python3*/site-packages", "Lib/site-packages")
    return (
        activates
        and not any(
            os.path.lexists(os.path.join(place, mark)) for mark in ("pyvenv.cfg", "conda-meta")
        )
        and any(glob.glob(os.path.join(glob_escaped(place), pattern)) for pattern in packages)
    )


def glob_escaped(place):
    """A path in which nothing stands for other names."""
    return re.sub(r"([*?[])", r"[\1]", place)


def starts(environment):
    """Whether `python`, typed in this terminal, is that environment's; None where none can
    be typed.
    """
    names = ("", "bin", "Scripts")
    places = [os.path.realpath(os.path.join(environment, name)) for name in names]
    for name in ("python", "python3"):
        for entry in path_folders():
            if entry and os.path.realpath(entry) in places:
                return True
            if entry and which(os.path.join(entry, name)):
                chosen = os.environ.get("PYENV_VIRTUAL_ENV")  # of pyenv's stand-ins
                return os.path.basename(entry) == "shims" and chosen == environment
    return None


def is_conda_base(environment):
    """Whether it is conda's own environment, which activates itself and is no choice."""
    named = os.environ.get("CONDA_DEFAULT_ENV") == "base"
    return os.path.isdir(os.path.join(environment, "condabin")) or (
        named and os.environ.get("CONDA_PREFIX") == environment
    )


def course_folders():
    """This folder and its parents up to the first with a course's mark; without one, this folder.
    The home, and what is above it, is no course's by a mark alone.
    """
    try:
        chain = [os.getcwd()]
    except OSError:  # it was deleted
        return []
    while os.path.dirname(chain[-1]) != chain[-1]:
        chain.append(os.path.dirname(chain[-1]))
    home = os.path.join(os.path.realpath(os.path.expanduser("~")), "")
    for index, place in enumerate(chain):
        if index and home.startswith(os.path.join(os.path.realpath(place), "")):
            break
        if any(
            os.path.exists(os.path.join(place, mark))
            for mark in (".git", "pyproject.toml", "envcheck.toml")
        ):
            return chain[: index + 1]
    return chain[:1]


def python_of(environment):
    """The path of the Python of an environment that may be damaged."""
    places = ["Scripts/python.exe", "python.exe"] if WINDOWS else ["bin/python", "bin/python3"]
    candidates = [os.path.join(environment, *place.split("/")) for place in places]
    return next((path for path in candidates if os.path.exists(path)), candidates[0])


def kind_of(facts):
    """Which tool made this Python, by the marks that each leaves."""
    prefix, base = facts["prefix"], facts["base_prefix"]
    if os.path.isdir(os.path.join(prefix, "conda-meta")):
        is_base = os.path.basename(os.path.dirname(prefix)) != "envs" and os.path.isdir(
            os.path.join(prefix, "condabin")
        )
        return "conda" if is_base else "conda-env"
    if os.path.normcase(prefix) != os.path.normcase(base):
        settings = read_text(os.path.join(prefix, "pyvenv.cfg"))
        return (
            "uv" if "uv =" in settings else "virtualenv" if "virtualenv =" in settings else "venv"
        )
    if "Cellar" in re.split(r"[/\\]", os.path.realpath(prefix)):
        return "homebrew"
    if os.path.isfile(os.path.join(facts["stdlib"], "EXTERNALLY-MANAGED")) or prefix in (
        "/usr",
        "/System",
    ):
        return "system"
    parts = re.split(r"[/\\]", prefix)
    return "pyenv" if ".pyenv" in parts or "pyenv" in parts else "installation"
