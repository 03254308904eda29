"""The names of the columns of a table: of text by Python itself, of others by the target's pandas."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from envcheck import Environment, foreign_file
from envcheck.target.interpreter import interpreter
from envcheck.target.script import ask

TEXTS = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
HEAD = 65_536  # bytes in which the first line ends
SECONDS = 30.0
READ = """
import json, sys
import pandas as pd
path, ending = sys.argv[2], sys.argv[3]
readers = {".xlsx": pd.read_excel, ".xls": pd.read_excel, ".parquet": pd.read_parquet,
           ".feather": pd.read_feather, ".json": pd.read_json, ".dta": pd.read_stata,
           ".sav": getattr(pd, "read_spss", None), ".gz": pd.read_csv, ".zip": pd.read_csv}
columns = [str(name) for name in readers[ending](path).columns][:500]
print(sys.argv[1] + json.dumps({"columns": columns}) + sys.argv[1])
"""
BY_PANDAS = (".xlsx", ".xls", ".parquet", ".feather", ".json", ".dta", ".sav", ".gz", ".zip")


class NotTold(Exception):
    """Why the columns cannot be told: not a verdict about the file."""


def columns(env: Environment, path: Path) -> list[str]:
    """The names in the first line. Raises NotTold and OSError."""
    ending = path.suffix.lower()
    if ending in TEXTS:
        return _of_text(path, TEXTS[ending])
    if ending not in BY_PANDAS:
        raise NotTold(f"the columns of {ending or 'such'} files cannot be read")
    python = interpreter(env)
    if "pandas" not in python.installed:
        raise NotTold("pandas, which could read them, is not installed")
    words = (str(path), ending)
    answer = ask(env, [python.executable], READ, *words, shape={"columns?": [str]}, timeout=SECONDS)
    if "columns" not in answer.first:
        raise NotTold(f"pandas cannot read it: {answer.finished.last_words}")
    return list(answer.first["columns"])


def _of_text(path: Path, delimiter: str) -> list[str]:
    raw = foreign_file.head(path, HEAD)
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = raw[: len(raw) // 2 * 2].decode(encoding, "ignore")
        return next(csv.reader(io.StringIO(text), delimiter=delimiter), [])
    except csv.Error as error:
        raise NotTold(f"its first line is no line of a table: {error}") from None
