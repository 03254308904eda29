"""Ansible, the collection from its tarball, and what is carried to machines: made once for all tests."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.fleet.controller import TOOLS, Controller
from tests.fleet.hosts import Room, is_possible
from tests.fleet.room_of_machines import furnish
from tests.pace import wait_for

VERSION = "0.1.0"


@dataclass(frozen=True)
class Brought:
    """What an administrator has before a room is asked: the tarball, and what is carried."""

    tarball: Path
    carry: Path


@pytest.fixture(scope="session")
def tarball(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The collection, built by the line of docs/lab-rooms.md."""
    assert (TOOLS / "ansible").exists(), "scripts/install-test-tools makes it"
    controller = Controller(tmp_path_factory.mktemp("built"))
    controller.types(controller.page_lines()[3])
    return controller.folder / f"envcheck-course-{VERSION}.tar.gz"


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory, tarball: Path) -> Brought:
    """With the folder `room`, by the lines of the same page."""
    controller = Controller(tmp_path_factory.mktemp("brought"))
    for line in controller.page_lines()[:3]:
        controller.types(line)
    return Brought(tarball, controller.folder / "room")


@pytest.fixture(scope="module")
def controller(
    brought: Brought, healthy: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Controller]:
    """The administrator's machine, with the collection installed and a room of machines."""
    if sys.platform != "linux" or not is_possible():
        pytest.skip("only on Linux, as root: machines are network namespaces")
    folder = tmp_path_factory.mktemp("lab")
    with Room(folder) as room:
        controller = Controller(folder / "controller", room)
        (controller.folder / brought.tarball.name).symlink_to(brought.tarball)
        (controller.folder / "room").symlink_to(brought.carry)
        controller.types(controller.page_lines()[4])
        furnish(room, healthy.parent.parent)
        controller.write_inventory()
        yield controller
    wait_for("what was in the room ends", 10, lambda: not left_of(folder))


def left_of(folder: Path) -> list[str]:
    """Processes that a room has left: their command lines name its folder."""
    listed = subprocess.run(
        ["ps", "-eo", "args"], capture_output=True, text=True, check=True
    ).stdout
    return [line for line in listed.splitlines() if str(folder) in line]
