"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code, Severity

# The checks that ask the common order of causes (diagnosis/order.py) when something did not work.
COMMON_ORDER = (
    "packages",
    "jupyter",
    "kernel-registered",
    "kernel-starts",
    "snippets",
    "notebook-launches",
    "tutorial",
)
ANY_PYTHON = (*COMMON_ORDER, "python", "pip")

FILE_HIDES_MODULE = Code(
    "file-hides-module",
    "A file of yours has the name of a module and hides it",
    (*COMMON_ORDER, "room"),
    severity=None,
    automatic=True,
)
LIBRARY_PATH_LEAK = Code(
    "library-path-leak",
    "A variable puts other C libraries before the ones Python needs",
    ANY_PYTHON,
    automatic=True,
)
MATPLOTLIBRC_BREAKS = Code(
    "matplotlibrc-breaks",
    "A setting in your matplotlibrc keeps pictures from being drawn",
    COMMON_ORDER,
    automatic=True,
)
MPLBACKEND_SET = Code(
    "mplbackend-set",
    "MPLBACKEND sends pictures somewhere else than into the notebook",
    COMMON_ORDER,
    automatic=True,
)
PYTHONHOME_SET = Code(
    "pythonhome-set",
    "PYTHONHOME sends Python to another Python's library",
    ANY_PYTHON,
    severity=None,
    automatic=True,
)
PYTHONPATH_BREAKS = Code(
    "pythonpath-breaks",
    "PYTHONPATH makes Python take the wrong modules",
    ANY_PYTHON,
    automatic=True,
)
PYTHONPATH_FOREIGN = Code(
    "pythonpath-foreign",
    "PYTHONPATH leads to another Python's packages",
    "python",
    severity=Severity.WARNING,
    automatic=True,
)
PYTHONSTARTUP_BREAKS = Code(
    "pythonstartup-breaks",
    "The file that PYTHONSTARTUP names stops every kernel",
    ANY_PYTHON,
    automatic=True,
)
USER_SITE_HIDES_PACKAGES = Code(
    "user-site-hides-packages",
    "Packages in your home hide those of this Python",
    ANY_PYTHON,
    automatic=True,
)
VARIABLE_BREAKS_PYTHON = Code(
    "variable-breaks-python",
    "A variable of this terminal keeps Python or Jupyter from working",
    ANY_PYTHON,
    automatic=True,
)
