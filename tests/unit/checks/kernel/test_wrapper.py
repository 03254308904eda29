"""A kernel behind a shell or a script is judged by the kernel that comes up."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.checks.kernel.test_kernelspec import LAUNCH, learner, spec_of
from tests.unit.described_machines import diagnosed, file_at

from envcheck import Diagnosis, Rename, Run
from envcheck_checks.kernel import wrapper
from envcheck_checks.kernel.answers import End, Start
from envcheck_checks.kernel.shared import SharedKernel, shared_kernel, usual_comes_up


@pytest.fixture(autouse=True)
def no_kernel_comes_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """When it is tried once more."""
    monkeypatch.setattr(wrapper, "comes_up", lambda _env, _removed: False)


def wrapped(
    tmp_path: Path, shared: SharedKernel, *words: str, usual: bool = False
) -> Diagnosis | None:
    """What is said of a spec whose first word is a program of the learner's own."""
    script = file_at(tmp_path / "ml-kernel")
    spec = spec_of(str(script), tmp_path / "home/.local/share/jupyter/kernels/python3", *words)
    env, python = learner(tmp_path, spec)
    env.preload(shared_kernel.name, shared)
    env.preload(usual_comes_up.name, usual)
    env.preload(f"prefix started by {spec.argv}", str(tmp_path))
    fault = wrapper.find_fault(env, python, spec)
    return None if fault is None else diagnosed(fault)


def came_up(prefix: str) -> SharedKernel:
    return SharedKernel(None, Start(End.REPLIED, 0.4), prefix, f"{prefix}/bin/python")


@pytest.mark.parametrize("words", [LAUNCH, ("-c", "exec python {connection_file}")])
def test_a_wrapper_is_judged_by_the_kernel_that_it_starts(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    """A shell that loads a module first, or a script: what they answer to other words says nothing."""
    assert wrapped(tmp_path, came_up(str(tmp_path / "venv")), *words) is None
    diagnosis = wrapped(tmp_path, came_up("/opt/conda"), *words)
    assert diagnosis is not None
    assert diagnosis.code == "kernelspec-other-python"
    assert diagnosis.evidence.found == "/opt/conda/bin/python (of /opt/conda)"
    assert diagnosis.note.startswith("a kernelspec in the user's folder")


@pytest.mark.parametrize(
    ("shared", "how"),
    [
        (
            SharedKernel(None, Start(End.DIED, 0.1, 3, "ml-kernel: no licence\n")),
            "(exit code 3): ml-kernel: no licence",
        ),
        (SharedKernel(None, Start(End.SILENT, 45.0)), "(no answer)"),
        (SharedKernel(None, Start(End.DIED, 0.0), trouble="Exec format error"), "(Exec format error)"),
    ],
)  # fmt: skip
def test_a_wrapper_that_starts_no_kernel(tmp_path: Path, shared: SharedKernel, how: str) -> None:
    """Only where the usual command does: else it is no matter of the spec."""
    assert wrapped(tmp_path, shared) is None
    diagnosis = wrapped(tmp_path, shared, usual=True)
    assert diagnosis is not None
    assert diagnosis.code == "kernelspec-broken-file"
    assert diagnosis.evidence.found == f"{tmp_path / 'ml-kernel'} {how}"
    assert [type(step) for step in diagnosis.fixes[0].steps] == [Rename, Run]
