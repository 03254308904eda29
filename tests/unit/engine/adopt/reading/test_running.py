"""The files that lines of a cell run."""

from __future__ import annotations

import pytest

from envcheck.adopt.reading.cells import read
from envcheck.adopt.reading.running import files


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("%run a.py", ["a.py"]),
        ("%run -i -t ../b", ["../b.py"]),
        ("%run 'my file.py' x", ["my file.py"]),
        ("%run c.ipynb", ["c.ipynb"]),
        ("run d.py", ["d.py"]),
        ("!python3.11 -u e.py && python f.py", ["e.py", "f.py"]),
        ("!torchrun g.py --x h.py", ["g.py"]),
        ("!./.venv/bin/python i.py", ["i.py"]),
        ("%%bash\ncd x\npython j.py", ["j.py"]),
        ("!python -m pip install k.py", []),
        ("!black l.py; ls m.py", []),
        ("%running n.py", []),
    ],
)
def test_what_runs(cell: str, names: list[str]) -> None:
    assert [*files(read(cell).lines)] == names
