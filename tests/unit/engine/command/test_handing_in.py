"""The real command, with and without a terminal, and a class on a real socket: whole outputs, the exact
bytes, and the exit code of the run whatever becomes of the report.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.pace import within
from tests.unit.engine.sending.strict_server import CODE, Class, misbehaving, serving

from envcheck.classroom.handed_in import receipt

pytestmark = pytest.mark.slow
COURSE = """
from envcheck import Chapter, Check, Course, Diagnosis, Evidence, fail, ok

def examine(env):
    return {outcome}

COURSE = Course("c", "A course", [Chapter("week1", "One", [Check("a", "A thing", examine)])])
"""
READY = COURSE.format(outcome='ok("it works")')
BROKEN = COURSE.format(
    outcome='fail("a-broken", "it is broken", found=str(dict(env.variables).get("MY_LINK")))'
)


@dataclass(frozen=True)
class Desk:
    """A learner's folder with a course in it."""

    folder: Path

    def words(self, *words: str) -> list[str]:
        return [sys.executable, "-I", "-X", "utf8", "-m", "envcheck", *words]

    def variables(self, **more: str) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        return {**kept, "HOME": str(self.folder), "USER": "ann", "COLUMNS": "100", **more}

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Without a terminal."""
        return subprocess.run(
            self.words(*words),
            cwd=self.folder,
            env=self.variables(**more),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )

    def at_terminal(self, typed: str, *words: str, stop_at: bytes = b"") -> tuple[int, str]:
        """The exit code and all that the terminal shows, when this is typed beforehand; Ctrl-C comes
        when `stop_at` is shown.
        """
        pty = pytest.importorskip("pty")
        ours, theirs = pty.openpty()
        child = subprocess.Popen(
            self.words(*words),
            cwd=self.folder,
            env=self.variables(TERM="dumb"),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        shown: list[bytes] = []
        stopped: list[object] = []

        def read() -> None:
            try:
                while data := os.read(ours, 65_536):
                    shown.append(data)
                    if stop_at and stop_at in b"".join(shown) and not stopped:
                        stopped.append(data)
                        child.send_signal(signal.SIGINT)
            except OSError:  # the other side is closed
                pass

        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        os.write(ours, typed.encode())
        code = child.wait(within(60))
        reader.join(within(5))
        os.close(ours)
        return code, b"".join(shown).decode().replace("\r\n", "\n")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "ready.py").write_text(READY)
    (tmp_path / "broken.py").write_text(BROKEN)
    return Desk(tmp_path)


@pytest.fixture
def monday() -> Iterator[Class]:
    with serving(Class()) as of:
        yield of
        assert of.wrong == []


def week1(course: str, *more: str) -> Sequence[str]:
    return ("week1", "--course", f"{course}.py", "--python", sys.executable, *more)


def test_what_is_sent_is_what_output_writes(desk: Desk, monday: Class) -> None:
    """Byte for byte; the exit code is the run's, and stdout is the report's."""
    asked = week1("broken", "--join", monday.link, "--as", "fox", "--send-without-asking")
    done = desk.run(*asked, "--format", "json", "--report", "json=report.json")
    assert done.returncode == 1
    [(_, sent)] = monday.reports
    assert sent == (desk.folder / "report.json").read_bytes() == done.stdout.encode()
    assert done.stderr == (
        f"Sent to the class monday at 127.0.0.1:{monday.port}. Receipt {receipt(sent)}: read it out "
        "when you are asked for\nit.\n"
    )


def test_without_a_terminal_nothing_goes_out(desk: Desk, monday: Class) -> None:
    """`--yes` is for fixes."""
    done = desk.run(*week1("ready", "--join", monday.link, "--as", "fox", "--yes"))
    assert done.returncode == 0
    assert "Ready for week1" in done.stdout
    assert done.stderr == (
        "The report was not sent: there is no terminal here to show it on and to ask. "
        "--send-without-asking\nsends it all the same.\n"
    )
    assert monday.seen == []


def test_at_the_terminal(desk: Desk, monday: Class) -> None:
    """It asks for an alias, shows every byte, asks once, and says how to read the receipt out."""
    code, shown = desk.at_terminal("fox\ny\n", *week1("broken", "--join", monday.link))
    assert code == 1
    [(_, sent)] = monday.reports
    assert json.loads(sent)["alias"] == "fox"
    assert sent.decode() in shown
    assert "A name of your choice for the class: " in shown
    assert shown.count("Send it? [y/N]: ") == 1
    assert f"Receipt {receipt(sent)}" in shown
    assert f"monday (chapter2) at 127.0.0.1:{monday.port}" in shown
    assert shown.index("Not ready for week1") < shown.index("This is the whole report of fox")


def test_a_no_at_the_terminal(desk: Desk, monday: Class) -> None:
    code, shown = desk.at_terminal("n\n", *week1("ready", "--join", monday.link, "--as", "fox"))
    assert code == 0
    assert shown.endswith("Nothing was sent.\n")
    assert monday.reports == []


@pytest.mark.parametrize("course", ["ready", "broken"])
def test_what_goes_wrong_changes_no_exit_code(course: str, desk: Desk) -> None:
    """Also Ctrl-C at the question."""
    code = {"ready": 0, "broken": 1}[course]
    gone = f"http://127.0.0.1:1/{CODE}"
    done = desk.run(*week1(course, "--join", gone, "--as", "fox", "--send-without-asking"))
    assert done.returncode == code
    assert "eady for week1" in done.stdout
    assert "nothing answers at 127.0.0.1:1." in done.stderr
    with serving(Class()) as of:
        asked = week1(course, "--join", of.link, "--as", "fox")
        assert desk.at_terminal("", *asked, stop_at=b"Send it?")[0] == code
        assert of.reports == []
    with misbehaving(lambda connection: None) as link:
        asked = week1(course, "--submit", link, "--as", "fox", "--send-without-asking")
        assert desk.run(*asked).returncode == code


def test_what_is_kept_is_offered_again_and_sent(desk: Desk, monday: Class) -> None:
    """30 days, for nobody but the learner; the link is remembered nowhere else."""
    monday.refuse = [(503, {"Retry-After": "99"}, b"")]
    asked = week1("ready", "--join", monday.link, "--as", "fox", "--send-without-asking")
    assert "busy or away (503)" in desk.run(*asked).stderr
    holding = [
        file
        for file in desk.folder.rglob("*")
        if file.is_file() and CODE.encode() in file.read_bytes()
    ]
    assert [file.parent for file in holding] == [desk.folder / ".cache" / "envcheck" / "class"]
    assert oct(holding[0].stat().st_mode & 0o777) == "0o600"
    done = desk.run(*week1("ready"))
    assert re.fullmatch(
        r"1 report for your class could not be sent yet. Until \d\d \w+ this sends it:\n"
        rf"    {re.escape(sys.executable)} -I -X utf8 -m envcheck send\n",
        done.stderr,
    )
    code, shown = desk.at_terminal("y\n", "send")
    assert code == 0
    assert len(monday.reports) == 1
    assert "Send it? [y/N]" in shown
    done = desk.run("send")
    assert (done.returncode, done.stderr) == (0, "No report waits to be sent.\n")


def test_send_a_file(desk: Desk, monday: Class) -> None:
    """As it is; a file that is no report, or nobody's, or holds something private, stays."""
    desk.run(*week1("ready", "--as", "fox", "--format", "json", "--output", "report.json"))
    done = desk.run("send", "report.json", "--join", monday.link, "--send-without-asking")
    assert done.returncode == 0, done.stderr
    data = (desk.folder / "report.json").read_bytes()
    assert [sent for _, sent in monday.reports] == [data]
    for name, text, said in (
        ("a.json", "{}", "is no report that can be sent: JSON, and no report of envcheck"),
        ("b.json", data.decode().replace('"fox"', "null"), "does not say whose it is"),
        ("c.json", data.decode().replace("it works", "/home/x/ann/y"), "of yours, and stays here"),
        ("d.json", data.decode().replace("it works", f"{desk.folder}/x"), "of yours, and stays"),
        ("e.json", data.decode().replace("it works", CODE.lower()), "of yours, and stays here"),
        ("f.json", data.decode().replace("it works", "x" * 1_100_000), "is larger than 1 MiB"),
    ):
        (desk.folder / name).write_text(text)
        done = desk.run("send", name, "--join", monday.link, "--send-without-asking")
        assert done.returncode == 2
        assert said in done.stderr.replace("\n", " ")
    assert len(monday.reports) == 1
    monday.refuse = [(410, {}, b'{"error": {"message": "closed"}}')]
    done = desk.run("send", "report.json", "--join", monday.link, "--send-without-asking")
    assert done.returncode == 1 and "takes no more reports" in done.stderr
    done = desk.run("send", "report.json", "--join", monday.link)
    assert done.returncode == 1 and "--send-without-asking" in done.stderr
    assert desk.run("send", "gone.json", "--join", monday.link).returncode == 2
    assert desk.run("send", "report.json").returncode == 2


