"""The command as a person or a program starts it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil
import pytest
from tests.conftest import Envcheck
from tests.pace import wait_for, within
from tests.unit.engine.conftest import marked
from tests.variants import variants

pytestmark = pytest.mark.slow
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and shells are POSIX's")
COMMAND = [sys.executable, "-I", "-X", "utf8", "-m", "envcheck"]
COURSE = """
import os, subprocess, sys, time
print("printed at import"); os.write(1, b"written at import\\n")
from envcheck import Chapter, Course, check, fail, ok, warn

@check("fine")
def fine(env):
    "Fine"
    return ok("it works")

@check("loud")
def loud(env):
    "Loud"
    print("printed"); sys.stdout.flush()
    os.write(1, b"written")
    subprocess.run(["echo", "echoed"])
    return ok("it printed")

@check("bad", needs=[fine])
def bad(env):
    "Bad"
    return fail("bad-thing", "it is bad", found="this", wanted="that")

@check("after", needs=[bad])
def after(env):
    "After"
    return ok("")

@check("warns")
def warns(env):
    "Warns"
    return warn("small-thing", "it is odd")

@check("program", timeout=60)
def program(env):
    "Program"
    env.new_folder("ours")
    env.run([sys.executable, "-c", "import time; time.sleep(600)"], timeout=50)
    return ok("")

@check("spins", timeout=1)
def spins(env):
    "Spins"
    while True:
        os.write(1, b"late")

@check("broken")
def broken(env):
    "Broken"
    raise RuntimeError("a fault of the course")

@check("seen")
def seen(env):
    "Seen"
    done = env.run([sys.executable, "-c", "import json, os; print(json.dumps(dict(os.environ)))"], timeout=10)
    return ok(done.stdout)

COURSE = Course("c", "C", [
    Chapter("w", "W", [fine]), Chapter("loud", "L", [loud, fine]), Chapter("bad", "B", [fine, bad, after]),
    Chapter("warns", "X", [warns]), Chapter("program", "P", [fine, program]), Chapter("spins", "S", [fine, spins]),
    Chapter("broken", "B", [broken]), Chapter("seen", "S", [seen]),
], tracks=[Chapter("extra", "E", [warns])])
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    file = tmp_path / "course.py"
    file.write_text(COURSE)
    return file


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["chaptr2"], "no chapter or command `chaptr2`; the nearest is `chapter2`"),
        (["chapter2", "chaptr1"], "no chapter `chaptr1`"),
        (["chapter2", "--format", "jsn"], "no format `jsn`; the nearest is `json`"),
        (
            ["chapter2", "--only", "chapter2.kernel-strats"],
            "no check `chapter2.kernel-strats`; the nearest is `chapter2.kernel-starts`",
        ),
        (["chapter2", "--skip", "nonsense"], "no check `nonsense`"),
        (["track", "nonsense"], "no track `nonsense`"),
        (["chapter2", "--with", "nonsense"], "no track `nonsense`"),
        (["chapter2", "--report", "json"], "FORMAT=FILE"),
        (["chapter2", "--report", "jsn=x"], "no format `jsn`; the nearest is `json`"),
        (["chapter2", "--output", "/no/such/folder/x"], "cannot be written"),
        (["chapter2", "--output", "/"], "it is a folder"),
        (["chapter2", "--course", "missing.py"], "there is no such file"),
        (["chapter2", "--nonsense"], "No such option"),
        (["chapter2", "--timeout", "0"], "--timeout"),
        (["chapter2", "--timeout", "nan"], "--timeout"),
        (["chapter2", "--jobs", "0"], "--jobs"),
        (["explain", "nonesuch"], "there is no page for `nonesuch`\n"),
        (["explain", "kernel-did"], "no page for `kernel-did`; the nearest is `kernel-died`"),
        (["explain", "zyzzyva", "qwerty"], "there is no page for `zyzzyva qwerty`\n"),
    ],
)
def test_wrong_usage(words: list[str], said: str, envcheck: Envcheck) -> None:
    """What cannot be had ends with 2 before anything runs, and stderr names the nearest thing that
    can.
    """
    ran = envcheck(*words, timeout=30)
    assert ran.code == 2
    assert said in ran.stderr
    assert ran.stdout == ""
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    "words", [["--dry-run"], ["--fix", "--dry-run"], ["--dry-run", "--yes"]], ids=" ".join
)
def test_a_dry_run_shows_the_steps_and_does_nothing(
    words: list[str], tmp_path: Path, envcheck: Envcheck
) -> None:
    """With `--fix` or without it: who asks what would be done is told."""
    here, there = tmp_path / "work" / "random.py", tmp_path / "work" / "my_random.py"
    here.touch()
    course = tmp_path / "course.py"
    fix = f"Fix('rename it', (Rename({str(here)!r}, {str(there)!r}),))"
    text = f"""
        from envcheck import Chapter, Course, Fix, Rename, check, fail
        @check("hidden")
        def hidden(env):
            "Hidden"
            return fail("file-hides-module", "it hides a module", {fix})
        COURSE = Course("c", "C", [Chapter("w", "W", [hidden])])
    """
    course.write_text(textwrap.dedent(text))
    ran = envcheck("w", "--course", course, *words)
    assert (ran.code, here.exists(), there.exists()) == (1, True, False)
    assert "1. rename" in ran.stderr


