"""Programs: started with a limit and ended with all that they started, and what is said meanwhile."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

from bootstrap.constants import SET_ASIDE, UV_KEPT, WINDOWS
from bootstrap.privacy import scrubbed


def say(text):
    """Progress and news go to stderr: stdout is for the report."""
    sys.stderr.write("envcheck: %s\n" % scrubbed(text))
    sys.stderr.flush()


class Finished(object):
    def __init__(self, code, output):
        self.code = code
        self.output = output if str is bytes else output.decode("utf-8", "replace")

    @property
    def last_words(self):
        """The last line that says something, without pip's advice."""
        lines = [
            line.strip()
            for line in self.output.splitlines()
            if line.strip() and "[notice]" not in line
        ]
        errors = [
            line
            for line in lines
            if re.match(r"(error: (?!subprocess)|[\w.]*Error\b)", line, re.IGNORECASE)
        ]
        return (errors or lines or ["it said nothing"])[-1][:300]


def run(words, variables, folder=None, limit=20.0, news=None):
    """Run to the end, `limit` seconds at most, stdin closed; ended with all it started when we are.

    `news(seconds)` is called while it runs. Returns a Finished, whose code is None for what cannot be started.
    """
    begun, output = time.time(), []
    try:
        child = started(words, variables, folder)
    except OSError as error:
        return Finished(None, str(error).encode("utf-8"))
    reader = threading.Thread(target=lambda: output.append(child.stdout.read()))
    reader.daemon = True
    reader.start()
    try:
        while reader.is_alive() and time.time() - begun < limit:
            reader.join(0.5)
            if news is not None:
                news(time.time() - begun)
    finally:
        if reader.is_alive():
            end_group(child)
            reader.join(2)
        code = child.wait()
    if not reader.is_alive():
        child.stdout.close()
    return Finished(code, b"".join(output))


def started(words, variables, folder):
    """The program as the first of a group of its own, so that all it starts can be ended with it. Raises OSError."""
    with open(os.devnull, "rb") as nothing:
        options = dict(env=variables, cwd=folder, stdin=nothing)
        if not WINDOWS:
            options.update(
                {"preexec_fn": os.setsid} if str is bytes else {"start_new_session": True}
            )
        return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)


def end_group(child):
    try:
        if WINDOWS:
            subprocess.call(["taskkill", "/F", "/T", "/PID", str(child.pid)])
        else:
            os.killpg(child.pid, signal.SIGKILL)
    except OSError:  # it has just ended by itself
        pass


def which(name):
    """The file that typing `name` starts, or an empty string."""
    if hasattr(shutil, "which"):
        return shutil.which(name) or ""
    places = [os.path.join(folder, name) for folder in os.environ.get("PATH", "").split(os.pathsep)]
    return next(
        (place for place in places if os.path.isfile(place) and os.access(place, os.X_OK)), ""
    )


def clean_variables(folder):
    """Variables for making the environment: without those that steer Python or installers, temporary files in `folder`."""
    unwanted = ("VIRTUAL_ENV", "CONDA_PREFIX") + SET_ASIDE
    variables = dict(
        (name, value)
        for name, value in os.environ.items()
        if name not in unwanted
        and (
            not name.upper().startswith(("PYTHON", "PIP_", "UV_", "ENVCHECK_"))
            or UV_KEPT.match(name)
        )
    )
    variables.update(
        TMPDIR=folder,
        TEMP=folder,
        TMP=folder,
        PYTHONDONTWRITEBYTECODE="1",
        PYTHONIOENCODING="utf-8",
    )
    return variables


def python_in(environment):
    return os.path.join(environment, *(["Scripts", "python.exe"] if WINDOWS else ["bin", "python"]))
