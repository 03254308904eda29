"""This computer's clock, as the reason why a certificate is not valid yet, or no more: the one rule for
all who meet such a certificate.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from email.utils import parsedate_to_datetime

from envcheck import Diagnosis, warn
from envcheck.fixes.advice import tell
from envcheck.sentences import number_of
from envcheck_checks.index.config_files import address
from envcheck_checks.index.facts import Asked, Trouble
from envcheck_checks.network.codes import CLOCK_WRONG
from envcheck_checks.network.session import Bounds, session_through

DAY = 86_400.0
NOT_YET, NO_MORE = 9, 10  # OpenSSL: not valid yet, and no more


def is_out_of_time(asked: Asked) -> bool:
    """Whether its certificate is trusted but for its days."""
    return asked.trouble is Trouble.CERTIFICATE and asked.verify_code in (NOT_YET, NO_MORE)


def wrong(asked: Asked, others: Sequence[Asked], offsets: Sequence[float]) -> Diagnosis | None:
    """`asked` is out of time, and the clock is why: known by the dates of answers (`offsets`, as
    `ahead_of` has them); where there are none, by what cannot be otherwise: a certificate of tomorrow,
    or all `others` out of time too.
    """
    off = next((offset for offset in offsets if abs(offset) > DAY), None)
    alike = bool(others) and all(map(is_out_of_time, others))
    if off is None and (offsets or not (asked.verify_code == NOT_YET or alike)):
        return None
    words = (
        f"this computer's clock is {number_of(round(abs(off) / DAY), 'day')} {'ahead' if off > 0 else 'behind'}"
        if off
        else asked.detail
    )
    return warn(
        CLOCK_WRONG,
        "this computer's clock shows another day: no secure site can be trusted by it",
        tell(
            "set the clock",
            "In this system's settings, set date and time, best by `set automatically`, and run envcheck again.",
        ),
        found=words,
        wanted="the date of today",
        looked_in="the dates of certificates and of answers",
    )


def ahead_of(date: str) -> float | None:
    """By how many seconds this machine's clock is ahead of the one that wrote the date."""
    try:
        return time.time() - parsedate_to_datetime(date).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None


def ahead_of_index(asked: Asked, bounds: Bounds) -> float | None:
    """By the date of an answer of that index's server: its certificate is not looked at, and it is
    told no name, no password and no path.
    """
    import urllib3

    where = address(asked.index.value)
    host = where.netloc.rpartition("@")[2]
    urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    with suppress(OSError, ValueError), session_through(asked.proxy, where.scheme) as session:
        session.verify = False
        limits = (bounds.connect, bounds.read)
        answer = session.head(f"{where.scheme}://{host}/", timeout=limits, allow_redirects=False)
        return ahead_of(answer.headers.get("Date", ""))
    return None
