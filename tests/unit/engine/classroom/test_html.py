"""The class as a page: nothing in it is anybody's code."""

from __future__ import annotations

import html.parser
import json
from typing import Any

import pytest
from tests.unit.engine.classroom.class_reports import NOW, cause, document, file
from tests.unit.engine.classroom.test_text import CATALOGUE, a_class

from envcheck.classroom.html import render
from envcheck.classroom.overview import Asked, overview

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'`</style></title>{{ 7*7 }}&#x3c;javascript:"
ALLOWED = {"href", "id", "class", "lang", "charset", "content", "name", "http-equiv"}


class Tags(html.parser.HTMLParser):
    """Every element and attribute of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


def everywhere(value: Any) -> Any:
    """The report with the same evil words in every text that is free."""
    if isinstance(value, dict):
        fixed = ("schema", "started", "verdict", "severity", "status", "chapters")
        return {k: v if k in fixed else everywhere(v) for k, v in value.items()}
    if isinstance(value, list):
        return [everywhere(one) for one in value]
    return EVIL if isinstance(value, str) else value


@pytest.mark.parametrize("projector", [False, True])
def test_markup_in_every_field_stays_text(projector: bool) -> None:
    report = everywhere(document("not-ready", [cause(), cause("disk-low", "warning")]))
    report["alias"] = EVIL
    files = [file("1", report), file("2", {**report, "started": "2026-11-27T10:00:00Z"})]
    files.append(file(f"{EVIL}.txt", b"x"))
    text = render(overview(files, None, Asked(), NOW), CATALOGUE, projector=projector)
    tags = Tags(text)
    assert not {"script", "img", "iframe", "object", "form"} & {*tags.tags}
    assert not [name for name in tags.attributes if name.startswith("on")]
    assert all(link.startswith("#") for link in tags.links)
    assert "49" not in text.replace(json.dumps(report), "")


def test_everybody_has_a_page_and_every_link_leads_somewhere() -> None:
    text = render(a_class(), CATALOGUE, projector=False)
    targets = {link.removeprefix("#") for link in Tags(text).links}
    assert targets
    assert all(f'id="{target}"' in text for target in targets)
    assert "Anna Müller" in text
    assert "It names learners" in text


def test_a_part_that_works_is_nowhere_called_ready() -> None:
    """Nor among somebody's older reports."""
    part = document(complete=False, alias="a", started="2026-11-27T10:00:00Z")
    files = [file("1", document("not-ready", [cause()], alias="a")), file("2", part)]
    text = render(overview(files, None, Asked(), NOW), CATALOGUE, projector=False)
    assert "2026-11-27 10:00:00 UTC: partial, receipt" in text


def test_a_projector_shows_counts_alone() -> None:
    text = render(a_class(), CATALOGUE, projector=True)
    assert 'class="projector"' in text
    for name in ("Anna", "Ben", "owl", "notes.txt"):
        assert name not in text


def test_its_policy_allows_its_own_style_and_nothing_else() -> None:
    text = render(a_class(), CATALOGUE, projector=False)
    assert "default-src 'none'; style-src 'sha256-" in text
