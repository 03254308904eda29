"""Where boxes and lines go: what is needed stands further left, nothing overlaps, and a circle does
no harm.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from envcheck.reports.layout import HEIGHT, WIDTH, draw

NAMES = "abcdefgh"


@st.composite
def needs(draw_one: st.DrawFn) -> dict[str, list[str]]:
    """Up to eight checks, each needing any of those before it."""
    count = draw_one(st.integers(1, len(NAMES)))
    return {
        name: draw_one(st.lists(st.sampled_from(NAMES[:number]), unique=True)) if number else []
        for number, name in enumerate(NAMES[:count])
    }


@given(needs())
def test_what_is_needed_stands_further_left(given_needs: Mapping[str, Sequence[str]]) -> None:
    """Every line goes from left to right, and every box is drawn once, inside the picture."""
    drawing = draw(given_needs)
    boxes = {box.name: box for box in drawing.boxes}
    assert len(boxes) == len(drawing.boxes) == len(given_needs)
    for need, name, points in drawing.lines:
        assert boxes[need].x + WIDTH <= boxes[name].x
        assert [x for x, _ in points] == sorted(x for x, _ in points)
    for box in drawing.boxes:
        assert 0 <= box.x <= drawing.width - WIDTH
        assert -0.001 <= box.y <= drawing.height - HEIGHT + 0.001


@given(needs())
def test_boxes_do_not_overlap(given_needs: Mapping[str, Sequence[str]]) -> None:
    """Those of one layer have their own rows."""
    boxes = draw(given_needs).boxes
    pairs = [(a, b) for a in boxes for b in boxes if a.name < b.name and a.x == b.x]
    assert all(abs(a.y - b.y) >= HEIGHT for a, b in pairs)


def test_a_need_of_a_need_has_no_line() -> None:
    """The picture says the same with fewer lines."""
    lines = draw({"a": [], "b": ["a"], "c": ["a", "b"]}).lines
    assert {(need, name) for need, name, _ in lines} == {("a", "b"), ("b", "c")}


def test_circles_and_unknown_names() -> None:
    """Names that nobody has are left out, and of a circle one line is."""
    drawing = draw({"a": ["b", "nobody"], "b": ["a"]})
    assert [(need, name) for need, name, _ in drawing.lines] == [("b", "a")]
    assert draw({}).boxes == ()
