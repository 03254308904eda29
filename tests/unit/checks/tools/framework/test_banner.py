"""What programs say of their version, as they were recorded, and which number of it is it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck.versions import allows
from envcheck_checks.tools.framework.banner import comparable, version_said

MYSQL = "mysql  Ver 14.14 Distrib 5.7.42, for Linux (x86_64) using  EditLine wrapper"
NIGHTLY = """ffmpeg version 2023-11-05-git-44a0148fad-full_build Copyright (c) 2000-2023 the FFmpeg developers
built with gcc 12.2.0 (Rev10, Built by MSYS2 project)
libavutil      58. 31.100 / 58. 31.100"""
SPARK = """24/01/09 10:00:00 WARN Utils: Your hostname, pc resolves to a loopback address: 127.0.1.1; using 10.0.0.7
Welcome to
   /___/ .__/\\_,_/_/ /_/\\_\\   version 3.5.0
Using Scala version 2.12.18, OpenJDK 64-Bit Server VM, 17.0.9"""
GNU = """GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)
License GPLv3+: GNU GPL version 3 or later <http://gnu.org/licenses/gpl.html>"""
OPENJDK = """openjdk 21 2023-09-19
OpenJDK Runtime Environment (build 21+35-2513)"""
JUPYTER = """Selected Jupyter core packages...
IPython          : 8.14.0
jupyter_core     : 5.3.1"""
TERRAFORM = """Terraform v1.5.7
on linux_amd64

Your version of Terraform is out of date! The latest version
is 1.6.2. You can update by downloading from https://www.terraform.io/downloads.html"""
HELM = 'version.BuildInfo{Version:"v3.13.1", GitCommit:"3547a4b", GoVersion:"go1.20.8"}'
ELIXIR = "Erlang/OTP 25 [erts-13.1.5]\n\nElixir 1.14.0 (compiled with Erlang/OTP 24)"
PERL = "This is perl 5, version 36, subversion 0 (v5.36.0) built for x86_64-linux-gnu-thread-multi"
NVCC = """nvcc: NVIDIA (R) Cuda compiler driver
Copyright (c) 2005-2023 NVIDIA Corporation
Built on Tue_Aug_15_22:02:13_PDT_2023
Cuda compilation tools, release 12.2, V12.2.140"""
PICKED_UP = "Picked up JAVA_TOOL_OPTIONS: -Xmx2.5g\n"
SWIFT = "swift-driver version: 1.87.1 Apple Swift version 5.9 (swiftlang-5.9.0.128.108 clang-1500.0.40.1)"
ANSIBLE = """ansible [core 2.15.2]
  config file = None
  python version = 3.11.4 (main, Jun  7 2023, 00:00:00) [GCC 12.2.0] (/usr/bin/python3)
  jinja version = 3.1.2"""
DBT = """Core:
  - installed: 1.7.4
  - latest:    1.8.0 - Update available!

  Your version of dbt-core is out of date!

Plugins:
  - postgres: 1.7.3 - Up to date!"""
