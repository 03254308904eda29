"""Programs that a course's texts ask for, and ports of its containers."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.engine.adopt.small_courses import course, notebook

from envcheck.adopt.asked.machine import VERSION, Port, Program, ports, programs
from envcheck.adopt.needed.course import read
from envcheck.adopt.reading.tree import tree
from envcheck.adopt.writing.new_file import text

COMPOSE = """\
x-all: &all
  restart: always
services:
  db:
    <<: *all
    image: postgres
    ports: ["5432:5432", "127.0.0.1:8080:80"]
  web:
    ports:
      - "${PORT:-9000}:9000"
      - "3000"
      - target: 80
        published: 8081
  worker: {image: x}
"""


def test_where_a_version_is_asked_for(tmp_path: Path) -> None:
    """In a block, with a prompt, inside a sentence; not in prose, and each once."""
    readme = "# Set-up\n\n```\n$ java -version   # 17\ngit --version\n```\nThen `node -v`, and `java --version`.\nMake version 2 of it. `python --version` too.\n"
    root = course(tmp_path, {"README.md": readme, "docs/deep/README.md": "    ffmpeg -version\n"})
    assert programs(tree(root)) == (
        Program("java", "README.md", 4),
        Program("git", "README.md", 5),
        Program("node", "README.md", 7),
    )


def test_ports_of_containers(tmp_path: Path) -> None:
    """Of this machine's side; one that a variable sets, or that Docker chooses, is none."""
    root = course(tmp_path, {"week1/docker-compose.yml": COMPOSE, "compose.yaml": "services: [\n"})
    file = "week1/docker-compose.yml"
    assert ports(tree(root)) == (Port(5432, file), Port(8080, file), Port(8081, file))


def test_they_are_written_where_they_belong(tmp_path: Path) -> None:
    """Programs for all, ports for the chapter whose folder has the containers: those of one file,
    and not of what lies deeper, elsewhere, or beside another such file.
    """
    files = {
        "README.md": "Check `g++ --version` and `java --version`.\n",
        "week1/a.ipynb": notebook("import numpy"),
        "week2/b.ipynb": notebook("import numpy"),
        "week2/docker-compose.yml": COMPOSE,
        "week2/extras/compose.yml": "services: {a: {ports: ['8888:8888']}}\n",
        "week1/one/compose.yml": "services: {a: {ports: ['1:1']}}\n",
        "week1/two/compose.yml": "services: {a: {ports: ['2:2']}}\n",
        "solutions/compose.yml": "services: {a: {ports: ['3:3']}}\n",
        "compose.yaml": "services: {cache: {ports: ['6379:6379']}}\n",
    }
    written = text(read(course(tmp_path, files)))
    file = tomlkit.parse(written).unwrap()
    assert file["commands"] == {"g++": "*", "java": "*"}
    assert file["ports"] == [6379]
    assert file["chapter"]["week2"]["ports"] == [5432, 8080, 8081]
    assert "week1" not in file.get("chapter", {}) or "ports" not in file["chapter"]["week1"]
    assert "# README.md:1" in written


@pytest.mark.parametrize("words", ["javac", "java --versions", "a java --version b", "version"])
def test_no_question_of_a_version(words: str) -> None:
    assert VERSION.search(words) is None


@settings(max_examples=40)
@given(st.text(alphabet="services: ports-[]{}\"'&*<1234\n", max_size=80))
def test_any_compose_file_is_read(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    """Whatever it holds: numbers of ports, or nothing."""
    root = tmp_path_factory.mktemp("course")
    (root / "compose.yml").write_text(words, encoding="utf-8")
    assert all(0 < port.number < 65_536 for port in ports(tree(root)))
