"""What the chapter asks of a Python, known before anybody looks at one."""

from __future__ import annotations

from envcheck.environment import Environment, fact


@fact
def pythons_asked_for(env: Environment) -> str:  # noqa: ARG001  # told by whoever starts the run
    """The versions of Python that this run's checks are for, as a PEP 440 specifier; empty where
    every Python will do.
    """
    return ""
