"""The command of a kernelspec: what starts the Python, with its options, and what it runs."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from tests.guards.source import ROOT, files, of_kind, place

from envcheck_checks.installed.kernel_command import USUAL, KernelCommand, parted

INSTALLED = ("/venv/bin/python", "-Xfrozen_modules=off", *USUAL)  # as `ipykernel install` writes it


def test_the_parts() -> None:
    words = ("ipykernel_launcher", "-f", "{connection_file}")
    assert parted(INSTALLED) == KernelCommand(INSTALLED[:2], words)
    assert parted(("/usr/bin/env", "python", *USUAL)).start == ("/usr/bin/env", "python")
    assert parted(("/bin/start", "{connection_file}")) == KernelCommand(
        ("/bin/start", "{connection_file}"), ()
    )
    assert parted(()) == KernelCommand((), ())


def test_a_word_of_a_script_is_no_module() -> None:
    """`-m 8G` of a script that limits the memory; Python's own `-m` stands behind its options."""
    for words in (
        ("python", "/home/u/limit.py", "-m", "8G", "-f", "{connection_file}"),
        ("python3.12", "-X", "dev", "limit.py", "-m", "8G"),
        ("python", "-c", "import kernel", "-m", "8G"),
    ):
        assert parted(words) == KernelCommand(words, ())
    for before in (("-Xdev",), ("-X", "dev"), ("-W", "ignore", "-I"), ("-B",)):
        assert parted(("python", *before, "-m", "kernel")).module == ("kernel",)
    assert parted(("/school/start", "ml", "-m", "kernel")).start == ("/school/start", "ml")


@pytest.mark.parametrize(
    ("argv", "usual"),
    [
        (("python", *USUAL), True),
        (INSTALLED, True),
        (("python", "-m", "ipykernel", "-f", "{connection_file}"), True),
        (("python", "-Xdev", *USUAL), False),
        (("python", *USUAL, "--profile=ml"), False),
        (("python", "-m", "wrapper", "-f", "{connection_file}"), False),
        (("/usr/bin/env", "python", *USUAL), False),
        (("/bin/start", "{connection_file}"), False),
        (("python", "-m"), False),
        ((), False),
    ],
)
def test_what_ipykernel_writes(argv: tuple[str, ...], usual: bool) -> None:
    assert parted(argv).is_usual is usual


# Reads a course's own kernels, by the same words; the others read lines of cells, in which any program stands
ALSO = {
    "checks/envcheck_checks/course_file/notebooks/kernel_names.py",
    "checks/envcheck_checks/course_file/installing/installing_words.py",
    "checks/envcheck_checks/course_file/installing/installing_files.py",
}


def test_nobody_else_looks_for_the_module() -> None:
    """By its place in the command it was looked for, and not seen behind an option of Python's."""
    home = "checks/envcheck_checks/installed/kernel_command.py"
    looked = {
        f"{place(file)}:{node.lineno}"
        for file in files(Path(ROOT, "checks"))
        if place(file) not in {home, *ALSO}
        for node in of_kind(file, ast.Compare)
        if any(
            isinstance(side, ast.Constant) and side.value == "-m"
            for side in (node.left, *node.comparators)
        )
    }
    assert looked == set(), "installed.kernel_command.parted"
