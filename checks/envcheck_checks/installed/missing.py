"""Packages that are not installed, or are older than the chapter allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from envcheck import Confidence, Diagnosis, Environment, Fix, Run, fail
from envcheck.fixes.advice import install
from envcheck.sentences import listed
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck_checks.commands import tools_own
from envcheck_checks.installed import listed_files
from envcheck_checks.installed.codes import (
    IPYKERNEL_MISSING,
    JUPYTER_IN_TOOL_ENVIRONMENT,
    JUPYTER_NOT_INSTALLED,
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
    absent = _absent_packages(env, stack, not_found)
    jupyter = missing_jupyter(interpreter(env), stack)
    if not absent and not jupyter:
        return None
    names = [*(["Jupyter"] if stack.launchers[0] in jupyter else jupyter), *absent]
    everything = [*jupyter, *absent.values()]
    wanted = everything if python.is_environment else stack.everything
    tools = tools_own.spoken(env) if stack.launchers[0] in jupyter else ""
    if tools and not absent:
        return _in_a_tool(env, python, tools, jupyter)
    without_packages = JUPYTER_NOT_INSTALLED if stack.launchers[0] in jupyter else IPYKERNEL_MISSING
    return fail(
        PACKAGES_MISSING if absent else without_packages,
        f"{listed(names)} {'is' if len(names) == 1 else 'are'} not installed in this Python",
        *listed_files.offers(env, python, wanted),
        install(env, python, wanted),
        found=f"{len(python.installed)} packages, without {listed([*jupyter, *absent])}",
        wanted=", ".join(everything),
        looked_in=python.paths.get("purelib", python.prefix),
        note=tools,
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
                Run(
                    (python.executable, "-m", "ipykernel", "install", "--user", "--name", "course")
                ),
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


def names(python: Interpreter, stack: Stack) -> list[str]:
    """The chapter's requirements that are not installed, by the metadata."""
    return [
        *missing_jupyter(python, stack),
        *(
            package.requirement
            for package in stack.packages
            if package.name not in python.installed
        ),
    ]


def missing_jupyter(python: Interpreter, stack: Stack) -> list[str]:
    """What to install so that a notebook can be launched: nothing, when any launcher and the kernel
    are there.
    """
    installed = python.installed
    launcher = [] if any(name in installed for name in stack.launchers) else [stack.launchers[0]]
    return [*launcher, *([] if stack.kernel in installed else [stack.kernel])]


def too_old(env: Environment, old: Mapping[Package, str]) -> Diagnosis:
    """`old` are packages with the version that they have."""
    python, names = interpreter(env), listed([package.name for package in old])
    return fail(
        PACKAGE_TOO_OLD,
        f"{names} {'is' if len(old) == 1 else 'are'} older than the chapter's examples need",
        install(
            env,
            python,
            ["--upgrade", *(package.requirement for package in old)],
            title=f"bring {names} up to date",
        ),
        found=", ".join(f"{package.name} {version}" for package, version in old.items()),
        wanted=", ".join(package.requirement for package in old),
        looked_in=python.paths.get("purelib", python.prefix),
    )
