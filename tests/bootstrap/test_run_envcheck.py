"""run-envcheck.py from a bare clone: the first run, all later ones, and what can go wrong in
between. Real runs only.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from tests.bootstrap.conftest import MakeLearner
from tests.bootstrap.machine import (
    BASE,
    OFFLINE,
    REPOSITORY,
    Learner,
    Ran,
    checkout,
    fingerprint,
    installation,
    names_in,
    of_a_release,
    other_pythons,
)
from tests.pace import within
from tests.variants import variants

pytestmark = pytest.mark.slow

OLD_PYTHONS = sorted(other_pythons())


def until(true: object, seconds: float = 60) -> None:
    """Wait for a condition of the outside world."""
    end = time.monotonic() + within(seconds)
    while not true():  # type: ignore[operator]  # any callable
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def test_the_first_run_makes_an_environment_and_says_so(first: tuple[Learner, Ran]) -> None:
    """One command; the Python that was typed is the one examined; progress on stderr, the report
    alone on stdout.
    """
    learner, ran = first
    assert ran.fresh(), ran.err
    assert ran.report["target"]["located_by"] == "the Python that ran run-envcheck.py"
    assert Path(ran.report["target"]["python"]).resolve() == BASE
    assert ran.code == ran.report["exit_code"]
    assert len(learner.environments) == 1
    assert learner.parts == []
    assert names_in(learner.root / "tmp") == []


@pytest.mark.usefixtures("namespaces")
def test_later_runs_are_quick_and_need_no_network(first: tuple[Learner, Ran]) -> None:
    """Nothing is installed again: it works without any network, and exit code and usage problems
    come through.
    """
    learner, before = first
    begun = time.monotonic()
    shown = learner.run("list", before=OFFLINE)
    assert time.monotonic() - begun < within(5)
    again = learner.run("chapter2", "--quick", "--offline", "--format=json", before=OFFLINE)
    wrong = learner.run("chaptr2", before=OFFLINE)
    assert (shown.code, shown.err) == (0, "")
    assert (again.code, again.err) == (before.code, "")
    assert wrong.code == 2
    assert "chapter2" in wrong.err


@pytest.mark.whole
def test_nothing_is_written_to_the_checkout_or_the_learners_python(
    make_learner: MakeLearner, tmp_path: Path
) -> None:
    """Byte for byte the same before and after a first run: no build folder, no metadata, no
    compiled file.
    """
    learner = make_learner()
    python = installation(tmp_path / "python")
    learner.script = checkout(tmp_path / "clone")
    before = (
        fingerprint(tmp_path / "python"),
        fingerprint(learner.script.parent),
        fingerprint(learner.work),
    )
    ran = learner.run("chapter2", "--quick", "--format", "json", python=python)
    assert ran.fresh()
    assert ran.check("python")["status"] == "pass"
    assert (
        fingerprint(tmp_path / "python"),
        fingerprint(learner.script.parent),
        fingerprint(learner.work),
    ) == before


@pytest.mark.whole
def test_another_envcheck_gets_another_environment(
    first: tuple[Learner, Ran], tmp_path: Path
) -> None:
    """After `git pull` the old environment is not taken for the new source."""
    learner, _ = first
    script = checkout(tmp_path / "clone")
    (script.parent / "src" / "envcheck" / "new.py").write_text("", encoding="utf-8")
    code = "import runpy, sys; print(runpy.run_path(sys.argv[1])['environment_key']())"
    keys = [
        subprocess.run(
            [str(BASE), "-c", code, str(one)], capture_output=True, text=True, check=True
        ).stdout.strip()
        for one in (learner.script, script)
    ]
    assert keys[0] in learner.environments
    assert keys[1] not in learner.environments


@pytest.mark.whole
def test_two_runs_at_once(learner: Learner) -> None:
    """Both work, and one environment remains."""
    runs = [learner.start("list"), learner.start("list")]
    assert [run.wait(within(300)) for run in runs] == [0, 0]
    assert len(learner.environments) == 1
    assert learner.parts == []


@pytest.mark.whole
def test_a_uv_that_fails_is_told_and_pip_does_it(learner: Learner, tmp_path: Path) -> None:
    """Else it would say twice that it makes the environment, and nothing in between."""
    uv = tmp_path / "tools" / "uv"
    uv.parent.mkdir()
    uv.write_text("#!/bin/sh\necho 'error: no such luck' >&2\nexit 2\n", encoding="utf-8")
    uv.chmod(0o755)
    learner.variables["PATH"] = f"{uv.parent}:/usr/bin:/bin"
    ran = learner.run("list")
    assert (ran.code, ran.err.count("making its own environment")) == (0, 2), ran.err
    assert "\nenvcheck: uv did not get it done: error: no such luck\n" in ran.err


@pytest.mark.whole
def test_where_all_may_write_to_what_is_made(learner: Learner) -> None:
    """GitLab's runners set umask 0: what is made there serves the next run all the same, and nobody
    else may change it.
    """
    open_to_all = ("sh", "-c", 'umask 0; exec "$@"', "sh")
    runs = [learner.run("list", before=open_to_all) for _ in range(2)]
    assert [run.fresh() for run in runs] == [True, False]
    made = [path for path in learner.cache.rglob("*") if not path.is_symlink()]
    assert [path for path in made if path.stat().st_mode & 0o002] == []


@pytest.mark.whole
def test_killed_half_way(learner: Learner) -> None:
    """A half environment is never taken for a whole one, and the next run removes it."""
    run = learner.start("list")
    until(lambda: list(learner.cache.glob("part-*/env/pyvenv.cfg")))
    os.killpg(run.pid, signal.SIGKILL)
    run.wait(within(10))
    assert learner.parts
    again = learner.run("list")
    assert again.code == 0
    assert again.fresh()
    assert learner.parts == []


@pytest.mark.whole
@pytest.mark.parametrize("number", variants([signal.SIGINT, signal.SIGTERM], [signal.SIGINT]))
def test_interrupted_half_way(learner: Learner, number: signal.Signals) -> None:
    """Ctrl-C gives 130 and leaves nothing."""
    run = learner.start("list")
    until(lambda: list(learner.cache.glob("part-*/env/pyvenv.cfg")))
    os.kill(run.pid, number)
    assert run.wait(within(20)) == 130
    assert not learner.cache.exists()


def test_interrupted_while_checking(first: tuple[Learner, Ran]) -> None:
    """Once envcheck runs, Ctrl-C is its own affair, and its exit code too. Its folder goes: where it
    had just been made, by the watchdog, a moment after the run.
    """
    learner, _ = first
    run = learner.start("chapter2", "--output", str(learner.root / "interrupted"))
    until(lambda: b"\0-m\0envcheck\0" in Path(f"/proc/{run.pid}/cmdline").read_bytes())
    until(
        lambda: any(path.name.startswith("envcheck-") for path in (learner.root / "tmp").iterdir())
    )
    os.kill(run.pid, signal.SIGINT)
    assert run.wait(within(30)) == 130
    until(lambda: names_in(learner.root / "tmp") == [])


@pytest.mark.usefixtures("namespaces")
@pytest.mark.whole
def test_full_disk(learner: Learner) -> None:
    """Clear words, exit code 3, nothing left on the disk; Python and pip are examined all
    the same.
    """
    learner.cache.parent.mkdir(parents=True)
    script = 'mount -t tmpfs -o size=12m none "$HOME/.cache" && "$@"; code=$?; ls -A "$HOME/.cache" >&2; exit $code'
    ran = learner.run(
        "chapter2", "--format", "json", before=["unshare", "--mount", "sh", "-c", script, "sh"]
    )
    assert ran.code == 3
    assert "the disk is full" in ran.check("packages")["summary"]
    assert ran.check("python")["status"] == "pass"
    assert ran.err.splitlines()[-1].startswith("envcheck: "), f"something was left: {ran.err}"


@pytest.mark.whole
def test_cache_folder_that_cannot_be_written(learner: Learner) -> None:
    """A temporary folder serves for this run, is named, and is gone afterwards."""
    (learner.root / "file").write_text("", encoding="utf-8")
    learner.variables["XDG_CACHE_HOME"] = str(learner.root / "file")
    ran = learner.run("list")
    assert ran.code == 0, ran.err
    assert "uses a temporary folder and removes it afterwards" in ran.err
    assert names_in(learner.root / "tmp") == []


@pytest.mark.whole
def test_variables_and_settings_of_the_learner(learner: Learner) -> None:
    """What steers the learner's own installs and Pythons does not steer this one, and is not
    changed.
    """
    wrong = learner.root / "wrong"
    (learner.root / "home" / ".config" / "pip").mkdir(parents=True)
    (learner.root / "home" / ".config" / "pip" / "pip.conf").write_text(
        f"[global]\nindex-url = https://127.0.0.1:9/simple\n[install]\ntarget = {wrong}\nprefix = {wrong}\nuser = true\n",
        encoding="utf-8",
    )
    shadows = learner.root / "shadows"
    shadows.mkdir()
    for name in ("json", "textwrap", "ensurepip"):
        (shadows / f"{name}.py").write_text(
            "raise SystemExit('the wrong file was imported')\n", encoding="utf-8"
        )
    learner.variables |= {
        "PYTHONPATH": str(shadows), "PYTHONSTARTUP": "/nowhere", "PYTHONHOME": str(BASE.parent.parent), "PYTHONOPTIMIZE": "2",
        "PIP_TARGET": str(wrong), "PIP_USER": "1", "PIP_REQUIRE_VIRTUALENV": "1", "PIP_NO_INDEX": "1", "PIP_PREFIX": str(wrong),
        "LD_LIBRARY_PATH": "/nowhere", "HTTPS_PROXY": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9",
    }  # fmt: skip
    ran = learner.run("list")
    assert ran.code == 0, ran.err
    assert not wrong.exists()


@pytest.mark.whole
def test_the_target_gets_the_learners_variables_and_no_more(
    first: tuple[Learner, Ran], tmp_path: Path
) -> None:
    """What is set aside for the host comes back for the learner's Python; our own marks do not
    reach it.
    """
    learner, _ = first
    seen = tmp_path / "seen"
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nenv > "{seen}"\nexec "{BASE}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    with_paths = Learner(
        learner.root, learner.script, {"LD_LIBRARY_PATH": "/nowhere", "PYTHONSTARTUP": "/nowhere"}
    )
    with_paths.run("chapter2", "--only", "chapter2.python", "--python", str(python))
    lines = seen.read_text(encoding="utf-8").splitlines()
    assert "LD_LIBRARY_PATH=/nowhere" in lines
    assert "PYTHONSTARTUP=/nowhere" in lines
    assert [line for line in lines if line.startswith(("ENVCHECK_LAUNCHED", "ENVCHECK_KEEP"))] == []


@pytest.mark.whole
@pytest.mark.parametrize("version", variants(OLD_PYTHONS, OLD_PYTHONS[-1:]))
def test_launched_by_a_python_that_is_too_old_for_envcheck(learner: Learner, version: str) -> None:
    """Another Python of this machine runs envcheck; the one that was typed is examined, and hears
    that it is too old to host.
    """
    python = other_pythons()[version]
    (learner.root / "bin").mkdir()
    (learner.root / "bin" / "python3").symlink_to(BASE)
    learner.variables["PATH"] = f"{learner.root / 'bin'}:/usr/bin:/bin"
    ran = learner.run("chapter2", "--quick", "--format", "json", python=python)
    assert ran.report["target"]["version"].startswith(f"{version}.")
    assert ran.code == ran.report["exit_code"] == 1
    assert ("python-too-old" in ran.codes) is (tuple(map(int, version.split("."))) < (3, 7))
    assert "envcheck itself needs 3.10 or newer" in ran.err
    again = learner.run("chapter2", "--only", "chapter2.python", python=python)
    assert not again.fresh()
    assert f"this Python is version {version}." in again.err


@pytest.mark.whole
def test_launched_by_a_python_without_pip_and_ssl(learner: Learner, tmp_path: Path) -> None:
    """It cannot host, another one can; what is missing in it is the diagnosis."""
    python = installation(tmp_path / "python", without=["_ssl.*.so", "ensurepip"], pip=False)
    ran = learner.run("chapter2", "--quick", "--format", "json", python=python)
    assert ran.fresh()
    assert "was built without ssl" in ran.err
    assert ran.codes == ["python-standard-library-gap"]
    assert ran.code == 1


@pytest.mark.usefixtures("namespaces")
@pytest.mark.whole
def test_no_python_here_can_host(learner: Learner, tmp_path: Path) -> None:
    """The file examines Python and pip by itself, says what the rest needs, and never
    says ready.
    """
    python = installation(tmp_path / "python", without=["ensurepip"], pip=False)
    hide = 'for one in /usr/bin/python3.* /usr/local/bin/python3*; do [ -f "$one" ] && mount --bind "$0" "$one"; done; exec "$@"'
    (tmp_path / "empty").write_text("", encoding="utf-8")
    ran = learner.run(
        "chapter2",
        python=python,
        before=["unshare", "--mount", "sh", "-c", hide, str(tmp_path / "empty")],
    )
    assert ran.code == 1  # without pip, what the chapter needs cannot come
    assert "and no other Python that could run envcheck was found" in " ".join(ran.out.split())
    assert "Next step: " in ran.out
    assert not learner.cache.exists()


@pytest.mark.whole
def test_standing_alone_it_installs_the_release(learner: Learner, tmp_path: Path) -> None:
    """Without a checkout around it, the `envcheck-course` whose hash it has comes from the index;
    the learner's own random.py is not in its way.
    """
    wheels = tmp_path / "wheels"
    source = checkout(tmp_path / "clone").parent
    build = [
        str(BASE),
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        str(wheels),
        str(source),
    ]
    subprocess.run(build, check=True, capture_output=True)
    learner.script = learner.work / "run-envcheck.py"
    (wheel,) = wheels.glob("*.whl")
    text = (REPOSITORY / "run-envcheck.py").read_text("utf-8")
    learner.script.write_text(of_a_release(text, wheel), "utf-8")
    (learner.work / "random.py").write_text(
        "raise SystemExit('the wrong file was imported')\n", encoding="utf-8"
    )
    learner.variables["PIP_FIND_LINKS"] = f"{wheels} {os.environ.get('PIP_FIND_LINKS', '')}".strip()
    ran = learner.run("list")
    assert ran.code == 0, ran.err
    assert "chapter2" in ran.out
    unlocked = learner.run("--unlocked", "list")
    assert (unlocked.code, unlocked.out) == (0, ran.out), unlocked.err
