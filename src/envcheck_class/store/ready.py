"""What is said to the database with every batch, in texts that are made once: to put them together
anew costs more of the processor than the database needs to do what they say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any, TypeVar

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.sql.selectable import Select

from envcheck_class.store import driver

AT_ONCE = 100  # rows in a statement of SQLite's: an old one takes 999 values
V = TypeVar("V")


class Ready:
    """A question with lists of any length. `statement` has each as `bindparam(..., expanding=True)`;
    `of_lists` is the same for PostgreSQL, which takes each list as one value: of a table that has
    grown since it was last counted, it would read all rows of a class for `IN (...)`.
    """

    def __init__(self, statement: Select[Any], of_lists: str) -> None:
        self._statement = statement
        self.of_lists = of_lists
        self._texts: dict[tuple[str, tuple[int, ...]], tuple[str, Sequence[str]]] = {}

    def ask(self, connection: Connection, lists: Mapping[str, list[Any]]) -> Sequence[Any]:
        """The rows of the answer, their values as the driver gives them. The lists are as long as each
        other: what stands at one place of them belongs together.
        """
        if connection.dialect.name == "postgresql":
            with driver.of(connection) as spoken:
                with spoken.pipeline():  # in one turn with the beginning of the transaction
                    asked = spoken.execute(self.of_lists, lists)
                return [*asked]
        evened = {name: _evened(values) for name, values in lists.items()}
        key = connection.dialect.name, tuple(map(len, evened.values()))
        if key not in self._texts:
            self._texts[key] = self._made(connection.dialect, evened)
        text, order = self._texts[key]
        values = (*chain(*(evened[name] for name in order)),)
        with driver.of(connection) as spoken:
            return [*spoken.execute(text, values)]

    def _made(self, dialect: Dialect, lists: Mapping[str, list[Any]]) -> tuple[str, Sequence[str]]:
        """The text, and the lists in the order in which it has them."""
        made = self._statement.params(lists).compile(
            dialect=dialect, compile_kwargs={"render_postcompile": True}
        )
        places = getattr(made, "positiontup", None) or ()
        return str(made), [*dict.fromkeys(name.rpartition("_")[0] for name in places)]


def put(connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[Any]) -> int:
    """Add these rows to SQLite, in their order. Each number of them has its own text, which it reads
    in no time. Returns the last one's number: nobody else writes meanwhile, so that those before it
    have the numbers before it.
    """
    last = 0
    with driver.of(connection) as spoken:
        for piece in _pieces(rows):
            text, values = _of_rows(table, names, len(piece)), (*chain(*piece),)
            last = spoken.execute(text, values).lastrowid
    return last


def _pieces(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))


@cache
def _of_rows(table: Table, names: tuple[str, ...], count: int) -> str:
    row = f"({', '.join('?' * len(names))})"
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES {', '.join([row] * count)}"


def _evened(values: Iterable[V]) -> list[V]:
    """The same values, the last of them repeated up to a power of two: a statement for each number
    of them would have to be planned each time.
    """
    own = [*dict.fromkeys(values)]
    return own + own[-1:] * ((1 << (len(own) - 1).bit_length()) - len(own)) if own else own
