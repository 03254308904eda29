"""Rename and write, carried out. Nothing is ever overwritten: what stands at the new place is moved
aside first.
"""

from __future__ import annotations

import os
from pathlib import Path

from envcheck.fixes.backup import move_aside
from envcheck.fixes.held_open import why
from envcheck.fixes.state import StepFailed
from envcheck.held import once_free
from envcheck.model import Rename, Step, Write


def planned(step: Step) -> tuple[Step, ...]:
    """The steps that will take it back, as things stand before it is done."""
    if not isinstance(step, Rename | Write):
        return ()
    place = Path(step.to if isinstance(step, Rename) else step.path)
    aside = (Rename(move_aside(place).to, str(place)),) if os.path.lexists(place) else ()
    if isinstance(step, Rename):
        return (Rename(step.to, step.source), *aside)
    # What is at the place before the step is done is not what the step has made.
    return aside or (move_aside(place),)


def rename(step: Rename) -> tuple[Step, ...]:
    """Carry it out and return the steps that take it back. Raises StepFailed."""
    source, to = Path(step.source), Path(step.to)
    if not os.path.lexists(source):
        raise StepFailed(f"{source} cannot be renamed to {to.name}: it is not there")
    bring_back = _clear(to)
    try:
        once_free(lambda: source.rename(to))
    except OSError as error:
        raise StepFailed(
            f"{source} cannot be renamed to {to.name}: {why(error)}", bring_back
        ) from error
    return (Rename(str(to), str(source)), *bring_back)


def write(step: Write) -> tuple[Step, ...]:
    """Carry it out and return the steps that take it back. Raises StepFailed."""
    path = Path(step.path)
    bring_back = _clear(path)
    try:
        path.write_text(step.text, encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        half: tuple[Step, ...] = (move_aside(path),) if os.path.lexists(path) else ()
        raise StepFailed(f"{path} cannot be written: {why(error)}", (*half, *bring_back)) from error
    # The name that it gets then: what was moved aside just now is back in its place by that time.
    return (move_aside(path), *bring_back)


def _clear(path: Path) -> tuple[Step, ...]:
    """Move aside what is at this place, and return the step that brings it back.
    Raises StepFailed.
    """
    if not os.path.lexists(path):
        return ()
    aside = move_aside(path)
    try:
        once_free(lambda: path.rename(aside.to))
    except OSError as error:
        raise StepFailed(f"{path} cannot be moved aside: {why(error)}") from error
    return (Rename(aside.to, str(path)),)
