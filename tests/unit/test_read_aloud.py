"""What the property of all diagnoses refuses, and what it lets pass."""

from __future__ import annotations

import pytest
from tests.read_aloud import Saying, complaints


@pytest.mark.parametrize(
    ("side", "title", "step", "wrong"),
    [
        ("status 400 Bad Request:", "", ("", ""), "where the reason should begin"),
        ("bad file /tmp/envcheck-c263dd21456f7cf3/matplotlib/rc", "", ("", ""), "folder of ours"),
        ("leads to ::", "", ("", ""), ""),
        ("PYTHONPATH=/opt/robot:", "", ("", ""), ""),
        ("", "raise it", ("Type this: ulimit -n 1024. Then go on.", ""), "inside a sentence"),
        ("", "raise it", ("Type `sudo chown me x`, and the same for y.", ""), "inside a sentence"),
        ("", "raise it", ("Type this: ulimit -n 1024", "ulimit -n 1024"), ""),
        ("", "raise it", ("Type this: ulimit", "ulimit -n 1024"), "not in its own sentence"),
        ("", "show it", ("Show it.", ""), "twice"),
    ],
)
def test_what_is_refused(side: str, title: str, step: tuple[str, str], wrong: str) -> None:
    said = "\n".join(complaints(Saying("a-code", (side,), ((title, (step,)),))))
    assert wrong in said if wrong else not said
