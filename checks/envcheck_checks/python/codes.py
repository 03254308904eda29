"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code, Severity

CONDA_ENVIRONMENT_GONE = Code(
    "conda-environment-gone",
    "The conda environment of this terminal is not there any more",
    "python",
    automatic=True,
)
CONDA_ENVIRONMENT_WITHOUT_PYTHON = Code(
    "conda-environment-without-python",
    "The active conda environment has no Python in it",
    "python",
    automatic=True,
)
CONDA_NOT_ON_PATH = Code(
    "conda-not-on-path",
    "conda is installed, and this terminal does not know it",
    "python",
    automatic=True,
)
CONDA_SOLVER_SLOW = Code(
    "conda-solver-slow",
    "This conda is old and may solve for many minutes",
    "pip",
    severity=Severity.WARNING,
)
ENVIRONMENT_FILE_OTHER_SYSTEM = Code(
    "environment-file-other-system",
    "environment.yml was made on another system",
    "pip",
    severity=Severity.WARNING,
)
ENVIRONMENT_BESIDE = Code(
    "environment-beside",
    "Another environment is active than the one that lies with the chapter",
    "python",
    severity=Severity.WARNING,
)
ENVIRONMENT_LEFT_OVER = Code(
    "environment-left-over",
    "A variable names an environment that this terminal's `python` is not of",
    "python",
    severity=Severity.WARNING,
    automatic=True,
)
ENVIRONMENT_NOT_ACTIVE = Code(
    "environment-not-active",
    "The course's environment is there, but not active in this terminal",
    "python",
    severity=Severity.WARNING,
)
KEY_LOG_BLOCKED = Code(
    "key-log-blocked",
    "SSLKEYLOGFILE names a file to which nothing can be written",
    ("python", "pip"),
    severity=None,
    automatic=True,
)
ENVIRONMENT_SPLITS_PATH = Code(
    "environment-splits-path",
    "The environment's folder has a character in its name that splits PATH",
    "python",
)
PYTHON_OPENS_NO_HTTPS = Code(
    "python-opens-no-https",
    "This Python opens no `https` address: OpenSSL refuses its settings",
    ("python", "pip"),
    severity=None,
    automatic=True,
)
LIBRARY_PATH_NOT_SEEN = Code(
    "library-path-not-seen",
    "macOS keeps a variable of your terminal from envcheck",
    "python",
    severity=Severity.WARNING,
)
LOCALE_NOT_UTF8 = Code(
    "locale-not-utf8",
    "This terminal's text is not UTF-8",
    "python",
    severity=Severity.WARNING,
    automatic=True,
)
POWERSHELL_SCRIPTS_OFF = Code(
    "powershell-scripts-off",
    "PowerShell runs no scripts, so nothing can be activated",
    "python",
    severity=Severity.WARNING,
)
PYTHON_32_BIT = Code("python-32-bit", "This Python is a 32-bit one", "python")
PYTHON_COMMAND_MISSING = Code(
    "python-command-missing",
    "This Mac has `python3` and no `python`",
    "python",
    severity=Severity.WARNING,
)
PYTHON_DEAD_SHIM = Code(
    "python-dead-shim",
    "`python` stands for a version that pyenv does not have",
    "python",
    automatic=True,
)
PYTHON_DOES_NOT_START = Code(
    "python-does-not-start", "This Python ends as soon as it is started", "python", automatic=True
)
PYTHON_ENVIRONMENT_BROKEN = Code(
    "python-environment-broken", "The Python of this environment is gone", "python", automatic=True
)
PYTHON_HANGS = Code(
    "python-hangs", "This Python starts and never answers", "python", automatic=True
)
PYTHON_NOT_EXECUTABLE = Code(
    "python-not-executable", "This Python may not be started", "python", automatic=True
)
PYTHON_NOT_FOUND = Code(
    "python-not-found", "No Python was found where it should be", "python", automatic=True
)
PYTHON_NOT_PYTHON = Code(
    "python-not-python", "The program that was named is not a Python", "python", automatic=True
)
PYTHON_OPTIONAL_GAP = Code(
    "python-optional-gap",
    "A part of this Python that is rarely needed is missing",
    "python",
    severity=Severity.WARNING,
)
PYTHON_STANDARD_LIBRARY_GAP = Code(
    "python-standard-library-gap", "A part of this Python's own library is missing", "python"
)
PYTHON_STORE_STUB = Code(
    "python-store-stub",
    "The command `python` is only a Microsoft Store alias",
    "python",
    automatic=True,
)
PYTHON_TOO_NEW = Code(
    "python-too-new", "This Python is newer than the course takes", "python", automatic=True
)
PYTHON_TOO_OLD = Code(
    "python-too-old", "This Python is too old for the course", "python", automatic=True
)
PYTHON_WITHOUT_CERTIFICATES = Code(
    "python-without-certificates",
    "This Python trusts no certificate, so it opens no secure address",
    "python",
    severity=Severity.WARNING,
    automatic=True,
)
PYTHON_XCODE_STUB = Code(
    "python-xcode-stub", "macOS has only a stub in place of Python", "python", automatic=True
)
START_FILE_MISLEADS = Code(
    "start-file-misleads",
    "A start-up file misleads Python",
    ("python", "pip", "packages", "snippets", "tutorial"),
    severity=None,
    automatic=True,
)
START_FILES_HIDDEN = Code(
    "start-files-hidden",
    "macOS hides files that Python reads as it starts",
    "python",
    severity=Severity.WARNING,
)
VSCODE_OTHER_PYTHON = Code(
    "vscode-other-python",
    "VS Code's settings name another Python for this folder",
    "python",
    severity=Severity.WARNING,
)
