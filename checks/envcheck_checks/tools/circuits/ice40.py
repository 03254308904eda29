"""Yosys, nextpnr and icestorm: the encoder becomes a bitstream for an iCE40 chip, which is unpacked
again and compared.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from envcheck import Check, Diagnosis, Environment, Outcome, Severity, ok
from envcheck.processes.process import Finished
from envcheck_checks.tools.circuits.encoder import VERILOG
from envcheck_checks.tools.framework.banner import version_said
from envcheck_checks.tools.framework.codes import PROGRAM_PART_MISSING, PROGRAM_TOO_OLD
from envcheck_checks.tools.framework.parts import part_missing, too_old
from envcheck_checks.tools.framework.program import Program, find, get
from envcheck_checks.tools.framework.sandbox import Bench, bench, program_works

SUITE = "https://github.com/YosysHQ/oss-cad-suite-build/releases"
YOSYS = Program(
    "Yosys",
    "yosys",
    "makes gates of a circuit in Verilog",
    81,
    dict.fromkeys(("apt", "dnf", "pacman", "brew"), "yosys"),
    SUITE,
)
NEXTPNR = Program(
    "nextpnr-ice40",
    "nextpnr-ice40",
    "places gates on an iCE40 chip and connects them",
    232,
    {"apt": "nextpnr-ice40", "dnf": "nextpnr"},
    SUITE,
)
ICESTORM = Program(
    "Project IceStorm", "icepack", "packs a placed circuit as a bitstream for an iCE40 chip", 30,
    {"apt": "fpga-icestorm", "dnf": "icestorm", "brew": "icestorm"}, SUITE,
)  # fmt: skip
CHIPS = Program(
    "IceStorm's chip database",
    "icetime",
    "what IceStorm knows of each chip",
    88,
    {"apt": "fpga-icestorm-chipdb", "dnf": "icestorm"},
    SUITE,
)
OLDEST_YOSYS = "0.8"
SYNTHESIS = "read_verilog encoder.v; synth_ice40 -top encoder -json gates.json"
PLACEMENT = (
    *("--hx1k", "--package", "tq144"),
    *("--json", "gates.json", "--asc", "placed.asc"),
)
# Where Debian has it below share, and where everybody else has.
CHIPDB = ("fpga-icestorm/chipdb", "icebox", "icestorm/chipdb")
BOARD = "the blog's own board, a MiniZed, needs Vivado, which is not checked"
SAME = f"unpacked and packed again: the same; {BOARD}"


def examine(env: Environment) -> Outcome:
    table = bench(env, "ice40", "the way to a bitstream", 80)
    # Yosys hands its temporary folder to a program that breaks names at spaces: a dot has none.
    table = replace(table, variables={**table.variables, "TMPDIR": "."})
    table.write({"encoder.v": VERILOG})
    yosys, nextpnr, icepack, iceunpack = (
        find(env, name) for name in ("yosys", "nextpnr-ice40", "icepack", "iceunpack")
    )
    if not iceunpack:
        return part_missing(ICESTORM.title, "its command `iceunpack`", get(env, ICESTORM))
    version = version_said("yosys", table.do(yosys, "-V").stdout)
    done = table.in_order(
        [
            (yosys, "-q", "-p", SYNTHESIS),
            (nextpnr, "-q", *PLACEMENT),
            (icepack, "placed.asc", "first.bin"),
            (iceunpack, "first.bin", "unpacked.asc"),
            (icepack, "unpacked.asc", "second.bin"),
        ]
    )
    if trouble := table.trouble(done):
        return too_old(env, YOSYS, version, OLDEST_YOSYS) or _chip_unknown(env, done) or trouble
    first, second = (_content(table.folder / name) for name in ("first.bin", "second.bin"))
    if not first or first != second:
        return table.wrong_answer(
            f"bitstreams of {len(first)} and {len(second)} bytes",
            "the same bitstream after unpacking and packing it again",
        )
    speed, warnings = _speed(table)
    bitstream = f"Yosys {version}, a bitstream of {len(first)} bytes for an iCE40 HX1K"
    return ok(", ".join([bitstream, *speed, SAME]), *warnings)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _chip_unknown(env: Environment, done: Finished) -> Diagnosis | None:
    """nextpnr was built to read its chips from a separate file, and names one that is not there."""
    named = re.findall(r"[\w./\\:+-]*chipdb[\w./\\:+-]*", done.stderr)
    absent = next(
        (
            path
            for path in named
            if Path(path.rstrip(".:")).is_absolute() and not os.path.exists(path.rstrip(".:"))
        ),
        "",
    )
    if "nextpnr" not in Path(done.argv[0]).name or not absent:
        return None
    return part_missing(
        NEXTPNR.title, "its chip database", get(env, NEXTPNR), looked_in=absent.rstrip(".:")
    )


def _speed(table: Bench) -> tuple[Sequence[str], Sequence[Diagnosis]]:
    """How fast the circuit may be clocked, by icetime. Its chip database is a separate package on
    Debian and Ubuntu.
    """
    icetime = find(table.env, "icetime")
    done = table.do(icetime, "-d", "hx1k", "placed.asc") if icetime else None
    if done is None:
        return (), ()
    if hit := re.search(r"\(([\d.]+) MHz\)", done.stdout + done.stderr):
        return (f"{float(hit.group(1)):.0f} MHz",), ()
    share = Path(icetime).resolve().parents[1] / "share"
    places = [share / folder / "chipdb-1k.txt" for folder in CHIPDB]
    if done.ok or any(os.path.exists(place) for place in places):
        return (), ()
    missing = part_missing(
        ICESTORM.title, "its chip database", get(table.env, CHIPS), looked_in=share, severity=Severity.WARNING,
        effect="bitstreams are made; `icetime` cannot tell how fast they run",
    )  # fmt: skip
    return (), (missing,)


def ice40() -> Check:
    """The encoder becomes a bitstream for an iCE40 chip; unpacked and packed again it is
    the same.
    """
    return program_works(
        "ice40",
        "FPGA bitstream",
        (YOSYS, NEXTPNR, ICESTORM),
        examine,
        proves=f"the encoder becomes gates, a placed circuit and a bitstream for an iCE40 chip, which unpacked and packed again is the same; {BOARD}",
        codes={
            PROGRAM_PART_MISSING: "a command of IceStorm or a chip database is not there",
            PROGRAM_TOO_OLD: f"Yosys is older than {OLDEST_YOSYS}",
        },
        timeout=90.0,
        seconds=4.0,
        memory_mb=300,
    )
