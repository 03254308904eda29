"""Icarus Verilog: a quadrature encoder is simulated, and its count is the number of steps that went
in.
"""

from __future__ import annotations

from envcheck import Check, Environment, Outcome, ok
from envcheck_checks.tools.circuits.encoder import COUNT, TESTBENCH, VERILOG, counted
from envcheck_checks.tools.framework.banner import version_said
from envcheck_checks.tools.framework.codes import PROGRAM_PART_MISSING
from envcheck_checks.tools.framework.parts import part_missing
from envcheck_checks.tools.framework.program import Program, find, get
from envcheck_checks.tools.framework.sandbox import bench, program_works

IVERILOG = Program(
    "Icarus Verilog",
    "iverilog",
    "a simulator of circuits written in Verilog",
    7,
    {
        "apt": "iverilog",
        "dnf": "iverilog",
        "pacman": "iverilog",
        "zypper": "iverilog",
        "brew": "icarus-verilog",
    },
    "https://steveicarus.github.io/iverilog/usage/installation.html",
)


def examine(env: Environment) -> Outcome:
    table = bench(env, "iverilog", IVERILOG.title, 50)
    table.write({"encoder.v": VERILOG, "testbench.v": TESTBENCH})
    compiler, simulator = find(env, "iverilog"), find(env, "vvp")
    if not simulator:
        return part_missing(
            IVERILOG.title,
            "its command `vvp`, which runs what `iverilog` has compiled",
            get(env, IVERILOG),
        )
    # 2005 is understood by all versions that are still in use.
    done = table.in_order(
        [
            (compiler, "-g2005", "-o", "count.vvp", "encoder.v", "testbench.v"),
            (simulator, "-n", "count.vvp"),
        ]
    )
    if trouble := table.trouble(done):
        return trouble
    if counted(done.stdout) != COUNT:
        return table.wrong_answer(f"{counted(done.stdout)} steps", f"{COUNT} steps")
    version = version_said("iverilog", table.do(compiler, "-V").stdout)
    return ok(f"{version}, the simulated encoder counted {COUNT} steps".strip(", "))


def iverilog() -> Check:
    """Twelve turns of an encoder forward and two back, simulated, count to 40."""
    return program_works(
        "iverilog",
        IVERILOG.title,
        (IVERILOG,),
        examine,
        proves=f"a quadrature encoder in Verilog is compiled and simulated, twelve cycles forward and two back, and counts {COUNT} steps",
        codes={PROGRAM_PART_MISSING: "its command `vvp` is not found"},
    )
