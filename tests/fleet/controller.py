"""The machine from which a room is administered: lines are typed there, in a folder of its own."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from tests.bootstrap.machine import BASE
from tests.fleet.hosts import Room
from tests.lines_of_pages import to_type

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "lab-rooms.md").read_text(encoding="utf-8")
TOOLS = ROOT / ".test-tools" / "ansible" / "bin"
SECONDS = 400
# How the page's `envcheck` is started here: from a clone, and from the tests' own environment.
PROGRAMS = {
    "envcheck vendor": shlex.join(["python3", str(ROOT / "run-envcheck.py"), "vendor"]),
    "envcheck class": shlex.join([sys.executable, "-m", "envcheck", "class"]),
}
LAB = "ansible-playbook -i inventory.yml envcheck.course.lab"


@dataclass(frozen=True)
class Ran:
    """What a line printed, and its exit code."""

    code: int
    out: str
    err: str


@dataclass
class Controller:
    """`room` is the network in which its lines are typed; without one they need none."""

    folder: Path
    room: Room | None = None

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        for name in ("home", "tmp"):
            (self.folder / name).mkdir(exist_ok=True)
        (self.folder / "ansible.cfg").write_text(blocks("ini")[0], encoding="utf-8")

    @staticmethod
    def page_lines() -> list[str]:
        """What docs/lab-rooms.md tells to type, line by line."""
        return to_type("docs/lab-rooms.md")

    @property
    def variables(self) -> dict[str, str]:
        """Theirs, and nothing of the developer's but the way to a package index."""
        kept = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
        return {
            **kept,
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "tmp"),
            "LANG": "C.UTF-8",
            "PATH": f"{TOOLS}:{BASE.parent}:/usr/sbin:/usr/bin:/sbin:/bin",
        }

    def types(self, line: str, code: int | None = 0, **variables: str) -> Ran:
        """What comes of a line of the page, typed in the folder; it must end with this exit code."""
        line = line.replace("CLONE", shlex.quote(str(ROOT)))
        for command, program in PROGRAMS.items():
            line = re.sub(f"^{command}", program, line)
        before = self.room.inside if self.room else []
        done = subprocess.run(
            [*before, "sh", "-c", f"cd {shlex.quote(str(self.folder))} && {line}"],
            cwd=self.folder,
            env={**self.variables, **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert code is None or done.returncode == code, (line, done.stdout, done.stderr)
        return Ran(done.returncode, done.stdout, done.stderr)

    def asks(self, host: str, *words: str, **args: Any) -> dict[str, Any]:
        """The module's result for one machine, by the module alone. `words` are Ansible's own."""
        given = {"user": "learner", "folder": "~/ml", "carry": "room", "words": ["--quick"], **args}
        given = {name: value for name, value in given.items() if value is not None}
        line = ["ansible", host, "-i", "inventory.yml", "-m", "envcheck.course.report"]
        ran = self.types(
            shlex.join([*line, "-a", json.dumps(given), *words]),
            None,
            ANSIBLE_CALLBACK_RESULT_FORMAT="json",
        )
        start = ran.out.index("=> {") + 3 if "=> {" in ran.out else len(ran.out)
        result: dict[str, Any] = json.JSONDecoder().raw_decode(ran.out[start:])[0]
        return result

    def write_inventory(self) -> None:
        """The page's inventory, with the machines of this room in place of its two."""
        assert self.room is not None
        inventory = yaml.safe_load(blocks("yaml")[0])
        inventory["all"]["vars"] |= {
            "ansible_ssh_private_key_file": str(self.room.key),
            "ansible_ssh_common_args": f"-o LogLevel=ERROR -o StrictHostKeyChecking=no -o UserKnownHostsFile={self.folder}/known",
            "ansible_python_interpreter": "/usr/bin/python3",
            "lab_words": ["--quick"],
        }
        inventory["all"]["hosts"] = {
            name: {"ansible_host": host.address, **host.variables}
            for name, host in self.room.hosts.items()
        }
        (self.folder / "inventory.yml").write_text(yaml.safe_dump(inventory), encoding="utf-8")


def blocks(kind: str) -> list[str]:
    """The blocks of this kind that the page has."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
