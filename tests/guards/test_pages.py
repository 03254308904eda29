"""Every check has a title, every code a page, and every page a code or a check. The pages teach: all sections, plain words."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from envcheck import Check, Course
from envcheck_checks.courses.ml_for_software_engineers import COURSE

ROOT = Path(__file__).parents[2]
CHECKS = ROOT / "checks" / "envcheck_checks"
PAGES = CHECKS / "pages"
LAUNCHER = ROOT / "run-envcheck.py"  # its fallback gives diagnoses of its own

MAKERS = {"fail", "warn", "Diagnosis"}
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
    return list(
        dict.fromkeys(
            check for chapter in (*course.chapters, *course.tracks) for check in chapter.checks
        )
    )


class Source:
    """One module, read for the codes that it can give: what reaches the first argument of `fail(`, `warn(` and `Diagnosis(`.

    Followed are names, dictionaries, tuples that are taken apart, and what the module's own functions return.
    """

    def __init__(self, path: Path) -> None:
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.functions = {
            node.name: node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)
        }
        self.assigned: dict[str, list[tuple[ast.expr, int | None]]] = {}
        self.makers = set(MAKERS)
        for node in ast.walk(self.tree):
            self._note(node)

    def _note(self, node: ast.AST) -> None:
        """What a name is given, and the names that stand for `fail` and its kind."""
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                self.assigned.setdefault(name, []).append((value, None))
                if (
                    isinstance(value, ast.IfExp)
                    and {ast.unparse(value.body), ast.unparse(value.orelse)} <= MAKERS
                ):
                    self.makers.add(name)
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=value):
                for place, one in enumerate(names):
                    if isinstance(one, ast.Name):
                        self.assigned.setdefault(one.id, []).append((value, place))
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                self.assigned.setdefault(name, []).append((value, None))
            case ast.FunctionDef(args=ast.arguments(args=arguments, defaults=defaults)):
                self.makers |= {node.name} if arguments and arguments[0].arg == "code" else set()
                given = zip(reversed(arguments), reversed(defaults), strict=False)
                self.makers |= {one.arg for one, default in given if ast.unparse(default) in MAKERS}

    def codes(self) -> Iterator[tuple[str, int]]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in self.makers:
                words = [
                    *node.args[:1],
                    *(keyword.value for keyword in node.keywords if keyword.arg == "code"),
                ]
                yield from ((code, node.lineno) for word in words for code in self.strings(word))

    def strings(
        self, node: ast.expr, place: int | None = None, seen: tuple[str, ...] = ()
    ) -> set[str]:
        """Every string that an expression can be; with `place`, that its part with this number can be."""
        match node:
            case ast.Constant(value=str(text)) if place is None:
                return {text}
            case ast.IfExp(body=one, orelse=other):
                return self.strings(one, place, seen) | self.strings(other, place, seen)
            case ast.Tuple(elts=parts) if place is not None and place < len(parts):
                return self.strings(parts[place], None, seen)
            case ast.Dict(values=values):
                return set().union(*(self.strings(value, place, seen) for value in values))
            case ast.Subscript(value=value):
                return self.strings(value, place, seen)
            case ast.Name(id=name) if name not in seen:
                given = self.assigned.get(name, [])
                return set().union(
                    *(
                        self.strings(value, place if at is None else at, (*seen, name))
                        for value, at in given
                    )
                )
            case ast.Call(func=ast.Attribute(value=value, attr="get"), args=[_, *default]):
                return self.strings(value, place, seen).union(
                    *(self.strings(one, place, seen) for one in default)
                )
            case ast.Call(func=ast.Name(id=name)) if name in self.functions and name not in seen:
                returns = [
                    one.value
                    for one in ast.walk(self.functions[name])
                    if isinstance(one, ast.Return) and one.value is not None
                ]
                return set().union(
                    *(self.strings(value, place, (*seen, name)) for value in returns)
                )
        return set()


@cache
def codes() -> dict[str, str]:
    """Every code that a check can give, by the source, with a place where it is given."""
    found: dict[str, str] = {}
    for path in (*sorted(CHECKS.rglob("*.py")), LAUNCHER):
        for code, line in Source(path).codes():
            found.setdefault(code, f"{path.relative_to(ROOT)}:{line}")
    return found


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def is_of_check(page: Path) -> bool:
    return page.stem in {check.id for check in all_checks(COURSE)}


def of_check(check: Check) -> str:
    """The long page of a check: a file, or what the check brings itself."""
    file = PAGES / f"{check.id}.md"
    return text_of(file) if file.is_file() else check.page


def listed(page: str) -> list[str]:
    """The codes that a check's page names."""
    return re.findall(r"^- `([a-z0-9-]+)`:", page, re.MULTILINE)


