"""The links of a chapter: a check for each, which `--offline` leaves out."""

from __future__ import annotations

from envcheck_checks.course_file.links import links_answer

LINKS = (
    "https://data.example.org/a.csv",
    "https://data.example.org/b.csv",
    "http://192.0.2.7/",
    "https://data.example.org:8443/c",
)


def test_each_has_a_name_of_its_own() -> None:
    """After its site; of one site by their order, so that a waiver means one of them."""
    checks = [*links_answer(LINKS, "week1")]
    names = ["data.example.org", "data.example.org-2", "192.0.2.7", "data.example.org-3"]
    assert [check.id for check in checks] == [f"link.{name}" for name in names]
    assert {check.scope for check in checks} == {"week1"}
    assert all("network" in check.traits for check in checks)


def test_its_page_says_where_it_leads() -> None:
    for link, check in zip(LINKS, links_answer(LINKS, "week1"), strict=True):
        assert link in check.page
        assert "--offline" in check.page
