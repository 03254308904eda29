"""What the names of folders say of an environment."""

from __future__ import annotations

from pathlib import Path

from envcheck.target import conda
from envcheck.target.conda_packages import distributions


def test_another_build_is_enough(tmp_path: Path) -> None:
    for name in ("psycopg2-2.9.9", "numpy-2.0"):
        (tmp_path / "lib/python3.12/site-packages" / f"{name}.dist-info").mkdir(parents=True)
    assert distributions(tmp_path) == {"psycopg2": "2.9.9", "numpy": "2.0"}
    assert conda.has_all(tmp_path, ["psycopg2-binary>=2", "NumPy[all]>=1"])
    assert not conda.has_all(tmp_path, ["numpy", "scipy"])
