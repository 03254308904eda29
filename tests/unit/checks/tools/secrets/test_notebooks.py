"""The notebook that proves the search, and how a credential in a notebook is told."""

from __future__ import annotations

import json
from pathlib import Path

from envcheck.testing import described
from envcheck_checks.tools.secrets.codes import SECRET_IN_NOTEBOOK
from envcheck_checks.tools.secrets.notebooks import PLANTED, plant, secret_in_notebook
from envcheck_checks.tools.secrets.places import SHOWN


def test_the_planted_notebook_holds_every_credential(tmp_path: Path) -> None:
    """One in a source, one in an output, one in the HTML of an output."""
    (file,) = plant(described(folder=tmp_path, scratch=tmp_path / "scratch")).glob("*.ipynb")
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    text = json.dumps(cells)
    assert all("".join(parts) in text for parts in PLANTED)
    assert len(cells) == 2


def test_places_are_shown_up_to_a_bound(tmp_path: Path) -> None:
    """The first of them, and how many there are beside."""
    places = [f"n{number}.ipynb, cell 1: a password" for number in range(SHOWN + 3)]
    diagnosis = secret_in_notebook(places, True, tmp_path)
    assert diagnosis.code == SECRET_IN_NOTEBOOK
    lines = diagnosis.evidence.found.splitlines()
    assert len(lines) == SHOWN + 1
    assert lines[-1] == "and 3 or more others"
    assert "others" not in secret_in_notebook(places[:2], False, tmp_path).evidence.found
