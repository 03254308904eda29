"""No report says of a Python that it gave no answer where nobody asked it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.engine.reports import examples

from envcheck.reports import examined, html, markdown, text
from envcheck.run.result import TargetSummary

PLACE, RULE = "~/ml/.venv/bin/python", "the active environment"


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (
            examples.TARGET,
            "Python 3.12.4 at ~/ml/.venv/bin/python (the active virtual environment)",
        ),
        (TargetSummary(PLACE, RULE, False), f"The Python at {PLACE} does not answer ({RULE})"),
        (TargetSummary(PLACE, RULE, None), f"The Python at {PLACE} was not examined ({RULE})"),
        (TargetSummary(None, "nothing was found", None), "No Python to examine: nothing was found"),
    ],
)
def test_what_is_known_of_it(target: TargetSummary, said: str) -> None:
    """In every format, and nothing else."""
    report = replace(examples.report(*examples.FINE), target=target)
    assert examined.target(report) == said
    pages = [" ".join(draw(report).split()) for draw in (text.render, markdown.render, html.render)]
    assert [("does not answer" in page) for page in pages] == [target.answered is False] * 3
