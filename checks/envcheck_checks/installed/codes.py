"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code, Severity
from envcheck_checks.interference.codes import COMMON_ORDER

OF_PACKAGES = ("packages", "jupyter", "kernel-registered", "kernel-starts")
ON_WINDOWS = ("jupyter", "kernel-registered", "kernel-starts", "notebook-launches")
WHAT_IS_INSTALLED = (*COMMON_ORDER, "interface")

DEPENDENCY_MISSING = Code(
    "dependency-missing",
    "Something that a package needs is missing",
    WHAT_IS_INSTALLED,
    automatic=True,
)
DEPENDENCY_WRONG_VERSION = Code(
    "dependency-wrong-version",
    "Something that a package needs has the wrong version",
    WHAT_IS_INSTALLED,
    automatic=True,
)
DISK_ALLOWS_NO_PROGRAMS = Code(
    "disk-allows-no-programs",
    "This environment lies on a disk that allows no programs",
    WHAT_IS_INSTALLED,
)
ENVIRONMENT_READ_ONLY = Code(
    "environment-read-only", "You may not write into this environment", "pip", automatic=True
)
IPYKERNEL_MISSING = Code(
    "ipykernel-missing",
    "The package that makes kernels is not installed",
    OF_PACKAGES,
    automatic=True,
)
JUPYTER_IN_TOOL_ENVIRONMENT = Code(
    "jupyter-in-tool-environment",
    "Jupyter lives in a tool's own environment",
    OF_PACKAGES,
    automatic=True,
)
JUPYTER_NOT_INSTALLED = Code(
    "jupyter-not-installed", "Jupyter is not installed in this Python", OF_PACKAGES, automatic=True
)
METADATA_CORRUPT = Code(
    "metadata-corrupt",
    "The notes about a package have no version",
    "packages",
    severity=Severity.WARNING,
    automatic=True,
)
METADATA_DUPLICATE = Code(
    "metadata-duplicate",
    "A package is noted down in two versions",
    "packages",
    severity=Severity.WARNING,
    automatic=True,
)
METADATA_NO_RECORD = Code(
    "metadata-no-record",
    "The list of a package's files is missing",
    "packages",
    severity=Severity.WARNING,
    automatic=True,
)
PACKAGE_DAMAGED = Code(
    "package-damaged",
    "A package is installed and does not work",
    (*COMMON_ORDER, "pip"),
    automatic=True,
)
PACKAGE_INCOMPLETE = Code(
    "package-incomplete",
    "Files of an installed package are missing",
    WHAT_IS_INSTALLED,
    automatic=True,
)
PACKAGE_OTHER_ARCHITECTURE = Code(
    "package-other-architecture",
    "A package is built for another kind of processor",
    WHAT_IS_INSTALLED,
    automatic=True,
)
PACKAGE_OTHER_LIBC = Code(
    "package-other-libc",
    "A package is built for another C library",
    WHAT_IS_INSTALLED,
    automatic=True,
)
PACKAGE_OTHER_PYTHON = Code(
    "package-other-python",
    "A package is compiled for another version of Python",
    WHAT_IS_INSTALLED,
    automatic=True,
)
PACKAGE_REFUSED_BY_MACOS = Code(
    "package-refused-by-macos",
    "macOS does not load a file of a package",
    WHAT_IS_INSTALLED,
)
PACKAGE_TOO_NEW = Code(
    "package-too-new",
    "A package is newer than the course allows",
    "packages",
    automatic=True,
)
PACKAGE_TOO_OLD = Code(
    "package-too-old",
    "A package is older than the chapter's examples need",
    "packages",
    automatic=True,
)
PACKAGE_UNREADABLE = Code(
    "package-unreadable",
    "A package is there, and you may not read it",
    COMMON_ORDER,
    automatic=True,
)
PACKAGES_DO_NOT_FIT = Code(
    "packages-do-not-fit",
    "Installed packages are whole, and do not work with one another",
    COMMON_ORDER,
)
PACKAGES_IN_CONFLICT = Code(
    "packages-in-conflict",
    "Some packages ask for other versions than those installed",
    ("packages", "kernel-starts", "notebook-launches"),
    severity=Severity.WARNING,
    automatic=True,
)
PACKAGES_MISSING = Code(
    "packages-missing",
    "Packages of the chapter are not installed in this Python",
    OF_PACKAGES,
    automatic=True,
)
PATH_NOT_ASCII = Code(
    "path-not-ascii",
    "The folder's name has letters that an old Jupyter cannot read",
    "kernel-starts",
)
PYWIN32_INCOMPLETE = Code(
    "pywin32-incomplete", "pywin32 is installed, and not all of it is there", ON_WINDOWS
)
TORNADO_TOO_OLD = Code(
    "tornado-too-old", "tornado is too old for this Python on Windows", ON_WINDOWS
)
