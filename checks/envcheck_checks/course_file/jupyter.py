"""What a chapter with notebooks needs: Jupyter, its kernel, snippets, the server and its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from envcheck import Check
from envcheck_checks.browser.check import interface
from envcheck_checks.browser.installed import browser
from envcheck_checks.cells.snippets import snippets
from envcheck_checks.course_file.chapter_place import ChapterPlace
from envcheck_checks.course_file.notebooks.kernel_names import kernels_named
from envcheck_checks.course_file.wanted import Wanted
from envcheck_checks.jupyter.check import jupyter
from envcheck_checks.kernel.registered import kernel_registered
from envcheck_checks.kernel.starts import kernel_starts
from envcheck_checks.machine.check import room
from envcheck_checks.notebook.check import notebook_launches
from envcheck_checks.stack import Stack


def of_notebooks(
    wanted: Wanted, place: ChapterPlace, needs: tuple[Check, ...], explained_by: tuple[Check, ...]
) -> Iterator[Check]:
    """The same as in the chapter that teaches Jupyter, with this course's packages, and the kernels that
    its notebooks name.
    """
    scope = place.scope
    check = partial(wanted.check, scope)
    launched = check(partial(jupyter, needs=needs, explained_by=explained_by))
    registered = check(partial(kernel_registered, needs=(launched,)))
    starts = check(partial(kernel_starts, needs=needs, explained_by=(launched, registered)))

    def cells(stack: Stack) -> Check:
        return snippets((starts,), explained_by, stack.packages)

    served = check(
        partial(notebook_launches, needs=needs, explained_by=(launched, registered, starts))
    )
    yield from (launched, registered, starts)
    yield kernels_named(place, (registered,))
    yield from (check(cells), served)
    yield replace(browser(needs=needs), scope=scope)
    yield check(partial(interface, needs=(served,)))
    yield replace(room(needs=needs), scope=scope)
