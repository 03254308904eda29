"""Windows' registry says that scripts are plain text: an old notebook believes it, and browsers
refuse its page's scripts.
"""

from __future__ import annotations

from dataclasses import replace

from envcheck import Confidence, Diagnosis, Environment, fail
from envcheck.fixes.advice import install
from envcheck.target.interpreter import interpreter
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.machine.system import SCRIPT_TYPE, system
from envcheck_checks.notebook.codes import SCRIPT_TYPE_WRONG

RIGHT = ("application/javascript", "text/javascript", "application/x-javascript")
MENDED = "5.7.7"  # it no longer asks the registry


def diagnose(env: Environment, _failure: Failure) -> Diagnosis | None:
    """The notebook is an old one, and believes what Windows says of scripts."""
    from packaging.version import Version

    notebook, script_type = (
        interpreter(env).installed.get("notebook"),
        system(env).value(SCRIPT_TYPE),
    )
    version = notebook.parsed_version if notebook is not None else None
    if (
        not script_type
        or script_type.lower() in RIGHT
        or version is None
        or version >= Version(MENDED)
    ):
        return None
    upgrade = install(
        env,
        interpreter(env),
        ["--upgrade", f"notebook>={MENDED}"],
        title="bring notebook up to date",
    )
    return fail(
        SCRIPT_TYPE_WRONG,
        f"the notebook page stays blank: Windows says that scripts (.js) are {script_type}, and notebook {version} believes it",
        replace(upgrade, confidence=Confidence.LIKELY),
        found=script_type,
        wanted=f"text/javascript, or notebook {MENDED} or newer",
        looked_in="the Content Type of .js in the registry (HKEY_CLASSES_ROOT)",
        note="some program has changed this value for the whole of Windows",
    )
