#!/usr/bin/env python3
"""A lab room of many machines asked by Ansible: what a machine costs beside envcheck's own work.

    python benchmarks/fleet.py                        30 machines, five rounds
    python benchmarks/fleet.py --hosts 10 --forks 5   another room
    python benchmarks/fleet.py --carried              also the first time: wheels carried, environment made

The machines are network namespaces with an sshd each (tests/fleet/hosts.py), so it needs root, Linux
and scripts/install-test-tools. In each round the same machines are asked by a play that runs Ansible's
own `ping`, and by one that runs the module `report` with an envcheck that answers at once: the ratio of
the two is what the module adds. Then envcheck itself runs, and says how long it took of that. Cold is
without a connection from before. All processors are shared by controller and machines.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.fleet.controller import Controller  # noqa: E402
from tests.fleet.hosts import Host, Room  # noqa: E402

CHAPTER = '[chapter.lab]\ntitle = "A room"\ncommands = { git = "*" }\n'
STUB = "#!/bin/sh\ncat ~/report.json\n"
GOAL = 1.3
PLAYS = {
    "ping": "ansible.builtin.ping: {}",
    "report": (
        "envcheck.course.report: {user: learner, folder: ~/ml, chapters: [lab], carry: room, "
        "reports: reports, with_report: false}"
    ),
}


def main() -> None:
    """Make the room, play the rounds, print the table."""
    asked = _asked()
    folder = Path(tempfile.mkdtemp(prefix="envcheck-fleet-"))
    try:
        with Room(folder) as room:
            controller = _controller(folder / "controller", room, asked)
            if asked.carried:
                _first_time(controller, asked.hosts)
            else:
                _spread(controller)
            rounds = _rounds(controller, asked)
            _print(rounds, asked)
    finally:
        shutil.rmtree(folder)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--hosts", type=int, default=30)
    parser.add_argument("--forks", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--carried", action="store_true")
    return parser.parse_args()


def _controller(folder: Path, room: Room, asked: argparse.Namespace) -> Controller:
    """With the collection from its tarball, what is carried, and the machines."""
    for number in range(1, asked.hosts + 1):
        room.host(f"pc{number}").write("ml/envcheck.toml", f'course = "room"\n{CHAPTER}')
    controller = Controller(folder)
    for line in controller.page_lines()[:5]:
        controller.types(line)
    controller.room = room
    controller.write_inventory()
    for name, task in PLAYS.items():
        play = f"- hosts: all\n  gather_facts: false\n  tasks:\n    - {task}\n"
        (folder / f"{name}.yml").write_text(play, encoding="utf-8")
    config = (
        (folder / "ansible.cfg").read_text("utf-8").replace("forks = 20", f"forks = {asked.forks}")
    )
    (folder / "ansible.cfg").write_text(config, encoding="utf-8")
    return controller


def _first_time(controller: Controller, hosts: int) -> None:
    seconds, _ = _timed(controller, "report")
    print(f"First time, wheels carried and environments made: {seconds / hosts:.2f} s a machine")


def _spread(controller: Controller) -> None:
    """The first machine's environment goes to the others, as in a room that has one image."""
    assert controller.room is not None
    controller.types("ansible-playbook -i inventory.yml report.yml --limit pc1")
    first, *others = controller.room.hosts.values()
    for host in others:
        subprocess.run(["cp", "-al", first.home / ".cache", host.home / ".cache"], check=True)
        host.own()


def _timed(controller: Controller, play: str) -> tuple[float, float]:
    """Seconds of a play, and of the controller's processors, the machines' own with them."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = controller.types(f"ansible-playbook -i inventory.yml {play}.yml")
    seconds = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert "unreachable=1" not in done.out, done.out
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _rounds(controller: Controller, asked: argparse.Namespace) -> dict[str, list[float]]:
    """Seconds a machine, by what was played."""
    taken: dict[str, list[float]] = {}
    for _ in range(asked.rounds):
        for kind, prepare in (("cold", _disconnect), ("warm", _nothing)):
            for name in ("ping", "report, answered at once", "report"):
                _each(controller, _stub if name.endswith("once") else _unstub)
                prepare(controller)
                seconds, processor = _timed(controller, name.partition(",")[0])
                taken.setdefault(f"{name}, {kind}", []).append(seconds / asked.hosts)
                taken.setdefault(f"{name}, {kind}, processor", []).append(processor / asked.hosts)
        taken.setdefault("envcheck", []).append(_own(controller))
    return taken


def _each(controller: Controller, change: Callable[[Host], None]) -> None:
    assert controller.room is not None
    for host in controller.room.hosts.values():
        change(host)


def _stub(host: Host) -> None:
    """An envcheck on the learner's PATH that answers at once, with a report from before."""
    written = host.root.parent / "controller" / "reports" / "pc1.json"
    host.write("report.json", written.read_text("utf-8"))
    host.write("bin/envcheck-course", STUB, 0o755)
    host.write(".profile", 'PATH="$HOME/bin:$PATH"\n')


def _unstub(host: Host) -> None:
    host.write(".profile", "")


def _disconnect(controller: Controller) -> None:
    """Connections are kept in sockets: without them the next play begins anew."""
    for socket in (controller.folder / "home" / ".ansible" / "cp").glob("*"):
        if not socket.name.startswith("."):
            controller.types(f"ssh -O exit -o ControlPath={socket} room", None)


def _nothing(controller: Controller) -> None:
    assert controller.room is not None


def _own(controller: Controller) -> float:
    """What envcheck's reports say that it took itself, a machine, where nothing else was to be done."""
    reports = (controller.folder / "reports").glob("pc*.json")
    return statistics.mean(json.loads(report.read_text("utf-8"))["seconds"] for report in reports)


def _print(taken: dict[str, list[float]], asked: argparse.Namespace) -> None:
    print(
        f"{asked.hosts} machines, {asked.forks} forks, {asked.rounds} rounds, load {os.getloadavg()[0]:.1f}"
    )
    for name, seconds in taken.items():
        print(f"  {name:42} {_spread_of(seconds)} s a machine")
    for kind in ("cold", "warm"):
        pairs = zip(taken[f"report, answered at once, {kind}"], taken[f"ping, {kind}"], strict=True)
        ratios = [report / ping for report, ping in pairs]
        print(f"  {'report : ping, ' + kind:42} {_spread_of(ratios)} (goal <= {GOAL})")


def _spread_of(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


if __name__ == "__main__":
    main()