OLLAMA = """Warning: could not connect to a running Ollama instance
Warning: client version is 0.5.7"""
SCALA = "Scala code runner version: 1.4.0\nScala version (default): 3.5.0"
PDFTEX = """pdfTeX 3.141592653-2.6-1.40.24 (TeX Live 2022/Debian)
kpathsea version 6.3.4
Copyright 2022 Han The Thanh (pdfTeX) et al."""
XETEX = """XeTeX 3.141592653-2.6-0.999994 (TeX Live 2022/Debian)
kpathsea version 6.3.4"""
RECORDED = [
    ("ansible", ANSIBLE, "2.15.2"),
    ("aws", "aws-cli/2.13.25 Python/3.11.5 Linux/5.15.0 exe/x86_64.debian.12", "2.13.25"),
    ("bash", GNU, "5.2.15"),
    ("bazel", "Bazelisk version: 1.18.0\nBuild label: 6.4.0\nBuild target: bazel-out", "6.4.0"),
    ("bazel", "Bazelisk version: v1.18.0\nbazel 7.0.0", "7.0.0"),
    ("bazelisk", "Bazelisk version: v1.18.0\nbazel 7.0.0", "1.18.0"),
    ("clang", "Apple clang version 15.0.0 (clang-1500.0.40.1)", "15.0.0"),
    ("cmake", "cmake version 3.25.1\n\nCMake suite maintained by Kitware", "3.25.1"),
    ("curl", "curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1 OpenSSL/3.0.11", "7.88.1"),
    ("dbt", DBT, "1.7.4"),
    ("docker", "Docker version 24.0.7, build afdd53b", "24.0.7"),
    ("dot", "dot - graphviz version 2.43.0 (0)", "2.43.0"),
    ("duckdb", "v0.9.1 401c8061c6", "0.9.1"),
    ("elixir", ELIXIR, "1.14.0"),
    ("ffmpeg", "ffmpeg version 6.0-static https://johnvansickle.com/ffmpeg/", "6.0"),
    ("ffmpeg", "ffmpeg version n6.1.1 Copyright (c) 2000-2023 the FFmpeg developers", "6.1.1"),
    ("ffmpeg", NIGHTLY, ""),
    ("ffmpeg", "ffmpeg version N-109542-g1bf1a13a44 Copyright (c) 2000-2023\nbuilt with gcc 12.2.0", ""),
    ("flask", "Python 3.11.4\nFlask 2.3.3\nWerkzeug 2.3.7", "2.3.3"),
    ("gcc", "gcc (Ubuntu 11.4.0-1ubuntu1~22.04) 11.4.1\nCopyright (C) 2021", "11.4.1"),
    ("git", "git version 2.39.2 (Apple Git-143)", "2.39.2"),
    ("git", "git version 2.42.0.windows.2", "2.42.0"),
    ("go", "go version go1.22.1 linux/amd64", "1.22.1"),
    ("helm", HELM, "3.13.1"),
    ("helm", "v3.14.2+gabc", "3.14.2"),
    ("iverilog", "Icarus Verilog version 12.0 (stable) ()", "12.0"),
    ("java", OPENJDK, "21"),
    ("java", PICKED_UP + OPENJDK, "21"),
    ("java", 'openjdk version "1.8.0_392"\nOpenJDK Runtime Environment (build 1.8.0_392-b08)', "1.8.0_392"),
    ("java", 'openjdk version "17.0.2" 2022-01-18', "17.0.2"),
    ("java", "openjdk 21-ea 2023-09-19", "21-ea"),
    ("java", 'java version "21.0.1" 2023-10-17 LTS', "21.0.1"),
    ("javac", "javac 21", "21"),
    ("jq", "jq-1.6", "1.6"),
    ("jupyter", JUPYTER, ""),
    ("kotlinc", "info: kotlinc-jvm 1.9.0 (JRE 17.0.9+9)", "1.9.0"),
    ("kubectl", "Client Version: v1.28.2\nKustomize Version: v5.0.4-0.20230601165947", "1.28.2"),
    ("less", "less 590 (GNU regular expressions)", "590"),
    ("make", "GNU Make 4.3\nBuilt for x86_64-pc-linux-gnu", "4.3"),
    ("mvn", "Apache Maven 3.9.5 (57804ffe001d7215b5e7bcb531cf83df38f93546)\nJava version: 17.0.9", "3.9.5"),
    ("mysql", MYSQL, "5.7.42"),
    ("mysql", "mysql  Ver 8.0.35 for Linux on x86_64 (MySQL Community Server - GPL)", "8.0.35"),
    ("nginx", "nginx version: nginx/1.22.1", "1.22.1"),
    ("node", "v18.19.0", "18.19.0"),
    ("nvcc", NVCC, "12.2"),
    ("ollama", OLLAMA, "0.5.7"),
    ("ollama", "ollama version is 0.1.32", "0.1.32"),
    ("pandoc", "pandoc 2.17.1.1\nCompiled with pandoc-types 1.22.2.1", "2.17.1.1"),
    ("pdflatex", PDFTEX, "1.40.24"),
    ("perl", PERL, "5.36.0"),
    ("pip3", "pip 23.2.1 from /usr/lib/python3/dist-packages/pip (python 3.11)", "23.2.1"),
    ("poetry", "Poetry (version 1.6.1)", "1.6.1"),
    ("psql", "psql (PostgreSQL) 15.5 (Debian 15.5-0+deb12u1)", "15.5"),
    ("python3", "Python 3.13.0rc1", "3.13.0rc1"),
    ("R", 'R version 4.3.1 (2023-06-16) -- "Beagle Scouts"', "4.3.1"),
    ("redis-server", "Redis server v=7.0.11 sha=00000000:0 malloc=jemalloc-5.2.1 bits=64", "7.0.11"),
    ("scala", SCALA, "3.5.0"),
    ("scala", "Scala code runner version 2.13.12 -- Copyright 2002-2023, LAMP/EPFL", "2.13.12"),
    ("scala", "Scala code runner version 3.3.1 -- Copyright 2002-2023, LAMP/EPFL", "3.3.1"),
    ("spark-submit", SPARK, "3.5.0"),
    ("sqlite3", "3.40.1 2022-12-28 14:03:47 df5c253c0b3dd24916e4ec7cf77d3db5", "3.40.1"),
    ("ssh", "OpenSSH_9.2p1 Debian-2, OpenSSL 3.0.9 30 May 2023", "9.2"),
    ("swift", SWIFT, "5.9"),
    ("terraform", TERRAFORM, "1.5.7"),
    ("tmux", "tmux 3.3a", "3.3"),
    ("tool", "A new release: upgrade to 3.9.1 is available\ntool version 1.2.3", "1.2.3"),
    ("tool", "no number", ""),
    ("verilator", "Verilator 5.006 2023-01-22 rev v5.006", "5.006"),
    ("xelatex", XETEX, "0.999994"),
    ("yosys", "Yosys 0.23 (git sha1 7ce5011c24b)", "0.23"),
]  # fmt: skip


