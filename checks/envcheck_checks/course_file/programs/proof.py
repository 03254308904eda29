"""A program of the course's own, and what it must print: carried out by the learner's Python in a
throw-away folder and home, with the modules that lie beside the notebooks.
"""

from __future__ import annotations

import re
import unicodedata
from functools import partial

from envcheck import Check, Cost, Diagnosis, Environment, Outcome, fail, ok
from envcheck.course_file.asked import Proof
from envcheck.fixes.advice import ask_teacher, tell
from envcheck.path_lists import joined, parts
from envcheck.processes.process import Ending, Finished, how_it_ended
from envcheck.target.interpreter import interpreter
from envcheck_checks.course_file.chapter_place import ChapterPlace
from envcheck_checks.course_file.codes import PROOF_FAILS, PROOF_HANGS, PROOF_PRINTS_OTHER
from envcheck_checks.course_file.key_page import page
from envcheck_checks.tools.framework.remote_call import home_in

SECONDS = 60.0
COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
BEFORE = 20  # characters that are shown before the place where two texts differ
SHOWN = 300  # characters of what was printed


def proof_holds(
    proof: Proof,
    number: int,
    place: ChapterPlace,
    needs: tuple[Check, ...],
    explained_by: tuple[Check, ...],
) -> Check:
    """The program prints what it should. `number` tells the chapter's programs apart, from 1."""
    name = "proof" if number == 1 else f"proof.{number}"
    return Check(
        id=name,
        title="Proof" if number == 1 else f"Proof {number}",
        examine=partial(_examine, name, proof, place),
        needs=needs,
        explained_by=explained_by,
        timeout=SECONDS + 10,
        proves="a program of the course's own prints what it should",
        slow_because="the course's program loads its packages for the first time",
        cost=Cost(5.0, 500),
        scope=place.scope,
        page=page(
            "A program of the course's own",
            "The course has a small program that does what its chapter does, and knows what it must print.",
            "Packages can be there, and not work together. This program uses them.",
            "Your Python carries it out in a folder and a home that are gone afterwards. Modules that "
            "lie beside the chapter's notebooks can be imported.",
            "the program stands in the course's `envcheck.toml`, under `proof`",
            {
                PROOF_FAILS: "it ends with an error",
                PROOF_PRINTS_OTHER: "it prints something else",
                PROOF_HANGS: "it does not end in time",
            },
        ),
    )


def _examine(name: str, proof: Proof, place: ChapterPlace, env: Environment) -> Outcome:
    done = _carry_out(env, f"{place.scope}-{name}", proof, place)
    printed, wanted = _tidy(done.stdout), _tidy(proof.prints)
    if done.ok and printed == wanted:
        return ok(f"it printed {_short(printed)} after {done.seconds:.1f} s")
    if done.ending in (Ending.TIMED_OUT, Ending.FLOODED):
        return fail(
            PROOF_HANGS,
            f"the course's program did not end in {done.seconds:.0f} s",
            tell("give it room", "Close other programs, then run envcheck again."),
            found=f"{done.ending.value}: {done.last_words}".rstrip(": "),
            wanted=_short(wanted),
            looked_in=place.folder,
        )
    if not done.ok:
        return fail(
            PROOF_FAILS,
            "the course's program ends with an error",
            ask_teacher(),
            found=f"{how_it_ended(done.code)}: {done.last_words}".rstrip(": "),
            wanted=f"it prints {_short(wanted)}",
            looked_in=place.folder,
        )
    return _prints_other(printed, wanted, place)


def _prints_other(printed: str, wanted: str, place: ChapterPlace) -> Diagnosis:
    actual, expected = _told_apart(printed, wanted)
    return fail(
        PROOF_PRINTS_OTHER,
        "the course's program prints something else than it should",
        ask_teacher(),
        found=actual or "nothing",
        wanted=expected,
        looked_in=place.folder,
    )


def _carry_out(env: Environment, name: str, proof: Proof, place: ChapterPlace) -> Finished:
    folder = env.new_folder(re.sub(r"[^\w-]", "-", name))
    program = folder / "proof.py"
    program.write_text(proof.code, encoding="utf-8")
    modules = joined([place.folder, *parts(env.variables, "PYTHONPATH")])
    own = {"PYTHONPATH": modules, "PYTHONIOENCODING": "utf-8"}
    return env.run(
        [interpreter(env).executable, str(program)],
        timeout=SECONDS,
        cwd=folder,
        variables={**home_in(env, folder), **own},
        low_priority=True,
    )


def _tidy(text: str) -> str:
    """Without what nobody sees: colours, blanks at the ends of lines, empty lines at both ends."""
    return "\n".join(line.rstrip() for line in COLOURS.sub("", text).strip().splitlines())


def _told_apart(printed: str, wanted: str) -> tuple[str, str]:
    """Both as they are shown: from where they differ, and letter by letter, where they look alike."""
    if _looks(_short(printed)) != _looks(_short(wanted)):
        return _short(printed), _short(wanted)
    pairs = zip(printed, wanted)  # noqa: B905  # one may end first
    same = next(
        (place for place, (a, b) in enumerate(pairs) if a != b), min(len(printed), len(wanted))
    )
    start = max(0, same - BEFORE)
    return ascii(_short(printed[start:])), ascii(_short(wanted[start:]))


def _looks(text: str) -> str:
    """What a reader tells apart of it: no blanks, no letters that are drawn alike or not at all."""
    plain = unicodedata.normalize("NFKC", text)
    seen = "".join(each for each in plain if unicodedata.category(each) not in ("Cf", "Cc", "Mn"))
    return "".join(seen.split())


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 4]} ..."
