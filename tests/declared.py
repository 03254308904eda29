"""Each diagnosis that a test sees is as its code declares it: in severity, and in whether its fix
may need nobody and is one that `--fix` would carry out.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from envcheck import Code, Diagnosis, Environment, Fix, Rename, Run, Severity
from envcheck.errors import RunIsOver
from envcheck.run.permitted import why_not
from envcheck.testing import NothingIsStarted
from envcheck_checks.courses.ml_for_software_engineers import COURSE


def assert_declared(report: Mapping[str, Any]) -> None:
    """Of a report in JSON; that of `envcheck list` has no diagnoses. What somebody else's course
    says is theirs to declare.
    """
    if "diagnoses" not in report or report["course"]["id"] != COURSE.id:
        return
    declared = {str(code): code for code in COURSE.codes}
    wrong = [
        f"`{one['code']}`: `{fix['title']}` moves or opens {path}, a whole home or a place that is named from nowhere"
        for one in report["diagnoses"]
        for fix in one["fixes"]
        for step in fix["steps"]
        for path in _whole(step)
    ]
    for one in report["diagnoses"]:
        code = declared.get(one["code"])
        automatic = any(fix["automatic"] for fix in one["fixes"])
        wrong += (
            against(code, Severity(one["severity"]), automatic)
            if code is not None
            else [f"declare `{one['code']}` in the codes.py of its room"]
        )
    assert not wrong, "\n".join(wrong)


def _whole(step: Mapping[str, Any]) -> list[str]:
    """The paths that a step renames, opens or removes, and that no step may: a home is `~` in a report."""
    paths = [step[key] for key in ("from", "to", "path") if key in step]
    if step["do"] == "run" and PurePath(step["argv"][0]).name in ("chmod", "chown", "mv", "rm"):
        paths += [word for word in step["argv"][1:] if "/" in word or word[:1] in "~."]
    return [path for path in paths if not re.match(r"(?:~|[A-Za-z]:)?[\\/].", path)]


def assert_made_as_declared(diagnoses: Iterable[Diagnosis]) -> None:
    """Of diagnoses that were made with a declared code."""
    wrong = [
        line
        for one in diagnoses
        if isinstance(one.code, Code)
        for line in against(one.code, one.severity, any(fix.automatic for fix in one.fixes))
    ]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def assert_permitted(diagnoses: Iterable[Diagnosis], machines: Sequence[Environment]) -> None:
    """Of diagnoses that were made with a declared code, of one of these machines: a fix that needs
    nobody is refused on none of them, or a report would only show it.
    """
    declared = [one for one in diagnoses if isinstance(one.code, Code)]
    # Once for each: a diagnosis is made anew with every part that is changed
    for code, fix in {(str(one.code), fix): None for one in declared for fix in one.fixes}:
        refused = fix.automatic and bool(machines) and all(_why(at, fix) for at in machines)
        why = _why(machines[0], fix) if refused else ""
        assert not refused, (
            f"`{code}`: `{fix.title}` needs nobody, and `--fix` would refuse it here: {why}. "
            "Make it a person's on such a machine, or describe whose these folders are"
        )


def assert_nothing_is_built_over(diagnoses: Iterable[Diagnosis]) -> None:
    """Of diagnoses of this machine: where a fix makes an environment nothing stands, or it is moved
    aside first.
    """
    for one in diagnoses:
        for fix in one.fixes:
            aside: set[str] = set()
            for step in fix.steps:
                aside |= {step.source} if isinstance(step, Rename) else set()
                place = _made_by(step.argv) if isinstance(step, Run) else ""
                over = place and place not in aside and os.path.lexists(place)
                assert not over, f"`{one.code}`: `{fix.title}` builds over {place}"


def _made_by(argv: Sequence[str]) -> str:
    """The place of the environment that a command makes anew; empty where it makes none."""
    makes = argv[1:3] == ("-m", "venv") or argv[1:2] == ("venv",)
    if makes and "--without-pip" not in argv:
        return argv[-1]
    if argv[1:2] == ("create",) and "--prefix" in argv:
        return argv[argv.index("--prefix") + 1]
    return ""


def _why(machine: Environment, fix: Fix) -> str:
    try:
        return why_not(machine, fix)
    except (NothingIsStarted, RunIsOver):
        return ""  # the test does not say which Python it is about


def against(code: Code, severity: Severity, automatic: bool) -> list[str]:
    """What is not as it is declared, with what to do."""
    found = []
    if code.severity not in (None, severity):
        found.append(
            f"`{code}` came as {severity.value}: declare that as its severity, or severity=None for both"
        )
    if automatic and not code.automatic:
        found.append(
            f"`{code}` came with a fix that needs nobody: declare automatic=True, and write a story that applies it"
        )
    return found
