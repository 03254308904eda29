"""What a kernelspec would start, judged from what it says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.described_machines import file_at, on, python_at

from envcheck import Diagnosis, Environment, Rename, Run
from envcheck.target.interpreter import Interpreter
from envcheck_checks.jupyter.facts import KernelSpec, LearnersJupyter, learners_jupyter
from envcheck_checks.kernel.kernelspec import find_fault

LAUNCH = ("-m", "ipykernel_launcher", "-f", "{connection_file}")


def spec_of(python: str, folder: Path, *words: str) -> KernelSpec:
    return KernelSpec(
        (python, *(words or LAUNCH)), python, {}, "Python 3", "signal", str(folder / "home/spec")
    )


def learner(tmp_path: Path, spec: KernelSpec | None = None) -> tuple[Environment, Interpreter]:
    python = python_at(tmp_path / "venv")
    user = str(tmp_path / "home/.local/share/jupyter")
    facts = {learners_jupyter: LearnersJupyter({}, spec, user_data=user)}
    return on("linux", tmp_path, python, facts=facts), python


def fault(tmp_path: Path, spec: KernelSpec) -> Diagnosis | None:
    env, python = learner(tmp_path, spec)
    return find_fault(env, python, spec)


def test_a_spec_of_this_python(tmp_path: Path) -> None:
    _, python = learner(tmp_path)
    assert fault(tmp_path, spec_of(python.executable, tmp_path)) is None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("-m", "ipykernel_launcher"), "no {connection_file} in argv"),
        (("-m", "ipykernel_launch", "-f", "{connection_file}"), "no module ipykernel_launch"),
        (
            ("-Xfrozen_modules=off", "-m", "ipykernel_launch", "-f", "{connection_file}"),
            "no module ipykernel_launch",
        ),
    ],
)
def test_a_command_that_is_no_kernel(tmp_path: Path, words: tuple[str, ...], found: str) -> None:
    _, python = learner(tmp_path)
    diagnosis = fault(tmp_path, spec_of(python.executable, tmp_path, *words))
    assert diagnosis is not None
    assert (diagnosis.code, diagnosis.evidence.found) == ("kernelspec-broken-file", found)


def test_a_spec_without_a_command(tmp_path: Path) -> None:
    _, python = learner(tmp_path)
    empty = replace(spec_of(python.executable, tmp_path), argv=())
    diagnosis = fault(tmp_path, empty)
    assert diagnosis is not None
    assert diagnosis.evidence.found == "no argv"


def test_a_module_that_the_specs_own_path_brings_is_not_ours_to_find(tmp_path: Path) -> None:
    _, python = learner(tmp_path)
    words = ("-m", "campus_kernel", "-f", "{connection_file}")
    spec = replace(
        spec_of(python.executable, tmp_path, *words), variables={"PYTHONPATH": "/campus"}
    )
    assert fault(tmp_path, spec) is None


def test_an_option_of_another_program_is_no_module(tmp_path: Path) -> None:
    """`docker run -m 512m` gives memory."""
    program = str(file_at(tmp_path / "docker"))
    env, python = learner(tmp_path)
    spec = spec_of(program, tmp_path, "run", "-m", "512m", "course", "{connection_file}")
    env.preload(f"prefix started by {spec.argv}", python.prefix)
    assert find_fault(env, python, spec) is None


def test_a_python_that_is_gone(tmp_path: Path) -> None:
    """The folder of the spec is moved aside, since it is none of this environment's own."""
    folder = tmp_path / "home/.local/share/jupyter/kernels/python3"
    diagnosis = fault(tmp_path, spec_of("/opt/python3.6/bin/python", folder))
    assert diagnosis is not None
    assert diagnosis.code == "kernelspec-dead-interpreter"
    assert [type(step) for step in diagnosis.fixes[0].steps] == [Rename, Run]


def test_a_spec_that_a_trial_found_is_not_started(tmp_path: Path) -> None:
    """The kernel that all share was started by another."""
    wrapper = file_at(tmp_path / "ml-kernel")
    env, python = learner(tmp_path)
    spec = spec_of(str(wrapper), tmp_path)
    env.preload(f"prefix started by {spec.argv}", "/opt/conda")
    diagnosis = find_fault(env, python, spec)
    assert diagnosis is not None
    assert diagnosis.code == "kernelspec-other-python"
    ours = spec_of(str(wrapper), tmp_path, "python", *LAUNCH)
    env.preload(f"prefix started by {ours.argv}", python.prefix)
    assert find_fault(env, python, ours) is None
