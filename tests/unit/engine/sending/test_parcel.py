"""Nothing private leaves, whatever a check puts into its outcome: every string of a report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engine.sending.conftest import report
from tests.unit.engine.sending.strict_server import CODE

from envcheck import Diagnosis, Evidence, Fix, Rename, Run, SetEnv, Tell, Write
from envcheck.errors import UsageProblem
from envcheck.model import Status
from envcheck.privacy import Scrubber
from envcheck.reports import json as as_json
from envcheck.run.again import Again
from envcheck.run.alias import Alias
from envcheck.run.report import Report
from envcheck.run.result import CheckResult, TargetSummary
from envcheck.run.scrub import scrubbed
from envcheck.sending.link import Place
from envcheck.sending.parcel import parcel

ANN = Scrubber("/home/ann", "ann", "annsbox", secrets=(CODE,))
PLACE = Place("https://class.example.org", CODE)
PRIVATE = ("/home/ann", "hunter2", "@annsbox", "/ann/", "ghp_" + "a1" * 18, CODE, CODE.lower())
TEXT = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "/home/ann", "/home/ann/ml", "file:///home/ann/x", "https://ann:hunter2@example.org/simple",
                "root@annsbox", "/mnt/ann/x", "PASSWORD=hunter2", "--token hunter2", PRIVATE[4], CODE, CODE.lower(),
                "~", "***", "'", '"', "\\", " ", "\n", "=", ":", "-I", "$HOME", "%USERPROFILE%", "\u202e", "é",
            ]
        ),
        st.text(max_size=6),
    ),
    max_size=6,
).map("".join)  # fmt: skip
STEP = st.one_of(
    st.lists(TEXT, min_size=1, max_size=4).map(lambda words: Run(tuple(words))),
    st.builds(SetEnv, st.just("A"), TEXT),
    st.builds(Rename, TEXT, TEXT),
    st.builds(Write, TEXT, TEXT),
    st.builds(Tell, TEXT),
)
FIX = st.builds(Fix, TEXT, st.lists(STEP, max_size=3).map(tuple))
DIAGNOSIS = st.builds(
    lambda summary, evidence, fix, note: Diagnosis(
        "a-code", summary, evidence=evidence, fixes=(fix,), note=note
    ),
    TEXT,
    st.builds(Evidence, TEXT, TEXT, TEXT),
    FIX,
    TEXT,
)


def made(diagnosis: Diagnosis, text: str) -> Report:
    """A report of one check that puts the text wherever a check or a machine can."""
    result = CheckResult(
        "c.a", text or "a", Status.FAIL, 0.1, text, diagnoses=(diagnosis,), skip_reason=text
    )
    target = TargetSummary(text, text, None, os={"name": text, "version": text}, prefix=text)
    return Report(
        "2026-11-28T10:00:00Z", 1.0, "c", text, "1", ("chapter2",), target, (result,),
        again=Again(), alias=Alias("ann"), broken=(text,),
    )  # fmt: skip


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


@given(DIAGNOSIS, TEXT)
def test_no_string_of_a_report_that_leaves_is_private(diagnosis: Diagnosis, text: str) -> None:
    """Either it stays here, or each string is one that scrubbing would leave as it is, and none of
    what is private stands in it.
    """
    body = as_json.render(scrubbed(made(diagnosis, text), ANN)).encode()
    try:
        what = parcel(PLACE, "the report", body, ANN)
    except UsageProblem:
        return
    document = json.loads(what.body)
    assert document.pop("alias") == "ann"
    for one in strings(document):
        assert ANN.text(one) == one
        assert CODE not in one.upper()
        assert not re.search(r"(?<![\w.~-])/home/ann(?![\w.-])|(?<![A-Za-z0-9_])ghp_(a1){18}", one)


@given(TEXT)
def test_what_a_check_says_is_sent_and_not_held_back(text: str) -> None:
    """A report of plain texts always leaves: nothing private is left that would hold it back."""
    plain = Diagnosis("a-code", text, evidence=Evidence(text, text, text))
    body = as_json.render(scrubbed(made(plain, text), ANN)).encode()
    assert parcel(PLACE, "the report", body, ANN).body == body


@pytest.mark.parametrize(
    "text", ["/home/ann/x", "https://ann:hunter2@example.org", f"https://a.org/{CODE.lower()}"]
)
@pytest.mark.parametrize("where", ["summary", "title"])
def test_a_file_with_something_private_stays(text: str, where: str) -> None:
    document = json.loads(report())
    document["checks"][0][where] = text
    with pytest.raises(UsageProblem, match="stays here"):
        parcel(PLACE, "it", json.dumps(document).encode(), ANN)
    with pytest.raises(UsageProblem, match="stays here"):
        parcel(PLACE, "it", report(more={text: 1}), ANN)


def test_every_byte_can_be_seen(tmp_path: Path) -> None:
    """What steers a terminal is shown as a code."""
    body = report(more="\u202e\x1b[2J é").replace(b"\\u00e9", "é".encode())
    shown = parcel(PLACE, "it", body, ANN).as_text()
    assert "é" in shown and "\x1b" not in shown
    assert shown == body.decode()
