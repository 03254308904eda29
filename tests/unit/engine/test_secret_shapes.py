"""Secrets in every dress are found, and looking for them takes no longer than the text is long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck.privacy import Scrubber
from envcheck.secret_shapes import ALL, without_secrets

KNOWN = [
    "http://ann:s3'cr3t@proxy:8080/",
    'http://ann:s3"cr3t@proxy',
    "http://ann:s3/cr3t@proxy:8080/simple",
    "https://ann:my s3cr3t word@proxy.example.org",
    "ann:s3cr3t@proxy.example.org:3128",
    "http_proxy=ann:s3cr3t@10.0.0.1:3128",
    "AWS_SECRET_ACCESS_KEY=s3cr3t/abc+def",
    "AZURE_STORAGE_ACCOUNT_KEY: s3cr3t",
    "DB_PASS=s3cr3t",
    "Authorization: token s3cr3t",
    "'Authorization': 'Basic s3cr3t'",
    "Proxy-Authorization: s3cr3t",
    "--password s3cr3t",
    "mysql --db-password 's3cr3t more'",
    "token=b's3cr3t'",
    'password: "s3cr3t, with a comma"',
    "{'c.ServerApp.token': b\"s3cr3t\"}",
    "-----BEGIN RSA PRIVATE KEY-----\ns3cr3t\nabc=\n-----END RSA PRIVATE KEY-----",
]
SHAPED = [
    "ghp_" + "a1B2" * 9, "github_pat_" + "a1_B2" * 8, "glpat-" + "a1-B2" * 4, "sk-" + "proj-a1B2" * 5, "sk_live_" + "a1B2" * 6,
    "xoxb-123456789012-abcdefABCDEF", "AKIA" + "A1B2" * 4, "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-DEF_123", "hf_" + "aBcD" * 9,
    "pypi-AgEIcHlwaS5vcmc" + "a1B2" * 10, "npm_" + "a1B2" * 9, "AIza" + "a1B2c" * 7, "SG." + "a1B2" * 5 + "." + "a1B2" * 10,
    "dop_v1_" + "a1b2" * 16, "dapi" + "a1b2" * 8, "ya29." + "a1B2" * 8, "dckr_pat_" + "a1B2" * 7, "hvs." + "a1B2" * 8,
]  # fmt: skip


@pytest.mark.parametrize("text", KNOWN)
@pytest.mark.parametrize("around", ["{}", "before {} after", "x\n{}\ny", "({})"])
def test_behind_a_name_or_in_an_address(text: str, around: str) -> None:
    """Whatever characters are in it, and whatever stands around."""
    said = without_secrets(around.format(text))
    for word in ("s3cr3t", "cr3t", "s3'", "comma", "more", "word@"):
        assert word not in said, said


@pytest.mark.parametrize("token", SHAPED)
def test_by_its_own_shape(token: str) -> None:
    """Nothing before it says what it is."""
    for around in ("{}", "sent {}, refused", "'{}'", "x/{}/y", "a={}"):
        assert token not in without_secrets(around.format(token))


@pytest.mark.parametrize(
    "text",
    [
        "tokenizer = x and 512 tokens",
        "https://unpkg.com/@jupyterlab/x@1.0",
        "http://localhost:8888/lab/tree/a@b",
        "python:3.12@sha256:abcdef",
        "JUPYTER_TOKEN_FILE=/srv/file",
        "git+https://github.com/a/b@main",
        "task-runner of disk-space, risk-averse",
        "see http://example.org: write to ann@example.org",
        "-m pip install 'numpy>=1.17' pass-through",
    ],
)
def test_what_only_looks_like_one(text: str) -> None:
    """It is shown as it is."""
    assert without_secrets(text) == text


def test_a_host_and_a_home_in_other_spellings() -> None:
    """The full name of a machine, its short one with a domain, and a home inside an address."""
    scrubber = Scrubber("/home/ann", "ann", "lab3.uni.example")
    for text in ("on lab3.uni.example.", "ssh://ann@lab3.uni.example/x", "//lab3/share", "/mnt/lab3.local/x"):  # fmt: skip
        assert "lab3" not in scrubber.text(text), text
    assert scrubber.text("/?next=%2Fhome%2Fann%2Fml") == "/?next=~%2Fml"
    assert scrubber.text("p=%2fhome%2fann") == "p=~"
    assert "ann" not in scrubber.text("root=%2Fmnt%2Fann%2Fx")
    assert scrubber.text("the label3.uni.examples") == "the label3.uni.examples"


@given(st.text(st.sampled_from("ab:/@='\"\n -._%tokenpassword"), max_size=60))
def test_once_is_enough(text: str) -> None:
    """What was taken out is taken out: a second look finds no more in it."""
    once = without_secrets(text)
    assert without_secrets(once).count("s3cr3t") == once.count("s3cr3t")


def repeats(parsed: Any, last: bool = True) -> Iterator[tuple[int, bool]]:
    """The upper bound of each repeat in an expression, and whether nothing comes after it."""
    rows = list(parsed)
    for number, (kind, value) in enumerate(rows):
        at_end = last and number == len(rows) - 1
        name = str(kind)
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            yield int(value[1]), at_end
            yield from repeats(value[2], at_end)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from repeats(branch, at_end)
        elif name == "SUBPATTERN":
            yield from repeats(value[3], at_end)


@pytest.mark.parametrize("pattern", ALL, ids=lambda pattern: pattern.pattern[:30])
def test_no_text_takes_longer_than_its_length(pattern: re.Pattern[str]) -> None:
    """A bound for the steps at each place: what may repeat without end is the last thing that is
    looked for, and so consumed; all else has a bound of its own.
    """
    from re import _parser  # type: ignore[attr-defined]  # the expression as the module reads it

    found = list(repeats(_parser.parse(pattern.pattern, pattern.flags)))
    without_end = [at_end for most, at_end in found if most >= int(_parser.MAXREPEAT)]
    assert all(without_end)
    assert max([most for most, _ in found if most < int(_parser.MAXREPEAT)], default=0) <= 8000


@pytest.mark.parametrize(
    "text", ["a" * 60_000, "a." * 30_000, "://" * 20_000, "token=" * 10_000, "a:" * 30_000]
)
def test_long_texts_come_to_an_end(text: str) -> None:
    """A display name of sixty thousand letters took forty seconds."""
    assert len(Scrubber("/home/ann", "ann", "box").text(text)) <= len(text) * 2
