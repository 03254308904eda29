"""A course without code, on a real machine: a chapter that is ready, and one with a gap whose fix
works.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
from tests.stories.machine import Machine

pytestmark = pytest.mark.slow

COURSE = """\
#:schema https://example.org/envcheck.schema.json
course = "fixture"
title = "A course of ours"
help = "https://example.org/forum"
requires = ["environment.yml"]

[chapter.tables]
title = "Tables"
commands = { git = "*" }

[chapter.list]
title = "Plots, in a chapter with the name of a command"
packages = ["seaborn>=0.11"]

[chapter.older]
packages = ["seaborn<0.13.2"]
"""


ENVIRONMENT = """\
name: tables
dependencies:
  - python=3.8
  - pandas=1.1.2=py38_0
  - libgdal
  - pip:
      - -r requirements.txt
"""


class Learner:
    """Somebody whose machine lacks what a chapter asks for."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def mended(self, words: tuple[str, ...], wanted: str, code: str) -> None:
        """The chapter fails for one cause, and is ready after its fix."""
        (cause,) = report(self.machine, *words)["diagnoses"]
        assert (cause["code"], cause["evidence"]["wanted"]) == (code, wanted)
        after = report(self.machine, *words, "--fix", "--yes")
        assert (after["verdict"], after["diagnoses"]) == ("ready", [])


def report(machine: Machine, *words: str) -> dict[str, Any]:
    done = machine.run(*words, "--format", "json")
    assert done.stdout.startswith("{"), f"{done.stdout[:500]}\n{done.stderr[-2000:]}"
    made: dict[str, Any] = json.loads(done.stdout)
    assert made["exit_code"] == done.returncode
    return made


@pytest.mark.whole
def test_a_course_without_code(machine: Machine) -> None:
    """One chapter is ready; two are after their fixes: what is missing, and what is too new."""
    machine.write("work/envcheck.toml", COURSE)
    machine.write("work/environment.yml", ENVIRONMENT)
    machine.write("work/requirements.txt", "numpy==1.17\nPillow\n")
    machine.remove("@site/seaborn*")
    ready = report(machine, "tables")
    assert (ready["verdict"], ready["diagnoses"]) == ("ready", []), ready["diagnoses"]
    assert ready["course"]["id"] == "fixture"
    assert ready["course"]["file"].endswith("/work/envcheck.toml")
    status = {check["id"]: check["status"] for check in ready["checks"]}
    assert status == dict.fromkeys(
        ("tables.python", "tables.pip", "tables.packages", "tables.command.git"), "pass"
    )
    learner = Learner(machine)
    learner.mended(("run", "list"), "seaborn>=0.11", "packages-missing")
    learner.mended(("older",), "seaborn<0.13.2", "package-too-new")


@pytest.mark.whole
def test_a_notebook_that_names_a_kernel_of_another_course(machine: Machine) -> None:
    """Jupyter would start the other course's Python without a word; after the fix it starts ours, and
    the other kernel is as it was.
    """
    metadata = {"kernelspec": {"name": "ml"}, "language_info": {"name": "python"}}
    machine.write("work/envcheck.toml", 'course = "mine"\n[chapter.week1]\njupyter = true\n')
    machine.write("work/week1/a.ipynb", json.dumps({"cells": [], "metadata": metadata}))
    argv = ["/usr/bin/env", "-i", sys.executable, "-m", "ipykernel_launcher", "-f"]
    spec = {"argv": [*argv, "{connection_file}"], "display_name": "ml", "language": "python"}
    other = machine.write("home/.local/share/jupyter/kernels/ml/kernel.json", json.dumps(spec))
    learner, asked = Learner(machine), ("week1", "--only", "week1.kernel-names")
    wanted = report(machine, *asked)["target"]["python"]
    learner.mended(asked, wanted, "notebook-kernel-other-python")
    assert json.loads(other.read_text()) == spec
    machine.remove(str(machine.prefix / "share/jupyter/kernels/ml"))
    machine.write(str(other), json.dumps({**spec, "argv": ["/gone/python", *argv[3:]]}))
    learner.mended(asked, wanted, "notebook-kernel-dead")