@pytest.mark.parametrize(
    ("chapter", "code", "verdict"),
    [
        ("w", 0, "ready"),
        ("bad", 1, "not-ready"),
        ("warns", 0, "ready"),
        ("broken", 3, "undetermined"),
        ("loud", 0, "ready"),
    ],
)
def test_exit_codes(
    chapter: str, code: int, verdict: str, course: Path, envcheck: Envcheck
) -> None:
    """The exit code of the process is the report's, in every format."""
    ran = envcheck(chapter, "--course", course, "--python", sys.executable, "--format", "json")
    assert (ran.code, ran.report["exit_code"], ran.report["verdict"]) == (code, code, verdict)
    for form in ("text", "junit", "markdown"):
        assert (
            envcheck(chapter, "--course", course, "--python", sys.executable, "--format", form).code
            == code
        )


def test_strict_and_tracks(course: Path, envcheck: Envcheck) -> None:
    """--strict makes a warning fail; a track stands alone or beside a chapter."""
    assert envcheck("warns", "--course", course, "--strict").code == 1
    assert envcheck("track", "extra", "--course", course).code == 0
    assert [
        one["id"]
        for one in envcheck("w", "--with", "extra", "--course", course, "--format", "json").report[
            "checks"
        ]
    ] == [
        "w.fine",
        "extra.warns",
    ]


def test_json_is_alone_on_stdout(course: Path, envcheck: Envcheck) -> None:
    """Whatever a course prints while it loads or runs, from Python, below it, or by a program:
    stdout is one JSON object.
    """
    ran = envcheck("loud", "--course", course, "--format", "json")
    assert ran.report["verdict"] == "ready"
    assert ran.stdout.startswith("{")
    assert ran.stdout.isascii()


def test_json_stays_alone_after_the_end(course: Path, envcheck: Envcheck) -> None:
    """A check that was given up and still prints cannot write behind the report."""
    ran = envcheck("spins", "--course", course, "--format", "json")
    assert (ran.code, ran.status("spins.spins")) == (3, "error")


def test_wrong_course_file(tmp_path: Path, envcheck: Envcheck) -> None:
    """A course file that breaks is one sentence and exit code 2."""
    (tmp_path / "bad.py").write_text("import sys; print('hello'); sys.exit(0)")
    ran = envcheck("w", "--course", tmp_path / "bad.py")
    assert (ran.code, ran.stdout) == (2, "")
    assert "SystemExit" in ran.stderr


def test_many_reports(course: Path, tmp_path: Path, envcheck: Envcheck) -> None:
    """Several reports of one run are whole files, with nothing half-written beside them, and an old
    file is replaced.
    """
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "r.json").write_text("old")
    formats = ("json", "text", "junit", "markdown", "html", "github")
    ran = envcheck(
        "bad",
        "--course",
        course,
        *[word for name in formats for word in ("--report", f"{name}={folder}/r.{name}")],
    )
    assert ran.code == 1
    assert "Not ready" in ran.stdout
    assert sorted(file.name for file in folder.iterdir()) == sorted(f"r.{name}" for name in formats)
    assert json.loads((folder / "r.json").read_text())["exit_code"] == 1
    assert all((folder / f"r.{name}").stat().st_size > 100 for name in formats)


def test_output_file_instead_of_the_screen(
    course: Path, tmp_path: Path, envcheck: Envcheck
) -> None:
    """--output writes there and nothing on the screen, through a link too, and keeps the
    file's rights.
    """
    (tmp_path / "real").touch()
    (tmp_path / "real").chmod(0o600)
    (tmp_path / "link").symlink_to("real")
    ran = envcheck("w", "--course", course, "--format", "json", "--output", tmp_path / "link")
    assert (ran.code, ran.stdout) == (0, "")
    assert (tmp_path / "link").is_symlink()
    assert json.loads((tmp_path / "real").read_text())["verdict"] == "ready"
    assert (tmp_path / "real").stat().st_mode & 0o777 == 0o600


