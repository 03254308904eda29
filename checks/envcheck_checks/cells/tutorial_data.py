"""The company table of the tutorial: 25,500 rows that we make, with numbers that are known before
any package reads them.
"""

from __future__ import annotations

import csv
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

HEADER = ("Year", "Rank", "Company", "Revenue (in millions)", "Profit (in millions)")
YEARS = range(1955, 2006)
RANKS = 500
SEED = 1955


@dataclass(frozen=True)
class RightNumbers:
    """What the tutorial must find: rows, rows without a profit, and the mean profit of one year."""

    rows: int
    without_profit: int
    mean_profit_1980: float


def write(path: Path) -> RightNumbers:
    """Write the table as UTF-8 and give the numbers that are true of it. The same on
    every machine.
    """
    chance = random.Random(SEED).random
    without_profit = 0
    profits_1980 = []
    rows = [",".join(HEADER)]
    companies = [f"{rank},Company {rank:03d} & Søns" for rank in range(1, RANKS + 1)]
    for year in YEARS:
        growth = 1 + (year - 1955) / 10
        for rank, company in enumerate(companies, 1):
            revenue = round(90_000 / rank * growth * (0.9 + 0.2 * chance()), 1)
            if chance() < 0.0145:
                profit = "N.A."
                without_profit += 1
            else:
                profit = f"{revenue * (0.16 * chance() - 0.02):.1f}"
                if year == 1980:
                    profits_1980.append(float(profit))
            rows.append(f"{year},{company},{revenue},{profit}")
    path.write_bytes("".join(f"{row}\r\n" for row in rows).encode())
    return RightNumbers(
        len(YEARS) * RANKS,
        without_profit,
        sum(profits_1980) / len(profits_1980),
    )


def trouble_with(path: Path) -> str:
    """What is wrong with a file of the learner's that has the table's name; empty when it is the
    course's own.
    """
    try:
        with path.open(newline="", encoding="utf-8", errors="replace") as file:
            rows = csv.reader(file)
            header = next(rows, [])
            if len(header) != len(HEADER):
                return f"{len(header)} columns ({', '.join(header[:7])})"
            years = Counter(row[0] for row in rows if row)
    except (OSError, csv.Error) as error:
        return str(error)
    if set(years) != {str(year) for year in YEARS}:
        return f"years from {min(years, default='none')} to {max(years, default='none')}"
    uneven = [year for year, count in years.items() if count != RANKS]
    return f"{years[uneven[0]]} companies in {uneven[0]}" if uneven else ""
