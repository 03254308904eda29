"""A chapter asks for tools of the bundled tracks, and for links."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck.course_file.reading import read
from envcheck.environment import Options
from envcheck.errors import UsageProblem
from envcheck.run import plan
from envcheck_checks.course_file.course import course
from envcheck_checks.courses.ml_for_software_engineers import COURSE


def planned(folder: Path, text: str, *, offline: bool = False) -> tuple[plan.Planned, ...]:
    (folder / "envcheck.toml").write_text(f'course = "a"\n[chapter.w]\n{text}')
    made = course(read(folder / "envcheck.toml"), COURSE)
    return plan.make(made, plan.Selection(("w",)), Options(offline=offline))


def test_tools_are_those_of_the_tracks(tmp_path: Path) -> None:
    """With what they need, which is the chapter's own Python."""
    rows = planned(tmp_path, 'tools = ["duckdb", "docker", "mlflow-serving", "duckdb"]\n')
    ids = [row.id for row in rows]
    assert ids == ["w.python", "w.duckdb", "w.docker", "w.mlflow", "w.mlflow-serving"]
    needs = {row.id: [need.id for need in row.check.needs] for row in rows}
    assert (needs["w.duckdb"], needs["w.mlflow-serving"]) == (["python"], ["mlflow"])
    assert all(need.scope == "w" for row in rows for need in row.check.needs)  # fmt: skip


def test_a_tool_of_no_track(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match=r"toml:3:10: chapter.w.tools: there is no tool `duckbd`; the nearest is `duckdb`"):  # fmt: skip
        planned(tmp_path, 'tools = ["duckbd"]\n')


def test_links_and_far_services_are_left_out_offline(tmp_path: Path) -> None:
    text = (
        'links = ["https://example.org/a.csv", "https://example.org/b.csv"]\n'
        'services = { db = 5432, far = "db.example.org:5432" }\n'
    )
    rows = planned(tmp_path, text, offline=True)
    left_out = [row.id for row in rows if row.left_out == "not asked: --offline"]
    assert left_out == ["w.service.far", "w.link.example.org", "w.link.example.org-2"]
    assert {"w.service.db"} <= {row.id for row in rows if not row.left_out}
