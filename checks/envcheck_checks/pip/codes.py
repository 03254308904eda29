"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code

CONDA_BASE_ACTIVE = Code(
    "conda-base-active",
    "conda's base is active, not the course's environment",
    "pip",
    automatic=True,
)
CONDA_RECORD_CUT = Code(
    "conda-record-cut",
    "One of conda's notes is cut off, and conda does nothing here",
    "pip",
    severity=None,
    automatic=True,
)
CONDA_SETTINGS_BROKEN = Code(
    "conda-settings-broken",
    "conda's settings file cannot be read, and conda does nothing at all",
    "pip",
    automatic=True,
)
CONDA_ENVIRONMENT_NOT_ACTIVE = Code(
    "conda-environment-not-active",
    "A conda environment has everything, and is not active here",
    "pip",
    automatic=True,
)
ENVIRONMENT_BEHIND_ANOTHER = Code(
    "environment-behind-another",
    "The active environment stands behind another Python on PATH",
    "pip",
    severity=None,
    automatic=True,
)
ENVIRONMENT_OF_OTHER_VERSION = Code(
    "environment-of-other-version",
    "The Python of this environment is another version now",
    "pip",
    automatic=True,
)
OWN_ENVIRONMENT_NOT_ACTIVE = Code(
    "own-environment-not-active",
    "Your own environment has everything, and is not active here",
    "pip",
    automatic=True,
)
PIP_BROKEN = Code(
    "pip-broken",
    "pip of this Python does not run, or cannot install",
    "pip",
    severity=None,
    automatic=True,
)
PIP_INSTALLS_ELSEWHERE = Code(
    "pip-installs-elsewhere",
    "A setting of pip installs to a place where Python does not look",
    "pip",
    severity=None,
    automatic=True,
)
PIP_MISSING = Code("pip-missing", "This Python has no pip", "pip", severity=None, automatic=True)
PIP_OF_OTHER_PYTHON = Code(
    "pip-of-other-python",
    "The command `pip` belongs to another Python",
    "pip",
    severity=None,
    automatic=True,
)
PIP_SETTING_BREAKS = Code(
    "pip-setting-breaks",
    "A setting of pip keeps it from installing",
    "pip",
    severity=None,
    automatic=True,
)
PYTHON_EXTERNALLY_MANAGED = Code(
    "python-externally-managed",
    "pip may not install into the system's Python",
    "pip",
    automatic=True,
)
TEMPORARY_FOLDER_FULL = Code(
    "temporary-folder-full", "The temporary folder has almost no space left", "pip"
)
VENV_MISSING = Code(
    "venv-missing",
    "This Python cannot make environments",
    ("pip", "new-environment"),
    severity=None,
)
