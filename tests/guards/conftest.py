"""The source is read and parsed by each process that runs guards: by one of several workers, mostly."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The guards stand together, each where chance has put it among them: workers are given tests in
    the order in which they stand.
    """
    folder = f"{Path(__file__).parent}{os.sep}"
    own: list[pytest.Item] = []
    others: list[pytest.Item] = []
    for item in items:
        (own if str(item.path).startswith(folder) else others).append(item)
    first = items.index(own[0]) if own else 0
    items[:] = [*others[:first], *own, *others[first:]]