@posix
def test_output_that_is_no_file(course: Path, envcheck: Envcheck) -> None:
    """/dev/null is written to, not replaced by a file, even for root."""
    assert envcheck("w", "--course", course, "--output", "/dev/null").code == 0
    assert Path("/dev/null").is_char_device()


@posix
@pytest.mark.parametrize(
    "name", variants(["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"], ["/dev/stdout"])
)
def test_output_to_the_stream_itself(name: str, course: Path, tmp_path: Path) -> None:
    """Named as a file it is the same stream: a pipe gets the report, and a file behind it keeps
    what it has.
    """
    words = f"{' '.join(COMMAND)} w --course {course} --format json --output {name}"
    piped = subprocess.run(
        ["sh", "-c", f"{words} | cat"], capture_output=True, text=True, timeout=60, check=True
    )
    assert json.loads(piped.stdout)["verdict"] == "ready"
    (tmp_path / "log").write_text("before\n")
    subprocess.run(["sh", "-c", f"{words} >>{tmp_path}/log"], timeout=60, check=True)
    before, _, rest = (tmp_path / "log").read_text().partition("\n")
    assert (before, json.loads(rest)["verdict"]) == ("before", "ready")


@posix
def test_output_to_a_waiting_reader(course: Path, tmp_path: Path) -> None:
    """A FIFO is written to, not replaced."""
    line = f"mkfifo {tmp_path}/f; cat {tmp_path}/f & {' '.join(COMMAND)} w --course {course} --format json --output {tmp_path}/f; wait"
    done = subprocess.run(
        ["sh", "-c", line], capture_output=True, text=True, timeout=60, check=True
    )
    assert json.loads(done.stdout)["verdict"] == "ready"


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {}])
def test_no_colour_outside_a_terminal(
    variables: dict[str, str], course: Path, envcheck: Envcheck
) -> None:
    """A pipe gets no terminal codes."""
    assert "\x1b" not in envcheck("bad", "--course", course, env=variables).stdout


@posix
@pytest.mark.parametrize(
    ("words", "variables", "coloured"),
    [
        ([], {}, True),
        ([], {"NO_COLOR": "1"}, False),
        ([], {"NO_COLOR": ""}, True),
        (["--no-color"], {}, False),
    ],
)
def test_colour_in_a_terminal(
    words: list[str], variables: dict[str, str], coloured: bool, course: Path
) -> None:
    """A terminal gets colour, unless NO_COLOR is set and not empty, or --no-color is given."""
    import pty

    ours, theirs = pty.openpty()
    env = {"PATH": os.environ["PATH"], "TERM": "xterm", **variables}
    subprocess.run(
        [*COMMAND, "bad", "--course", str(course), *words],
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env=env,
        timeout=60,
        check=False,
    )
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 65536):
            shown += chunk
    except OSError:  # the other side is closed: all has been read
        pass
    os.close(ours)
    assert b"Not ready" in shown
    assert (b"\x1b[" in shown) is coloured


def test_timeout_bounds_the_run(course: Path, envcheck: Envcheck) -> None:
    """--timeout ends the run, and says so where something was not known."""
    begun = time.monotonic()
    ran = envcheck("program", "--course", course, "--timeout", "2", "--format", "json")
    assert time.monotonic() - begun < within(9)
    assert (ran.code, ran.status("program.fine"), ran.status("program.program")) == (
        3,
        "pass",
        "error",
    )


@posix
def test_target_that_hangs(course: Path, tmp_path: Path, envcheck: Envcheck) -> None:
    """A target that never answers does not hold the run beyond its limit."""
    (tmp_path / "python").write_text("#!/bin/sh\nsleep 600\n")
    (tmp_path / "python").chmod(0o755)
    begun = time.monotonic()
    assert (
        envcheck("w", "--course", course, "--timeout", "2", "--python", tmp_path / "python").code
        == 0
    )
    assert time.monotonic() - begun < within(8)


UNHEARD = """
import signal, threading
from envcheck.command.main import main
threading.Thread(target=threading.Event().wait, daemon=True).start()
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
main()
"""


