"""The snippets of the chapter, in the learner's kernel: each must come back as the value or picture
that it should.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from envcheck import Check, Cost, Diagnosis, Environment, Outcome, ok, unknown
from envcheck_checks.cells import (
    completion,
    failed_cell,
    red_text,
    repeated_line,
    stop_button,
    uses,
)
from envcheck_checks.cells.results import has_row, is_picture
from envcheck_checks.diagnosis import fix_tools
from envcheck_checks.interference.trials import Removed
from envcheck_checks.kernel.answers import End, Execution
from envcheck_checks.kernel.client import Kernel
from envcheck_checks.kernel.shared import shared_kernel, works_in_fresh_kernel
from envcheck_checks.stack import Package

WORDS = "Zürich, Łódź, 東京 and π"


@dataclass(frozen=True)
class Snippet:
    """A cell, and what must come back from it."""

    name: str
    code: str
    proved: Callable[[Execution], bool]
    timeout: float = 30.0
    packages: tuple[str, ...] = ()


# No %matplotlib line: the learner has none either, and it would hide an MPLBACKEND that shows no
# picture.
SNIPPETS = (
    Snippet("number", "print(sum(range(101)))", lambda done: done.printed("5050")),
    Snippet("text", f"print({WORDS!r}[::-1][::-1])", lambda done: WORDS in done.text),
    Snippet(
        "table",
        "import numpy as np\nimport pandas as pd\npd.DataFrame({'n': np.arange(4), 'square': np.arange(4) ** 2})",
        lambda done: any(has_row(bundle, "3", "3", "9") for bundle in done.bundles),
        timeout=60,
        packages=("numpy", "pandas"),
    ),
    Snippet(
        "picture",
        "import matplotlib.pyplot as plt\nfigure = plt.plot([1, 4, 9])\nplt.title('squares')\nplt.show()",
        lambda done: any(map(is_picture, done.bundles)),
        timeout=60,
        packages=("matplotlib",),
    ),
    Snippet(
        "error",
        "1 / 0",
        lambda done: done.shows_error("ZeroDivisionError"),
    ),
)


def snippets(
    needs: tuple[Check, ...] = (),
    explained_by: tuple[Check, ...] = (),
    packages: tuple[Package, ...] = (),
) -> Check:
    """A number, text, an error and, where the chapter has the packages for it, a table and a picture
    come back from the kernel, the packages do a little work, and a running cell can be stopped.
    """
    tried = possible(packages)

    def examine(env: Environment) -> Outcome:
        kernel = shared_kernel(env).kernel
        if kernel is None:
            return unknown("there is no kernel to run the snippets in")
        red: list[str] = []
        trouble = _try_all(env, kernel, tried, red) or uses.find_one_that_fails(
            env, kernel, packages, red
        )
        if trouble is not None:
            return trouble
        begun = completion.begun_after([snippet.code for snippet in tried])
        tab = completion.press_tab(env, kernel, begun)
        warnings = [
            *red_text.warnings(env, "".join(red)),
            *_repeated(env, tried, red),
            *tab.warnings,
        ]
        return _interrupt(env, kernel) or ok(
            f"{', '.join(snippet.name for snippet in tried)} and interrupt came back{tab.words}",
            *warnings,
        )

    return Check(
        id="snippets",
        title="Snippets",
        cost=Cost(1.2, 150),
        examine=fix_tools.with_roots(examine),
        needs=needs,
        explained_by=explained_by,
        timeout=100,
        proves="a printed number, non-ASCII text, a pandas table, a matplotlib picture, an error and an interrupt come back from the kernel, and the packages do a little work",
        symptom="a cell prints, draws or computes something else than it should",
        slow_because="pandas and matplotlib are loaded for the first time",
    )


def possible(packages: Sequence[Package]) -> tuple[Snippet, ...]:
    """The snippets that need no other packages than these."""
    names = {package.name for package in packages}
    return tuple(snippet for snippet in SNIPPETS if names.issuperset(snippet.packages))


def _try_all(
    env: Environment, kernel: Kernel, tried: Sequence[Snippet], red: list[str]
) -> Diagnosis | None:
    """What is shown in red meanwhile goes to `red`."""
    for snippet in tried:
        done = kernel.execute(snippet.code, snippet.timeout)
        red.append(done.red)
        if done.end is not End.REPLIED or not snippet.proved(done):
            works = partial(_works, env, snippet)
            return failed_cell.diagnose(
                env, snippet.name, done, kernel.running.settled_log(), works, snippet.packages
            )
    return None


def _repeated(env: Environment, tried: Sequence[Snippet], red: Sequence[str]) -> list[Diagnosis]:
    """What is said of the first snippet that shows a line again and again; `red` begins with what
    each of them showed.
    """
    for snippet, shown in zip(tried, red, strict=False):
        if line := repeated_line.repeated(shown):
            return repeated_line.warnings(env, line, partial(_is_without, env, snippet, line))
    return []


def _is_without(
    env: Environment, snippet: Snippet, line: str, changes: Sequence[Removed]
) -> bool | None:
    """Whether this snippet is without the line in a fresh kernel without these settings."""

    def quiet(kernel: Kernel) -> bool | None:
        done = kernel.execute(snippet.code, snippet.timeout)
        return done.proves(done.end is End.REPLIED and repeated_line.repeated(done.red) != line)

    return works_in_fresh_kernel(env, changes, quiet)


def _works(env: Environment, snippet: Snippet, changes: Sequence[Removed]) -> bool | None:
    """Whether this snippet gives what it should in a fresh kernel without these settings."""

    def proved(kernel: Kernel) -> bool | None:
        done = kernel.execute(snippet.code, snippet.timeout)
        return done.proves(done.end is End.REPLIED and snippet.proved(done))

    return works_in_fresh_kernel(env, changes, proved)


def _interrupt(env: Environment, kernel: Kernel) -> Diagnosis | None:
    """Why a running cell cannot be stopped; None where it can."""
    pressed = stop_button.press(kernel)
    if pressed.has_stopped:
        return None

    def stops(changes: Sequence[Removed]) -> bool | None:
        return works_in_fresh_kernel(
            env,
            changes,
            lambda fresh: stop_button.press(fresh, stop_button.AGAIN_SECONDS * 2).has_stopped,
        )

    return failed_cell.not_interrupted(env, pressed.done, stops)
