"""What is printed for words that need more than quotes; test_shells reads them by real shells."""

from __future__ import annotations

import pytest

from envcheck.target.posix_words import evaluated, quoted, seen


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("plain", "plain"),
        ("a b", "'a b'"),
        ("~/a b", "~/'a b'"),
        ("--prefix=~/ml", '--prefix="$HOME"/ml'),
        ("a\nb", "\"$(printf 'a\\012b')\""),
        ("-n\n%'", "\"$(printf '\\055n\\012%%\\047')\""),
    ],
)
def test_a_word_is_one_line(word: str, line: str) -> None:
    assert quoted(word) == line


def test_a_line_feed_at_the_end_is_kept_by_the_quote_behind_it() -> None:
    assert evaluated(f"cd {seen('~/ml') + seen(chr(10))}") == (
        "eval \"$(printf 'cd ~/ml\\047\\012\\047')\""
    )