def started(course: Path, command: Sequence[str] = COMMAND, **more: Any) -> subprocess.Popen[str]:
    """A run in the middle of its check `program`."""
    words = [*command, "program", "--course", str(course), "--format", "json"]
    parent = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more
    )
    end = time.monotonic() + within(20)
    while time.monotonic() < end:
        try:
            if any(
                "time.sleep(600)" in " ".join(child.cmdline())
                for child in psutil.Process(parent.pid).children(recursive=True)
            ):
                return parent
        except psutil.Error:
            pass
        time.sleep(0.05)
    parent.kill()
    raise AssertionError("the check did not begin")


def alive(processes: Sequence[psutil.Process]) -> list[psutil.Process]:
    """Those that run yet. One may end between two questions."""
    found = []
    for process in processes:
        with contextlib.suppress(psutil.Error):
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


def nothing_is_left(folder: Path, processes: Sequence[psutil.Process]) -> None:
    """After five seconds no program, and nothing in the temporary folder."""
    wait_for(
        f"{processes} are gone, and all in {folder}",
        5,
        lambda: not alive(processes) and not list(folder.iterdir()),
    )


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals(number: int, course: Path, tmp_path: Path) -> None:
    """Ctrl-C, `kill` and a closed terminal end with 130, a report of what was known, and nothing
    left behind.
    """
    (tmp_path / "tmp").mkdir()
    with started(course, env={**os.environ, "TMPDIR": str(tmp_path / "tmp")}) as parent:
        children = psutil.Process(parent.pid).children(recursive=True)
        os.kill(parent.pid, number)
        out, err = parent.communicate(timeout=within(20))
    assert (parent.returncode, "Traceback" in err) == (130, False)
    report = json.loads(out)
    assert (report["exit_code"], report["interrupted"]) == (130, True)
    assert {one["id"]: one["status"] for one in report["checks"]} == {
        "program.fine": "pass",
        "program.program": "error",
    }
    # A check that was given up ends with us: until then the watchdog stays.
    wait_for("all children are gone", 5, lambda: not alive(children))
    assert list((tmp_path / "tmp").iterdir()) == []


@posix
def test_a_signal_that_ends_no_wait(course: Path) -> None:
    """It comes just before the main thread begins to wait, or another thread takes it: the wait goes
    on, and must see it.
    """
    with started(course, [*COMMAND[:-2], "-c", UNHEARD]) as parent:
        os.kill(parent.pid, signal.SIGTERM)
        out, err = parent.communicate(timeout=within(20))
    assert (parent.returncode, "Traceback" in err) == (130, False)
    assert json.loads(out)["interrupted"] is True


@posix
def test_sigkill(course: Path, tmp_path: Path) -> None:
    """Even `kill -9` leaves nothing running and no folder after five seconds."""
    (tmp_path / "tmp").mkdir()
    with started(course, env={**os.environ, "TMPDIR": str(tmp_path / "tmp")}) as parent:
        children = psutil.Process(parent.pid).children(recursive=True)
        parent.kill()
        parent.communicate()
    nothing_is_left(tmp_path / "tmp", children)


@posix
@pytest.mark.parametrize(
    "words",
    ["bad --course {course}", "list", "--help", "explain chapter2.packages", "chapter2 --help"],
)
def test_reader_that_has_enough(words: str, course: Path, tmp_path: Path) -> None:
    """`| head -1` gets its line, and nobody a traceback."""
    line = f"{' '.join(COMMAND)} {words.format(course=course)} 2>{tmp_path}/err | head -1"
    assert (
        subprocess.run(
            ["sh", "-c", line], capture_output=True, text=True, timeout=60, check=True
        ).stdout.count("\n")
        <= 1
    )
    assert "Traceback" not in (tmp_path / "err").read_text()
    assert "BrokenPipe" not in (tmp_path / "err").read_text()
    assert "broke by itself" not in (tmp_path / "err").read_text()


def test_help_of_a_chapter_that_is_named_like_a_command(tmp_path: Path, envcheck: Envcheck) -> None:
    """Both stand there, each with its own words and as it is typed."""
    text = 'course = "a"\n[chapter.list]\ntitle = "Lists"\npackages = ["x"]\n'
    (tmp_path / "work/envcheck.toml").write_text(text, encoding="utf-8")
    help = envcheck("--help").stdout.splitlines()
    lists = [line.strip() for line in help if line.startswith(("  list ", "  run list "))]
    assert [line.split("  ")[0] for line in lists] == ["run list", "list"]
    assert (lists[0].endswith("  Lists"), "Courses, chapters" in lists[1]) == (True, True)
    assert "the nearest is `run list`" in envcheck("run-list").stderr


