"""Who answers for a Python, a kernel or a server may say anything: each reader of ours comes to a
verdict, or to nothing.
"""

from __future__ import annotations

import ast
import copy
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.guards.source import of_kind
from tests.unit.described_machines import STACK, WHOLE, on, python_at

from envcheck import Environment
from envcheck.course_file.asked import DataFile
from envcheck.processes.process import Ending, Finished
from envcheck.target.interpreter import question
from envcheck.testing import examine
from envcheck_checks.course_file.card.device_facts import product
from envcheck_checks.course_file.data_files.file_columns import NotTold, columns
from envcheck_checks.installed import bytecode
from envcheck_checks.jupyter.config_files import config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, ask_jupyter, learners_jupyter
from envcheck_checks.kernel import raising_startup
from envcheck_checks.kernel.answers import Answer, End
from envcheck_checks.packages.check import packages
from envcheck_checks.packages.imports import import_all
from envcheck_checks.python import locale, start_files
from envcheck_checks.python.trial import retry_start
from envcheck_checks.tools.airflow.standalone import standalone
from envcheck_checks.tools.framework.remote_call import carry_out
from envcheck_checks.tools.secrets import history, notebooks

ROOT = Path(__file__).parents[3]
WORDS = st.sampled_from(["", "numpy", "python", "/x", "1.0", "healthy", "/a\0b", "~\0", "\ud800"])
LEAF = st.none() | st.booleans() | st.integers() | st.floats() | WORDS
ANY_JSON = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3)
)
JUPYTER = LearnersJupyter(modules={}, spec=None)


def work(folder: str) -> dict[str, Any]:
    return {"folder": folder}


def started(env: Environment) -> object:
    dead = mock.Mock(command=("python",), finished=said(env.located.command, ""))
    return retry_start(env, dead).works(())


def read_columns(env: Environment) -> object:
    try:
        return columns(env, DataFile("a.parquet"), Path("a.parquet"))
    except NotTold as reason:
        return str(reason)


def read_configuration(env: Environment) -> object:
    (env.folder / "jupyter_server_config.py").write_text("")
    told = mock.Mock(config=(str(env.folder),))
    with mock.patch("envcheck_checks.jupyter.config_files.learners_jupyter", lambda env: told):
        return config_files(env)


SPEC: Mapping[str, Any] = {
    **{"argv": ["python"], "env": {"A": "1"}, "display_name": "Python 3"},
    **{"interrupt_mode": "signal", "folder": "/x", "language": "python"},
}
# How each is asked, and an answer that is as it should be
ASKED: Mapping[str, tuple[Callable[[Environment], object], Mapping[str, Any]]] = {
    "installed.bytecode": (
        lambda env: bytecode.diagnose(env, "EOFError: marshal data too short", "no kernel starts"),
        {"file": "/x/site/a/__pycache__/b.cpython-311.pyc"},
    ),
    "target.interpreter": (
        lambda env: question(env, ("python",)),
        {
            **dict.fromkeys(("executable", "implementation", "prefix", "base_prefix"), "/x"),
            **{"version": "3.12.1", "bits": 64, "path": ["/x"], "gaps": {"zlib": "x"}},
            "distributions": [{"entry": "a-1.dist-info", "folder": "/x", "requires": ["b"]}],
            "user_site": {"folder": "/x", "enabled": True},
        },
    ),
    "packages.imports": (
        lambda env: import_all(env, STACK),
        {
            **{"module": "numpy", "file": "/x", "version": "1", "path": ["/x"], "seconds": 0.1},
            **{"error": "E", "message": "m", "missing": "x", "files": ["/x"]},
            **{"hiding": [["numpy", "/x"]], "empty": ["/x"]},
        },
    ),
    "course_file.data_files.file_columns": (read_columns, {"columns": ["id"]}),
    "course_file.card.device_facts": (
        product,
        {
            **dict.fromkeys(("library", "version", "built", "device"), "/x"),
            **{"right": True, "error": "E", "message": "m", "heard": "h"},
        },
    ),
    "jupyter.facts": (
        lambda env: ask_jupyter(env, ()),
        {
            "launchers": {"notebook": "/x"},
            "core": {"version": "5", "config": ["/x"], "data": ["/x"], "runtime": "/x"},
            "spec": SPEC,
            "kernels": {"python3": SPEC},
            "errors": {"spec": {"error": "E", "message": "m", "missing": None, "files": ["/x"]}},
        },
    ),
    "jupyter.config_files": (
        read_configuration,
        {"file": "/x", "config": {"ServerApp": {"ip": "*"}}, "error": "E", "message": "m"},
    ),
    "kernel.raising_startup": (
        raising_startup.raised_at_start,
        {"file": "/x", "line": 3, "error": "E", "message": "m"},
    ),
    "python.locale": (locale.encodings, {"files": "utf-8", "out": "utf-8"}),
    "python.start_files": (
        lambda env: (start_files.takes_packages_away(env), start_files.puts_others_first(env)),
        {"files": ["/x"], "prefix": "/x", "environment": True, "path": ["/x"]},
    ),
    "python.trial": (started, {"version": "3.12.1"}),
    "tools.airflow.standalone": (
        standalone,
        {"parts": {"scheduler": "healthy"}, "seconds": 1.0, "megabytes": 1, "words": ["x"]},
    ),
    "tools.framework.remote_call": (
        lambda env: carry_out(env, work, env.folder, timeout=5),
        {"values": {"a": 1}, "error": "E", "message": "m", "missing": "x", "files": ["/x"]},
    ),
    "tools.secrets.places": (
        lambda env: (history.examine(env), notebooks.examine(env)),
        {
            **{"places": [["abc", "2026", "a.py", 1, "a key"]], "more": False, "commits": 1},
            **{"whole": True, "code": 0, "read": 1, "unread": ["x"]},
        },
    ),
}


