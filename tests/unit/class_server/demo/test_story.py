from __future__ import annotations

import json

import jsonschema
import pytest
from tests.unit.class_server.checked.test_contract import SCHEMA

from envcheck_checks.courses.ml_for_software_engineers import COURSE
from envcheck_class.checked.arriving import Checked, check
from envcheck_class.demo import learners, story

pytestmark = pytest.mark.slow

CHAPTER = COURSE.chapters[-1]


def test_every_report_is_one() -> None:
    for sent in story.tell(COURSE, CHAPTER):
        jsonschema.validate(sent.document, SCHEMA)
        found = check(json.dumps(sent.document).encode(), CHAPTER.id)
        assert isinstance(found, Checked), found
        assert found.alias == sent.alias


def test_there_is_some_of_everything_in_ten_seconds() -> None:
    told = story.tell(COURSE, CHAPTER)
    assert [one.at for one in told] == sorted(one.at for one in told)
    early = [one for one in told if one.at < 10]
    assert {one.document["verdict"] for one in early} == {"ready", "not-ready"}
    assert len({one.alias for one in told}) == 60 - story.SILENT
    assert len({one.document["target"]["os"]["name"] for one in early}) == 3


def test_everybody_is_in_the_roster() -> None:
    roster, names = learners.roster(), learners.aliases()
    assert len(roster) == len({*names}) == 60
    assert all({alias} == learner.ids for alias, learner in zip(names, roster, strict=True))
