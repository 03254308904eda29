"""The version that a program says of itself, told apart from all other numbers of its answer."""

from __future__ import annotations

import re

JAVA = ("java", "javac", "javadoc", "jar", "jshell")
# What a program calls itself, where that is not the command.
CALLED = {
    "bazel": ("build label",),
    "dot": ("graphviz",),
    "kotlinc": ("kotlinc-jvm", "kotlinc-js"),
    "mvn": ("apache maven",),
    "psql": ("postgresql",),
    **dict.fromkeys(JAVA, ("openjdk", "java")),
}
# Lines that speak of something else: notices of newer ones, and what is logged at the start.
NOTICE = re.compile(
    r"^[ \t]*(?:picked up|note|info|hint)\b|\bwarn|\bINFO\b"
    r"|\b(?:available|newer|latest|upgrade|update|out of date|outdated|deprecated|at least|requires?)\b",
    re.I,
)
# Before what a program says of itself, all the same.
LABEL = re.compile(r"^[ \t]*(?:info:[ \t]*|warning:[ \t]*(?=client version is))", re.I)
# Where a line goes on about what the program was made with, and of its rights.
ASIDE = re.compile(
    r"\b(?:copyright|licen[cs]e\w*|GPL\w*|(?:built|compiled|linked|running|based|powered)\b|using\b).*",
    re.I,
)
NO_VERSION = re.compile(
    r"\d{4}-\d\d-\d\d|\d{4}/\d\d/\d\d|\b\d\d/\d\d/\d\d\b|\b\d+:\d\d(?::\d\d)?\b"  # days and times
    r"|\b(?:0|10|127|169|172|192)(?:\.\d{1,3}){3}\b"  # addresses
    r"|\b\w+://\S+"
    r"|\bN-\d+(?:-g[0-9a-f]+)?\b"  # of changes, where a program was built between two versions
)
BEFORE_RELEASE = (
    r"(?:[ab]\d+(?![\w])|[-.]?(?:rc|alpha|beta|ea|pre|preview|dev)(?![a-z])[-.]?\d*(?!\w))"
)
DOTTED = rf"\d+(?:\.\d+)+{BEFORE_RELEASE}?(?:_\d+)?"
NUMBER = rf"\d+(?:\.\d+)*{BEFORE_RELEASE}?(?:_\d+)?"
WORD = r"(?:version|ver|release)"
BETWEEN = r"[\s:=\"'(,/_-]"
OF_WORD = re.compile(
    rf"(?:(?P<whose>[A-Za-z]+)[\s-]+)?(?<![A-Za-z]){WORD}\b\.?(?:\s+is\b)?{BETWEEN}*[vn]?({NUMBER})",
    re.I,
)
TEX = re.compile(rf"TeX {DOTTED}-{DOTTED}-({DOTTED})")  # TeX's own, e-TeX's, and this program's
INSTALLED = re.compile(rf"^\W*installed(?: version)?:\s*v?({DOTTED})", re.I)
# What starts the program has a version too, which counts where nothing else is told.
STARTS = re.compile(rf"\b(?:runner|driver|launcher|wrapper|script)\s+{WORD}\b", re.I)
DISTRIBUTION = re.compile(rf"\bdistrib\s+({DOTTED})", re.I)  # of MySQL's programs: `Ver` is another
ALONE = re.compile(rf"\s*v?(?:({DOTTED})(?:[^\w.].*)?|(\d+))\s*", re.I)
FIRST = re.compile(rf"(?<![A-Za-z0-9.])v?({DOTTED})", re.I)
OTHERS = frozenset(
    [
        "python",
        "go",
        "golang",
        "kpathsea",
        "git",
        "server",
        "api",
        "protocol",
        "os",
        "kernel",
        "schema",
        "format",
        "node",
    ]
)


def version_said(command: str, stdout: str, stderr: str = "") -> str:
    """The version in what `command` answered, as it stands there; empty where it tells none."""
    return _told(command, stdout) or _told(command, stderr)


def comparable(command: str, version: str) -> str:
    """It by PEP 440: `21-ea` is before 21, and Java 1.8 is Java 8."""
    number = version.replace("_", ".").replace("-ea", "a0")
    return number[2:] if command in JAVA and number.startswith("1.") else number


def _told(command: str, text: str) -> str:
    of_name = _behind_name(command)
    rows = (_to_the_point(row, of_name) for row in text.splitlines())
    lines = [line for line in rows if line.strip()]
    for line in lines:
        if hit := TEX.search(line) or DISTRIBUTION.search(line) or of_name.search(line):
            return _whole(hit[1], line)
    for line in sorted(lines, key=lambda line: bool(STARTS.search(line))):
        if hit := INSTALLED.search(line):
            return hit[1]
        if number := _of_word(command, line):
            return number
    if not lines or any(re.search(rf"\b{WORD}\b", line, re.I) for line in lines):
        return ""
    alone = (ALONE.fullmatch(line) for line in lines)
    hit = next(filter(None, alone), None) or FIRST.search(lines[0])
    return next(filter(None, hit.groups()), "") if hit else ""


def _to_the_point(line: str, of_name: re.Pattern[str]) -> str:
    bare = LABEL.sub("", line)
    if of_name.match(bare) or bare.lower().startswith("client version"):
        line = bare
    return "" if NOTICE.search(line) else NO_VERSION.sub("<>", ASIDE.sub("", line))


def _behind_name(command: str) -> re.Pattern[str]:
    """A number right behind the program's name, or behind the name and the word `version`."""
    bare = re.sub(r"\.exe$", "", command, flags=re.I)
    names = {bare, re.sub(r"-?[\d.]+$", "", bare) or bare, *CALLED.get(bare, ())}
    name = "|".join(re.escape(each) for each in sorted(names, key=len, reverse=True))
    return re.compile(
        rf"(?<![\w.-])(?:{name})(?:\.exe)?(?:\s*\([^)]*\)|\s*\[[a-z]+(?=\s))?{BETWEEN}+"
        rf"(?:{WORD}\b(?:\s*\([^)]*\))?{BETWEEN}*(?:is\s+)?)?(?:(?:{name}){BETWEEN}*)?[vn]?{BETWEEN}*({NUMBER})",
        re.I,
    )


def _of_word(command: str, line: str) -> str:
    """Behind the word `version`, where that is not the version of something else."""
    for hit in OF_WORD.finditer(line):
        whose = (hit["whose"] or "").lower()
        if len(command) > 2 and whose != command.lower() and whose.startswith(command.lower()):
            continue  # it starts the program, as bazelisk does bazel
        if whose not in OTHERS or whose == command.lower():
            return hit[2]
    return ""


def _whole(number: str, line: str) -> str:
    """`perl 5, version 36 (v5.36.0)` tells the whole of it later in the line."""
    if re.search(r"\D", number):
        return number
    more = (hit[1] for hit in FIRST.finditer(line) if hit[1].startswith(f"{number}."))
    return next(more, number)
