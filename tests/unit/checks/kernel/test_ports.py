"""The ports of a kernel: its own until it listens."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.unit.described_machines import on, python_at

from envcheck import fact
from envcheck.testing import described
from envcheck_checks.interference.private_folders import PrivateFolders, private_folders
from envcheck_checks.jupyter.facts import KernelSpec, LearnersJupyter, learners_jupyter
from envcheck_checks.kernel import client, shared
from envcheck_checks.kernel.answers import End, Start
from envcheck_checks.kernel.client import Kernel
from envcheck_checks.kernel.ports import KernelPorts
from envcheck_checks.kernel.shared import SharedKernel


def test_five_ports_all_different() -> None:
    """One for each of the kernel's sockets; what was let go can be let go again."""
    ports = KernelPorts()
    assert len(set(ports.numbers.values())) == 5
    ports.let_go()
    ports.let_go()


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: elsewhere nothing is kept")
def test_nobody_else_is_given_them_and_the_kernel_binds_them() -> None:
    """Thousands of others get other ports; a socket with SO_REUSEADDR, as ZeroMQ's are, listens on
    each at once.
    """
    ports = KernelPorts()
    kept = set(ports.numbers.values())
    for _ in range(3000):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            assert other.getsockname()[1] not in kept
    for number in kept:
        with socket.socket() as kernels, socket.socket() as client:
            kernels.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            kernels.bind(("127.0.0.1", number))
            kernels.listen()
            client.connect(("127.0.0.1", number))
            met, address = kernels.accept()
            met.close()
            assert address == client.getsockname()
    ports.let_go()


def test_a_port_that_another_program_took() -> None:
    """Known after the kernel has ended: somebody listens there."""
    ports = KernelPorts()
    ports.let_go()
    assert not ports.taken()
    with socket.socket() as other:
        other.bind(("127.0.0.1", ports.numbers["control_port"]))
        other.listen(1)
        assert ports.taken()


@pytest.mark.parametrize(
    ("taken", "end", "times"),
    [(True, End.DIED, 1), (False, End.DIED, 0), (True, End.SILENT, 1), (False, End.SILENT, 0)],
)
def test_kernel_port_race(
    monkeypatch: pytest.MonkeyPatch, taken: bool, end: End, times: int
) -> None:
    """A kernel that lost a port is started again, once; ipykernel dies of that, or hangs as it
    ends. One with trouble of its own is not.
    """
    again: list[KernelSpec] = []
    second = SharedKernel(None, Start(End.REPLIED, 0.1), prefix="/described/.venv")

    def start(_: object, spec: KernelSpec) -> SharedKernel:
        again.append(spec)
        return second

    monkeypatch.setattr(
        shared,
        "_ready",
        lambda _, found: found if found is second else SharedKernel(None, Start(end, 0.1)),
    )
    monkeypatch.setattr(shared, "_start", start)
    first = SharedKernel(
        cast(Kernel, SimpleNamespace(ports=SimpleNamespace(taken=lambda: taken))), Start(end, 0.1)
    )
    spec = KernelSpec(("python",), "python", {}, "", "signal", "")
    ready = shared._ready_or_again(described(), spec, first)
    assert len(again) == times
    assert (ready is second) is bool(times)


@pytest.mark.parametrize(
    ("taken", "end", "told"),
    [(True, End.DIED, None), (False, End.DIED, False), (False, End.SILENT, None)],
)
def test_a_trial_that_lost_a_port_tells_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: bool, end: End, told: bool | None
) -> None:
    """The setting that was taken away has nothing to do with it."""
    kernel = SimpleNamespace(
        wait_ready=lambda *_: Start(end, 0.1),
        ports=SimpleNamespace(taken=lambda: taken),
        close=lambda: None,
    )
    monkeypatch.setattr(client, "start", lambda *_, **__: kernel)
    facts: dict[fact[Any], object] = {
        learners_jupyter: LearnersJupyter({}, None),
        private_folders: PrivateFolders({}, tmp_path, tmp_path),
    }
    env = on("linux", tmp_path, python_at(tmp_path / "venv"), facts=facts)
    assert shared.comes_up(env, []) is told
