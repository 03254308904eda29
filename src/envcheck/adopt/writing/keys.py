"""The keys of a course file beside its lists, packages and chapters, as a course's own files say them: for a new file,
and for one that is there and lacks them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from envcheck.adopt.asked.alternatives import python_of
from envcheck.adopt.asked.machine import Port
from envcheck.adopt.needed.asked_variables import asked_variables, file_of
from envcheck.adopt.needed.course import Reading
from envcheck.adopt.needed.environments import environment
from envcheck.adopt.needed.part import Part
from envcheck.adopt.reading.sources import TEXT
from envcheck.adopt.reading.variables import Variable
from envcheck.adopt.writing.toml_text import listed, plain, quoted, quoted_key

# The program of a notebook's language, by its names in small letters.
OF_LANGUAGES = {"r": "R", "ir": "R", "julia": "julia"}


@dataclass(frozen=True)
class Key:
    """A key with where it comes from. `value` is a text of TOML, several of a list, or those of a table by
    their keys.
    """

    name: str
    value: str | tuple[str, ...] | Mapping[str, str]
    origin: str

    @property
    def line(self) -> str:
        """As it stands in a file."""
        return f"{self.name} = {self.written}  # {self.origin}"

    @property
    def written(self) -> str:
        """The value as TOML has it."""
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, tuple):
            return f"[{', '.join(self.value)}]"
        each = ", ".join(f"{quoted_key(name)} = {text}" for name, text in self.value.items())
        return f"{{ {each} }}"

    @property
    def names(self) -> tuple[str, ...]:
        """What an author may call it who leaves it out: the key, or a thing in it."""
        inside = () if isinstance(self.value, str) else self.value
        return (self.name, *inside)

    def without(self, names: Collection[str]) -> Key | None:
        """The same without these things in it; None where nothing is left."""
        if isinstance(self.value, str):
            return self
        if isinstance(self.value, tuple):
            rest = tuple(each for each in self.value if each not in names)
            return replace(self, value=rest) if rest else None
        left = {name: text for name, text in self.value.items() if name not in names}
        return replace(self, value=left) if left else None


def of_course(reading: Reading) -> tuple[Key, ...]:
    """Those that hold for every chapter."""
    return (*python(reading), *conda(reading), *machine(reading))


def python(reading: Reading) -> Iterator[Key]:
    """The Python that only a list says for which another one stands."""
    others = reading.lists.alternatives
    told = python_of(others) if others else None
    if told and not any(listing.pythons for listing in reading.lists.of_all):
        yield Key("python", quoted(told.versions), f"{plain(told.file)}:{told.line}")


def conda(reading: Reading) -> Iterator[Key]:
    """The environment that every learner has."""
    if made := environment(reading):
        yield Key("conda", quoted(made.name), f"{plain(made.file)}:{made.line}, and the README")


def machine(reading: Reading) -> Iterator[Key]:
    """Programs, and the ports and variables that belong to no chapter alone."""
    if rows := reading.beside.programs:
        each = {program.name: quoted("*") for program in rows}
        yield Key("commands", each, f"{plain(rows[0].file)}:{rows[0].line}")
    yield from _ports_and_variables(reading, None)


def of_chapter(reading: Reading, part: Part) -> tuple[Key, ...]:
    """What the chapter adds to them."""
    return (*_languages(reading, part), *_ports_and_variables(reading, part))


def text_notebooks(part: Part) -> Iterator[Key]:
    """Files of text do not say that Jupyter opens them."""
    if part.chapter.is_text:
        first = plain(next(each.name for each in part.chapter.sources if each.kind == TEXT))
        yield Key("jupyter", "true", f"its notebooks are text, as {first}")


def _languages(reading: Reading, part: Part) -> Iterator[Key]:
    """The programs of notebooks in other languages than Python, without those of the whole course."""
    asked = {program.name for program in reading.beside.programs}
    rows = {
        OF_LANGUAGES[source.language]: source
        for source in reversed(part.chapter.sources)
        if source.language in OF_LANGUAGES
    }
    if own := {program: source for program, source in rows.items() if program not in asked}:
        first = plain(next(iter(own.values())).name)
        yield Key("commands", dict.fromkeys(own, quoted("*")), f"{first} is in another language than Python")  # fmt: skip


def _ports_and_variables(reading: Reading, part: Part | None) -> Iterator[Key]:
    """Those of a chapter, or of the course."""
    if ports := _ports(reading, part):
        numbers = sorted({port.number for port in ports})
        yield Key("ports", tuple(map(str, numbers)), plain(ports[0].file))
    if rows := asked_variables(reading, part):
        each = {row.name: _variable(reading, part, row) for row in rows}
        yield Key("env", each, f"{plain(rows[0].file)}:{rows[0].line}")


def _variable(reading: Reading, part: Part | None, variable: Variable) -> str:
    file = file_of(reading, part, variable)
    if not file:
        return quoted("*")
    without = f", not = {listed(variable.placeholders)}" if variable.placeholders else ""
    return f"{{ file = {quoted(file)}{without} }}"


def _ports(reading: Reading, part: Part | None) -> list[Port]:
    """The ports of the containers in this chapter's folder, or in the course's own. Of several
    compose files nobody knows which learners start, so they say nothing; the one nearest to the
    chapter is its own.
    """
    folder = part.chapter.folder if part is not None else "."
    below = [port for port in reading.beside.ports if port.file.startswith(f"{folder}/")]
    if folder == ".":
        below = [port for port in reading.beside.ports if "/" not in port.file and part is None]
    depth = min((port.file.count("/") for port in below), default=0)
    nearest = [port for port in below if port.file.count("/") == depth]
    return nearest if len({port.file for port in nearest}) == 1 else []