def said(argv: Sequence[str], text: str) -> Finished:
    return Finished(tuple(argv), Ending.EXITED, 0, text, "", 0.1)


def answering(value: object) -> Any:
    """Each program that is started prints this as its answer, between the marks that it was given."""

    def run(env: Environment, argv: Sequence[str], **_: object) -> Finished:
        mark = next((word for word in argv if word.startswith("--envcheck-")), "")
        return said(argv, f"{mark}{json.dumps(value)}{mark}")

    return mock.patch.object(Environment, "run", run)


def places_in(value: object, *before: object) -> Iterator[tuple[object, ...]]:
    """The way to each part of an answer."""
    if before:
        yield before
    pairs = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value if isinstance(value, list) else ())
    )
    for name, part in pairs:
        yield from places_in(part, *before, name)


def with_odd(answer: Mapping[str, Any], place: Sequence[Any], odd: object) -> Any:
    changed: Any = copy.deepcopy(dict(answer))
    inner = changed
    for name in place[:-1]:
        inner = inner[name]
    inner[place[-1]] = odd
    return changed


@pytest.mark.parametrize("asked", ASKED)
@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_no_answer_is_our_own_fault(asked: str, data: st.DataObject) -> None:
    """A value of any kind in any place of the answer, or in its place: nothing is raised."""
    ask, right = ASKED[asked]
    place = data.draw(st.sampled_from([(), *places_in(dict(right))]))
    odd = data.draw(ANY_JSON)
    value = with_odd(right, place, odd) if place else odd
    with tempfile.TemporaryDirectory() as folder, answering(value):
        env = on("linux", Path(folder), python_at(Path(folder) / "venv", WHOLE))
        ask(env)


@given(value=ANY_JSON)
@settings(max_examples=30)
def test_imports_of_another_shape_have_a_verdict(value: Any) -> None:
    """What was not said to be imported is not taken for it."""
    with tempfile.TemporaryDirectory() as folder, answering(value):
        python = python_at(Path(folder) / "venv", WHOLE)
        env = on("linux", Path(folder), python, facts={learners_jupyter: JUPYTER})
        assert import_all(env, STACK).died_in
        assert "numpy" not in str(getattr(examine(packages(STACK), env), "warnings", ""))


@given(
    kind=st.sampled_from(
        ["execute_reply", "complete_reply", "stream", "display_data", "error", "status", "odd"]
    ),
    content=ANY_JSON,
    name=st.sampled_from(["status", "text", "name", "data", "traceback", "execution_state"]),
)
def test_a_kernel_may_say_anything(kind: str, content: Any, name: str) -> None:
    """What is no message of the protocol is passed over."""
    answer = Answer("1", lambda text: None)
    for told in (content, {name: content}):
        for header in ({"msg_id": "1"}, told):
            answer.hear({"parent_header": header, "msg_type": kind, "content": told})
    execution = answer.execution(End.REPLIED, 0.1)
    assert all(isinstance(part, str) for bundle in execution.bundles for part in bundle.values())


def test_each_who_asks_is_among_them() -> None:
    """A module that asks a Python with a script of ours stands in ASKED, with an answer."""
    asks = set()
    for root in (ROOT / "src/envcheck", ROOT / "checks/envcheck_checks"):
        for file in root.rglob("*.py"):
            for node in of_kind(file, ast.ImportFrom):
                names = [one.name for one in node.names]
                if node.module == "envcheck.target.script" and "ask" in names:
                    asks.add(".".join(file.relative_to(root).with_suffix("").parts))
    assert asks == set(ASKED)
