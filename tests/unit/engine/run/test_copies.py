"""A copy of ours is never named: the learner's own file is."""

from __future__ import annotations

from pathlib import Path

from envcheck import Fix, Rename, fail
from envcheck.run.copies import named_as_theirs

COPY, OWN = (
    Path("/tmp/envcheck-1234567890abcdef/mpl/matplotlibrc"),
    Path("/home/a/matplotlibrc"),
)  # never opened


def test_every_text_and_step_names_the_learners_own() -> None:
    fix = Fix("move it", (Rename(str(COPY), f"{COPY}.bak"),))
    said = fail("x", "a summary", fix, found=f"Bad value in {COPY}, line 1", looked_in=str(COPY))
    told = named_as_theirs(said, {COPY: OWN})
    assert told.evidence.found == f"Bad value in {OWN}, line 1"
    assert told.evidence.looked_in == str(OWN)
    assert told.fixes[0].steps == (Rename(str(OWN), f"{OWN}.bak"),)


def test_without_copies_it_stays_the_same_value() -> None:
    said = fail("x", "a summary", found=str(COPY))
    assert named_as_theirs(said, {}) is said
