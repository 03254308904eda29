from __future__ import annotations

import dataclasses

from tests.unit.engine.classroom.class_reports import NOW, document, handed

from envcheck.classroom.counted import how_many, uncounted
from envcheck.classroom.overview import Asked, Overview, overview
from envcheck.classroom.sources import File


def seen(*numbers: int) -> Overview:
    reports = [
        dataclasses.replace(handed(document(alias="fox", seconds=number)), machine=number)
        for number in numbers
    ]
    return overview([File((), report) for report in reports], None, Asked("chapter2"), NOW)


def test_what_is_shown_and_not_counted() -> None:
    for numbers, sentence, among in (
        ((1,), "", "1"),
        ((1, 2), "1 more machine sends under an alias that has one", "1, and 1 more machine"),
        ((1, 2, 5), "2 more machines send under aliases that have one", "1, and 2 more machines"),
    ):
        class_ = seen(*numbers)
        assert uncounted(class_) == (f"{sentence}: shown, and not counted." if sentence else "")
        assert how_many(class_.people) == among
    assert how_many(()) == "0"
