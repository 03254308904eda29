"""The learner's Python: it starts, it is new enough, its standard library is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from envcheck_checks.python.check import python as python

__all__ = ["python"]


def __getattr__(name: str) -> Any:  # the factory that course authors import from here
    """`from envcheck_checks.python import python`, loaded when it is asked for: other rooms import
    this one's parts.
    """
    if name == "python":
        from envcheck_checks.python.check import python

        return python
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
