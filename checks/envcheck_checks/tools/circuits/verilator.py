"""Verilator: the same encoder becomes a C++ program, which is built, run, and counts the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from envcheck import Check, Diagnosis, Environment, Outcome, ok, unknown
from envcheck_checks.interference.trials import told_by
from envcheck_checks.tools.circuits.encoder import COUNT, CPLUSPLUS, VERILOG, counted
from envcheck_checks.tools.framework.banner import version_said
from envcheck_checks.tools.framework.codes import (
    PROGRAM_PART_MISSING,
    PROGRAM_TOO_OLD,
    TOOL_VARIABLE_BREAKS,
)
from envcheck_checks.tools.framework.parts import part_missing, too_old
from envcheck_checks.tools.framework.program import Program, find, get
from envcheck_checks.tools.framework.sandbox import Bench, bench, program_works
from envcheck_checks.tools.framework.trial_runs import variable_that_breaks

VERILATOR = Program(
    "Verilator",
    "verilator",
    "turns a circuit in Verilog into a fast C++ program",
    44,
    {manager: "verilator" for manager in ("apt", "dnf", "pacman", "zypper", "brew")},
    "https://verilator.org/guide/latest/install.html",
)
BUILDS = {
    "apt": "g++ make", "dnf": "gcc-c++ make", "pacman": "gcc make", "zypper": "gcc-c++ make",
}  # fmt: skip
COMPILER = Program(
    "a C++ compiler and make",
    "g++",
    "what builds C++ programs",
    250,
    BUILDS,
    "https://gcc.gnu.org/install/binaries.html",
)
OLDEST = "4.0"
SETTINGS = ("VERILATOR_",)
# A small model gains nothing from what the optimiser takes time for.
QUICK = ("OPT_FAST=-O0", "OPT_SLOW=-O0", "OPT_GLOBAL=-O0")


def examine(env: Environment) -> Outcome:
    table = bench(env, "verilator", VERILATOR.title, 110)
    if " " in str(table.folder):
        return unknown(
            "make cannot build below a folder whose name has a space, and the temporary folder's has: set TMPDIR to another"
        )
    table.write({"encoder.v": VERILOG, "main.cpp": CPLUSPLUS})
    command = find(env, "verilator")
    version = version_said("verilator", table.do(command, "--version").stdout)
    translated = table.do(command, "--cc", "--exe", "--Mdir", "built", "encoder.v", "main.cpp")
    if trouble := table.trouble(translated):
        works = partial(translates, table, command)
        blamed = variable_that_breaks(env, VERILATOR.title, SETTINGS, works, late=translated.late)
        return too_old(env, VERILATOR, version, OLDEST) or blamed or trouble
    if absent := _builder_missing(table):
        return absent
    built = table.do(
        find(env, "make"), "-s", "-C", "built", "-f", "Vencoder.mk", *QUICK, "Vencoder"
    )
    if trouble := table.trouble(built):
        return trouble
    ran = table.do(table.folder / "built" / "Vencoder")
    if trouble := table.trouble(ran):
        return trouble
    if counted(ran.stdout) != COUNT:
        return table.wrong_answer(f"{counted(ran.stdout)} steps", f"{COUNT} steps")
    return ok(f"{version}, the encoder was built as C++ and counted {COUNT} steps".strip(", "))


def translates(table: Bench, command: str, variables: Mapping[str, str | None]) -> bool | None:
    """Whether its first step succeeds with other variables; None where it was given up."""
    again = replace(table, variables={**table.variables, **variables})
    done = again.do(command, "--cc", "--exe", "--Mdir", "again", "encoder.v", "main.cpp")
    return told_by(done, works=done.ok)


def _builder_missing(table: Bench) -> Diagnosis | None:
    """`make`, or the compiler that this Verilator was made to call, when the PATH has none."""
    names = ["make", _compiler(table)]
    absent = [name for name in names if not find(table.env, name)]
    if not absent:
        return None
    words = " and ".join(f"the command `{name}`" for name in absent)
    return part_missing(
        VERILATOR.title, words, get(table.env, COMPILER), effect="it writes C++, which these build"
    )


def _compiler(table: Bench) -> str:
    """The compiler that make will call: CXX of Verilator's own rules, which a variable of the
    terminal does not change.
    """
    written = (table.folder / "built" / "Vencoder.mk").read_text(encoding="utf-8", errors="replace")
    root = re.search(r"^VERILATOR_ROOT\s*\??=\s*(.+)$", written, re.MULTILINE)
    rules = Path(root.group(1).strip(), "include", "verilated.mk") if root else Path("verilated.mk")
    try:
        hit = re.search(
            r"^CXX\s*\??:?=\s*(\S+)",
            rules.read_text(encoding="utf-8", errors="replace"),
            re.MULTILINE,
        )
    except OSError:
        hit = None
    return hit.group(1) if hit else "g++"


def verilator() -> Check:
    """The encoder as a C++ program, built with make, counts to 40."""
    return program_works(
        "verilator",
        VERILATOR.title,
        (VERILATOR,),
        examine,
        proves=f"the encoder is translated to C++, built with make and the C++ compiler, run, and counts {COUNT} steps",
        codes={
            PROGRAM_PART_MISSING: "`make` or the C++ compiler is not found",
            TOOL_VARIABLE_BREAKS: "a variable such as VERILATOR_ROOT leads it to a folder that is gone",
            PROGRAM_TOO_OLD: f"it is older than {OLDEST}",
        },
        timeout=120.0,
        seconds=8.0,
        memory_mb=260,
    )
