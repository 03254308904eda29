"""A lab room of real machines, asked through Ansible: each is a line with its report or its reason."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.fleet.controller import LAB, Controller
from tests.fleet.hosts import CONTROLLER
from tests.fleet.room_of_machines import LONG, MARKUP, age, spread
from tests.stories.class_commands import Codes, opened, served, typed
from tests.unit.class_server.web.running import Browser, Running
from tests.unit.engine.sending.strict_server import make_certificate

from envcheck.classroom.handed_in import receipt
from envcheck_class.store import classes, database

pytestmark = pytest.mark.slow
ABLE = ["broken", "path", "chatty", "older", MARKUP]


def tree(folder: Path) -> dict[str, tuple[int, int]]:
    """Every path below a folder, with its time and mode."""
    listed = [path for path in folder.rglob("*")]
    return {str(p): (p.lstat().st_mtime_ns, p.lstat().st_mode) for p in listed}


@pytest.mark.long
def test_a_room(controller: Controller) -> None:
    """From the first machine to the class's page: each line of docs/lab-rooms.md is typed."""
    assert controller.room is not None
    healthy = controller.room.hosts["healthy"]
    before = tree(healthy.home)
    dry = controller.asks("healthy", "--check", reports="reports")
    assert not dry["changed"] and dry["report"] is None
    assert tree(healthy.home) == before and not (controller.folder / "reports").exists()
    first = controller.asks("healthy")
    assert first["changed"] and first["started_as"] == "carried", first
    assert first["verdict"] == "ready" and first["report"]["alias"] == "healthy"
    assert first["report"]["target"]["python"] == "~/ml/.venv/bin/python"
    again = controller.asks("healthy", with_report=False)
    assert not again["changed"] and again["verdict"] == "ready" and "report" not in again
    spread(controller.room, ABLE)
    age(controller.room.hosts["older"])
    lines = controller.page_lines()
    assert lines[5] == LAB
    played = controller.types(lines[5], code=None)
    assert played.code in (2, 4, 6), played
    shown(controller, lines[6])
    codes = opened(controller.folder / "data")
    on_the_page(controller, lines[8], codes)
    sent(controller, codes)
    lost(controller)
    fixed(controller, lines[7])
    away(controller, lines[9], before)


def running() -> str:
    """The command lines of all that runs on this machine, in its namespaces too."""
    return subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout


def shown(controller: Controller, line: str) -> None:
    """`class show` has all of them, each with its reason."""
    told = controller.types(line, code=1).out
    assert "(not in the roster)" not in told
    listed = json.loads(controller.types(f"{line} --format json", code=1).out)
    learners: dict[str, dict[str, Any]] = {row["name"]: row for row in listed["learners"]}
    reasons = {
        name: row["unreachable"]["reason"] for name, row in learners.items() if "unreachable" in row
    }
    assert {name: row["state"] for name, row in learners.items() if name not in reasons} == {
        "healthy": "ready",
        "broken": "stuck",
        "path": "partial",
        "chatty": "partial",
        "older": "partial",
        MARKUP: "partial",
    }, (told, learners)
    assert learners["broken"]["codes"] == ["file-hides-module"]
    assert f"sleep {LONG}" not in running()
    assert "Connection refused" in reasons["down"]
    assert "Permission denied" in reasons["stranger"]
    assert "timed out" in reasons["mute"], reasons
    assert "The module interpreter '/usr/bin/python3' was not found" in reasons["bare"]
    assert "deserialization failed" in reasons["braces"] and "It printed: {}" in reasons["braces"]
    assert reasons["slow"] == "there was no answer within 4 s"
    assert "No space left on device" in reasons["full"]
    assert len(learners) == len(controller.room.hosts) == 13  # type: ignore[union-attr]
    assert listed["versions"]["envcheck"] == {"0.1.0": 5, "0.0.9": 1}


