"""Which libraries for graphics cards a chapter's packages name, or need."""

from __future__ import annotations

from dataclasses import replace

import pytest

from envcheck.target.interpreter import Distribution
from envcheck.testing import interpreter
from envcheck_checks.course_file.card.device_libraries import libraries_of


def needing(name: str, *requires: str) -> Distribution:
    return Distribution(name, "1.0", "/site", f"{name}-1.0.dist-info", requires)


PYTHON = replace(
    interpreter(packages={}),
    distributions=(
        needing("lightning", "torch>=2", "lightning-utilities"),
        needing("lightning-utilities", "lightning"),
        needing("keras", "numpy", "jax; extra == 'jax'", "tensorflow; python_version < '3'"),
        needing("tf-models", "Keras", "tf_keras"),
        needing("tf-keras", "tensorflow<3"),
        needing("torch", "sympy"),
        needing("needs-absent", "JAX[cuda12]>=0.4"),
        needing("needs-other-build", "keras-cv"),
        needing("keras-cv", "tensorflow-gpu; extra == 'gpu'", "tensorflow"),
        needing("tensorflow-cpu"),
    ),
)


@pytest.mark.parametrize(
    ("names", "libraries"),
    [
        ((), ()),
        (("numpy", "absent"), ()),
        (("jaxlib", "pytorch", "torch"), ("jax", "torch")),
        (("lightning",), ("torch",)),
        (("tf-models",), ("tensorflow",)),
        (("keras",), ()),
        (("lightning", "tensorflow"), ("tensorflow",)),
        (("tensorflow-cpu",), ()),
        (("needs-absent",), ("jax",)),
        (("needs-other-build",), ("tensorflow",)),
    ],
)
def test_named_or_needed(names: tuple[str, ...], libraries: tuple[str, ...]) -> None:
    """What is named counts before what is needed; rows of extras and of other Pythons are none."""
    assert libraries_of(PYTHON, names) == libraries
