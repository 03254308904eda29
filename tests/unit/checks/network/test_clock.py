"""By how much this machine's clock is off, told by the server whose certificate is out of time."""

from __future__ import annotations

import ssl
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from tests.stories.network_servers import Dated, make_authority, serve, shown_by

from envcheck_checks.index.config_files import Setting
from envcheck_checks.index.facts import Asked, Trouble
from envcheck_checks.network.clock import ahead_of, ahead_of_index, is_out_of_time, wrong
from envcheck_checks.network.session import Bounds

BOUNDS = Bounds(10, 10, 20)
DAY = 86_400.0


def asked(
    code: int, trouble: Trouble = Trouble.CERTIFICATE, index: str = "https://a.example"
) -> Asked:
    return Asked(Setting(index), trouble, verify_code=code, detail="it is out of time")


def test_the_date_comes_past_the_certificate_and_no_secret_goes_out(tmp_path: Path) -> None:
    make_authority(tmp_path)
    tls: ssl.SSLContext = shown_by(tmp_path)
    seen: list[tuple[str, str | None]] = []
    with ExitStack() as until:
        port = serve(until, partial(Dated, 30), seen, tls)
        index = f"https://ada:secret@127.0.0.1:{port}/secret/simple"
        ahead = ahead_of_index(asked(10, index=index), BOUNDS)
    assert ahead is not None and abs(ahead - 30 * DAY) < 60
    assert seen == [("/", None)]
    assert ahead_of_index(asked(10, index=index), BOUNDS) is None  # nobody is there any more


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 99 Foo 20000 00:00:00 GMT"])
def test_a_date_that_is_none(date: str) -> None:
    assert ahead_of(date) is None


@pytest.mark.parametrize(
    ("code", "others", "offsets", "is_it"),
    [
        (9, (), (), True),
        (10, (), (), False),
        (10, (asked(9),), (), True),
        (10, (asked(20),), (), False),
        (10, (asked(10, Trouble.NONE),), (), False),
        (9, (), (5.0,), False),
        (10, (), (2 * DAY,), True),
    ],
)
def test_when_the_clock_is_why(
    code: int, others: tuple[Asked, ...], offsets: tuple[float, ...], is_it: bool
) -> None:
    assert is_out_of_time(asked(code))
    assert (wrong(asked(code), others, offsets) is not None) is is_it
