"""A class's server in numbers: its goals, and what was found, in one run.

    python benchmarks/class_server.py                     all of it: three minutes on a machine that is free
    python benchmarks/class_server.py --whole             with 100,000 reports and more rounds
    python benchmarks/class_server.py --only rates        one part, or several: rates,page,show

Rates are ratios to a handler that reads a report and stores nothing, in the same interleaved rounds.
The client, with 32 and then 128 connections that stay open, shares the machine with the servers: of the
rates only the ratios are worth quoting. PostgreSQL is one of its own, and is left out where none is installed.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
import time

import class_files
import class_large
import class_rates
import psutil
from class_large import Large
from class_load import CONNECTIONS, MANY
from class_rates import NOTHING, Contender
from class_servers import open_class, postgresql, serving, storing_nothing
from comparing import table
from measuring import CORES, adopt_orphans
from others import Others

PARTS = ("rates", "page", "show")
ONE, TWO = "PostgreSQL", "PostgreSQL, two processes"


def main() -> None:
    asked = _asked()
    adopt_orphans()
    others = Others()
    with tempfile.TemporaryDirectory() as folder:
        place = ["--data", folder]
        if "rates" in asked.only:
            rows, behind = _rates(asked, place)
            _show(rows, asked)
            print(f"\n{behind}\n", flush=True)
        if "page" in asked.only:
            _show(_page(asked, [*place[:1], f"{folder}/large"]), asked)
    if "show" in asked.only:
        _show(class_files.measure(), asked)
    memory = psutil.virtual_memory().total / 2**30
    print(f"{time.strftime('%Y-%m-%d')}, {CORES} cores, {memory:.0f} GiB; {others.said()}.")


def _show(rows: list[tuple[str, ...]], asked: argparse.Namespace) -> None:
    print(table(("what", "median", "min to max", "goal", "met"), rows, asked.markdown), flush=True)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", type=_parts, default=PARTS, metavar="A,B")
    parser.add_argument("--whole", action="store_true", help="100,000 reports, more rounds")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--reports", type=int, help="in each round")
    parser.add_argument("--learners", type=int, default=10_000, help="of the page")
    parser.add_argument("--each", type=int, help="reports of each of them")
    parser.add_argument("--markdown", action="store_true", help="the table for a page")
    asked = parser.parse_args()
    usual = {"rounds": 7, "reports": 2000, "each": 10} if asked.whole else {}
    for name, short in {"rounds": 3, "reports": 1000, "each": 1}.items():
        if getattr(asked, name) is None:
            setattr(asked, name, usual.get(name, short))
    return asked


def _parts(text: str) -> tuple[str, ...]:
    parts = (*text.split(","),)
    if not {*parts} <= {*PARTS}:
        raise argparse.ArgumentTypeError(f"parts are {', '.join(PARTS)}")
    return parts


def _rates(asked: argparse.Namespace, place: list[str]) -> tuple[list[tuple[str, ...]], str]:
    with contextlib.ExitStack() as stack:
        who = {NOTHING: Contender([stack.enter_context(storing_nothing())])}
        code = open_class(place).learner
        who["SQLite"] = Contender([stack.enter_context(serving(place))], code, "0.55")
        if address := stack.enter_context(postgresql()):
            there = ["--database", address]
            code = open_class(there).learner
            both = [stack.enter_context(serving(there)) for _ in range(2)]
            who[ONE] = Contender(both[:1], code, "0.35")
            who[TWO] = Contender(both, code, ONE)
        else:
            print("PostgreSQL: left out, none is installed here", file=sys.stderr)
        rows, behind = [], []
        for connections in (CONNECTIONS, MANY):
            found = class_rates.measure(who, asked.rounds, asked.reports, connections)
            rows += class_rates.rows(found, who, connections)
            behind.append(class_rates.figures(found, who, connections))
        return rows, "\n\n".join(behind)


def _page(asked: argparse.Namespace, place: list[str]) -> list[tuple[str, ...]]:
    codes = open_class(place)
    with serving(place) as server:
        return class_large.measure(Large(asked.learners, asked.each), server, codes)


if __name__ == "__main__":
    main()
