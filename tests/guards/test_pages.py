"""Every check has a title, every code a page, and every page a code or a check. The pages teach:
all sections, plain words.

Codes are declared in the `codes.py` of their rooms; `scripts/docs` writes what is drawn from there.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from tests.guards.source import ROOT, files, nodes, place

from envcheck import Check, Code, Course
from envcheck.course_file.asked import Asked, DataFile, Proof, Service, Variable
from envcheck.course_file.values import CourseChapter, CourseFile
from envcheck_checks.course_file.course import course as described_course
from envcheck_checks.courses.ml_for_software_engineers import COURSE
from envcheck_checks.courses.ml_for_software_engineers import codes as gathered

CHECKS = ROOT / "checks" / "envcheck_checks"
FILES = {page.stem: page for page in sorted(CHECKS.rglob("*.md"))}

OF_A_CODE = ("What it is", "Why it matters", "See it yourself", "The fix")
OF_A_CHECK = (
    "What it is",
    "Why it matters",
    "What is done",
    "See it yourself",
    "What can be wrong",
    "The fix",
)
COLUMNS = 100
# Words that blame, belittle or say nothing to a learner; commands that lose something or do harm.
BANNED = re.compile(
    r"\b(simply|just|obviously|of course|trivial|easy|easily|invalid state|illegal|stupid|your fault)\b"
    r"|sudo (-\S+ )*(\S*python\S* -m )?pip|\brm -|\brmdir\b|\bpip uninstall\b|\bkernelspec remove\b|--break-system-packages install"
    r"|(disable|turn off|switch off|uninstall|stop) (your|the) (antivirus|firewall)",
    re.IGNORECASE,
)


def all_checks(course: Course) -> list[Check]:
    chapters = (*course.chapters, *course.tracks)
    return list(dict.fromkeys(check for chapter in chapters for check in chapter.checks))


# A course without code, with every kind of check that only such courses have.
ASKED = Asked(
    packages=("numpy",),
    conda="ml",
    commands={"git": ""},
    jupyter=True,
    env={"API_KEY": Variable(".env")},
    files=(DataFile("data.csv"),),
    ports=(5432,),
    services={"db": Service("127.0.0.1", 5432)},
    links=("https://example.org/data.csv",),
    proof=(Proof("print(1)", "1"),),
    gpu="required",
    disk=10**9,
    memory=10**9,
)
TABLE = CourseFile(Path("envcheck.toml"), "a", "A", (CourseChapter("w", "W", ASKED),))
DESCRIBED = described_course(TABLE, COURSE)
CHECK_IDS = {check.id for check in all_checks(COURSE)}
MODULES = {
    str(Path(module.__file__ or "").parent.relative_to(CHECKS)): module
    for module in (*gathered.OF_CHAPTERS, *gathered.OF_TRACKS)
}
ROOM_OF = {
    code: room
    for room, module in MODULES.items()
    for code in vars(module).values()
    if isinstance(code, Code)
}


def room_of(check: Check) -> str:
    """The folder, from `envcheck_checks`, of the function that examines."""
    parts = check.examine.__module__.split(".")[1:-1]
    return "/".join(parts)


def of_check(check: Check) -> str:
    """The long page of a check: a file, or what the check brings itself."""
    return FILES[check.id].read_text("utf-8") if check.id in FILES else check.page


def listed(page: str) -> set[str]:
    """The codes that a check's page names."""
    return set(re.findall(r"^- `([a-z0-9-]+)`:", page, re.MULTILINE))


ALL_PAGES = [
    pytest.param(page.read_text("utf-8"), name in CHECK_IDS, id=name)
    for name, page in FILES.items()
]
ALL_PAGES += [
    pytest.param(check.page, True, id=check.id)
    for check in (*all_checks(COURSE), *all_checks(DESCRIBED))
    if check.page
]


