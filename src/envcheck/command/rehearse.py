"""`envcheck rehearse`: the matrix, on the screen and in files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from envcheck.command import terminal
from envcheck.command.destinations import Destination, destinations, write_text
from envcheck.command.rehearsal_plan import Place, Wanted, plan
from envcheck.privacy import scrubber_for
from envcheck.rehearsal.formats import DRAWN, on_screen
from envcheck.rehearsal.matrix import Matrix
from envcheck.rehearsal.plan import Stage
from envcheck.rehearsal.rehearse import rehearse
from envcheck.run.scrub import scrubbed
from envcheck.run.workplace import cache_folder, throw_away
from envcheck.target.locate import learner_variables


def run(wanted: Wanted, out: TextIO) -> int:
    """Rehearse, write every report, and return the exit code. Raises UsageProblem, NoRoom."""
    places = destinations(wanted.format_, wanted.output, wanted.reports, tuple(DRAWN))
    variables, folder = learner_variables(), cache_folder()
    with throw_away() as (stage_folder, processes):
        place = Place(stage_folder, processes, variables, terminal.tell)
        planned = plan(wanted, place)
        cache = folder / "rehearsed" if folder and not wanted.again else None
        stage = Stage(stage_folder, processes, variables, cache, terminal.tell)
        matrix = rehearse(planned, stage)
    _write(scrubbed(matrix, scrubber_for(variables)), places, out)
    return matrix.exit_code


def _write(matrix: Matrix, places: Sequence[Destination], out: TextIO) -> None:
    for place in places:
        if place.file is not None:
            write_text(place.file, DRAWN[place.format](matrix), out)
        else:
            out.write(on_screen(place.format, matrix, terminal.width()))
    out.flush()
