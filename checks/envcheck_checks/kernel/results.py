"""What a page shows of a cell's result: a picture of whichever kind the learner has chosen, a table
in HTML or in text.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

# What browsers draw, and how each begins: IPython's `InlineBackend.figure_formats`.
DRAWN = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
}
SMALLEST = 1000  # characters: less is no drawing


def is_picture(bundle: Mapping[str, Any]) -> bool:
    """Whether one of its kinds is a drawing."""
    svg = bundle.get("image/svg+xml", "")
    if isinstance(svg, str) and "<svg" in svg and len(svg) > SMALLEST:
        return True
    return any(_begins(bundle.get(kind, ""), begin) for kind, begin in DRAWN.items())


def has_row(bundle: Mapping[str, Any], *values: str) -> bool:
    """Whether a table has a row of these values, by themselves in HTML or one after the other in
    text, as pandas writes it with `display.notebook_repr_html` off.
    """
    html, text = bundle.get("text/html", ""), bundle.get("text/plain", "")
    cells = all(f">{value}</t" in str(html) for value in values)
    return cells or [*values] in [line.split() for line in str(text).splitlines()]


def _begins(picture: object, begin: bytes) -> bool:
    if not isinstance(picture, str) or len(picture) <= SMALLEST:
        return False
    try:
        return base64.b64decode(picture).startswith(begin)
    except (binascii.Error, ValueError):
        return False
