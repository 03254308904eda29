"""Samples become ratios, pair by pair within a round, and ratios become a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from contenders import Contender
from measuring import CORES, Sample

# Of what is proved at the learner's desk since commit 97d63d0, the last before: of a full run that
# was made then. Beside any other checkout it says nothing.
SINCE = {"full": 1.15}
QUIET = 0.10  # the share of the processors that others may have before wall times measure them too
Rounds = Sequence[Mapping[str, Sample]]


@dataclass(frozen=True)
class Goal:
    """A number to reach: `over` to `under` in wall time, or a figure of `over` alone in seconds."""

    over: str
    under: str
    says: str
    most: float | None = None
    figure: Callable[[Sample], float | None] = lambda sample: sample.wall


GOALS = (
    Goal("quick", "by-hand", "`--quick` : the same work by hand, in the target", 1.3),
    Goal(
        "full",
        "critical-path",
        "full : its critical path alone (server, kernel, one cell, shutdown)",
        1.25,
    ),
    Goal("full", "nbconvert", "full : `jupyter nbconvert --execute`, same cells", 0.8),
    Goal("full", "nbmake", "full : nbmake, same cells"),
    Goal("full", "testinfra", "full : a pytest-testinfra suite, same checks"),
    Goal("online", "full", "full with the network : full with `--offline`"),
    Goal(
        "quick",
        "",
        "`--quick`: first result on the screen",
        0.4,
        lambda sample: sample.first_result,
    ),
    Goal("full", "", "full: first result on the screen", 0.4, lambda sample: sample.first_result),
    Goal("help", "", "`envcheck --help`: processor time", 0.15, lambda sample: sample.cpu),
)


@dataclass(frozen=True)
class Row:
    says: str
    value: str
    spread: str
    goal: str
    met: str


def _cpu(sample: Sample) -> float:
    return sample.cpu


def rows(rounds: Rounds, against: bool) -> list[Row]:
    """A row for every goal whose contenders took part."""
    goals = [*GOALS, *(_versions() if against else ())]
    return [row for goal in goals if (row := _row(goal, rounds)) is not None]


def _versions() -> list[Goal]:
    names = ("quick", "full", "online", "help")
    return [
        *(
            Goal(name, f"{name}@against", f"{name} : the other checkout's", SINCE.get(name))
            for name in names
        ),
        *(
            Goal(name, f"{name}@against", f"{name}, processor time : the other's", figure=_cpu)
            for name in names
        ),
    ]


def _row(goal: Goal, rounds: Rounds) -> Row | None:
    values = [value for one in rounds if (value := _value(goal, one)) is not None]
    if not values:
        return None
    unit = "" if goal.under else " s"
    middle = median(values)
    met = "" if goal.most is None else "yes" if middle <= goal.most else "no"
    spread = f"{min(values):.2f} to {max(values):.2f}"
    return Row(
        goal.says,
        f"{middle:.2f}{unit}",
        spread,
        "" if goal.most is None else f"<= {goal.most:g}{unit}",
        met,
    )


def _value(goal: Goal, one: Mapping[str, Sample]) -> float | None:
    if goal.over not in one or (goal.under and goal.under not in one):
        return None
    above = goal.figure(one[goal.over])
    if above is None or not goal.under:
        return above
    return above / (goal.figure(one[goal.under]) or 1e-9)


def ratios_table(found: Sequence[Row], markdown: bool) -> str:
    head = ("what", "median", "min to max", "goal", "met")
    return table(
        head, [(row.says, row.value, row.spread, row.goal, row.met) for row in found], markdown
    )


def seconds_table(
    rounds: Rounds, who: Mapping[str, Contender], peaks: Mapping[str, int], markdown: bool
) -> str:
    """The figures behind the ratios; idle is what the cores had left while it ran."""
    head = (
        "contender",
        "command",
        "wall s",
        "cpu s",
        f"idle s of {CORES} cores",
        "first result s",
        "memory MB",
    )
    return table(
        head, [_figures(name, who[name], rounds, peaks.get(name, 0)) for name in who], markdown
    )


def _figures(name: str, contender: Contender, rounds: Rounds, peak: int) -> tuple[str, ...]:
    samples = [one[name] for one in rounds]
    first = [sample.first_result for sample in samples if sample.first_result is not None]
    return (
        name,
        contender.what,
        f"{median(sample.wall for sample in samples):.2f}",
        f"{median(sample.cpu for sample in samples):.2f}",
        f"{median(sample.idle for sample in samples):.2f}",
        f"{median(first):.2f}" if first else "",
        f"{peak / 1e6:.0f}" if peak else "",
    )


def noise(rounds: Rounds) -> str:
    """How much of the machine somebody else had while the contenders ran: near 0 on a machine of
    one's own.
    """
    samples = [sample for one in rounds for sample in one.values()]
    share = sum(sample.others for sample in samples) / (
        CORES * sum(sample.wall for sample in samples)
    )
    worst = max(sample.others / (CORES * sample.wall) for sample in samples)
    said = f"other programs had {share:.0%} of the processors while these ran ({worst:.0%} in the worst run)"
    return f"{said}: TOO BUSY, do not quote the wall times" if share > QUIET else said


def table(head: Sequence[str], body: Sequence[Sequence[str]], markdown: bool) -> str:
    if markdown:
        lines = [head, ["---"] * len(head), *body]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)
    widths = [max(len(line[column]) for line in [head, *body]) for column in range(len(head))]
    padded = [
        [word.ljust(width) for word, width in zip(line, widths, strict=True)]
        for line in [head, *body]
    ]
    return "\n".join("  ".join(line).rstrip() for line in padded)