@pytest.mark.whole
def test_notebooks_that_are_run(machine: Machine) -> None:
    """In a copy: a module beside the notebook is found, what a cell writes is nowhere afterwards, and the
    first cell that fails is named.
    """
    machine.write("work/envcheck.toml", 'course = "mine"\n[chapter.week1]\n')
    machine.write("work/data.txt", "4")
    machine.write("work/week1/helper.py", "number = 3\n")
    texts = ["%pip install x\nimport helper", "open('made', 'w').write(open('../data.txt').read())"]
    write_notebook(machine, *texts, "import pathlib; (pathlib.Path.home() / 'made').touch()")
    before = machine.fingerprint()
    asked = ("week1", "--notebooks", "--quick", "--only", "week1.notebooks-run")
    ready = report(machine, *asked)
    assert (ready["verdict"], ready["diagnoses"]) == ("ready", [])
    assert "%pip install x" in ready["checks"][-1]["summary"]
    assert machine.fingerprint() == before
    write_notebook(machine, *texts, "helper.number / 0")
    (cause,) = report(machine, *asked)["diagnoses"]
    assert cause["code"] == "notebook-cell-fails"
    assert cause["evidence"]["looked_in"].startswith("a.ipynb, cell 3")


def write_notebook(machine: Machine, *texts: str) -> None:
    cells = [{"cell_type": "code", "source": text, "metadata": {}} for text in texts]
    machine.write("work/week1/a.ipynb", json.dumps({"cells": cells, "metadata": {}}))


def test_which_course_answers(machine: Machine) -> None:
    """The folder's goes before the bundled one; a broken one ends only runs that use it."""
    mine = 'course = "mine"\n[chapter.chapter2]\ncommands = { git = "*" }\n'
    machine.write("work/envcheck.toml", mine)
    assert report(machine, "chapter2")["course"]["id"] == "mine"
    machine.write("elsewhere/envcheck.toml", mine.replace("mine", "elsewhere"))
    named = ("chapter2", "--course", str(machine.at("elsewhere")))
    assert report(machine, *named)["course"]["id"] == "elsewhere"
    machine.write("work/envcheck.toml", 'course = "mine"\n[chapter.week1]\ncomands = {}\n')
    broken = machine.run("week1")
    assert broken.returncode == 2
    assert "envcheck.toml:3:1: there is no key `comands` here; the nearest is `commands`" in broken.stderr  # fmt: skip
    listed = machine.run("list")
    assert listed.returncode == 0
    assert "chapter2" in listed.stdout
    assert "envcheck.toml:3:1" in listed.stderr
    machine.write("work/envcheck.toml", f'requires = ["environment.yml"]\n{mine}')
    machine.write("work/environment.yml", "dependencies:\n  - numpy\n  - a b c\n")
    unreadable = machine.run("chapter2")
    assert unreadable.returncode == 2
    assert "environment.yml:3: conda cannot read this line: a b c" in unreadable.stderr
    listed = machine.run("list")
    assert (listed.returncode, "environment.yml:3" in listed.stdout) == (0, True)
    machine.write("work/envcheck.toml", 'course = "mine"\n[chapter.week1]\ncomands = {}\n')
    other = report(machine, "chapter2", "--only", "python")
    assert other["course"]["id"] == "ml-for-software-engineers"
    assert "envcheck.toml:3:1" in other["broken_plugins"][0]
    machine.write("work/envcheck.toml", mine.replace("commands", "comands"))
    broken = machine.run("chapter2", "--only", "python")  # the bundled one's would be no answer
    assert (broken.returncode, broken.stdout) == (2, "")
    assert "envcheck.toml:3:1: there is no key `comands` here" in broken.stderr
