"""`envcheck class serve` and `demo`: what answers until it is interrupted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

from envcheck.classroom.message import Catalogue
from envcheck.command.class_kept import server_address
from envcheck.command.class_place import has_display
from envcheck.errors import UsageProblem
from envcheck.model import Course

if TYPE_CHECKING:
    from collections.abc import Sequence

    from envcheck_class.store.database import Database


def serve(
    place: Database, rate: float, asked: dict[str, Any], courses: Sequence[Course], err: TextIO
) -> None:
    """Take reports until it is interrupted. Raises UsageProblem."""
    from envcheck_class.web import serving
    from envcheck_class.web.desk import Limits

    def say(line: str) -> None:
        err.write(f"{line}\n")
        err.flush()

    url = server_address(asked["url"]) if asked["url"] else ""
    limits = Limits(rate, at_once=20 * rate)
    serving.serve(
        place, serving.Served(**{**asked, "url": url}, limits=limits), Catalogue(courses), say
    )


def demo(courses: Sequence[Course], port: int, no_browser: bool, err: TextIO) -> None:
    """Show a class of people who do not exist, until it is interrupted. Raises UsageProblem."""
    import webbrowser

    from envcheck_class.demo import show

    def say(line: str) -> None:
        err.write(f"{line}\n")
        err.flush()

    def open_page(address: str) -> None:
        if not no_browser and has_display():
            webbrowser.open(address)

    course = next((course for course in courses if course.chapters), None)
    if course is None:
        raise UsageProblem("no course is installed, and the class needs a chapter to be about")
    show.show(show.Shown(course, course.chapters[-1], port, open_page, say))
