"""What a rehearsal says on a terminal, whole."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.engine.rehearsal.matrices import ALL_READY, MIXED, UNTOLD

from envcheck.rehearsal.text import render

WIDE = """\
Tables and plots, rehearsed as of today: installed with pip

          Python 3.11.7   Python 3.13.0
  week1   ok    kept      FAIL
  week2   FAIL  6 s       FAIL

FAIL  Python 3.11.7, week2: seaborn is missing
      wanted     seaborn>=0.11
      why: envcheck explain packages-missing

FAIL  Python 3.13.0, every chapter: nothing on the index fits numpy==1.21.2
      typed      .venv/bin/python -m pip install -r requirements.txt
      said       ERROR: No matching distribution found for numpy==1.21.2

Not ready on Python 3.11.7 and 3.13.0: 1 of 4 cells ready, 63 s.
"""
NARROW = """\
  ok     3.11.7   week1   4 s
  ????   3.13.0   week1

????  Python 3.13.0, week1: the
      package index did not answer

1 cell could not be told: 1 of 2 cells
ready, 63 s.
"""


def test_causes_once_for_a_python() -> None:
    assert render(MIXED, 80) == WIDE


def test_a_list_where_the_table_does_not_fit() -> None:
    assert "  week1   ok    4 s" in render(UNTOLD, 40)
    assert render(UNTOLD, 38).endswith(NARROW)


def test_all_ready() -> None:
    assert render(ALL_READY).endswith("\n\nReady on Python 3.11.7 and 3.13.0: 4 cells, 63 s.\n")


def test_where_nothing_is_for_this_system() -> None:
    first = render(replace(MIXED, way=""), 80).partition("\n")[0]
    assert first == "Tables and plots, rehearsed as of today: nothing installed"
