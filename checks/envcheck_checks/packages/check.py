"""The chapter's packages: there, new enough, imported in a process of their own, and from where
they should come.
"""

from __future__ import annotations

from envcheck import Check, Cost, Diagnosis, Environment, Outcome, ok, unknown
from envcheck.sentences import listed
from envcheck_checks.diagnosis import fix_tools
from envcheck_checks.installed import conflicts, metadata
from envcheck_checks.interference import shadowing
from envcheck_checks.packages import hollow, in_notebook, matplotlib, not_usable
from envcheck_checks.packages.imports import Imports, imports
from envcheck_checks.pip import pip_settings
from envcheck_checks.stack import Stack, short


def packages(
    stack: Stack, needs: tuple[Check, ...] = (), explained_by: tuple[Check, ...] = ()
) -> Check:
    """Every package of the stack is imported by the target in the learner's folder, and is new
    enough.
    """

    def examine(env: Environment) -> Outcome:
        tried = imports(env, stack)
        hiding = (
            shadowing.hides_a_module(
                env, tried.hiding, [file for attempt in tried.failed for file in attempt.files]
            )
            if tried.failed
            else None
        )
        if hiding is not None and (told := _in_a_notebook(env, stack, hiding)) is not None:
            return told
        diagnoses = not_usable.diagnose(env, stack, tried) or hollow.find_hollow(env, stack, tried)
        if not isinstance(diagnoses, tuple):
            return diagnoses
        roots = tuple(_root_of(env, diagnosis) for diagnosis in diagnoses)
        return roots or _fine(env, stack, tried)

    return Check(
        id="packages",
        title="Packages",
        cost=Cost(1.0, 110),
        examine=fix_tools.with_roots(examine),
        needs=needs,
        explained_by=explained_by,
        timeout=60,
        proves=f"{listed([package.name for package in stack.packages])} import in a process of their own and are new enough",
        symptom="a cell or a program stops with `No module named` or another ImportError",
        slow_because="the first import of a package compiles it",
    )


def _in_a_notebook(env: Environment, stack: Stack, hiding: Diagnosis) -> Outcome | None:
    """Where a notebook does not meet the file it is a warning; None where it does."""
    imported = in_notebook.are_imported_in_notebook(env, stack)
    if imported is None:
        return unknown(
            f"{hiding.evidence.found} hides a module from a plain `python`; whether it does so in a "
            "notebook nobody can tell: its kernel gave no answer in time"
        )
    if not imported:
        return None
    return ok(
        "imported in a notebook's kernel, and not by a plain `python` in this folder",
        shadowing.only_outside_notebooks(hiding),
    )


def _root_of(env: Environment, diagnosis: Diagnosis) -> Diagnosis:
    """What would make the fix fail is the root."""
    return (
        pip_settings.find_blocking_settings(
            env, pip_settings.plainest(diagnosis.fixes), diagnosis.summary
        )
        if diagnosis.fixes
        else None
    ) or diagnosis


def _fine(env: Environment, stack: Stack, tried: Imports) -> Outcome:
    versions = {
        package.name: module.version
        for package, module in zip(stack.packages, tried.modules, strict=True)
    }
    seconds = sum(module.seconds for module in tried.modules)
    warnings = (
        *metadata.warnings(env, stack, versions),
        *(matplotlib.warnings(env, tried.finished.stderr) if "matplotlib" in versions else ()),
        *conflicts.of_packages(env, stack.packages),
    )
    return ok(
        f"{', '.join(f'{name} {short(version)}' for name, version in versions.items())} imported in {seconds:.1f} s",
        *warnings,
    )
