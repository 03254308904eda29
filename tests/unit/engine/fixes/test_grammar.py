"""Whatever stands in a record: no other program, no other folder, and no file beside it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from envcheck import Rename, Run
from envcheck.environment import Located
from envcheck.errors import UsageProblem
from envcheck.fixes import advice, grammar, here, record
from envcheck.fixes.grammar import Packages
from envcheck.target.conda import Record
from envcheck.target.managers import conda_back
from envcheck.testing import described, interpreter

PYTHON = "/a/bin/python"
WORDS = st.sampled_from(
    [PYTHON, "/tmp/evil/python", "/evil", "-m", "-c", "pip", "install", "uninstall", "remove", "--yes", "--no-deps",
     "--prefix", "--python", "/a", "/tmp", "numpy", "numpy==1.26", "numpy=1=py_0", "x==1+a.zip", "x==1.tar.gz", "./x", "x.whl",
     "-r", "--index-url", "https://example.org", "https://example.org/x.whl", "x @ file:///x", "uv", "/b/uv", "conda", "/b/conda"]
)  # fmt: skip
STARTS = st.sampled_from(
    [
        (PYTHON, "-m", "pip", "uninstall", "--yes"),
        (PYTHON, "-m", "pip", "install", "--no-deps"),
        ("/b/uv", "pip", "uninstall", "--python", PYTHON),
        ("/b/conda", "install", "--yes", "--prefix", "/a"),
        (),
    ]
)
PLACES = st.sampled_from(
    ["/a/b", "/a/c", "/etc/passwd", "b", "/a/../etc", "~/b", "/a/", "/", "", "/a/kernels/b", "/a/b.envcheck-backup-1"]
)  # fmt: skip
ROWS = st.one_of(
    st.fixed_dictionaries(
        {
            "do": st.just("run"),
            "argv": st.tuples(STARTS, st.lists(WORDS, max_size=5)).map(
                lambda parts: [*parts[0], *parts[1]]
            ),
        }
    ),
    st.fixed_dictionaries({"do": st.just("rename"), "from": PLACES, "to": PLACES}),
    st.dictionaries(st.sampled_from(["do", "argv", "from", "to"]), st.none() | WORDS),
)
LEARNERS = Located((PYTHON,), "the active virtual environment")
ENV = described(
    python=interpreter(prefix="/a"),
    located=LEARNERS,
    variables={"PATH": "/nowhere", "CONDA_EXE": sys.executable},
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the described paths are POSIX's")


@settings(max_examples=600)
@given(row=ROWS)
def test_no_record_leads_to_another_program(row: dict[str, Any]) -> None:
    """What a row becomes is a new name in the same folder, a kernel moved out of Jupyter's sight, or
    the learner's own manager with plain names; everything else is refused.
    """
    try:
        asked = grammar.parse(row)
    except (ValueError, KeyError, TypeError):
        return
    if isinstance(asked, Rename):
        kernel = {asked.source, asked.to} == {"/a/kernels/b", "/a/b.envcheck-backup-1"}
        assert kernel or Path(asked.source).parent == Path(asked.to).parent
        return
    try:
        step = here.step(ENV, asked)
    except UsageProblem:  # uv is not on this machine
        return
    assert isinstance(step, Run)
    assert step.argv[0] in (PYTHON, sys.executable)
    for name in step.argv[5:]:
        assert not {"/", "\\", ":", "@", " "} & set(name), name
        assert not name.startswith("-") and not name.endswith((".zip", ".gz", ".whl"))


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROWS, max_size=4), text=st.text(max_size=20))
def test_no_record_ends_in_anything_but_words(rows: list[Any], text: str, tmp_path: Path) -> None:
    """Whatever is in the file: a record or a plain refusal."""
    file = tmp_path / "record.json"
    for document in ({"done": [{"undo": rows}]}, {"done": rows}, rows, text):
        file.write_text(json.dumps(document))
        try:
            read = record.read(file, str(tmp_path))
        except UsageProblem as refusal:
            assert str(refusal)
            continue
        assert read is not None


def test_what_fixes_leave_fits() -> None:
    """Everything that our own fixes write, of this version too: pip, uv and conda, there and
    back.
    """
    python = interpreter(prefix="/a", packages={"numpy": "2.0"})
    commands = [
        *advice.restore(ENV, python, ["pip", "polars"], ["torch==2.0+cpu", "numpy==1.26.4"]),
        *conda_back(
            "/b/conda",
            "/a",
            [Record("numpy", "1.0", "py_0")],
            [Record("numpy", "2.0", "py_1"), Record("x", "1", "0")],
        ),
        ("/b/uv", "pip", "uninstall", "--python", PYTHON, "numpy"),
        ("/b/uv", "pip", "install", "--python", PYTHON, "--no-deps", "numpy==1.26"),
    ]
    for argv in commands:
        asked = grammar.parse({"do": "run", "argv": list(argv)})
        assert isinstance(asked, Packages)
        assert (asked.prefix, asked.names) == (Path("/a"), argv[-len(asked.names) :])
    assert here.step(ENV, Packages("pip", "/other/name/of/python", True, ("a==1",))) == Run(
        (PYTHON, "-m", "pip", "install", "--no-deps", "a==1")
    )


@pytest.mark.parametrize(
    "names",
    [("x==1.zip",), ("x==1+a.zip",), ("x-1.0.tar.gz",), ("x",), ("x==1", "y"), ("./x==1",), ()],
)
def test_no_file_is_installed(names: tuple[str, ...]) -> None:
    """pip takes `x==1+a.zip` for a file where one of that name lies beside it, and runs what is in
    it.
    """
    with pytest.raises(ValueError, match="pip"):
        grammar.parse({"do": "run", "argv": [PYTHON, "-m", "pip", "install", "--no-deps", *names]})