@pytest.mark.parametrize("check", all_checks(COURSE), ids=lambda check: check.id)
def test_every_check_explains_itself(check: Check) -> None:
    """A check has a title and says what it proves, and its words fit on a line."""
    assert 0 < len(check.title.strip()) <= 40, f"give `{check.id}` a title of at most 40 letters"
    assert check.proves.strip(), (
        f"say in `proves=` of `{check.id}` what has been shown when it passes"
    )
    assert 0 < check.timeout <= 300, f"give `{check.id}` a timeout of at most 300 seconds"


@pytest.mark.parametrize("code", COURSE.codes)
def test_codes_are_kebab_case(code: Code) -> None:
    """A code is stable kebab-case, and its constant has the same words."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", code), f"write `{code}` in kebab-case"
    constant = code.upper().replace("-", "_")
    assert hasattr(MODULES[ROOM_OF[code]], constant), f"call the constant of `{code}` {constant}"


def test_codes_are_declared_once() -> None:
    """No two rooms declare the same code, and the course has the codes of all rooms."""
    twice = [code for code, times in Counter(COURSE.codes).items() if times > 1]
    assert not twice, f"declare in one room only, the lowest that gives it: {', '.join(twice)}"
    rooms = {path.parent.relative_to(CHECKS).as_posix() for path in CHECKS.rglob("codes.py")}
    missing = rooms - set(MODULES) - {"courses/ml_for_software_engineers"}
    assert not missing, (
        f"add to {place(Path(gathered.__file__))} the codes of: {', '.join(missing)}"
    )


def test_codes_are_given_by_their_constants() -> None:
    """A diagnosis is made with a declared code, never with a text of its own."""
    told = [
        f"{place(path)}:{node.lineno}: instead of {node.value!r} write its constant from codes.py; "
        f"a new code: scripts/new-diagnosis {node.value!s} --room {path.parent.relative_to(CHECKS)}"
        for path in files(CHECKS)
        if path.name != "codes.py"
        for node in plain_codes(path)
    ]
    assert not told, "\n".join(told)


def plain_codes(path: Path) -> list[ast.Constant]:
    """The texts that are used as a code is, or are one."""
    first = [
        node.args[0]
        for node in nodes(path)
        if isinstance(node, ast.Call)
        and node.args
        and ast.unparse(node.func) in ("fail", "warn", "Diagnosis")
    ]
    plain = [node for node in first if isinstance(node, ast.Constant)]
    return plain + [
        node for node in nodes(path) if isinstance(node, ast.Constant) and node.value in ROOM_OF
    ]


def test_every_code_is_given() -> None:
    """No code is left that no check gives."""
    sources = [path for path in CHECKS.rglob("*.py") if path.name != "codes.py"]
    used = {node.id for path in sources for node in nodes(path) if isinstance(node, ast.Name)}
    idle = [code for code in COURSE.codes if code.upper().replace("-", "_") not in used]
    assert not idle, f"give these from a cause, or remove them from codes.py: {', '.join(idle)}"


def test_nothing_is_left_to_write() -> None:
    """What scripts/new-diagnosis leaves open has been written."""
    left = [
        f"{place(page)}: {line}"
        for page in FILES.values()
        for line in page.read_text("utf-8").splitlines()
        if "TODO" in line
    ]
    told = "write what stands in place of TODO (a title: in codes.py, then run scripts/docs):\n"
    assert not left, told + "\n".join(left)


def test_every_code_has_its_page() -> None:
    """`envcheck explain CODE` has something to say about every diagnosis, from a page in its code's
    room.
    """
    missing = [
        f"write {place(CHECKS / room / 'pages' / f'{code}.md')}, with the sections {', '.join(OF_A_CODE)}"
        for code, room in ROOM_OF.items()
        if FILES.get(code) != CHECKS / room / "pages" / f"{code}.md"
    ]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("check", all_checks(COURSE), ids=lambda check: check.id)
def test_every_check_has_its_page(check: Check) -> None:
    """`envcheck explain CHECK` says what is really done: a page in its room, or one that it makes
    itself.
    """
    page = CHECKS / room_of(check) / "pages" / f"{check.id}.md"
    if check.page:
        assert check.id not in FILES, f"`{check.id}` makes its page itself: remove {place(page)}"
    else:
        assert FILES.get(check.id) == page, (
            f"write {place(page)}, with the sections {', '.join(OF_A_CHECK)}"
        )


def test_every_page_is_about_something() -> None:
    """No page is left from a code or a check that has gone."""
    left = [place(page) for name, page in FILES.items() if name not in {*ROOM_OF, *CHECK_IDS}]
    assert not left, f"nothing has these names; remove or rename: {', '.join(left)}"


def test_every_code_stands_on_the_page_of_a_check() -> None:
    """A check's page lists what can be wrong: nothing that has gone, and together everything."""
    every = [*all_checks(COURSE), *all_checks(DESCRIBED)]
    named = {code for check in every for code in listed(of_check(check))}
    assert named <= set(ROOM_OF), f"declare, or take off the page: {named - set(ROOM_OF)}"
    missing = set(ROOM_OF) - named
    assert not missing, (
        f"name the checks that give them in codes.py, then run scripts/docs: {missing}"
    )
    unknown = {check for code in COURSE.codes for check in code.checks} - CHECK_IDS
    assert not unknown, f"codes name checks that there are not: {unknown}"


