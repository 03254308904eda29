"""What a page must hold so that it shows a notebook; an answer of 200 may hold anything."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck_checks.notebook.page import shown

SCRIPT = '<script defer="defer" src="/static/lab/main.js?v=1"></script>'


def page(**config: object) -> str:
    told = json.dumps({"appNamespace": "lab", "disabledExtensions": [], **config})
    data = f'<script id="jupyter-config-data" type="application/json">{told}</script>'
    return f"<!doctype html><html><head>{data}{SCRIPT}</head></html>"


def test_a_page_of_jupyterlabs() -> None:
    found = shown.read(page(settingsUrl="/lab/api/settings"))
    assert found.scripts == ("/static/lab/main.js?v=1",)
    assert found.config["settingsUrl"] == "/lab/api/settings"


def test_a_page_of_notebook_6() -> None:
    """Its scripts of other machines are not asked for."""
    body = '<html><script src="/static/require.js"></script><script src="https://cdn.example/x.js"></script><body data-base-url="/">'
    assert shown.read(body) == shown.Page(len(body), ("/static/require.js",))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<html><h2>JupyterLab assets not found</h2></html>", "JupyterLab assets not found"),
        ("", "it is empty"),
        (page().replace(SCRIPT, ""), "none of its scripts"),
        (page().replace('{"app', "{app"), "no JSON object"),
        (f"<html>{SCRIPT}<body>another program's page</body></html>", "no page of Jupyter's"),
    ],
)
def test_words_in_place_of_a_page(body: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        shown.read(body)


@given(st.text())
def test_any_text_is_a_page_or_is_told_of(body: str) -> None:
    try:
        shown.read(body)
    except ValueError as error:
        assert str(error)


@pytest.mark.parametrize(
    ("named", "core"),
    [
        ("@jupyterlab/notebook-extension", True),
        ("@jupyterlab/notebook-extension:tracker", True),
        ("@jupyterlab/docmanager-extension:manager", True),
        ("@jupyterlab/notebook-extension:execution-indicator", False),
        ("@jupyterlab/apputils-extension:announcements", False),
        ("@jupyterlab/extensionmanager-extension", False),
        ("jupyterlab-vim", False),
        ("@jupyter-notebook/tree-extension", False),
        (5, False),
    ],
)
def test_what_no_notebook_opens_without(named: object, core: bool) -> None:
    """Parts that readers like to turn off are none; Notebook's do nothing in JupyterLab."""
    config = {"appNamespace": "lab", "disabledExtensions": [named]}
    assert shown.core_turned_off(config) == ([named] if core else [])


def test_notebooks_own_parts_count_in_its_page() -> None:
    config = {
        "appNamespace": "notebook",
        "disabledExtensions": ["@jupyter-notebook/tree-extension"],
    }
    assert shown.core_turned_off(config) == ["@jupyter-notebook/tree-extension"]
    assert shown.core_turned_off({"disabledExtensions": {"not": "a list"}}) == []
