"""What a line of a shell installs, and what cells do that install with such lines or by Python."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from envcheck.adopt.reading.addressed import addressed
from envcheck.adopt.reading.indexes import sets_index
from envcheck.adopt.reading.nodes import nodes
from envcheck.declared.conda_names import on_index
from envcheck.declared.declared import LeftOut
from envcheck.declared.own_index import PUBLIC_ADDRESS
from envcheck.module_names import table
from envcheck.versions import name_of, normal_name

COMMAND = re.compile(
    r"(?<![\w-])(?:(?P<conda>conda|mamba|micromamba)|pip[\d.]*)(?:[ \t]+--?[a-z][\w-]*)*[ \t]+install\b"
    r"|(?<![\w-])uv[ \t]+add\b"
)
# What is fetched lies beside the notebook, where Python finds it.
CLONE = re.compile(r"(?<![\w-])git[ \t]+clone\b(?P<rest>.*)")
NAMED = re.compile(r"[A-Za-z](?:[\w.-]*[A-Za-z0-9])?(?:\[[\w,.-]+\])?(?:[=<>~!]=?[\w.*,<>=!~]+)?")
EGG = re.compile(r"#(?:.*&)?egg=(?P<name>[\w.-]+)|^(?P<first>[\w.-]+)(?:\[[^\]]*\])?[ \t]*@[ \t]")
END = re.compile(r"[;&|]+|[<>].*|#.*|\d?>.*")
LISTS = ("-r", "--requirement", "--requirements", "--file")
EDITABLE = ("-e", "--editable")
WITH_VALUE = {
    *("-c", "--constraint", "-f", "--find-links", "-i", "--index-url", "--extra-index-url"),
    *("-n", "--name", "-p", "--prefix", "--python", "--channel", "-t", "--target", "--root"),
    *("--src", "--platform", "--abi", "--implementation", "--python-version", "--proxy"),
    *("--timeout", "--retries", "--trusted-host", "--cert", "--cache-dir", "--log", "--solver"),
    *("--progress-bar", "--upgrade-strategy", "--no-binary", "--only-binary", "--use-feature"),
    *(
        "-b",
        "--branch",
        "--depth",
        "-C",
        "--config-settings",
        "--global-option",
        "--index",
        "--default-index",
        "--group",
    ),
}
OWN_INDEX = re.compile(
    r"(?:^|[ \t])(?:-i|-f|--(?:extra-|default-)?index(?:-url)?|--find-links)[ \t=]+"
    rf"(?![\"']?{PUBLIC_ADDRESS})"
)
SPOKEN = re.compile(r"(?:^|[;&|({`])[ \t]*(?:echo|printf|#)(?![\w-])[^;&|]*$")
BLANKS = re.compile(r"[ \t]*([<>=!~,])[ \t]*")
BUILD = re.compile(r"[=<>~!]=?[^,]*\+.*$")  # `==1.8.0+cu101` is of no public index
# Python that gives a line to a shell, or to pip.
GIVES = {"system", "system_raw", "getoutput", "run", "call", "check_call", "check_output", "Popen"}
GIVES |= {"run_line_magic", "run_cell_magic", "main"}


@dataclass(frozen=True)
class Installs:
    """What a file installs: `names` are requirements of pip's index; `fits` is what an address may bring, by its
    own name; `lists` are files, as they are named; `of_conda` are conda's names for what pip may call otherwise.
    `sets_index`: it has pip or uv look on another index than the public one.
    """

    names: tuple[str, ...] = ()
    fits: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    of_conda: tuple[str, ...] = ()
    sets_index: bool = False

    @cached_property
    def by_name(self) -> dict[str, str]:
        """The names, normalised, and how each is installed."""
        return by_name(self.names)


NOTHING = Installs()


def of_cells(
    cells: Iterable[tuple[Iterable[str], ast.Module | None]], texts: Iterable[str] = ()
) -> Installs:
    """By the lines for a shell and by the tree of each; `texts` are all cells."""
    every = [each for lines, tree in cells for line in (*lines, *_given(tree)) for each in of(line)]
    return Installs(
        tuple(each for row in every for each in row.names),
        tuple(each for row in every for each in row.fits),
        tuple(each for row in every for each in row.lists),
        tuple(each for row in every for each in row.of_conda),
        any(map(sets_index, texts)),
    )


def of(line: str) -> Iterator[Installs]:
    """One for each command in it."""
    for cloned in CLONE.finditer(line):
        place = [word for option, word in _words(cloned["rest"]) if word and not option]
        if name := _fits(place[0]) if place else "":
            yield Installs(fits=(normal_name(place[1].rpartition("/")[2]) if place[1:] else name,))
    for command in COMMAND.finditer(line):
        rest = line[command.end() :]
        if _is_spoken(line[: command.start()]):
            continue
        words = [*_words(rest)]
        installs = _of_conda(words) if command["conda"] else _of_pip(words)
        yield of_elsewhere(installs) if OWN_INDEX.search(rest) else installs


def _is_spoken(before: str) -> bool:
    """Whether a command behind this is only spoken of: in quotation marks that no shell is given, or to be printed."""
    plain = re.sub(r"\"[^\"]*\"|'[^']*'", "_", before)
    opened = re.search(r"[\"']", plain)
    if opened is None:
        return SPOKEN.search(plain) is not None
    return not re.search(r"(?:^|[ \t])-\w*c[ \t]+$", plain[: opened.start()])


def _of_pip(words: Iterable[tuple[str, str]]) -> Installs:
    names, fits, lists = list[str](), list[str](), list[str]()
    for option, word in words:
        plain = BUILD.sub("", BLANKS.sub(r"\1", word.partition(";")[0])).strip()
        if option in LISTS:
            lists.append(word)
        elif name := _fits(word):
            fits.append(name)
        elif option not in EDITABLE and NAMED.fullmatch(plain):
            names.append(plain)
    return Installs((*names,), (*fits,), (*lists,))


def of_elsewhere(installs: Installs) -> Installs:
    """By an index of its own: the public one may have a stranger's package of a name that nobody verified."""
    rows = [(text, name) for text in installs.names for name in by_name([text])]
    usual = {*table().values()}
    others = tuple(name for _, name in rows if name not in usual)
    names = tuple(text for text, name in rows if name in usual)
    return replace(installs, names=names, fits=(*installs.fits, *others))


