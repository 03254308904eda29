"""What a page of the server's must hold so that it shows a notebook: an answer of 200 may be an
error in words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from envcheck.shape import ANY_OBJECT, read_object

CONFIG = re.compile(
    r"<script[^>]*\bid=[\"']jupyter-config-data[\"'][^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE
)
SCRIPT = re.compile(r"<script\b[^>]*?\ssrc=[\"']([^\"']+)[\"']", re.IGNORECASE)
TEXT = re.compile(r"<[^>]+>")
CLASSIC_SOCKETS = re.compile(r"\bdata-ws-url=[\"']([^\"']+)[\"']")
CLASSIC = "data-base-url"  # on the pages of Notebook 6 and of nbclassic

# Without these the page opens no notebook or runs no cell. JupyterLab and Notebook turn off what
# the page's own list names, a whole extension or one plugin of it.
CORE = {
    "@jupyterlab/application-extension": {"main", "shell", "router"},
    "@jupyterlab/apputils-extension": {"settings"},
    "@jupyterlab/codemirror-extension": {"services", "languages", "extensions"},
    "@jupyterlab/docmanager-extension": {"plugin", "manager"},
    "@jupyterlab/filebrowser-extension": {"factory", "default-file-browser"},
    "@jupyterlab/notebook-extension": {"tracker", "factory", "widget-factory"},
    "@jupyterlab/rendermime-extension": {"plugin"},
    "@jupyterlab/services-extension": {"service-manager", "kernel-manager", "contents-manager"},
    "@jupyter-notebook/application-extension": {"shell", "pages", "paths", "opener"},
    "@jupyter-notebook/tree-extension": {"widget"},
}
OF_NOTEBOOK = "@jupyter-notebook/"  # in JupyterLab they do nothing


@dataclass(frozen=True)
class Page:
    """What was read of a page: the scripts that it loads, and what it tells them. `sockets` is the
    address at which they look for kernels; empty where that is the page's own. `as_text` is with
    what JupyterLab opens a notebook, where that shows no cells; `cookies` came with it.
    """

    size: int
    scripts: tuple[str, ...]
    config: Mapping[str, Any] = field(default_factory=dict)
    sockets: str = ""
    as_text: str = ""
    cookies: tuple[str, ...] = ()

    @property
    def is_lab(self) -> bool:
        """Whether it is JupyterLab's."""
        return self.config.get("appNamespace") == "lab"


def read(body: str) -> Page:
    """What a page holds. Raises ValueError with the words that it shows where it is no page of
    Jupyter's.
    """
    script = CONFIG.search(body)
    scripts = tuple(
        path for path in SCRIPT.findall(body) if not urlsplit(path).netloc and path[:1] == "/"
    )
    if script is None and CLASSIC not in body:
        raise ValueError(f"it is no page of Jupyter's: {words(body) or 'it is empty'}")
    if not scripts:
        raise ValueError("the page loads none of its scripts")
    config = read_object(script[1], ANY_OBJECT) if script is not None else {}
    if config is None:
        raise ValueError("what the page tells its scripts is no JSON object")
    return Page(len(body), scripts, config, _sockets(body, config))


def _sockets(body: str, config: Mapping[str, Any]) -> str:
    named = CLASSIC_SOCKETS.search(body)
    return str(config.get("wsUrl") or (unescape(named[1]) if named else ""))


def words(body: str) -> str:
    """The text of a page that a reader would see, in a line."""
    return " ".join(TEXT.sub(" ", body).split())[:200]


def core_turned_off(config: Mapping[str, Any]) -> list[str]:
    """The parts that the page's own list turns off though no notebook opens without them."""
    listed = config.get("disabledExtensions")
    names = [name for name in listed if isinstance(name, str)] if isinstance(listed, list) else []
    lab = config.get("appNamespace") == "lab"
    return [name for name in names if _is_core(name) and not (lab and name.startswith(OF_NOTEBOOK))]


def _is_core(name: str) -> bool:
    extension, _, plugin = name.partition(":")
    return extension in CORE and (not plugin or plugin in CORE[extension])
