"""The value of a variable whose name says that it is secret is nowhere in a report, whoever quotes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck.privacy import scrubber_for, scrubber_for_reader
from envcheck.secret_variables import secret_values

NAMES = (
    "DB_PASSWORD", "PGPASSWORD", "MYSQL_PWD", "GITHUB_TOKEN", "AWS_SECRET_ACCESS_KEY", "OPENAI_API_KEY", "MY_AUTH",
    "SERVICE_CREDENTIALS", "KEY2", "db_pass",
)  # fmt: skip
VALUES = st.from_regex(r"[a-z]{4,20}[0-9]{4,8}", fullmatch=True)


@given(
    st.sampled_from(NAMES), VALUES, st.sampled_from(["{}", "no {} here", "x{}y", "'{}'", "k.{}"])
)
def test_it_is_taken_out_wherever_it_stands(name: str, value: str, says: str) -> None:
    for scrubber in (
        scrubber_for({name: value}),
        scrubber_for_reader({name: value}, terminal=True),
        scrubber_for({name: value}).hiding(["another"]),
    ):
        assert value not in scrubber.text(says.format(value))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PWD", "/home/ann/ml-2026"),
        ("TOKENIZERS_PARALLELISM", "true-or-false"),
        ("JUPYTER_TOKEN_FILE", "/run/secrets/token1"),
        ("SSH_AUTH_SOCK", "/tmp/ssh-1234/agent"),
        ("KEY", "C:\\keys\\key1.pem"),
        ("SECRET_KEY", "notebook"),
        ("API_KEY", "none"),
        ("PATH", "/usr/bin:/bin"),
    ],
)
def test_a_place_a_word_and_what_is_no_secret_stay(name: str, value: str) -> None:
    assert secret_values({name: value}) == ()


def test_the_longest_goes_first() -> None:
    assert secret_values({"A_KEY": "hunter22", "B_KEY": "hunter22-more"}) == (
        "hunter22-more",
        "hunter22",
    )
