"""The driver's own connection, for what is said with every batch: a statement takes SQLAlchemy ten
times as long as SQLite takes to be told it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


@contextmanager
def of(connection: Connection) -> Iterator[Any]:
    """The one below this connection, in the same transaction. Its errors are raised as SQLAlchemy's,
    and without the values.
    """
    refused = connection.dialect.loaded_dbapi.Error
    try:
        yield connection.connection.driver_connection
    except refused as error:
        raise DBAPIError.instance(
            None, None, error, refused, hide_parameters=True, dialect=connection.dialect
        ) from None
