"""What runs in a user's server: it imports nothing of ours, and goes there as text.

A kernel calls `look`, `begin`, `add`, `go`, `seen` and `end`, a cell each, and may be told twice. `begin` leaves a keeper
behind: this file as a program of its own, to which the folder belongs from then on. It unpacks envcheck there, runs it,
and removes the folder when the kernel lets go of it, whether it was told to or has ended. Read by Python 3.6 and newer.
"""

import base64
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

OLDEST = (3, 10)  # that runs envcheck itself
NEWEST = 20
LAST = 2000  # characters of what a program output
GO = b"go\n"
REMOVING = 30.0  # seconds
FACTS = (
    "import json, platform, struct, sys;"
    "print(json.dumps({'version': '%d.%d.%d' % sys.version_info[:3],"
    " 'implementation': sys.implementation.name, 'bits': 8 * struct.calcsize('P'),"
    " 'machine': platform.machine(), 'libc': list(platform.libc_ver())}))"
)
# What a notebook's server adds for its kernel alone.
OF_A_KERNEL = ("JPY_", "IPY_", "PYDEVD_")


def look():
    """The kernel's Python and folder, and the Python that can run envcheck; None where none can."""
    host = next(filter(None, map(_described, _candidates())), None)
    version = "%d.%d.%d" % sys.version_info[:3]
    return {"python": sys.executable, "version": version, "host": host}


