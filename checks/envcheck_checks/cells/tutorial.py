"""The tutorial that the chapter sends learners through, run start to end in their kernel, with its
results checked as numbers.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from envcheck import Check, Cost, Diagnosis, Environment, Outcome, fail, ok, unknown, warn
from envcheck.fixes.advice import ask_teacher, tell
from envcheck.shape import fits
from envcheck_checks.cells import failed_cell, tutorial_data
from envcheck_checks.cells.codes import TABLE_IS_ANOTHER, TUTORIAL_WRONG_RESULT
from envcheck_checks.diagnosis import fix_tools
from envcheck_checks.interference.trials import Removed
from envcheck_checks.kernel.answers import End, Execution
from envcheck_checks.kernel.client import Kernel
from envcheck_checks.kernel.results import is_picture
from envcheck_checks.kernel.shared import shared_kernel, works_in_fresh_kernel

# The cells of the tutorial, in its own words and order. PATH is filled in; the last one prints what
# it found. What is ours in them calls no `bool` or `int`: `from numpy import *`, as `%pylab` does it,
# puts numpy's own in their place.
CELLS = (
    "import pandas as pd\nimport matplotlib.pyplot as plt\nimport seaborn as sns\nsns.set(style='darkgrid')",
    "df = pd.read_csv(PATH)\ndf.head()",
    "df.columns = ['year', 'rank', 'company', 'revenue', 'profit']\nlen(df)",
    "non_numeric_profits = df.profit.astype(str).str.contains('[^0-9.-]')\ndf.loc[non_numeric_profits].head()",
    "bin_sizes, _, _ = plt.hist(df.year[non_numeric_profits], bins=range(1955, 2006))\nplt.show()",
    "found = {'rows': len(df), 'odd': sorted(set(df.profit[non_numeric_profits])), 'without': non_numeric_profits.sum().item()}\n"
    "df = df.loc[~non_numeric_profits].copy()\ndf.profit = df.profit.apply(pd.to_numeric)",
    "group_by_year = df.loc[:, ['year', 'revenue', 'profit']].groupby('year')\navgs = group_by_year.mean()\nstds = group_by_year.std()",
    "fig, ax = plt.subplots()\nax.fill_between(avgs.index, (avgs - stds).profit, (avgs + stds).profit, alpha=0.2)\n"
    "ax.plot(avgs.index, avgs.profit)\nax.set_title('Mean profits')\nplt.show()",
    "import json\nfound.update(kept=len(df), mean=avgs.profit[1980].item(), years=len(avgs), spread=(stds.profit > 0).all().item())\nprint(json.dumps(found))",
)
PICTURES = 2
USED = ("pandas", "matplotlib", "seaborn")


def tutorial(needs: tuple[Check, ...] = (), explained_by: tuple[Check, ...] = ()) -> Check:
    """The company table is read, cleaned, grouped and plotted in the learner's kernel, and the
    numbers are right.
    """

    def examine(env: Environment) -> Outcome:
        kernel = shared_kernel(env).kernel
        if kernel is None:
            return unknown("there is no kernel to run the tutorial in")
        return _through(env, kernel)

    return Check(
        id="tutorial",
        title="Tutorial",
        cost=Cost(0.8, 150, 2),
        examine=fix_tools.with_roots(examine),
        needs=needs,
        explained_by=explained_by,
        timeout=100,
        proves="a 25,500-row table is read, cleaned, grouped and plotted in the kernel, and the numbers that come out are right",
        symptom="the tutorial ends with an error or with other numbers",
        slow_because="seaborn is loaded for the first time",
    )


def _through(env: Environment, kernel: Kernel) -> Outcome:
    """Every cell, start to end, and its numbers against the ones that are known."""
    path = env.new_folder("tutorial") / "fortune500.csv"
    right = tutorial_data.write(path)
    went = _run(kernel, path)
    if went.failed is not None:
        stderr = kernel.running.settled_log()
        return failed_cell.diagnose(
            env,
            f"tutorial (cell {went.cell})",
            went.failed,
            stderr,
            lambda changes: _works(env, path, changes),
            USED,
        )
    differences = _find_differences(went.last, right, went.pictures)
    if differences:
        return fail(
            TUTORIAL_WRONG_RESULT,
            "the tutorial ran to its end, and its numbers are not the right ones",
            ask_teacher(),
            found=differences,
            wanted=str(right),
            looked_in="a running kernel",
        )
    return ok(
        f"{right.rows:,} rows read, cleaned, grouped and plotted in {went.seconds:.1f} s",
        *_learners_file(env.folder),
    )


@dataclass(frozen=True)
class Went:
    """How the cells went: the last one, the pictures of all, and the cell that failed, if one did."""

    last: Execution
    pictures: int
    seconds: float
    cell: int = 0
    failed: Execution | None = None


def _run(kernel: Kernel, path: Path) -> Went:
    pictures, seconds, done = 0, 0.0, Execution(End.REPLIED)
    for number, cell in enumerate(CELLS, 1):
        done = kernel.execute(cell.replace("PATH", repr(str(path))), 45)
        if done.end is not End.REPLIED or done.error is not None:
            return Went(done, pictures, seconds, number, done)
        pictures += sum(map(is_picture, done.bundles))
        seconds += done.seconds
    return Went(done, pictures, seconds)


def _works(env: Environment, path: Path, changes: Sequence[Removed]) -> bool | None:
    """Whether the tutorial goes through in a fresh kernel without these settings."""

    def goes_through(kernel: Kernel) -> bool | None:
        went = _run(kernel, path)
        return went.last.proves(went.failed is None)

    return works_in_fresh_kernel(env, changes, goes_through)


def _find_differences(last: Execution, right: tutorial_data.RightNumbers, pictures: int) -> str:
    """What differs from the truth, or nothing."""
    numbers = last.printed_object()
    if not isinstance(numbers, dict):
        return f"no numbers, but: {last.text[:200]}"
    truth = {
        "rows": right.rows,
        "odd": ["N.A."],
        "without": right.without_profit,
        "kept": right.rows - right.without_profit,
        "years": len(tutorial_data.YEARS),
        "spread": True,
    }
    differs = [
        f"{name} {numbers.get(name)}" for name, value in truth.items() if numbers.get(name) != value
    ]
    mean = numbers["mean"] if fits(numbers, {"mean": float}) else 0.0
    if not abs(mean - right.mean_profit_1980) <= 1e-6 * abs(right.mean_profit_1980):  # nor NaN
        differs.append(f"mean {numbers.get('mean')}")
    if pictures < PICTURES:
        differs.append(f"{pictures} pictures")
    return ", ".join(differs)


def _learners_file(folder: Path) -> list[Diagnosis]:
    file = folder / "fortune500.csv"
    trouble = tutorial_data.trouble_with(file) if os.path.isfile(file) else ""
    if not trouble:
        return []
    return [
        warn(
            TABLE_IS_ANOTHER,
            "your fortune500.csv is another table than the tutorial's: its cells will fail on it",
            tell(
                "get the tutorial's own file",
                "Download the file from the tutorial's own page; another one of that name is about.",
            ),
            found=trouble,
            wanted="5 columns (Year, Rank, Company, Revenue, Profit), 1955 to 2005, 500 companies a year",
            looked_in=str(file),
        )
    ]
