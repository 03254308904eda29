"""ML for Software Engineers: a self-study course; its chapters' set-up tasks."""

from envcheck import Course
from envcheck_checks.courses.ml_for_software_engineers.chapter1 import CHAPTER1
from envcheck_checks.courses.ml_for_software_engineers.chapter2 import CHAPTER2
from envcheck_checks.courses.ml_for_software_engineers.tracks import TRACKS
from envcheck_checks.where import who_is_who

COURSE = Course(
    "ml-for-software-engineers",
    "ML for Software Engineers",
    [CHAPTER1, CHAPTER2],
    tracks=TRACKS,
    revision="2026-11",
    pages="envcheck_checks.pages",
    where=who_is_who,
)
