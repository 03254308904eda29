"""Packages that are not installed, or are older than the chapter allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from envcheck import Confidence, Diagnosis, Environment, Fix, fail
from envcheck.fixes.advice import install
from envcheck.sentences import listed
from envcheck.target.fulfilled import lacking
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck_checks.commands import tools_own
from envcheck_checks.installed import listed_files, own_kernel
from envcheck_checks.installed.codes import (
    IPYKERNEL_MISSING,
    JUPYTER_IN_TOOL_ENVIRONMENT,
    JUPYTER_NOT_INSTALLED,
    PACKAGE_TOO_NEW,
    PACKAGE_TOO_OLD,
    PACKAGES_MISSING,
)
from envcheck_checks.stack import Package, Stack


def diagnose(env: Environment, stack: Stack, not_found: set[str]) -> Diagnosis | None:
    """One diagnosis that names all that is missing: packages, Jupyter and its kernel.

    `not_found` are the modules that an import did not find; without them the metadata alone
    decides.
    """
    python = interpreter(env)
    absent = {**_absent_packages(env, stack, not_found), **_absent_of_extras(python, stack)}
    jupyter = missing_jupyter(interpreter(env), stack)
    return _told(env, stack, absent, jupyter) if absent or jupyter else None


def of_extras(env: Environment, stack: Stack) -> tuple[Diagnosis, ...]:
    """What extras ask for, where the packages themselves are there: no import meets it."""
    absent = _absent_of_extras(interpreter(env), stack)
    return (_told(env, stack, absent, []),) if absent else ()


def _told(
    env: Environment, stack: Stack, absent: Mapping[str, str], jupyter: list[str]
) -> Diagnosis:
    python = interpreter(env)
    nothing_to_launch = any(name in jupyter for name in stack.launchers[:1])
    names = [*(["Jupyter"] if nothing_to_launch else jupyter), *absent]
    # A course may ask for what its notebooks need anyway.
    everything = [
        *(name for name in jupyter if name not in absent),
        *dict.fromkeys(absent.values()),
    ]
    wanted = everything if python.is_environment else stack.everything
    tools = tools_own.spoken(env) if nothing_to_launch else ""
    if tools and not absent:
        return _in_a_tool(env, python, tools, jupyter)
    without_packages = JUPYTER_NOT_INSTALLED if nothing_to_launch else IPYKERNEL_MISSING
    return fail(
        PACKAGES_MISSING if absent else without_packages,
        f"{listed(names)} {'is' if len(names) == 1 else 'are'} not installed in this Python",
        *listed_files.offers(env, python, wanted, stack.lists),
        install(env, python, wanted),
        found=f"{len(python.installed)} packages, without {listed([*dict.fromkeys([*jupyter, *absent])])}",
        wanted=", ".join(everything),
        looked_in=python.paths.get("purelib", python.prefix),
        note=tools or listed_files.not_offered(env, python, stack.lists),
    )


def _in_a_tool(
    env: Environment, python: Interpreter, tools: str, jupyter: Sequence[str]
) -> Diagnosis:
    """Jupyter is there, and is not this Python's. The second fix keeps it, and gives it a kernel."""
    command = tools_own.tools_jupyter(env)
    kernel = () if "ipykernel" in python.installed else install(env, python, ["ipykernel"]).steps
    return fail(
        JUPYTER_IN_TOOL_ENVIRONMENT,
        f"Jupyter is not installed in this Python: {tools}",
        install(env, python, jupyter),
        Fix(
            "or keep that Jupyter, and give it this Python as a kernel to choose",
            (
                *kernel,
                own_kernel.give_to_user(env, python, "course"),
            ),
            Confidence.LIKELY,
        ),
        found=command[1].path if command else "",
        wanted=f"{', '.join(jupyter)} in this Python, started by python -m {jupyter[0]}",
        looked_in=python.paths.get("purelib", python.prefix),
    )


def _absent_packages(env: Environment, stack: Stack, not_found: set[str]) -> dict[str, str]:
    """The requirements by name of the packages that are not installed, nor imported
    from elsewhere.
    """
    installed = interpreter(env).installed
    return {
        package.name: package.requirement
        for package in stack.packages
        if package.name not in installed
        and (not not_found or package.imported.partition(".")[0] in not_found)
    }


def _absent_of_extras(python: Interpreter, stack: Stack) -> dict[str, str]:
    """The requirements by what their extras ask for and nothing answers."""
    return {
        f"{needed} (of {package.name}[{','.join(package.extras)}])": package.requirement
        for package in stack.packages
        for needed in lacking(python, package.name, package.extras)
    }


def names(python: Interpreter, stack: Stack) -> list[str]:
    """The chapter's requirements that are not installed, by the metadata."""
    return [
        *missing_jupyter(python, stack),
        *(
            package.requirement
            for package in stack.packages
            if package.name not in python.installed or lacking(python, package.name, package.extras)
        ),
    ]


def missing_jupyter(python: Interpreter, stack: Stack) -> list[str]:
    """What to install so that a notebook can be launched: nothing, when any launcher and the kernel
    are there, or the chapter has no notebooks.
    """
    installed = python.installed
    launched = any(name in installed for name in stack.launchers)
    needed = (*(() if launched else stack.launchers[:1]), stack.kernel)
    return [name for name in needed if name and name not in installed]


def of_other_versions(env: Environment, actual: Mapping[Package, str]) -> tuple[Diagnosis, ...]:
    """Of packages in versions that the chapter does not take: which are too old, and which are too
    new. `actual` is the version that each has.
    """
    old = {
        package: version for package, version in actual.items() if package.is_newer_than(version)
    }
    new = {package: version for package, version in actual.items() if package not in old}
    return (*([_too_old(env, old)] if old else []), *([_too_new(env, new)] if new else []))


def _too_old(env: Environment, old: Mapping[Package, str]) -> Diagnosis:
    names = listed([package.name for package in old])
    return fail(
        PACKAGE_TOO_OLD,
        f"{names} {'is' if len(old) == 1 else 'are'} older than the chapter's examples need",
        install(
            env,
            interpreter(env),
            ["--upgrade", *(package.requirement for package in old)],
            title=f"bring {names} up to date",
        ),
        **_evidence(env, old),
    )


def _too_new(env: Environment, new: Mapping[Package, str]) -> Diagnosis:
    names = listed([package.name for package in new])
    return fail(
        PACKAGE_TOO_NEW,
        f"{names} {'is' if len(new) == 1 else 'are'} newer than the course allows",
        install(
            env,
            interpreter(env),
            [package.requirement for package in new],
            title=f"install {names} in {'a version' if len(new) == 1 else 'versions'} that the course allows",
        ),
        **_evidence(env, new),
    )


def _evidence(env: Environment, actual: Mapping[Package, str]) -> dict[str, str]:
    python = interpreter(env)
    return {
        "found": ", ".join(f"{package.name} {version}" for package, version in actual.items()),
        "wanted": ", ".join(package.wanted for package in actual),
        "looked_in": python.paths.get("purelib", python.prefix),
    }
