"""Helm: absent, and what it fills in counted."""

from __future__ import annotations

from envcheck.testing import described, fails
from envcheck_checks.tools.framework.codes import PROGRAM_MISSING
from envcheck_checks.tools.kubernetes.helm import helm, squares


def test_it_is_not_installed() -> None:
    """No `helm` on the PATH: the command and its size are named."""
    diagnosis = fails(helm(), described(variables={"PATH": ""}), PROGRAM_MISSING)
    assert "there is no command `helm`" in diagnosis.summary


def test_our_objects_are_counted_by_their_numbers() -> None:
    """Helm's own objects have no square."""
    text = 'kind: ConfigMap\ndata:\n  square: "4"\n---\nkind: Service\n---\ndata:\n  square: "9"\n'
    assert squares(text) == (2, 13)
    assert squares("kind: Service\n") == (0, 0)