def _of_conda(words: Iterable[tuple[str, str]]) -> Installs:
    """By the index's names for them; one that it may not have is only known again."""
    each = [word for option, word in words if not option and NAMED.fullmatch(word)]
    called = {name: on_index(name) for word in each if (name := normal_name(name_of(word)))}
    return Installs(
        tuple(index for index in called.values() if index),
        of_conda=tuple(name for name, index in called.items() if not index),
    )


def _fits(word: str) -> str:
    """What an address may bring, by what stands before or behind it, else by its last part."""
    if "://" not in word and not re.match(r"(?:git\+)?\w+@[\w.-]+:", word):
        return ""
    egg = EGG.search(word)
    text = re.sub(r"^(?:git\+)?\w+@([\w.-]+):(?!//)", r"ssh://\1/", word)
    return normal_name(egg["name"] or egg["first"]) if egg else addressed(LeftOut(text, ""))


def _words(rest: str) -> Iterator[tuple[str, str]]:
    """Each word up to the end of the command, with the option that it is the value of, if any."""
    option = ""
    for word in _split(rest):
        if END.fullmatch(word):
            return
        name, equals, value = word.partition("=")
        if not word.startswith("-"):
            yield (
                option if option in (*LISTS, *EDITABLE) else "",
                "" if option in WITH_VALUE else word,
            )
            option = ""
        elif equals and name in (*LISTS, *EDITABLE):
            yield name, value
        elif word[:2] in LISTS and word[2:]:
            yield word[:2], word[2:]
        else:
            option = word if word in (*WITH_VALUE, *LISTS, *EDITABLE) else ""


def _split(rest: str) -> list[str]:
    words = shlex.shlex(rest, posix=True, punctuation_chars=";&|")
    words.whitespace_split, words.commenters = True, ""
    try:
        return [*words]
    except ValueError:  # a quotation that is not closed
        return re.sub(r"[\"']", "", rest).split()


def _given(tree: ast.Module | None) -> Iterator[str]:
    """The lines that Python gives to a shell: as a text, or as words."""
    for call in nodes(tree, ast.Call) if tree else ():
        if _name(call.func) in GIVES:
            yield " ".join(_spoken(word) for word in call.args)


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _spoken(word: ast.expr) -> str:
    """A text as it is, a list of words as a shell has them; what is computed is a word that nobody knows."""
    if isinstance(word, ast.Constant) and isinstance(word.value, str):
        return word.value
    if isinstance(word, ast.List | ast.Tuple):
        return " ".join(shlex.quote(_spoken(each)) for each in word.elts)
    return "{}"


def by_name(texts: Iterable[str]) -> dict[str, str]:
    """Requirements by their names, normalised, with extras and versions where all that have some have the
    same; what is no requirement of pip's (`numpy=1.26`) is its name alone.
    """
    written: dict[str, set[str]] = {}
    for text in texts:
        name, whole = _parts(text)
        written.setdefault(name, set()).add(whole)
    return {name: _agreed(name, each) for name, each in written.items()}


def _agreed(name: str, written: set[str]) -> str:
    more = written - {name}
    return more.pop() if len(more) == 1 else name


def _parts(text: str) -> tuple[str, str]:
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        wanted = Requirement(text)
    except InvalidRequirement:
        name = normal_name(name_of(text).partition("[")[0])
        return name, name
    wanted.name = normal_name(wanted.name)
    return wanted.name, str(wanted)
