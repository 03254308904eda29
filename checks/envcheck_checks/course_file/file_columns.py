"""The names of the columns of a table: of text by Python itself, of others by the target's pandas."""

from __future__ import annotations

import codecs
import csv
import io
import json
from pathlib import Path

from envcheck import Environment, foreign_file
from envcheck.course_file.asked import DataFile
from envcheck.course_file.data_table import BY_PANDAS, SEPARATORS
from envcheck.target.interpreter import interpreter
from envcheck.target.script import ask

HEAD = 65_536  # bytes in which the first line ends
SECONDS = 30.0
# Of the file no more than its names is read, where its kind allows that.
READ = """
import json, sys
import pandas as pd
path, ending, words = sys.argv[2], sys.argv[3], json.loads(sys.argv[4])

def text(path):
    return pd.read_csv(path, nrows=0, **words).columns

def excel(path):
    return pd.read_excel(path, nrows=0).columns

def parquet(path):
    try:
        from pyarrow.parquet import read_schema
    except ImportError:
        return pd.read_parquet(path).columns
    schema = read_schema(path)
    rows = (schema.pandas_metadata or {}).get("index_columns", [])
    return [name for name in schema.names if name not in rows]

def stata(path):
    with pd.read_stata(path, iterator=True) as reader:
        return reader.read(1).columns

readers = {".xlsx": excel, ".xls": excel, ".parquet": parquet, ".dta": stata, ".gz": text,
           ".zip": text, ".feather": lambda path: pd.read_feather(path).columns,
           ".json": lambda path: pd.read_json(path).columns,
           ".sav": lambda path: pd.read_spss(path).columns}
columns = [str(name) for name in readers[ending](path)][:500]
print(sys.argv[1] + json.dumps({"columns": columns}) + sys.argv[1])
"""


class NotTold(Exception):
    """Why the columns cannot be told: not a verdict about the file."""


def columns(env: Environment, wanted: DataFile, path: Path) -> list[str]:
    """The names in the first line. Raises NotTold and OSError."""
    ending = path.suffix.lower()
    if ending not in BY_PANDAS:
        separator = wanted.separator or SEPARATORS.get(ending, "")
        if not separator:
            raise NotTold(f"the columns of {ending or 'such'} files cannot be read")
        return _of_text(path, wanted, separator)
    python = interpreter(env)
    if "pandas" not in python.installed:
        raise NotTold("pandas, which could read them, is not installed")
    reading = {"sep": wanted.separator, "encoding": wanted.encoding}
    words = (str(path), ending, json.dumps({name: word for name, word in reading.items() if word}))
    answer = ask(env, [python.executable], READ, *words, shape={"columns?": [str]}, timeout=SECONDS)
    if "columns" not in answer.first:
        raise NotTold(f"pandas cannot read it: {answer.finished.last_words}")
    return list(answer.first["columns"])


def _of_text(path: Path, wanted: DataFile, separator: str) -> list[str]:
    """As pandas takes them: from the first line that is not empty."""
    try:
        rows = csv.reader(io.StringIO(_text(path, wanted.encoding)), delimiter=separator)
        names = next((row for row in rows if any(cell.strip() for cell in row)), [])
    except csv.Error as error:
        raise NotTold(f"its first line is no line of a table: {error}") from None
    if names and names[0].startswith("#") and not set(wanted.columns) <= set(names):
        raise NotTold("its first line is a comment, and where its names stand is not known")
    return names


def _text(path: Path, encoding: str) -> str:
    """Its beginning: a letter that is cut at the end is left out, one that is none is told."""
    raw = foreign_file.head(path, HEAD)
    if raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        encoding = "utf-16"
    try:
        text = codecs.getincrementaldecoder(encoding or "utf-8-sig")().decode(raw)
    except UnicodeError:
        reason = f"its letters are not written in {encoding or 'UTF-8'}"
        raise NotTold(f"{reason}; the course says `encoding` where it has another") from None
    return str(text)