def begin(name, source, host, words):
    """A folder for its owner alone, with a keeper that will run envcheck with these words by this host. Raises OSError."""
    folder = os.path.join(tempfile.gettempdir(), name)
    os.makedirs(folder, 0o700, exist_ok=True)
    script = os.path.join(folder, "keeper.py")
    with open(script, "w", encoding="utf-8") as file:
        file.write(source + "\n\nKeeper(*sys.argv[1:]).keep()\n")
    # Its stdin is held open by this kernel, whose end is the keeper's as well.
    kept = subprocess.Popen(
        [sys.executable, "-I", script, folder, host] + words,
        env=_variables(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    kept.folder = folder
    return kept


def add(kept, number, part):
    """A part of the archive. Raises OSError."""
    with open(os.path.join(kept.folder, "part-%d" % number), "wb") as file:
        file.write(base64.b64decode(part))
    return {}


def go(kept):
    """All parts are there. Raises OSError where the keeper has ended."""
    kept.stdin.write(GO)
    kept.stdin.flush()
    return {}


def seen(kept):
    """How envcheck ended, with its report; `over` is false while it runs."""
    try:
        with open(os.path.join(kept.folder, "ended.json"), encoding="utf-8") as file:
            return dict(json.load(file), over=True)
    except (OSError, ValueError):
        gone = kept.poll() is not None
        return {"over": gone, "code": None, "report": "", "words": "what ran it has ended"}


def end(kept):
    """Let go, of what may never have begun; whether the folder has gone."""
    if kept is None:
        return {"gone": True}
    with contextlib.suppress(OSError):
        kept.stdin.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        kept.wait(15)
    return {"gone": not os.path.exists(kept.folder)}


def _candidates():
    """The kernel's own Python first, then those on PATH."""
    yield sys.executable
    for name in ["python3", "python"] + ["python3.%d" % minor for minor in range(NEWEST, 9, -1)]:
        path = shutil.which(name)
        if path:
            yield path


def _described(path):
    """What envcheck's packages must fit; None where they cannot run."""
    try:
        text = subprocess.check_output(
            [path, "-I", "-c", FACTS], stdin=subprocess.DEVNULL, timeout=20
        )
        facts = json.loads(text.decode("utf-8"))
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    version = tuple(int(part) for part in facts["version"].split("."))
    fits = version >= OLDEST and facts["implementation"] == "cpython" and facts["bits"] == 64
    return dict(facts, path=path) if fits else None


def _variables():
    """Those of the server, as a terminal there has them: ipykernel sets some for itself."""
    try:
        with open("/proc/self/environ", "rb") as file:
            rows = [os.fsdecode(row) for row in file.read().split(b"\0")]
    except OSError:
        rows = ["%s=%s" % pair for pair in os.environ.items()]
    pairs = [row.split("=", 1) for row in rows if "=" in row]
    return {name: value for name, value in pairs if not name.startswith(OF_A_KERNEL)}


class LetGo(BaseException):
    """The kernel has let go of the folder: no fault, of which it could be told."""


class Keeper:
    """Runs envcheck in a folder, and removes that when the kernel has let go. All that is written there is written by one
    thread, which removes it as its last act: nothing can appear in a folder that is being removed.
    """

    def __init__(self, folder, host, *words):
        self.folder, self.host, self.words = folder, host, list(words)
        self.env = os.path.join(folder, "env")
        self.lock, self.process = threading.Lock(), None
        self.told, self.let_go = threading.Event(), threading.Event()

    def keep(self):
        waiting = threading.Thread(target=self._hear_the_kernel)
        waiting.start()
        with contextlib.suppress(LetGo, OSError):
            self._tell(self._ended())
        waiting.join()
        end = time.monotonic() + REMOVING
        while (
            os.path.exists(self.folder) and time.monotonic() < end
        ):  # envcheck's own watchdog may still write there
            shutil.rmtree(self.folder, ignore_errors=True)
            time.sleep(0.1)

    def _ended(self):
        try:
            return self._run()
        except Exception as error:  # whatever it is, the kernel is told
            output = getattr(error, "output", None) or b""
            words = "%s: %s\n%s" % (type(error).__name__, error, output.decode("utf-8", "replace"))
            return {"code": None, "report": "", "words": words[-LAST:]}

    def _tell(self, ended):
        part = os.path.join(self.folder, "ended.part")
        with open(part, "w", encoding="utf-8") as file:
            json.dump(ended, file)
        os.rename(part, os.path.join(self.folder, "ended.json"))

    def _run(self):
        """envcheck, in an environment of its own with what came in the archive."""
        self.told.wait()
        code, text = self._output([self.host, "-I", "-m", "venv", "--without-pip", self.env])
        if code:
            return {"code": None, "report": "", "words": text[-LAST:]}
        self._unpack()
        report = os.path.join(self.folder, "report.json")
        argv = ["/bin/sh", os.path.join(self.env, "bin", "envcheck")] + self.words
        code, text = self._output(argv + ["--report", "json=" + report])
        written = ""
        if os.path.isfile(report):
            with open(report, encoding="utf-8") as file:
                written = file.read()
        return {"code": code, "report": written, "words": text[-LAST:]}

    def _unpack(self):
        """The packages, and the launcher beside the environment's Python."""
        libraries = os.path.join(self.env, "lib")
        (version,) = os.listdir(libraries)
        packages = os.path.join(libraries, version, "site-packages")
        names = [name for name in os.listdir(self.folder) if name.startswith("part-")]
        whole = os.path.join(self.folder, "whole")
        with open(whole, "w+b") as archive:
            for number in range(len(names)):
                place = os.path.join(self.folder, "part-%d" % number)
                with open(place, "rb") as part:
                    shutil.copyfileobj(part, archive)
                os.remove(place)
            with zipfile.ZipFile(archive) as file:
                for member in file.infolist():
                    self._go_on()
                    file.extract(member, self.folder)
        os.remove(whole)
        os.rmdir(packages)
        os.rename(os.path.join(self.folder, "packages"), packages)
        os.rename(os.path.join(self.folder, "envcheck"), os.path.join(self.env, "bin", "envcheck"))

    def _output(self, argv):
        """How a program ended and what it said, without what it prints. Raises LetGo and OSError."""
        with open(os.path.join(self.folder, "output"), "w+b") as output:
            with self.lock:
                self._go_on()
                self.process = subprocess.Popen(
                    argv,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=output,
                    start_new_session=True,
                )
            code = self.process.wait()
            self._go_on()
            output.seek(0)
            return code, output.read().decode("utf-8", "replace")

    def _go_on(self):
        if self.let_go.is_set():
            raise LetGo

    def _hear_the_kernel(self):
        """Our stdin ends when the kernel does, however that ends."""
        while sys.stdin.buffer.readline():
            self.told.set()
        with self.lock:
            self.let_go.set()
            process = self.process
        self.told.set()
        if process is not None and process.poll() is None:
            self._end(process)

    def _end(self, process):
        for number in (signal.SIGTERM, signal.SIGKILL):  # the first as Ctrl-C: it puts all away
            with contextlib.suppress(OSError):
                os.killpg(process.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(8)
                return
