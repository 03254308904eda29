"""The names of the columns of a table: of text by Python itself, of others by the target's pandas."""

from __future__ import annotations

import codecs
import csv
import io
import json
from pathlib import Path, PurePath

from envcheck import Environment, foreign_file
from envcheck.course_file.asked import DataFile
from envcheck.course_file.data_table import BY_PANDAS, PACKED, SEPARATORS
from envcheck.target.interpreter import interpreter
from envcheck.target.script import ask

HEAD = 65_536  # bytes in which the first line ends
SECONDS = 30.0
UNPACKED = (".json", ".dta")  # what pandas unpacks itself besides text
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

readers = {".xlsx": excel, ".xls": excel, ".parquet": parquet, ".dta": stata, ".csv": text,
           ".feather": lambda path: pd.read_feather(path).columns,
           ".json": lambda path: pd.read_json(path).columns,
           ".sav": lambda path: pd.read_spss(path).columns}
columns = [str(name) for name in readers[ending](path)][:500]
print(sys.argv[1] + json.dumps({"columns": columns}) + sys.argv[1])
"""


class NotTold(Exception):
    """Why the columns cannot be told: not a verdict about the file."""


def columns(env: Environment, wanted: DataFile, path: Path) -> list[str]:
    """The names in the first line. Raises NotTold and OSError."""
    kind, separator = how(path, wanted.separator)
    if not kind:
        return _of_text(path, wanted, separator)
    python = interpreter(env)
    if "pandas" not in python.installed:
        raise NotTold("pandas, which could read them, is not installed")
    reading = {"sep": separator, "encoding": wanted.encoding}
    words = (str(path), kind, json.dumps({name: word for name, word in reading.items() if word}))
    answer = ask(env, [python.executable], READ, *words, shape={"columns?": [str]}, timeout=SECONDS)
    if "columns" not in answer.first:
        raise NotTold(f"pandas cannot read it: {answer.finished.last_words}")
    return list(answer.first["columns"])


def how(path: Path, separator: str) -> tuple[str, str]:
    """The kind that pandas takes it for, empty where it is a text that Python reads; and the sign between its
    columns. What is packed is of the kind that its name has before that. Raises NotTold.
    """
    ending = path.suffix.lower()
    inner = PurePath(path.stem).suffix.lower() if ending in PACKED else ending
    separator = separator or SEPARATORS.get(inner, "")
    if ending not in PACKED and ending in BY_PANDAS:
        return ending, separator
    if ending in PACKED and inner in UNPACKED:
        return inner, separator
    if ending in PACKED and inner not in BY_PANDAS and (separator or not inner):
        return ".csv", separator
    if ending in PACKED or not separator:
        kind = f"{inner}{ending if ending != inner else ''}" or "such"
        raise NotTold(f"the columns of {kind} files cannot be read")
    return "", separator


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
    elif not encoding or codecs.lookup(encoding).name == "utf-8":
        encoding = "utf-8-sig"  # pandas leaves a mark at the beginning out, too
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(raw)
    except UnicodeError:
        reason = f"its letters are not written in {encoding.removesuffix('-sig')}"
        raise NotTold(f"{reason}; the course says `encoding` where it has another") from None
    return str(text)