def on_the_page(controller: Controller, line: str, codes: Codes) -> None:
    """The class's page has the same, and no markup of theirs."""
    data = controller.folder / "data"
    controller.types(f"{line} --data data")
    with served("--data", data) as (_, url):
        ada = Browser(
            Running(
                int(url.rpartition(":")[2]), classes.Codes("", "", ""), database.in_folder(data)
            )
        )
        ada.log_in(codes.instructor, "Ada")
        page = ada.get("/").text
    assert 'Unreachable <span class="muted">(7)</span>' in page
    for text in (
        "Connection refused",
        "Permission denied",
        "no answer within 4 s",
        "No space left",
    ):
        assert text in page
    assert "file-hides-module" in page and "&lt;b&gt;pc &amp; 9&lt;/b&gt;" in page
    assert "<b>pc" not in page


def sent(controller: Controller, codes: Codes) -> None:
    """A machine sends its report itself; the file here has the receipt that its learner would be told."""
    room, data = controller.room, controller.folder / "data"
    assert room is not None
    machine = room.hosts["healthy"]
    pem = make_certificate(controller.folder, address=CONTROLLER)
    trusted = machine.write("room.pem", pem.read_text("ascii").partition("-----BEGIN PRIVATE")[0])
    machine.write(".profile", f". ~/ml/.venv/bin/activate\nexport SSL_CERT_FILE=~/{trusted.name}\n")
    words = ("--host", "0.0.0.0", "--certfile", pem, "--keyfile", controller.folder / "key.pem")
    with served("--data", data, *words, before=room.network) as (_, url):
        link = f"https://{CONTROLLER}:{url.rpartition(':')[2]}/{codes.learner}"
        result = controller.asks("healthy", join=link, reports="sent")
    assert codes.learner not in json.dumps(result)
    given = receipt((controller.folder / "sent" / "healthy.json").read_bytes())
    assert given in result["sent"], result
    exported = controller.folder / "monday.zip"
    typed("export", "monday", "--output", exported, "--data", data)
    assert given in typed("show", exported, code=1)
    trusted.unlink()


def lost(controller: Controller) -> None:
    """What an earlier task of a play has lost is a line too, beside those that are asked."""
    play = "- hosts: all\n  gather_facts: true\n  roles: [envcheck.course.lab]\n"
    (controller.folder / "play.yml").write_text(play, encoding="utf-8")
    line = "ansible-playbook -i inventory.yml play.yml --limit down,path -e lab_reports=facts"
    controller.types(line, code=4)
    files = {path.name: path.read_text("utf-8") for path in (controller.folder / "facts").iterdir()}
    assert {*files} == {"down.unreachable.json", "path.json"}
    assert "an earlier task of the play lost it" in files["down.unreachable.json"]


def fixed(controller: Controller, line: str) -> None:
    """With a word it is fixed, its record comes here, and a second time there is nothing to fix."""
    line = line.replace("pc2", "broken")
    played = controller.types(line)
    assert "changed=1" in played.out
    [record] = (controller.folder / "fix-records").glob("broken-envcheck-fix-*.json")
    assert json.loads(record.read_text("utf-8"))["diagnosis"] == "file-hides-module"
    assert "changed=0" in controller.types(line).out
    assert len([*(controller.folder / "fix-records").iterdir()]) == 1


def away(controller: Controller, line: str, before: dict[str, tuple[int, int]]) -> None:
    """Nothing of ours stays on the machine, but the key by which the class knows it."""
    assert controller.room is not None
    line = line.replace("ansible all", "ansible healthy")
    assert '"changed": true' in controller.types(f"{line} --check").out
    assert '"changed": true' in controller.types(line).out
    assert '"changed": false' in controller.types(line).out
    left = tree(controller.room.hosts["healthy"].home).keys() - before.keys()
    assert {Path(path).name.partition("-")[0] for path in left} == {
        ".cache",
        "envcheck",
        "class",
        "key",
    }
