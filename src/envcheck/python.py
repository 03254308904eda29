"""The name of `envcheck.target.interpreter` that course authors import; it stays until 1.0."""

from envcheck.target.interpreter import (
    Distribution,
    Interpreter,
    Trouble,
    Unusable,
    interpreter,
    question,
    target,
)

__all__ = [
    "Distribution",
    "Interpreter",
    "Trouble",
    "Unusable",
    "interpreter",
    "question",
    "target",
]