ALL_PAGES = [
    pytest.param(text_of(page), is_of_check(page), id=page.stem)
    for page in sorted(PAGES.glob("*.md"))
]
ALL_PAGES += [
    pytest.param(check.page, True, id=check.id) for check in all_checks(COURSE) if check.page
]


@pytest.mark.parametrize("check", all_checks(COURSE), ids=lambda check: check.id)
def test_every_check_explains_itself(check: Check) -> None:
    """A check has a title and says what it proves, and its words fit on a line."""
    assert check.title.strip()
    assert len(check.title) <= 40
    assert check.proves.strip()
    assert 0 < check.timeout <= 300


@pytest.mark.parametrize("code", sorted(codes()))
def test_codes_are_kebab_case(code: str) -> None:
    """A code is stable kebab-case."""
    assert code == code.lower().strip("-")
    assert code.replace("-", "").isalnum()
    assert code.isascii()


def test_codes_are_found_wherever_they_hide() -> None:
    """The codes of a dictionary, of a tuple that is taken apart and of a choice are found, not those in an argument alone."""
    assert {
        "pythonpath-breaks",
        "variable-breaks-python",
        "package-incomplete",
        "notebook-page-blank",
        "environment-moved",
    } <= set(codes())
    assert {
        "ipython-startup-raises",
        "jupyter-config-ignored",
        "memory-low",
        "pip-missing",
        "pip-config-broken",
    } <= set(codes())


def test_every_code_has_its_page() -> None:
    """`envcheck explain CODE` has something to say about every diagnosis."""
    missing = [
        f"{code} ({place})"
        for code, place in sorted(codes().items())
        if not (PAGES / f"{code}.md").is_file()
    ]
    assert missing == []


def test_every_check_has_its_page() -> None:
    """`envcheck explain CHECK` says what is really done."""
    assert [check.id for check in all_checks(COURSE) if not of_check(check)] == []
    assert [
        check.id
        for check in all_checks(COURSE)
        if check.page and (PAGES / f"{check.id}.md").is_file()
    ] == [], "two pages"


def test_every_page_is_about_something() -> None:
    """No page is left from a code or a check that has gone."""
    known = {*codes(), *(check.id for check in all_checks(COURSE))}
    assert sorted(page.stem for page in PAGES.glob("*.md") if page.stem not in known) == []


def test_every_code_stands_on_the_page_of_a_check() -> None:
    """A check's page lists what can be wrong: nothing that has gone, and together everything."""
    named = {code for check in all_checks(COURSE) for code in listed(of_check(check))}
    assert named == set(codes())


@pytest.mark.parametrize(("page", "of_a_check"), ALL_PAGES)
def test_a_page_has_its_title_and_sections(page: str, of_a_check: bool) -> None:
    """One title, then the sections in their order, each with something in it."""
    title, *parts = re.split(r"^## ", page, flags=re.MULTILINE)
    assert re.fullmatch(r"# \S.{5,75}\n\n", title)
    assert tuple(part.partition("\n")[0] for part in parts) == (
        OF_A_CHECK if of_a_check else OF_A_CODE
    )
    assert all(part.partition("\n")[2].strip() for part in parts)


@pytest.mark.parametrize(("page", "of_a_check"), ALL_PAGES)
def test_a_page_can_be_read_in_a_terminal(page: str, of_a_check: bool) -> None:
    """It fits on a screen or two, in lines that are not broken, and blames and breaks nothing."""
    lines = page.splitlines()
    assert [
        line for line in lines if len(line) > COLUMNS or line != line.rstrip() or "\t" in line
    ] == []
    assert 15 <= len(lines) <= (90 if of_a_check else 40)
    assert BANNED.findall(" ".join(lines)) == []


@pytest.mark.parametrize(("page", "of_a_check"), ALL_PAGES)
def test_a_page_names_only_what_there_is(page: str, of_a_check: bool) -> None:
    """What it sends the reader on to can be explained too, and its chapter and checks exist."""
    known = {*codes(), *(check.id for check in all_checks(COURSE))}
    assert {name for name in re.findall(r"envcheck explain ([a-z][a-z0-9-]+)", page)} <= known
    assert set(re.findall(r"--only ([a-z0-9-]+)", page)) <= {
        check.id for check in all_checks(COURSE)
    }
    assert set(re.findall(r"envcheck (chapter\w+)", page)) <= {
        chapter.id for chapter in COURSE.chapters
    }


def test_the_index_is_up_to_date() -> None:
    """docs/diagnoses.md is what `scripts/docs` makes of the pages."""
    ran = subprocess.run(
        [sys.executable, ROOT / "scripts" / "docs", "--check"], check=False, timeout=60
    )
    assert ran.returncode == 0, "run scripts/docs"
