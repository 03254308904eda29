"""Programs, run with a limit and ended with all that they started."""

import os
import re
import signal
import subprocess
import sys
import threading
import time

from bootstrap.compatibility import to_native, which
from bootstrap.constants import NO_DOWNLOAD, SET_ASIDE, WINDOWS
from bootstrap.privacy import is_learners_own, scrubbed
from bootstrap.secret_shapes import without_secrets

# Variables of uv that say how to reach an index or where its Pythons are.
UV_KEPT = re.compile(
    r"UV_(\w*INDEX\w*|FIND_LINKS|NATIVE_TLS|SYSTEM_CERTS|CACHE_DIR|HTTP_\w+|INSECURE_HOST|KEYRING_\w+|PYTHON_INSTALL_\w+|OFFLINE)$"
)
NEW_GROUP, OWN_CONSOLE = 0x200, 0x8000000  # as in src/envcheck/processes/watchdog.py
RAISED = re.compile(r"[\w.]*(Error|Exception|Interrupt|Exit)\b(:|$)")


def say(text):
    """Print progress and news on stderr: stdout is for the report."""
    scrub = without_secrets if is_learners_own(sys.stderr) else scrubbed
    sys.stderr.write("envcheck: %s\n" % scrub(text))
    sys.stderr.flush()


class Finished(object):
    """A program's output and its exit code, which is None for one that could not be started."""

    def __init__(self, code, output):
        self.code = code
        self.output = to_native(output)

    @property
    def evidence(self):
        """The last exception with its message, else the last lines."""
        lines = [line for line in self.output.strip().splitlines() if line.strip()]
        raised = [place for place, line in enumerate(lines) if RAISED.match(line)]
        return "\n".join(lines[raised[-1] :][:6])[:900] if raised else "\n".join(lines[-6:])[-900:]

    @property
    def last_words(self):
        """The last line with content, or the last error, without pip's advice."""
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

    `news(seconds)` is called while it runs. Returns a Finished, whose code is None for what cannot
    be started.
    """
    begun, output = time.time(), []
    try:
        child = start_in_own_group(words, variables, folder)
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


def start_in_own_group(words, variables, folder):
    """A program in a group of its own, started, to be ended with all it starts. Raises OSError."""
    if is_apples_stub(words[0]):
        raise OSError("only Apple's stub is here: its developer tools are not installed")
    with open(os.devnull, "rb") as nothing:
        options = dict(env=dict(variables, **NO_DOWNLOAD), cwd=folder, stdin=nothing)
        if WINDOWS:
            options.update(creationflags=NEW_GROUP | OWN_CONSOLE)
        elif sys.version_info < (3, 2):
            options.update(preexec_fn=os.setsid)
        else:
            options.update(start_new_session=True)
        return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)


def is_apples_stub(program):
    """Whether starting it would open macOS's dialog that asks for the developer tools."""
    names = ("/usr/bin/python3", "/usr/bin/git")
    if sys.platform != "darwin" or os.path.realpath(which(program) or program) not in names:
        return False
    places = (
        os.environ.get("DEVELOPER_DIR") or os.devnull,
        "/var/db/xcode_select_link",
        "/Library/Developer/CommandLineTools",
        "/Applications/Xcode.app/Contents/Developer",
    )
    return not any(os.path.isdir(os.path.join(place, "usr", "bin")) for place in places)


def end_group(child):
    """End a program and all that it started."""
    try:
        if sys.platform == "win32":
            with open(os.devnull, "wb") as nothing:  # its words would stand in the report
                words = ["taskkill", "/F", "/T", "/PID", str(child.pid)]
                subprocess.call(words, stdout=nothing, stderr=nothing)
        else:
            os.killpg(child.pid, signal.SIGKILL)
    except OSError:  # it has just ended by itself
        pass


def clean_variables(folder):
    """The variables without those that steer Python or pip; temporary files go to `folder`."""
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
    """The path of an environment's Python."""
    return os.path.join(environment, *(["Scripts", "python.exe"] if WINDOWS else ["bin", "python"]))
