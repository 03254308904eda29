"""A port that a course uses: nobody has it, or this course's own containers have."""

from __future__ import annotations

from functools import partial

from envcheck import Check, Cost, Environment, Outcome, fail, ok
from envcheck import places as same_places
from envcheck.fixes.advice import tell, typed
from envcheck.shape import read_object
from envcheck_checks.course_file.chapter_place import ChapterPlace
from envcheck_checks.course_file.codes import PORT_TAKEN
from envcheck_checks.course_file.key_page import page
from envcheck_checks.index.facts import Trouble
from envcheck_checks.machine.port_holder import holder
from envcheck_checks.network.connect import connect
from envcheck_checks.notebook.address import TAKEN, cannot_listen
from envcheck_checks.tools.framework.program import find

ADDRESSES = ("127.0.0.1", "0.0.0.0", "::1")
AGAIN = "Then run envcheck again."
SECONDS = 8.0  # for Docker's answer
ROW = {"Names?": str, "Labels?": str}  # of Docker's answer
FOLDER = "com.docker.compose.project.working_dir"


def port_free(number: int, place: ChapterPlace) -> Check:
    """A server of the course can listen on the port, or does already."""
    return Check(
        id=f"port.{number}",
        title=f"Port {number}",
        examine=partial(_examine, number, place),
        timeout=20,
        proves=f"port {number} is free, or held by this course's own containers",
        cost=Cost(0.2, 5),
        scope=place.scope,
        page=page(
            f"The port {number}",
            f"A server of the course listens on port {number} of this machine.",
            "Only one program can have a port. Another one's answer is taken for the course's.",
            "A listener is bound to the port for a moment, on the addresses that servers use. Where "
            "that is refused, Docker is asked which containers have it, and the system which program.",
            f"Linux, macOS: `lsof -i :{number}`; PowerShell: `Get-NetTCPConnection -LocalPort {number}`",
            {PORT_TAKEN: "another program has it"},
        ),
    )


def _examine(number: int, place: ChapterPlace, env: Environment) -> Outcome:
    troubles = [cannot_listen(address, number) for address in ADDRESSES]
    listens = connect("127.0.0.1", number, 1.0) is Trouble.NONE
    if TAKEN not in troubles and not listens:
        return ok("free")
    container, title = _container(env, number), f"free port {number}"
    folder = container.get(FOLDER, "")
    if folder and same_places.lies_in(folder, place.root):
        return ok(f"this course's container `{container['name']}` has it")
    if container:
        who = f"the container `{container['name']}`"
        who += f" of the project in {folder}" if folder else ""
        fix = tell(title, typed(f"docker stop {container['name']}"), AGAIN)
    else:
        who = holder(number) or "another program, which this account may not see"
        name = who if who.startswith("`") else "the program that has it"
        fix = tell(title, f"Close {name}.", AGAIN)
    return fail(
        PORT_TAKEN,
        f"port {number} is taken, and the course needs it",
        fix,
        found=f"{who} listens on port {number}",
        wanted=f"port {number} free",
        looked_in="the ports of this machine",
    )


def _container(env: Environment, number: int) -> dict[str, str]:
    """Name and labels of the container that has it; nothing without Docker, or without one."""
    docker = find(env, "docker")
    if not docker:
        return {}
    words = [docker, "ps", "--filter", f"publish={number}", "--format", "{{json .}}"]
    answer = env.run(words, timeout=SECONDS, low_priority=True)
    for line in answer.stdout.splitlines() if answer.ok else ():
        row = _row(line)
        if name := row.get("Names", ""):
            labels = (text.partition("=") for text in row.get("Labels", "").split(","))
            return {"name": name, **{key: value for key, _, value in labels}}
    return {}


def _row(line: str) -> dict[str, str]:
    return read_object(line, ROW) or {}
