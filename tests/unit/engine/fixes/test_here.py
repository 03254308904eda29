"""Which environment a record is about, found anew on this machine."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from tests.unit.engine.fixes.test_apply import Person, undo
from tests.unit.engine.fixes.test_apply_trouble import make_environment

from envcheck.errors import UsageProblem
from envcheck.fixes import here
from envcheck.fixes.grammar import Packages

SEABORN = "seaborn=1=py_0"
PROGRAM = "#!/bin/sh\necho started >>{log}\n"

posix = pytest.mark.skipif(sys.platform == "win32", reason="programs are scripts here")


def about(python: Path | str) -> Packages:
    return Packages("pip", str(python), False, ("numpy",))


def test_the_active_environment_and_the_one_in_the_folder(tmp_path: Path) -> None:
    """Both are the learner's; which one the record means, its folder says."""
    active, inside = make_environment(tmp_path / "active"), make_environment(tmp_path / ".venv")
    known = {"VIRTUAL_ENV": str(tmp_path / "active"), "PATH": str(active.parent)}
    assert here.find([about(active)], None, known, tmp_path).command == (str(active),)
    assert here.find([about(inside)], None, known, tmp_path).command == (str(inside),)


def test_an_environment_that_is_neither(tmp_path: Path) -> None:
    """A person names it; a file cannot."""
    python = make_environment(tmp_path / "elsewhere" / "env")
    known = {"PATH": ""}
    with pytest.raises(UsageProblem, match="--python"):
        here.find([about(python)], None, known, tmp_path)
    assert here.find([about(python)], str(python), known, tmp_path).command == (str(python),)
    with pytest.raises(UsageProblem, match="--python"):
        here.find([about(python)], sys.executable, known, tmp_path)


@posix
@pytest.mark.parametrize("name", ["python", "python-evil", "env"])
def test_a_program_that_a_record_names_is_not_started(name: str, tmp_path: Path) -> None:
    """Neither as its Python, nor behind an agreed rename, nor in a step, whatever it is called."""
    log, evil = tmp_path / "log", tmp_path / "evil" / "bin" / name
    evil.parent.mkdir(parents=True)
    evil.write_text(PROGRAM.format(log=log))
    evil.chmod(0o755)
    (tmp_path / "b").write_text("1")
    rename = {"do": "rename", "from": str(tmp_path / "b"), "to": str(tmp_path / "a")}
    pip = {"do": "run", "argv": [str(evil), "-m", "pip", "uninstall", "--yes", "numpy"]}
    for steps in ([rename], [pip, rename]):
        file = tmp_path / "record.json"
        done = [{"step": None, "undo": steps}]
        file.write_text(json.dumps({"schema": 1, "python": str(evil), "done": done}))
        person = Person()
        try:
            undo(tmp_path, file, person)
        except UsageProblem as problem:
            assert "not your environment here" in str(problem)
    assert not log.exists()
    assert (tmp_path / "a").exists()


@posix
def test_a_link_that_waits_for_the_record(tmp_path: Path) -> None:
    """What somebody laid at the name of a temporary file is not followed."""
    from envcheck.fixes import record

    (tmp_path / ".bashrc").write_text("mine")
    file = tmp_path / "envcheck-fix.json"
    (tmp_path / f".{file.name}.part").symlink_to(".bashrc")
    file.symlink_to(".bashrc")
    assert record.write(file, {"a": 1}) == ""
    assert (tmp_path / ".bashrc").read_text() == "mine"
    assert json.loads(file.read_text()) == {"a": 1}
    assert file.stat().st_mode & 0o777 == 0o600


@posix
@pytest.mark.parametrize("fetched", [True, False])
def test_conda_is_given_the_address_of_what_it_had(fetched: bool, tmp_path: Path) -> None:
    """By name and version another channel could answer. The address is that of this machine's conda,
    whatever the record says; of a package that it has thrown away since, the channels are said.
    """
    env, base = tmp_path / "conda/envs/ml", tmp_path / "conda"
    python = make_environment(env)
    (env / "pyvenv.cfg").unlink()  # conda's have none
    log, forge = tmp_path / "log", "https://conda.anaconda.org/conda-forge/noarch"
    conda = base / "bin/conda"
    note = {"name": "seaborn", "version": "2", "build": "py_0", "channel": forge}
    for file, text in {
        conda: f'#!/bin/sh\necho "$@" >>{log}\n',
        env / "conda-meta/seaborn-2-py_0.json": json.dumps({**note, "url": f"{forge}/seaborn-2-py_0.conda"}),
        base / "pkgs/urls.txt": f"{forge}/seaborn-1-py_0.conda\n" if fetched else "",
    }.items():  # fmt: skip
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    conda.chmod(0o755)
    words = ["install", "--yes", "--prefix", str(env)]
    back = {"do": "run", "argv": [str(conda), *words, "https://x.example/a/seaborn-1-py_0.conda"]}
    record = tmp_path / "record.json"
    record.write_text(json.dumps({"schema": 1, "done": [{"step": None, "undo": [back]}]}))
    person = Person()
    active = {"CONDA_PREFIX": str(env), "CONDA_EXE": str(conda), "PATH": f"{python.parent}:/bin"}
    undo(tmp_path, record, person, **active)
    named = f"--channel conda-forge {SEABORN}"
    ran = [line.removeprefix(" ".join(words)).strip() for line in log.read_text().splitlines()]
    assert ran[-1] == (f"{forge}/seaborn-1-py_0.conda" if fetched else named)
    assert ran[-1] in " ".join(person.text.split()) and "x.example" not in person.text
