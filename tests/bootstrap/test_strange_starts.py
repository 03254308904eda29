"""run-envcheck.py started in odd ways: in a folder that has modules of its own, through a pipe,
without a home.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.bootstrap.machine import BASE, OFFLINE, Learner, Ran, other_pythons
from tests.variants import variants

from envcheck.command.class_place import data_folder

needs_namespaces = pytest.mark.usefixtures("namespaces")
OWN_MODULE = 'raise SystemExit("this is the learner\'s own module")\n'
PYTHONS = [("this", BASE), *other_pythons().items()]
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


def alone(learner: Learner) -> Learner:
    """The file without its checkout, in a folder of its own; nothing can be installed."""
    script = learner.root / "download" / "run-envcheck.py"
    script.parent.mkdir()
    script.write_bytes(learner.script.read_bytes())
    learner.script = script
    return learner


def shell(learner: Learner, line: str) -> Ran:
    """A line of shell; `SCRIPT` and `PYTHON` stand for the quoted places."""
    places = {"SCRIPT": learner.script, "PYTHON": BASE}
    line = re.sub("SCRIPT|PYTHON", lambda found: shlex.quote(str(places[found.group()])), line)
    done = subprocess.run(
        [*OFFLINE, "bash", "-c", line],
        env=learner.environ(),
        cwd=learner.work,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def with_own_modules(learner: Learner) -> None:
    """What learners call their files: the names of modules that run-envcheck.py imports."""
    for name in ("json", "subprocess", "textwrap", "hashlib"):
        (learner.work / f"{name}.py").write_text(OWN_MODULE)
    (learner.work / "venv").mkdir()
    (learner.work / "venv" / "__init__.py").write_text(OWN_MODULE)


@pytest.mark.slow
@needs_namespaces
@pytest.mark.parametrize(
    ("python", "place"),
    [
        (BASE, "{work}"),
        *(
            pytest.param(python, place, marks=pytest.mark.whole)
            for python, place in [
                *((BASE, place) for place in ("", "{work}/../work:{stdlib}")),
                *((path, ".") for _, path in PYTHONS),
            ]
        ),
    ],
)
def test_modules_of_the_learner(learner: Learner, python: Path, place: str) -> None:
    """A PYTHONPATH into the work folder, whichever way it is written, takes nothing from us."""
    with_own_modules(alone(learner))
    stdlib = Path(os.__file__).parent if python == BASE else learner.root
    learner.variables["PYTHONPATH"] = place.format(work=learner.work, stdlib=stdlib)
    ran = learner.run("chapter2", "--format", "json", python=python, before=OFFLINE)
    assert "Traceback" not in ran.err
    allowed = {"python-too-old", "python-standard-library-gap", "venv-missing"}
    assert {*ran.codes} <= {*allowed, *(["pythonpath-breaks"] if "work" in place else [])}
    assert ran.report["exit_code"] == ran.code


@pytest.mark.slow
@needs_namespaces
@pytest.mark.parametrize(
    "line",
    variants(
        [
            "cat SCRIPT | PYTHON - chapter2 --format json",
            "PYTHON <(cat SCRIPT) chapter2 --format json",
            'PYTHON -c "$(cat SCRIPT)" chapter2 --format json',
        ],
        ["cat SCRIPT | PYTHON - chapter2 --format json"],
    ),
)
def test_read_from_a_pipe(learner: Learner, line: str) -> None:
    """Python is judged by what it is, not by where this text came from."""
    with_own_modules(alone(learner))
    ran = shell(learner, line)
    assert (ran.code, ran.codes) == (3, [])
    assert [ran.check(name)["status"] for name in ("python", "pip")] == ["pass", "pass"]


@pytest.mark.whole
@pytest.mark.slow
@needs_namespaces
def test_read_from_a_pipe_with_another_python_under_test(learner: Learner) -> None:
    """No other Python can be asked with a text that lies in no file: that is said, and it is not
    blamed.
    """
    line = f"cat SCRIPT | PYTHON - chapter2 --format json --python {shlex.quote(sys.executable)}"
    ran = shell(alone(learner), line)
    assert (ran.code, ran.codes) == (3, [])
    assert "came through a pipe" in ran.check("python")["summary"]
    assert ran.report["target"]["answered"] is None


@pytest.mark.whole
@pytest.mark.slow
@needs_namespaces
@pytest.mark.parametrize(
    ("line", "pages"),
    [
        ("cat SCRIPT | OLD - chapter2", 0),
        ('OLD -c "$(cat SCRIPT)" chapter2', 0),
        ("OLD SCRIPT chapter2", 0),
        ("OLD CLONE chapter2", 1),
    ],
)
def test_every_printed_line_works_where_it_is_printed(
    learner: Learner, line: str, pages: int
) -> None:
    """Nothing called `envcheck` is on this machine, and a file that stands alone has no pages."""
    old = next((path for name, path in PYTHONS if name in ("2.7", "3.6")), None)
    if old is None:
        pytest.skip("only on machines with a Python that is too old (pyenv)")
    clone = learner.script
    alone(learner)
    line = line.replace("OLD", shlex.quote(str(old))).replace("CLONE", shlex.quote(str(clone)))
    ran = shell(learner, line)
    assert ran.code == 1 and "FAIL  Python" in ran.out, ran.out + ran.err
    assert re.findall(r"^ *(?:\S+: )?envcheck .*$", ran.out, re.MULTILINE) == []
    typed = re.findall(r"^Why: (.*)$", ran.out, re.MULTILINE)
    assert len(typed) == pages, ran.out
    assert [shell(learner, each).code for each in typed] == [0] * pages


@pytest.mark.slow
@needs_namespaces
def test_no_home_and_no_name(script: Path) -> None:
    """A user id without a name and without HOME: an answer, and no folder called `~`."""
    python = Path("/usr/bin/python3")
    if os.geteuid() != 0 or not python.exists():
        pytest.skip("needs root, to be somebody else, and a Python that everybody may run")
    before = [*OFFLINE, "setpriv", "--reuid", "4711", "--clear-groups", "env", "-u", "HOME"]
    # Not in pytest's folder: each other run of pytest on this machine closes that to everybody else.
    with tempfile.TemporaryDirectory() as folder:
        learner = alone(Learner(Path(folder, "learner"), script))
        for place in (folder, learner.root, learner.work, learner.root / "tmp"):
            os.chmod(place, 0o777)  # noqa: PTH101
        ran = learner.run("chapter2", "--format", "json", python=python, before=before)
        assert ran.out, ran.err
        assert ran.report["exit_code"] == ran.code
        assert "Traceback" not in ran.err
        assert [*learner.work.iterdir()] == []


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems whose programs read HOME")
def test_an_empty_home_is_none(names: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is made at the root of the disk, where `~` leads then: the system's list has a home."""
    import pwd

    registered = pwd.getpwuid(os.getuid()).pw_dir
    monkeypatch.setenv("HOME", "")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert os.path.expanduser("~/kept") == "/kept"
    assert names["home_folder"]() == registered
    assert data_folder(None).is_relative_to(registered)


@pytest.mark.whole
@pytest.mark.slow
@needs_namespaces
def test_work_folder_that_was_deleted(learner: Learner) -> None:
    """It is answered, as far as that can be without the folder."""
    ran = shell(alone(learner), "mkdir gone; cd gone; rmdir ../gone; PYTHON SCRIPT chapter2")
    assert ran.code == 3
    assert "Traceback" not in ran.err


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answer=ANY_JSON)
def test_descriptions_of_any_shape(names: dict[str, Any], answer: Any) -> None:
    """What a Python answers is a description, or it is none: never an error later."""
    own = names["describe_this_python"]()
    assert names["is_description"](own)
    assert not names["is_description"]({**own, "version": [answer]})
    assert not names["is_description"]({**own, "gaps": {"zlib": [answer]}})
    assert names["json_object"](json.dumps(answer)) == (answer if isinstance(answer, dict) else {})
    assert names["is_description"](names["json_object"](json.dumps(answer))) is False


@pytest.mark.parametrize("text", ["", "[" * 100_000, "null", "[1]", '"x"', "{", "1e999"])
def test_text_that_is_no_object(names: dict[str, Any], text: str) -> None:
    assert names["json_object"](text) == {}
