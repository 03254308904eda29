"""The notebook page in real headless browsers, against real servers of a healthy Python."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from tests.variants import variants

from envcheck.environment import Environment, Located, Options
from envcheck.model import Course, Diagnosis, Fine, Outcome
from envcheck.processes.running import Running
from envcheck.run.request import Request
from envcheck.run.workplace import environment
from envcheck_checks.browser import process, run_cell
from envcheck_checks.browser.catalogue import Browser, Family
from envcheck_checks.browser.check import interface
from envcheck_checks.browser.chrome import ChromePage
from envcheck_checks.browser.discovery import browsers, drivable, find
from envcheck_checks.browser.display import Machine
from envcheck_checks.browser.firefox import FirefoxPage
from envcheck_checks.stack import Stack

pytestmark = pytest.mark.slow

SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"
STACKS = {"notebook": Stack((), ("notebook",)), "jupyterlab": Stack((), ("jupyterlab",))}
HERE = drivable(find(Machine(sys.platform, {**os.environ}, Path.home())))


def one_of(family: Family) -> Browser:
    found = next((one for one in HERE if one.family is family), None)
    if found is None:
        pytest.skip(f"this machine has no browser of the family {family.value}")
    return found


@pytest.fixture
def env(healthy: Path, tmp_path: Path) -> Iterator[Environment]:
    """A learner with an empty home, asking for everything."""
    variables = {
        "PATH": f"{healthy.parent}:{os.environ.get('PATH', SYSTEM_PATH)}",
        "HOME": str(tmp_path / "home"),
    }
    for name in ("home", "work"):
        (tmp_path / name).mkdir()
    request = Request(
        Course("c", "C", []),
        (),
        (),
        Located((str(healthy),), "the test's"),
        variables,
        tmp_path / "work",
        Options(deep=True),
    )
    with environment(request) as made:
        yield made


def examined(env: Environment, *candidates: Browser, program: str = "notebook") -> Outcome:
    env.preload(browsers.name, candidates)
    return interface(STACKS[program]).examine(env)


def family_of(env: Environment) -> list[psutil.Process]:
    """Every program of the run that still lives."""
    live: set[Running] = env.processes._live
    return [
        child
        for one in live
        for child in [psutil.Process(one.pid), *psutil.Process(one.pid).children(recursive=True)]
    ]


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("program", variants(STACKS, ("notebook",)))
@pytest.mark.parametrize("family", variants([Family.CHROME, Family.FIREFOX], [Family.CHROME]))
def test_a_typed_cell_answers_and_nothing_stays(
    env: Environment, family: Family, program: str
) -> None:
    outcome = examined(env, one_of(family), program=program)
    assert isinstance(outcome, Fine), outcome
    assert "answered 5050" in outcome.summary
    assert not outcome.warnings
    assert family_of(env) == []
    assert files_below(Path(env.variables["HOME"])) == []
    assert files_below(env.folder) == []
    assert list(env.scratch.glob("browser-*")) == []
    assert list(env.scratch.rglob("*.ipynb")) == []


@pytest.mark.whole
def test_a_browser_that_dies_is_a_warning_with_its_last_words(
    env: Environment, tmp_path: Path
) -> None:
    outcome = examined(
        env, fake(tmp_path, "echo 'error while loading shared libraries: libnss3.so' >&2; exit 127")
    )
    (warning,) = outcome if isinstance(outcome, tuple) else ()
    assert (warning.code, warning.severity.value) == ("browser-does-not-start", "warning")
    assert "exit code 127: error while loading shared libraries" in warning.evidence.found
    assert "library" in warning.note


@pytest.mark.whole
def test_a_browser_that_hangs_is_ended(
    env: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "START_SECONDS", 1.0)
    outcome = examined(env, fake(tmp_path, "sleep 300 & wait"))
    (warning,) = outcome if isinstance(outcome, tuple) else ()
    assert "does not listen after 1 s: it printed nothing" in warning.evidence.found
    assert family_of(env) == []


@pytest.mark.whole
def test_a_program_that_cannot_be_started(env: Environment, tmp_path: Path) -> None:
    outcome = examined(env, Browser("Chromium", (str(tmp_path / "gone"),), Family.CHROME))
    assert isinstance(outcome, tuple)
    assert "No such file" in outcome[0].evidence.found


def test_a_browser_without_a_protocol(env: Environment, tmp_path: Path) -> None:
    """It says that it listens, and does not."""
    outcome = examined(
        env, fake(tmp_path, "echo 'DevTools listening on ws://127.0.0.1:9/x' >&2; sleep 300")
    )
    assert isinstance(outcome, tuple)
    assert outcome[0].evidence.found.startswith("connect to the browser: ")


@pytest.mark.whole
def test_the_next_browser_is_tried_when_the_first_does_not_start(
    env: Environment, tmp_path: Path
) -> None:
    outcome = examined(env, fake(tmp_path, "exit 1"), HERE[0])
    assert isinstance(outcome, Fine), outcome
    assert [one.code for one in outcome.warnings] == ["browser-does-not-start"]


@pytest.mark.parametrize("family", variants([Family.CHROME, Family.FIREFOX], [Family.CHROME]))
def test_a_page_without_its_scripts_stays_blank(
    env: Environment, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    diagnosis = broken_page(env, family, "default-src 'none'", monkeypatch)
    assert diagnosis.code == "notebook-page-blank"
    assert (
        "Content Security Policy" in diagnosis.evidence.found
        or "Content-Security-Policy" in diagnosis.evidence.found
    )


@pytest.mark.whole
def test_a_page_that_may_not_open_websockets_has_no_kernel(
    env: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = "connect-src http://127.0.0.1:* http://localhost:*"
    assert (
        broken_page(env, Family.CHROME, policy, monkeypatch).code == "notebook-page-without-kernel"
    )


@pytest.mark.whole
def test_a_kernel_that_keeps_its_output(env: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    startup = Path(env.variables["HOME"], ".ipython", "profile_default", "startup")
    startup.mkdir(parents=True)
    (startup / "00-quiet.py").write_text(
        "import builtins\nbuiltins.print = lambda *a: None\n", encoding="utf-8"
    )
    monkeypatch.setitem(run_cell.SECONDS, "answered", 4.0)
    diagnosis = troubled(env, one_of(Family.CHROME))
    assert diagnosis.code == "notebook-page-no-output"
    assert "print(sum(range(101)))" in diagnosis.evidence.found


@pytest.mark.whole
@pytest.mark.parametrize(
    ("family", "page"), [(Family.CHROME, ChromePage), (Family.FIREFOX, FirefoxPage)]
)
def test_letters_that_a_page_lost_are_typed_again(
    env: Environment, family: Family, page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the first time a part came; nothing of it is left in the cell."""
    types, lost = page.type, ["the rest"]

    async def type_(self: Any, text: str) -> None:
        await types(self, text[:9] if lost and lost.pop() else text)

    monkeypatch.setattr(page, "type", type_)
    outcome = examined(env, one_of(family))
    assert isinstance(outcome, Fine), outcome
    assert not lost


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl to make a certificate")
@pytest.mark.parametrize("family", [Family.CHROME, Family.FIREFOX])
@pytest.mark.whole
def test_a_server_with_a_certificate_of_its_own(
    env: Environment, family: Family, tmp_path: Path
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    words = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    subprocess.run([*words, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    configure(
        env, f"c.ServerApp.certfile, c.ServerApp.keyfile = {str(certificate)!r}, {str(key)!r}"
    )
    outcome = examined(env, one_of(family))
    assert isinstance(outcome, Fine), outcome


def fake(tmp_path: Path, script: str) -> Browser:
    file = tmp_path / "fake-browser"
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)
    return Browser("Chromium", (str(file),), Family.CHROME)


def configure(env: Environment, line: str) -> None:
    file = Path(env.variables["HOME"], ".jupyter", "jupyter_server_config.py")
    file.parent.mkdir()
    file.write_text(f"{line}\n", encoding="utf-8")


def broken_page(
    env: Environment, family: Family, policy: str, monkeypatch: pytest.MonkeyPatch
) -> Diagnosis:
    configure(
        env,
        f'c.ServerApp.tornado_settings = {{"headers": {{"Content-Security-Policy": "{policy}"}}}}',
    )
    for stage in ("shown", "connected"):
        monkeypatch.setitem(run_cell.SECONDS, stage, 15.0)
    return troubled(env, one_of(family))


def troubled(env: Environment, browser: Browser) -> Diagnosis:
    env.preload(browsers.name, (browser,))
    outcome = interface(STACKS["notebook"]).examine(env)
    assert isinstance(outcome, Diagnosis), outcome
    return outcome
