"""The long page of a check that a key of an `envcheck.toml` makes."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

WIDTH = 80


def page(
    title: str, about: str, matters: str, done: str, yourself: str, causes: Mapping[str, str]
) -> str:
    """The text of the page. `yourself` is a way to see it without envcheck; `causes` are the codes
    that the check gives, each with what it means in a line.
    """
    rows = "\n".join(_filled(f"- `{code}`: {meaning}", "  ") for code, meaning in causes.items())
    return f"""# {textwrap.shorten(title, 76, placeholder="...")}

## What it is

{_filled(about)}

## Why it matters

{_filled(matters)}

## What is done

{_filled(done)}

## See it yourself

{_filled(f"- {yourself}", "  ")}

## What can be wrong

{rows}

## The fix

Each cause has a fix of its own: `envcheck explain CODE` shows it.
"""


def _filled(text: str, rest: str = "") -> str:
    return textwrap.fill(
        text, WIDTH, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