def test_help_loads_little() -> None:
    """--help shows every chapter, and loads no library that takes a while."""
    source = "import sys, resource\nsys.argv = ['envcheck', '--help']\nfrom envcheck.command.main import main\ntry: main()\nexcept SystemExit: pass\n"
    source += "heavy = {'psutil', 'packaging', 'requests', 'jupyter_client', 'jinja2', 'tornado', 'zmq', 'python_discovery', 'truststore'}\n"
    source += "use = resource.getrusage(resource.RUSAGE_SELF)\nprint('LOADED', sorted(heavy & set(sys.modules)), use.ru_utime + use.ru_stime)"
    done = subprocess.run(
        [sys.executable, "-I", "-c", source], capture_output=True, text=True, timeout=60, check=True
    )
    assert "chapter2" in done.stdout
    loaded, _, seconds = done.stdout.splitlines()[-1].rpartition(" ")
    assert loaded == "LOADED []"
    assert float(seconds) < within(0.6)


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["list", "--format", "json"],
        ["where", "--python", sys.executable],
        ["--version"],
        ["-h"],
    ],
)
def test_other_commands(words: list[str], envcheck: Envcheck) -> None:
    """The commands beside a run end with 0 and say something."""
    ran = envcheck(*words)
    assert (ran.code, bool(ran.stdout)) == (0, True)


def test_variables_reach_the_target_alone(course: Path, envcheck: Envcheck) -> None:
    """The learner's variables are handed to programs of the target as they are, with our mark and
    nothing secret in the report.
    """
    ran = envcheck(
        "seen",
        "--course",
        course,
        "--format",
        "json",
        env={"LEARNER": "yes", "PIP_INDEX_URL": "https://u:s3cret@h/simple"},
    )
    assert '"LEARNER": "yes"' in next(one["summary"] for one in ran.report["checks"])
    assert "s3cret" not in ran.stdout
    assert marked("no such run") == []


@posix
def test_interrupt_while_the_target_is_asked(course: Path, tmp_path: Path) -> None:
    """Ctrl-C before the target has answered gives a report too."""
    (tmp_path / "python").write_text("#!/bin/sh\necho $$ > started\nexec sleep 600\n")
    (tmp_path / "python").chmod(0o755)
    (tmp_path / "tmp").mkdir()
    words = [
        *COMMAND,
        "w",
        "--course",
        str(course),
        "--format",
        "json",
        "--python",
        str(tmp_path / "python"),
    ]
    env = {**os.environ, "TMPDIR": str(tmp_path / "tmp")}
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env
    ) as parent:
        end = time.monotonic() + within(20)
        while time.monotonic() < end and not list((tmp_path / "tmp").glob("*/empty/started")):
            time.sleep(0.05)
        os.kill(parent.pid, signal.SIGINT)
        out, err = parent.communicate(timeout=within(20))
    assert (parent.returncode, "Traceback" in err) == (130, False)
    assert [one["status"] for one in json.loads(out)["checks"]] == ["error"]
    assert list((tmp_path / "tmp").iterdir()) == []


@posix
def test_impatient_interrupts(course: Path, tmp_path: Path) -> None:
    """Ctrl-C five times: the end comes, without a traceback, and the watchdog tidies up what we no
    longer could.
    """
    (tmp_path / "tmp").mkdir()
    with started(course, env={**os.environ, "TMPDIR": str(tmp_path / "tmp")}) as parent:
        children = psutil.Process(parent.pid).children(recursive=True)
        for _ in range(5):
            if parent.poll() is None:
                os.kill(parent.pid, signal.SIGINT)
            time.sleep(0.03)
        _, err = parent.communicate(timeout=within(20))
    assert (parent.returncode, "Traceback" in err) == (130, False), err
    nothing_is_left(tmp_path / "tmp", children)


@posix
def test_nohup(envcheck: Envcheck) -> None:
    """A run that shall survive the closing of its terminal does."""
    source = "import os, signal; from envcheck.command.main import _signals; _signals(signal.default_int_handler)\n"
    source += "os.kill(os.getpid(), signal.SIGHUP); print('alive')"
    ran = envcheck(
        command=("sh", "-c", "trap '' HUP; exec \"$@\"", "sh", sys.executable, "-I", "-c", source)
    )
    assert (ran.code, ran.stdout) == (0, "alive\n")