@pytest.mark.parametrize(("page", "of_a_check"), ALL_PAGES)
def test_a_page_has_its_title_and_sections(page: str, of_a_check: bool) -> None:
    """One title, then the sections in their order, each with something in it."""
    title, *parts = re.split(r"^## ", page, flags=re.MULTILINE)
    assert re.fullmatch(r"# \S.{5,75}\n\n", title), "begin with `# ` and a title of 6 to 76 letters"
    wanted = OF_A_CHECK if of_a_check else OF_A_CODE
    assert tuple(part.partition("\n")[0] for part in parts) == wanted, (
        f"give it exactly the sections {', '.join(wanted)}"
    )
    empty = [part.strip() for part in parts if not part.partition("\n")[2].strip()]
    assert not empty, f"write something under {', '.join(empty)}"


@pytest.mark.parametrize(("page", "of_a_check"), ALL_PAGES)
def test_a_page_can_be_read_in_a_terminal(page: str, of_a_check: bool) -> None:
    """It fits on a screen or two, in lines that are not broken, and blames and breaks nothing."""
    lines = page.splitlines()
    odd = [line for line in lines if len(line) > COLUMNS or line != line.rstrip() or "\t" in line]
    assert not odd, f"break at {COLUMNS} columns, without tabs and blanks at the end: {odd}"
    longest = 120 if of_a_check else 40
    assert 15 <= len(lines) <= longest, f"write 15 to {longest} lines; these are {len(lines)}"
    banned = [hit[0] for hit in BANNED.finditer(" ".join(lines))]
    assert not banned, f"say it without: {banned}"


@pytest.mark.parametrize(("page", "of_a_check"), ALL_PAGES)
def test_a_page_names_only_what_there_is(page: str, of_a_check: bool) -> None:
    """What it sends the reader on to can be explained too, and its chapter and checks exist."""
    named = set(re.findall(r"envcheck explain ([a-z][a-z0-9-]+)", page)) - {*ROOM_OF, *CHECK_IDS}
    assert not named, f"`envcheck explain` has no page for {named}"
    named = set(re.findall(r"--only ([a-z0-9-]+)", page)) - CHECK_IDS
    assert not named, f"there are no checks {named}"
    named = set(re.findall(r"envcheck (chapter\w+)", page)) - {one.id for one in COURSE.chapters}
    assert not named, f"there are no chapters {named}"


def test_what_is_drawn_from_the_codes_is_up_to_date() -> None:
    """Titles, the lists of what can be wrong, and docs/diagnoses.md are what
    `scripts/docs` writes.
    """
    command = [sys.executable, str(ROOT / "scripts" / "docs"), "--check"]
    done = subprocess.run(command, check=False, timeout=60, capture_output=True, text=True)
    assert done.returncode == 0, f"run scripts/docs; it would write:\n{done.stdout}{done.stderr}"
