"""Whatever a course file lacks is proposed, as what a new one has: packages, and every other key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tomlkit
from tests.unit.engine.adopt.small_courses import notebook, of

from envcheck.adopt.needed.course import Reading
from envcheck.adopt.writing import keys
from envcheck.adopt.writing.merging import merged
from envcheck.adopt.writing.new_file import text
from envcheck.course_file.reading import read

COMPOSE = 'services:\n  db:\n    image: postgres\n    ports:\n      - "5433:5432"\n'
R = {"kernelspec": {"name": "ir", "language": "R"}}
TAKES = 'import numpy, os\nos.environ["MY_API_KEY"]'
# Each key of a written file at least once, of the course and of a chapter.
RICH = {
    "README.md": "conda activate book\n\n    java -version\n    docker --version\n",
    "environment.yml": "name: book\ndependencies: [python=3.11, numpy]\n",
    "compose.yml": COMPOSE,
    ".env.example": "OPENAI_API_KEY=your-key\nOTHER_TOKEN=\n",
    "w1/a.ipynb": notebook("import numpy"),
    "w1/r.ipynb": notebook("library(x)", **R),
    "w1/docker-compose.yml": COMPOSE.replace("5433", "6379"),
    "w2/b.ipynb": notebook(TAKES),
    "w3/c.md": "---\nkernelspec:\n  name: python3\n---\n\n```{code-cell}\nimport numpy\n```\n",
    "w4/d.ipynb": notebook("import seaborn"),
    "w4/requirements.txt": "seaborn\n",
}
# What an author decides, or by which a chapter is known.
OWN = ("course", "title", "folder", "from", "notebooks")


def rich(tmp_path: Path) -> tuple[Reading, Path, str]:
    reading = of(tmp_path, RICH)
    file = reading.tree.root / "envcheck.toml"
    return reading, file, text(reading)


def lines_of(written: str) -> list[int]:
    """The numbers of the lines that say something which adopt has found."""
    every = enumerate(written.splitlines())
    return [n for n, line in every if (key := re.match(r"(\w+) = ", line)) and key[1] not in OWN]


def test_the_course_has_every_key(tmp_path: Path) -> None:
    reading, _, written = rich(tmp_path)
    told = {re.split(" = ", written.splitlines()[n])[0] for n in lines_of(written)}
    assert told == {"requires", "conda", "commands", "ports", "env", "jupyter"}
    assert {"conda", "commands", "ports", "env"} == {key.name for key in keys.of_course(reading)}


def test_what_is_taken_out_is_proposed_again(tmp_path: Path) -> None:
    """Line by line: the same file comes of it, with where each thing comes from."""
    reading, file, written = rich(tmp_path)
    every = written.splitlines()
    for n in lines_of(written):
        file.write_text("\n".join(every[:n] + every[n + 1 :]) + "\n")
        after = merged(file, reading)[1]
        assert tomlkit.parse(after).unwrap() == tomlkit.parse(written).unwrap(), every[n]
        comment = every[n].partition("  # ")[2]
        assert comment in after or every[n].startswith("requires"), every[n]
        file.write_text(after)
        assert merged(file, reading)[1] == after
        read(file)


@pytest.mark.parametrize(
    ("key", "left", "out"),
    [
        ("commands", '{ docker = ">=20" }', "java"),
        ("env", '{ OTHER_TOKEN = "*" }', "OPENAI_API_KEY"),
    ],
)
def test_a_thing_that_a_table_lacks(key: str, left: str, out: str, tmp_path: Path) -> None:
    """Comes into it beside what its author wrote, unless a comment leaves it out."""
    reading, file, written = rich(tmp_path)
    changed = re.sub(rf"^{key} = .*$", f"{key} = {left}", written, count=1, flags=re.M)
    file.write_text(changed)
    table = tomlkit.parse(merged(file, reading)[1])[key]
    assert out in table and table.items() >= tomlkit.parse(f"x = {left}")["x"].items()
    file.write_text(f"# left out: {out}\n{changed}")
    assert out not in tomlkit.parse(merged(file, reading)[1])[key]


@pytest.mark.parametrize("key", ["conda", "commands", "ports", "env"])
def test_a_key_that_is_left_out(key: str, tmp_path: Path) -> None:
    reading, file, written = rich(tmp_path)
    without = re.sub(rf"^{key} = .*\n", "", written, flags=re.M)
    file.write_text(f"# left out: {key}\n{without}")
    assert key not in tomlkit.parse(merged(file, reading)[1])


def test_a_port_that_a_list_lacks(tmp_path: Path) -> None:
    reading, file, written = rich(tmp_path)
    file.write_text(written.replace("ports = [5433]", "ports = [8080]"))
    assert tomlkit.parse(merged(file, reading)[1])["ports"] == [8080, 5433]


def test_what_a_chapter_asks_for_is_not_asked_of_all(tmp_path: Path) -> None:
    """Who gave a command to a chapter, or another name to the environment, has decided."""
    reading, file, written = rich(tmp_path)
    moved = re.sub(r"^commands = .*\n", "", written, count=1, flags=re.M)
    table = 'folder = "w2"\ncommands = { java = ">=17", docker = "*" }'
    file.write_text(moved.replace('folder = "w2"', table).replace('"book"  # env', '"mine"  # env'))
    before, after = merged(file, reading)
    assert after == before


def test_a_chapter_that_is_new(tmp_path: Path) -> None:
    """Comes with all of its keys, without those that the author has given to all."""
    reading, file, written = rich(tmp_path)
    head, _, rest = written.partition("[chapter.w2]")
    without = head + rest[rest.index("[chapter.w3]") :]
    file.write_text(without)
    assert tomlkit.parse(merged(file, reading)[1]).unwrap() == tomlkit.parse(written).unwrap()
    file.write_text(without.replace("env = {", 'env = { MY_API_KEY = "*",'))
    assert "env" not in tomlkit.parse(merged(file, reading)[1])["chapter"].get("w2", {})
