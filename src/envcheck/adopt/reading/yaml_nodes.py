"""YAML as nodes, each with its place: nothing in it becomes an object, and an alias is the node that it
repeats.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Node = Any  # of PyYAML: a scalar, a sequence or a mapping


def root(text: str) -> Node:
    """The outermost node of the text; None where it is no YAML."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where it was built
    try:
        return yaml.compose(text, Loader=loader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None


def pairs(node: Node) -> Iterator[tuple[str, Node]]:
    """The keys of a mapping with what they hold; nothing for any other node."""
    if node is not None and node.id == "mapping":
        yield from ((str(key.value), value) for key, value in node.value if key.id == "scalar")
