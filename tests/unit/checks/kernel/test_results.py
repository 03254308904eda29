"""What a page shows is a result, of whichever kind the learner's settings make it."""

from __future__ import annotations

import base64

import pytest

from envcheck_checks.kernel.results import has_row, is_picture

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"
SVG = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">' + "<path/>" * 200 + "</svg>"
HTML = "<table><tr><th>3</th>\n<td>3</td>\n<td>9</td></tr></table>"
TEXT = "   n  square\n0  0       0\n..       ...\n3  3       9\n\n[4 rows x 2 columns]"


def drawn(begin: bytes, size: int = 2000) -> str:
    return base64.b64encode(begin + bytes(size)).decode()


@pytest.mark.parametrize(
    ("bundle", "shown"),
    [
        ({"image/png": drawn(PNG), "text/plain": "<Figure>"}, True),
        ({"image/png": drawn(PNG), "image/svg+xml": SVG}, True),  # both, as some ask for
        ({"image/jpeg": drawn(JPEG)}, True),
        ({"image/svg+xml": SVG}, True),
        ({"image/png": drawn(JPEG)}, False),
        ({"image/png": drawn(PNG, 100)}, False),
        ({"image/png": "no base64!" * 200}, False),
        ({"image/png": None}, False),
        ({"image/svg+xml": "<svg></svg>"}, False),
        ({"text/plain": "<Figure size 640x480 with 1 Axes>"}, False),
        ({"application/pdf": drawn(b"%PDF-1.4")}, False),
        ({}, False),
    ],
)
def test_a_picture(bundle: dict[str, object], shown: bool) -> None:
    assert is_picture(bundle) is shown


@pytest.mark.parametrize(
    ("bundle", "shown"),
    [
        ({"text/html": HTML, "text/plain": TEXT}, True),
        ({"text/plain": TEXT}, True),
        ({"text/plain": "   n  square\n3  3       8"}, False),
        ({"text/html": "<table><td>3</td></table>"}, False),
        ({"text/plain": "<DataFrame at 0x339>"}, False),
        ({}, False),
    ],
)
def test_a_table(bundle: dict[str, object], shown: bool) -> None:
    assert has_row(bundle, "3", "3", "9") is shown
