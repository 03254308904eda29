"""The class for a screen that everybody sees."""

from __future__ import annotations

from typing import Any

from envcheck.classroom.message import Catalogue
from envcheck.classroom.wall import for_the_wall
from envcheck_class.store.classes import Class
from envcheck_class.web import view
from envcheck_class.web.view import Seen


def wall(seen: Seen, of: Class, catalogue: Catalogue, now: float) -> dict[str, Any]:
    """What the template is given: nothing that a learner wrote, and nothing about one of them."""
    overview = for_the_wall(seen.overview, catalogue)
    nobody = Seen(overview, {}, seen.times, (), seen.counted)
    return view.content(nobody, of, catalogue, now)
