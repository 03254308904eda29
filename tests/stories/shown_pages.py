"""Every page that envcheck draws, in each of its states, for those who look at them in a browser."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.unit.class_server.made import body
from tests.unit.class_server.web.running import Browser, Running, running
from tests.unit.engine.classroom import made_up_class
from tests.unit.engine.classroom.class_reports import NOW, cause, check
from tests.unit.engine.rehearsal import matrices
from tests.unit.engine.reports import examples

from envcheck.classroom import html as class_html
from envcheck.classroom.message import Catalogue
from envcheck.classroom.overview import Asked, overview
from envcheck.model import Evidence
from envcheck.rehearsal import html as rehearsal_html
from envcheck.rehearsal.matrix import Cause
from envcheck.reports import html
from envcheck.run.report import Report
from envcheck_checks.courses.ml_for_software_engineers import COURSE
from envcheck_class import tokens
from envcheck_class.demo import learners, story
from envcheck_class.store import classes, database, migrate

LONG = "/".join(["a-folder-whose-name-nobody-would-type"] * 9) + "x" * 150
SUMMARY = f"the kernel `{LONG}` starts another Python than yours"
FAILING = dataclasses.replace(
    examples.OTHER_PYTHON, summary=SUMMARY, evidence=Evidence(LONG, LONG, LONG)
)
LONG_WORDS = examples.report(
    dataclasses.replace(examples.KERNEL_FAILS, summary=SUMMARY, title=LONG, diagnoses=(FAILING,)),
    examples.blocked("snippets", "Snippets " + "y" * 80, "kernel"),
)
LONG_REHEARSAL = dataclasses.replace(
    matrices.UNTOLD,
    title=LONG,
    cells=tuple(
        dataclasses.replace(one, cause=one.cause and Cause(SUMMARY, "x", (("found", LONG),)))
        for one in matrices.UNTOLD.cells
    ),
)
REPORTS: dict[str, Report] = {
    "report": examples.READY,
    "report, not ready": examples.NOT_READY,
    "report, warned": examples.WARNED,
    "report, waived": examples.WAIVED,
    "report, undetermined": examples.UNDETERMINED,
    "report, interrupted": examples.INTERRUPTED,
    "report, nothing proved": examples.UNPROVED,
    "report, long words": LONG_WORDS,
}
WRONG_CODE = (
    "document.querySelector('#code').value = 'x'; document.querySelector('main form').submit()"
)


@dataclass(frozen=True)
class Shown:
    """A page: `template` draws it, `route` answers with it where a server does, `cookie` is who
    looks, and `then` is what they do first.
    """

    name: str
    template: str
    address: str
    route: str = ""
    cookie: str = ""
    then: str = ""


@contextmanager
def every_page(folder: Path) -> Iterator[list[Shown]]:
    """All of them, there to be opened until the end of the block."""
    with ExitStack() as open_classes:
        full = open_classes.enter_context(a_class(folder / "full", roster=learners.roster()))
        bare = open_classes.enter_context(a_class(folder / "bare"))
        ended = open_classes.enter_context(a_class(folder / "ended"))
        fill(full)
        with ended.database.writing() as connection:
            classes.close(connection, 1, 1.0)
        yield [*files(folder), *pages_of(full), *pages_of_others(bare, ended)]


def files(folder: Path) -> list[Shown]:
    """The pages that are files."""
    drawn = [(name, "report", html.render(report)) for name, report in REPORTS.items()]
    catalogue = Catalogue([COURSE])
    seen = overview(made_up_class.REPORTS, made_up_class.ROSTER, Asked(), NOW)
    nobody = overview([], None, Asked(), NOW)
    drawn += [
        ("class", "class", class_html.render(seen, catalogue, projector=False)),
        ("class, projector", "class", class_html.render(seen, catalogue, projector=True)),
        ("class, nobody", "class", class_html.render(nobody, catalogue, projector=False)),
    ]
    rehearsals = (
        ("ready", matrices.ALL_READY),
        ("mixed", matrices.MIXED),
        ("long", LONG_REHEARSAL),
    )
    for state, matrix in rehearsals:
        drawn.append((f"rehearsal, {state}", "rehearsal", rehearsal_html.render(matrix)))
    shown = []
    for name, template, text in drawn:
        file = folder / f"{name}.html"
        file.write_text(text, encoding="utf-8")
        shown.append(Shown(name, template, file.as_uri()))
    return shown


@contextmanager
def a_class(folder: Path, **more: Any) -> Iterator[Running]:
    """A class and its server."""
    place = database.in_folder(folder)
    migrate.to_newest(place)
    with running(place, **more) as one:
        yield one
    place.close()


def fill(server: Running) -> None:
    """Fifty-four learners send; one of them has long words; a helper is with one, and one is
    helped.
    """
    told = story.tell(COURSE, COURSE.chapters[-1])
    bad = cause(summary=SUMMARY) | {"evidence": {"found": LONG, "wanted": LONG}}
    data = [(one.alias, json.dumps(one.document).encode()) for one in told]
    data.append(("w" * 60, body("w" * 60, stuck=True, diagnoses=[bad])))
    with ThreadPoolExecutor(4) as pool:
        [*pool.map(lambda one: server.send(one[1], Envcheck_Key=tokens.hashed(one[0])), data)]
    for status in ("pass", "error", "pass"):
        rows = [check("python"), {**check("kernel", status), "title": LONG[:90]}]
        server.send(body("w" * 60, checks=rows, summary=status), Envcheck_Key=tokens.hashed("w"))
    helper = Browser(server)
    helper.log_in(server.codes.helper, "Ada")
    for id in stuck(server)[:3]:
        helper.submit(f"/learner/{id}/claim")
    helper.submit(f"/learner/{stuck(server)[1]}/solve", how="a new environment: " + LONG)


def stuck(server: Running) -> list[int]:
    """Whose machines need somebody, by number, who waits longest first."""
    looking = Browser(server)
    looking.log_in(server.codes.instructor)
    needs = looking.get("/").text.partition('id="needs"')[2].partition("</section>")[0]
    return [int(part.partition('"')[0]) for part in needs.split('href="/learner/')[1:]]


def pages_of(server: Running) -> list[Shown]:
    """The pages of a class in which something is going on."""
    root, who = f"http://127.0.0.1:{server.port}", instructor(server)
    first, *others = stuck(server)
    long_words = next(id for id in range(1, 100) if "w" * 60 in page(server, who, id))
    board, learner = "board", "learner"
    return [
        Shown("board", board, f"{root}/", "/", who),
        Shown("wall", board, f"{root}/projector", "/projector", who),
        Shown("learner, helped", learner, f"{root}/learner/{first}", "/learner/{id:int}", who),
        Shown("learner", learner, f"{root}/learner/{others[-1]}", "/learner/{id:int}", who),
        Shown("learner, long", learner, f"{root}/learner/{long_words}", "/learner/{id:int}", who),
        Shown("checks", "checks", f"{root}/checks", "/checks", who),
        Shown("nobody", "problem", f"{root}/learner/9999", "/learner/{id:int}", who),
        Shown("login", "login", f"{root}/login", "/login"),
        Shown("login, wrong", "login", f"{root}/login", "/login", then=WRONG_CODE),
        Shown("lobby", "lobby", f"{root}/{server.codes.learner}", "/{code}"),
        Shown("no such page", "problem", f"{root}/no-such-page", "/{code}"),
    ]


def pages_of_others(bare: Running, ended: Running) -> list[Shown]:
    """The pages of a class before anybody came, and after its end."""
    root = f"http://127.0.0.1:{bare.port}"
    over = f"http://127.0.0.1:{ended.port}"
    return [
        Shown("board, nobody", "board", f"{root}/", "/", instructor(bare)),
        Shown("wall, nobody", "board", f"{root}/projector", "/projector", instructor(bare)),
        Shown("checks, nobody", "checks", f"{root}/checks", "/checks", instructor(bare)),
        Shown("board, closed", "board", f"{over}/", "/", instructor(ended)),
        Shown("lobby, closed", "lobby", f"{over}/{ended.codes.learner}", "/{code}"),
    ]


def instructor(server: Running) -> str:
    """The cookie of somebody who may do everything."""
    one = Browser(server)
    one.log_in(server.codes.instructor, "Grace")
    return one.cookie


def page(server: Running, cookie: str, id: int) -> str:
    """A learner's page."""
    return server.ask("GET", f"/learner/{id}", headers={"Cookie": cookie}).text
