"""How our pages are made from their templates: everything in them that comes from a report is
escaped and steers nothing, and the page may load nothing.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from envcheck.printable import clean

if TYPE_CHECKING:
    import jinja2


def render(package: str, name: str, styles: tuple[str, ...], content: dict[str, Any]) -> str:
    """The page from the template in `package`, with these style sheets, each a package and a file,
    written into it; `seal` is what its policy allows.
    """
    from markupsafe import Markup

    style = "".join(_file(*sheet.split("/")) for sheet in styles)
    seal = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _template(package, name).render(style=Markup(style), seal=seal, **content) + "\n"


@cache
def _template(package: str, name: str) -> jinja2.Template:
    return engine().from_string(_file(package, name))


def engine(loader: jinja2.BaseLoader | None = None) -> jinja2.Environment:
    """jinja's, which escapes everything and shows no character that steers."""
    import jinja2

    made = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, finalize=_inert, loader=loader
    )
    made.filters["ticks"] = _ticked
    made.undefined = jinja2.StrictUndefined
    return made


def _file(package: str, name: str) -> str:
    return (resources.files(package) / name).read_text("utf-8")


def _inert(value: object) -> object:
    """Everything that the template shows goes through this: characters that steer are taken out,
    then jinja escapes.
    """
    return clean(value) if type(value) is str else value


def _ticked(text: str) -> str:
    """What stands between backticks as code; everything is escaped."""
    from markupsafe import Markup, escape

    pieces = re.split(r"`([^`\n]+)`", clean(text))
    marked = [
        Markup("<code>{}</code>").format(piece) if number % 2 else escape(piece)
        for number, piece in enumerate(pieces)
    ]
    return Markup("").join(marked)
