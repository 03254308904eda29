"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code

JUPYTER_DAMAGED = Code(
    "jupyter-damaged",
    "Jupyter is installed, and nothing of it can be launched",
    "jupyter",
    automatic=True,
)