def test_the_code_is_a_secret(desk: Desk, monday: Class) -> None:
    """It stands in no report and no message, however it was typed and wherever else it stands."""
    typed = f"http://127.0.0.1:{monday.port}/{CODE[:10].lower()}-{CODE[10:].lower()}"
    asked = week1("broken", "--submit", typed, "--as", "fox", "--send-without-asking")
    for link in (typed, monday.link, f"see {CODE}!"):
        done = desk.run(*asked, "--report", "json=r.json", MY_LINK=link)
        both = done.stdout + done.stderr + (desk.folder / "r.json").read_text()
        assert "***" in done.stdout
        assert CODE[:10].lower() not in both.lower()
    assert monday.reports


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--join", "https://a.org/X"], "--join takes the whole link that your instructor gave"),
        (["--join", f"http://a.org/{CODE}"], "and a report goes over https:// alone"),
        (["--join", f"https://a.org/{CODE}"], "--join LINK without a terminal needs --as ALIAS"),
        (["--submit", f"https://a.org/{CODE}"], "--submit URL needs --as ALIAS"),
        (["--submit", "x", "--join", "y"], "both say where the report goes: take one"),
        (["--send-without-asking"], "goes with --join LINK or --submit URL"),
        (["--offline", "--as", "a", "--join", f"https://a.org/{CODE}"], "take one away"),
    ],
)
def test_wrong_usage(words: list[str], said: str, desk: Desk) -> None:
    """Before anything runs, and without a word of the link."""
    done = desk.run(*week1("ready", *words))
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert CODE not in done.stderr
