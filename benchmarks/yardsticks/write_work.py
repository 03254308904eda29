"""Write what all contenders work on, from the checks' own definitions: the cells, the table, and a
notebook of both.

Run by the Python of envcheck's own environment: python write_work.py FOLDER
"""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from envcheck_checks.cells import tutorial_data
from envcheck_checks.cells.snippets import SNIPPETS, WORDS
from envcheck_checks.cells.tutorial import CELLS

folder = Path(sys.argv[1]).absolute()
csv = folder / "fortune500.csv"
known = tutorial_data.write(csv)
shutil.copy(tutorial_data.__file__, folder / "table.py")


def code_cell(number: int, source: str, *tags: str) -> dict[str, Any]:
    metadata = {"tags": list(tags)} if tags else {}
    cell = {"cell_type": "code", "execution_count": None, "id": f"cell-{number}", "outputs": []}
    return {**cell, "metadata": metadata, "source": source}


def sources() -> list[tuple[str, ...]]:
    """The snippets but the interrupt, which a notebook cannot do; the tutorial on a table that is
    there; its numbers compared.
    """
    right = f"assert found['rows'] == {known.rows} and found['without'] == {known.without_profit}\n"
    right += f"assert abs(found['mean'] - {known.mean_profit_1980!r}) < 1e-6 * abs(found['mean'])"
    snippets = [
        (one.code, *(["raises-exception"] if one.name == "error" else [])) for one in SNIPPETS
    ]
    return [*snippets, *((cell.replace("PATH", repr(str(csv))),) for cell in CELLS), (right,)]


notebook = {
    "cells": [code_cell(number, *words) for number, words in enumerate(sources())],
    "metadata": {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
    },
    "nbformat": 4,
    "nbformat_minor": 5,
}
(folder / "chapter2.ipynb").write_text(json.dumps(notebook, indent=1), encoding="utf-8")
work = {
    "snippets": {one.name: one.code for one in SNIPPETS},
    "words": WORDS,
    "cells": CELLS,
    "known": asdict(known),
}
(folder / "work.json").write_text(json.dumps(work), encoding="utf-8")
