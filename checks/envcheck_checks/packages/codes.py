"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code, Severity

MATPLOTLIBRC_BROKEN = Code(
    "matplotlibrc-broken",
    "matplotlib's settings file has a value that it refuses",
    "packages",
    severity=Severity.WARNING,
    automatic=True,
)
MATPLOTLIBRC_UNREADABLE = Code(
    "matplotlibrc-unreadable", "matplotlib may not read its settings", "packages", automatic=True
)
NUMPY_BINARY_MISMATCH = Code(
    "numpy-binary-mismatch",
    "A package was built for another numpy than the one installed",
    "packages",
    automatic=True,
)
OPENMP_TWICE = Code(
    "openmp-twice",
    "Two copies of one library end the kernel (OMP: Error #15)",
    ("packages", "snippets"),
)
MATPLOTLIB_FOLDER_UNWRITABLE = Code(
    "matplotlib-folder-unwritable",
    "matplotlib may not write into its own folder",
    "packages",
    severity=Severity.WARNING,
    automatic=True,
)
