"""The snippets of the chapter, in the learner's kernel: each must come back as the value or picture
that it should.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from envcheck_checks.cells.snippet import Snippet, is_without, works_again
from envcheck_checks.diagnosis import fix_tools
from envcheck_checks.kernel.client import Kernel
from envcheck_checks.kernel.results import has_row, is_picture
from envcheck_checks.kernel.shared import shared_kernel
from envcheck_checks.stack import Package

WORDS = "Zürich, Łódź, 東京 and π"


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
            env, kernel, packages, red, tried
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
        return stop_button.find_fault(env, kernel) or ok(
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
) -> Outcome | None:
    """What is shown in red meanwhile goes to `red`."""
    for number, snippet in enumerate(tried):
        done = kernel.execute(snippet.code, snippet.timeout)
        red.append(done.red)
        if not snippet.is_proved_by(done):
            works = partial(works_again, env, snippet, snippet.is_proved_by)
            in_full = partial(works, before=tried[:number])
            stderr = kernel.running.settled_log()
            return failed_cell.diagnose(
                env, snippet.name, done, stderr, works, snippet.packages, in_full
            )
    return None


def _repeated(env: Environment, tried: Sequence[Snippet], red: Sequence[str]) -> list[Diagnosis]:
    """What is said of the first snippet that shows a line again and again; `red` begins with what
    each of them showed.
    """
    for snippet, shown in zip(tried, red, strict=False):
        if line := repeated_line.repeated(shown):
            return repeated_line.warnings(env, line, partial(is_without, env, snippet, line))
    return []
