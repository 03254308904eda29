"""Every fix that a program may carry out has been carried out on a machine that is really broken.

How it knows, without a list that somebody must remember: the codes whose fix may be automatic are read from the source,
and whatever is not seen to need a person (`tell`, `ask_teacher`, a confidence below sure) counts as automatic. What was carried out is
read from the stories themselves: a story with `fixed=True` fails unless its fix, applied, makes the machine ready (or
the warning go away). So a new code, or a fix that stops needing a person, fails here until a story applies it; and an
exception below that is no longer needed fails too. It goes by code: two places with one code need one story.

It holds for the chapters. What only the tracks' tools can say (`tools/`) is told by the stories of the tracks.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.guards.test_pages import CHECKS, ROOT, Source
from tests.stories.broken.story import Story

TRACKS = CHECKS / "tools"
STORIES = ROOT / "tests" / "stories" / "broken"
NEEDS_A_PERSON = {"tell", "ask_teacher"}
UNSURE = {"Confidence.ASK", "Confidence.LIKELY"}
# Why no story can carry it out on the machines that run the tests. Meant to become empty.
NOT_HERE: dict[str, str] = {
    **dict.fromkeys(
        (
            "python-store-stub",
            "python-xcode-stub",
            "windows-paths-too-long",
        ),
        "made on Windows or macOS only; described machines in tests/unit/other_systems stand for them",
    ),
    **dict.fromkeys(
        (
            "certificate-file-wrong",
            "index-answers-web-page",
            "index-refuses",
            "proxy-captures-localhost",
            "proxy-refuses",
            "proxy-refuses-site",
            "proxy-wrong-scheme",
        ),
        "needs a network that is broken in that way; test_network_asking.py and test_readings.py meet it, without the fix",
    ),
    **dict.fromkeys(
        (
            "notebook-page-blank",
            "notebook-page-no-output",
            "notebook-page-no-typing",
            "notebook-page-without-kernel",
        ),
        "needs a browser with a display",
    ),
}


def applied() -> set[str]:
    """The codes whose fix a story carries out and sees to work."""
    modules = [
        importlib.import_module(f"tests.stories.broken.{path.stem}")
        for path in sorted(STORIES.glob("test_*.py"))
    ]
    stories: list[Story] = [story for module in modules for story in module.STORIES.values()]
    return {story.code for story in stories if story.fixed and not story.known}


class Fixes(Source):
    """One module, read for the codes that may come with a fix that needs nobody."""

    def automatic(self) -> Iterator[tuple[str, int]]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in self.makers and node.args:
                given = [
                    *node.args[2:],
                    *(word.value for word in node.keywords if word.arg == "fixes"),
                ]
                if ast.unparse(node.func) in self.functions or not all(
                    self.needs_a_person(one) for one in given
                ):
                    yield from ((code, node.lineno) for code in self.strings(node.args[0]))

    def needs_a_person(self, fix: ast.expr, seen: tuple[str, ...] = ()) -> bool:
        """Certainly: every way to make this fix asks for a person. What cannot be followed does not."""
        match fix:
            case ast.Constant(value=None):
                return True
            case ast.Call(func=ast.Name(id=name)) if name in NEEDS_A_PERSON:
                return True
            case ast.Call(func=ast.Name(id="Fix"), args=[_, _, confidence]):
                return ast.unparse(confidence) in UNSURE
            case ast.Call(
                func=ast.Name(id="replace"),
                keywords=[ast.keyword(arg="confidence", value=confidence)],
            ):
                return ast.unparse(confidence) in UNSURE
            case ast.Starred(value=value):
                return self.needs_a_person(value, seen)
            case ast.List(elts=parts) | ast.Tuple(elts=parts):
                return all(self.needs_a_person(part, seen) for part in parts)
            case ast.IfExp(body=one, orelse=other):
                return self.needs_a_person(one, seen) and self.needs_a_person(other, seen)
            case ast.Name(id=name) if name not in seen and name in self.assigned:
                return all(
                    at is None and self.needs_a_person(value, (*seen, name))
                    for value, at in self.assigned[name]
                )
            case ast.Call(func=ast.Name(id=name)) if name in self.functions and name not in seen:
                returns = [
                    one.value
                    for one in ast.walk(self.functions[name])
                    if isinstance(one, ast.Return) and one.value is not None
                ]
                return bool(returns) and all(
                    self.needs_a_person(value, (*seen, name)) for value in returns
                )
        return False


@cache
def may_be_automatic() -> dict[str, str]:
    """Every code whose fix may need nobody, with a place where it is made."""
    found: dict[str, str] = {}
    for path in sorted(set(CHECKS.rglob("*.py")) - set(TRACKS.rglob("*.py"))):
        for code, line in Fixes(path).automatic():
            found.setdefault(code, f"{path.relative_to(ROOT)}:{line}")
    return found


def read(text: str, folder: Path) -> set[str]:
    file = folder / "cause.py"
    file.write_text(text, encoding="utf-8")
    return {code for code, _ in Fixes(file).automatic()}


def test_every_automatic_fix_has_been_carried_out() -> None:
    """A code whose fix may be automatic has a story that applies it."""
    known = applied() | set(NOT_HERE)
    assert [
        f"{code} ({place})"
        for code, place in sorted(may_be_automatic().items())
        if code not in known
    ] == []


def test_no_exception_is_left_over() -> None:
    """Who stands among the exceptions has an automatic fix, no story yet, and a reason."""
    assert (
        sorted(code for code in NOT_HERE if code in applied() or code not in may_be_automatic())
        == []
    )
    assert all(reason.strip() for reason in NOT_HERE.values())


def test_what_cannot_be_followed_counts_as_automatic(tmp_path: Path) -> None:
    """Only what surely needs a person is left out: a choice with one automatic side is not, nor what comes from elsewhere."""
    assert read(
        "def f(a):\n    mend = tell('x') if a else Fix('y', ())\n    return fail('one', 's', mend)\n",
        tmp_path,
    ) == {"one"}
    assert read("def f(a):\n    return fail('two', 's', elsewhere(a))\n", tmp_path) == {"two"}
    assert (
        read(
            "def f(a):\n    mend = tell('x')\n    return warn('three', 's', mend, ask_teacher())\n",
            tmp_path,
        )
        == set()
    )
    assert (
        read("def f(a):\n    return fail('four', 's', Fix('y', (), Confidence.ASK))\n", tmp_path)
        == set()
    )