@pytest.mark.parametrize(("command", "text", "version"), RECORDED)
def test_of_all_numbers_the_programs_own(command: str, text: str, version: str) -> None:
    assert version_said(command, text) == version
    assert version_said(command, "", text) == version, "some write it to stderr"
    assert not version or allows(">=0", comparable(command, version)), "PEP 440 reads it"


@pytest.mark.parametrize(
    ("command", "version", "versions", "takes"),
    [
        ("java", "1.8.0_392", ">=8,<9", True),
        ("java", "1.8.0_392", ">=11", False),
        ("java", "21-ea", ">=17,<22", True),
        ("java", "21-ea", ">=21", False),
        ("scala", "1.8.0", ">=8", False),
    ],
)
def test_compared_by_pep_440(command: str, version: str, versions: str, takes: bool) -> None:
    assert allows(versions, comparable(command, version)) is takes


NOISE = st.sampled_from(
    [
        "Picked up JAVA_TOOL_OPTIONS: -Xmx2.5g",
        "A newer version 9.9.9 is available",
        "WARN Utils: 127.0.1.1; using 9.8.7.6",
        "built with gcc 12.2.0",
        "Copyright (c) 2000-2023 by 7.7.7",
        "License GPLv3+: GNU GPL version 3 or later",
        "Python 3.11.4",
        "Toolisk version: v9.9.9",
        "Tool code runner version: 9.9.9",
        "kpathsea version 6.3.4",
        "info: another 9.9.9",
        "Warning: tool 9.9.9 is available",
        "",
    ]
)
NUMBERS = st.lists(st.integers(0, 99), min_size=2, max_size=3).map(lambda n: ".".join(map(str, n)))


@given(
    st.lists(NOISE, max_size=3),
    NUMBERS,
    st.lists(NOISE, max_size=3),
    st.sampled_from(
        [
            "tool {}",
            "tool version {}",
            "Tool v{}",
            "tool/{}",
            "tool (2020-01-02) {}",
            "Tool version (default): {}",
            "tool [core {}]",
            "info: tool {}",
        ]
    ),
)
def test_no_other_line_is_taken_for_it(
    before: list[str], number: str, behind: list[str], form: str
) -> None:
    """Whatever stands around the line with the program's name."""
    assert version_said("tool", "\n".join([*before, form.format(number), *behind])) == number
