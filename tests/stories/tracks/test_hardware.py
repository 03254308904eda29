"""The track of circuits: simulated, built as C++, and made a bitstream; without a program, and
without a part of one.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.conftest import Envcheck, Ran
from tests.stories.tracks.learner import Learner

pytestmark = pytest.mark.slow

PROGRAMS = (
    "iverilog",
    "vvp",
    "verilator",
    "yosys",
    "nextpnr-ice40",
    "icepack",
    "iceunpack",
    "icetime",
)
# What these call, and what envcheck's launcher and the search for a Python need.
AROUND = (
    "python3",
    "sh",
    "env",
    "perl",
    "make",
    "g++",
    "gcc",
    "ar",
    "as",
    "ld",
    "rm",
    "cp",
    "mv",
    "cat",
    "echo",
    "uname",
    "yosys-abc",
    "berkeley-abc",
)
HAVE = {name: shutil.which(name) for name in PROGRAMS}


def needs(*names: str) -> pytest.MarkDecorator:
    absent = [name for name in names if not HAVE[name]]
    return pytest.mark.skipif(
        bool(absent), reason=f"there is no {', '.join(absent)} on this machine"
    )


def without(folder: Path, *absent: str) -> str:
    """A PATH of links to all the programs but these."""
    folder.mkdir()
    for name in (*PROGRAMS, *AROUND):
        real = shutil.which(name)
        if real and name not in absent:
            (folder / name).symlink_to(real)
    return str(folder)


def stand_in(place: Path, text: str) -> None:
    place.unlink(missing_ok=True)
    place.write_text(f"#!/bin/sh\n{text}\n")
    place.chmod(0o755)


def only(seen: Ran) -> dict[str, object]:
    """The one cause."""
    assert [one["severity"] for one in seen.report["diagnoses"]] == ["error"], seen.stdout[-3000:]
    assert seen.code == 1
    first: dict[str, object] = seen.report["diagnoses"][0]
    return first


def summary(seen: Ran, check: str) -> str:
    return next(
        str(one["summary"]) for one in seen.report["checks"] if one["id"] == f"hardware.{check}"
    )


@needs(*PROGRAMS)
def test_the_encoder_counts_to_40_everywhere(envcheck: Envcheck, tmp_path: Path) -> None:
    """Both simulators count 40, the bitstream packs and unpacks, nothing is left, and the board
    that is not checked is named.
    """
    home = tmp_path / "home"
    home.mkdir()
    seen = envcheck("track", "hardware", "--format", "json", env={"HOME": str(home)})
    assert (seen.code, seen.report["verdict"]) == (0, "ready"), seen.stdout[-3000:]
    assert "counted 40 steps" in summary(seen, "iverilog")
    assert "counted 40 steps" in summary(seen, "verilator")
    assert "32220 bytes" in summary(seen, "ice40")
    assert "MHz" in summary(seen, "ice40")
    assert "MiniZed, needs Vivado, which is not checked" in summary(seen, "ice40")
    assert [*home.iterdir()] == []
    assert [*(tmp_path / "work").iterdir()] == []


@pytest.mark.parametrize(
    ("check", "command", "package"),
    [
        ("iverilog", "iverilog", "iverilog"),
        ("verilator", "verilator", "verilator"),
        ("ice40", "yosys", "yosys"),
    ],
)
def test_an_absent_program_is_named_with_its_size(
    envcheck: Envcheck, tmp_path: Path, check: str, command: str, package: str
) -> None:
    """Not on the PATH: the diagnosis names the command, and the fix its package and what
    it takes.
    """
    path = without(tmp_path / "bin", *PROGRAMS)
    stand_in(tmp_path / "bin" / "apt", "exit 0")
    one = only(
        envcheck("track", "hardware", "--only", check, "--format", "json", env={"PATH": path})
    )
    assert one["code"] == "program-missing"
    assert f"`{command}`" in str(one["summary"])
    assert f"sudo apt install {package}" in json.dumps(one["fixes"])
    assert "MB" in json.dumps(one["fixes"])


@pytest.mark.whole
@needs("iverilog")
def test_icarus_without_its_simulator(envcheck: Envcheck, tmp_path: Path) -> None:
    """`iverilog` is on the PATH and `vvp` is not."""
    one = only(
        envcheck(
            "track",
            "hardware",
            "--only",
            "iverilog",
            "--format",
            "json",
            env={"PATH": without(tmp_path / "bin", "vvp")},
        )
    )
    assert (one["code"], "`vvp`" in str(one["summary"])) == ("program-part-missing", True)


@pytest.mark.whole
@needs("verilator")
@pytest.mark.parametrize("absent", ["make", "g++"])
def test_verilator_without_what_builds(envcheck: Envcheck, tmp_path: Path, absent: str) -> None:
    """No make, or no compiler: Verilator itself is not blamed."""
    path = without(tmp_path / "bin", absent)
    stand_in(tmp_path / "bin" / "apt", "exit 0")
    one = only(
        envcheck("track", "hardware", "--only", "verilator", "--format", "json", env={"PATH": path})
    )
    assert (one["code"], f"`{absent}`" in str(one["summary"])) == ("program-part-missing", True)
    assert "sudo apt install g++ make" in json.dumps(one["fixes"])


@pytest.mark.whole
@needs("verilator")
def test_a_variable_of_a_verilator_that_is_gone(client: Learner) -> None:
    """VERILATOR_ROOT names a folder that is not there: found by trial, and --fix without it is
    green.
    """
    client.variables["VERILATOR_ROOT"] = "/gone/verilator"
    one = client.fails_and_is_mended("hardware", "verilator", "tool-variable-breaks")
    assert "VERILATOR_ROOT" in one["summary"]


@pytest.mark.whole
@needs(*PROGRAMS)
def test_a_yosys_that_is_too_old(envcheck: Envcheck, tmp_path: Path) -> None:
    """Its work fails and its version is older than the first that can do it: it is told to be too
    old.
    """
    path = without(tmp_path / "bin")
    stand_in(
        tmp_path / "bin" / "yosys",
        'case $1 in -V) echo "Yosys 0.7 (git sha1 61f6811)";; *) echo "ERROR: Command syntax error" >&2; exit 1;; esac',
    )
    one = only(
        envcheck("track", "hardware", "--only", "ice40", "--format", "json", env={"PATH": path})
    )
    assert (one["code"], one["evidence"]) == (
        "program-too-old",
        {"found": "0.7", "wanted": "0.8 or newer", "looked_in": "yosys --version"},
    )


@pytest.mark.whole
@needs(*PROGRAMS)
def test_a_nextpnr_without_its_chips(envcheck: Envcheck, tmp_path: Path) -> None:
    """One that reads chips from a file of their own names the file that is not there."""
    path = without(tmp_path / "bin")
    stand_in(
        tmp_path / "bin" / "nextpnr-ice40",
        'echo "ERROR: Unable to open chipdb file /nowhere/nextpnr/ice40/chipdb-1k.bin" >&2; exit 255',
    )
    one = only(
        envcheck("track", "hardware", "--only", "ice40", "--format", "json", env={"PATH": path})
    )
    assert one["code"] == "program-part-missing"
    assert "/nowhere/nextpnr/ice40/chipdb-1k.bin" in json.dumps(one["evidence"])


@pytest.mark.whole
@needs(*PROGRAMS)
def test_icestorm_without_its_chip_database(envcheck: Envcheck, tmp_path: Path) -> None:
    """The bitstream is made all the same: a warning that names the package of Debian and Ubuntu."""
    path = without(tmp_path / "bin", "icetime")
    stand_in(
        tmp_path / "bin" / "icetime", 'echo "Can\'t find chipdb file for device 1k" >&2; exit 1'
    )
    stand_in(tmp_path / "bin" / "apt", "exit 0")
    seen = envcheck("track", "hardware", "--only", "ice40", "--format", "json", env={"PATH": path})
    assert (seen.code, [one["code"] for one in seen.report["diagnoses"]]) == (
        0,
        ["program-part-missing"],
    ), seen.stdout[-2000:]
    assert "fpga-icestorm-chipdb" in seen.stdout


@pytest.mark.whole
@needs("iverilog")
def test_a_wrong_count_is_no_success(envcheck: Envcheck, tmp_path: Path) -> None:
    """A simulator that prints another number is not green."""
    path = without(tmp_path / "bin", "vvp")
    stand_in(tmp_path / "bin" / "vvp", "echo count=41")
    one = only(
        envcheck("track", "hardware", "--only", "iverilog", "--format", "json", env={"PATH": path})
    )
    assert (one["code"], str(one["evidence"]).count("steps")) == ("tool-answers-wrong", 2)


@needs("iverilog")
def test_a_program_that_hangs_is_stopped(envcheck: Envcheck, tmp_path: Path) -> None:
    """The run's own end is kept, and nothing goes on."""
    path = without(tmp_path / "bin", "vvp")
    stand_in(tmp_path / "bin" / "vvp", f"echo $$ > {tmp_path}/pid; exec /bin/sleep 300")
    seen = envcheck(
        "track",
        "hardware",
        "--only",
        "iverilog",
        "--format",
        "json",
        "--timeout",
        "6",
        env={"PATH": path},
    )
    assert seen.code in (1, 3)
    pid = (tmp_path / "pid").read_text().strip()
    assert subprocess.run(["kill", "-0", pid], capture_output=True, check=False).returncode != 0
