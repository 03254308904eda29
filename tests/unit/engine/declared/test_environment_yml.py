"""conda's lists, as courses write and export them."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck.declared.conda_names import listed, on_index
from envcheck.declared.conda_spec import parse, version_set
from envcheck.declared.declared import Declarations
from envcheck.declared.reading import look, read
from envcheck.errors import UsageProblem


def looked(folder: Path, text: str, **files: str) -> Declarations:
    for name, inside in {"environment.yml": text, **files}.items():
        (folder / name).write_text(inside)
    return look(folder, "environment.yml")


def test_a_list_with_everything(tmp_path: Path) -> None:
    text = """\
name: ml
channels: [conda-forge, defaults]
dependencies:
  - python=3.11
  - conda-forge::numpy=1.26.4=py311h64a7726_0   # why
  - pytorch >=2,<3
  - 'matplotlib-base'
  - graphviz
  - libgdal=3.8
  - _libgcc_mutex=0.1=main
  - some-rare-thing
  - pip
  - pip:
      - -r requirements.txt
      - seaborn[stats]==0.13
      - git+https://user:secret@example.org/a.git
      - .
"""
    given = looked(tmp_path, text, **{"requirements.txt": "pandas\n"})
    assert given.unread == ()
    assert [(row.requirement, row.file, row.line, row.on_index) for row in given.packages] == [
        ("numpy==1.26.4", "environment.yml", 5, True),
        ("torch>=2,<3", "environment.yml", 6, True),
        ("matplotlib", "environment.yml", 7, True),
        ("some-rare-thing", "environment.yml", 11, False),
        ("seaborn[stats]==0.13", "environment.yml", 15, True),
        ("pandas", "requirements.txt", 1, True),
    ]
    assert [(row.versions, row.line) for row in given.pythons] == [("==3.11.*", 4)]
    assert [(row.command, row.line) for row in given.programs] == [("dot", 8)]
    assert [row.line for row in given.left_out] == [9, 10, 12, 16, 17]
    assert "secret" not in repr(given.left_out)
    assert [row.name for row in given.names] == ["ml"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("dependencies: [a\n", r"environment.yml:\d: it is not YAML: "),
        ("\tdependencies:\n  - a\n", r"environment.yml:1: it is not YAML: "),
        ("<html>\n", r"environment.yml:1: it is no environment of conda's"),
        ("- numpy\n", r"it is no environment of conda's"),
        ("", r"it is no environment of conda's"),
        ("dependencies:\n  numpy: 1\n", r"environment.yml:2: it has no list under"),
        ("name: a\n", r"environment.yml: it has no list under"),
        ("dependencies:\n- -r requirements.txt\n", r"environment.yml:2: conda cannot read this line"),
        ("dependencies:\n- numpy=what ever\n", r"environment.yml:2: conda cannot read this line"),
        ("dependencies:\n- [a, b]\n", r"environment.yml:2: conda cannot read"),
        ("dependencies:\n- pip:\n  - a b\n", r"environment.yml:3: pip cannot read this line: a b"),
        ("dependencies:\n- pip:\n  - -r ../../x.txt\n", r"environment.yml:3: `../../x.txt` leads out"),
        ("dependencies:\n- pip:\n  - -r file:///etc/passwd\n", r"leads out of the course"),
        ("dependencies:\n- pip:\n  - a @ file:///tmp/a.whl\n", r"environment.yml:3: .*another machine"),
        ("dependencies: " + "[" * 50, r"environment.yml:1: it is nested too deep"),
        ("a: !!python/object/apply:os.system ['id']\n", r"it has no list under"),
        ("dependencies:\n" + "- numpy\n" * 30000, r"it is larger than 200 kB"),
        ("dependencies:\n- a\0b\n", "it is no text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "environment.yml").write_text(text)
    with pytest.raises(UsageProblem, match=message):
        read(tmp_path, "environment.yml")


def test_one_bad_line_costs_one_line(tmp_path: Path) -> None:
    given = looked(tmp_path, "dependencies:\n- numpy\n- a b c d\n- pandas\n")
    assert [row.requirement for row in given.packages] == ["numpy", "pandas"]
    assert [row.line for row in given.unread] == [3]


def test_an_alias_repeats_and_does_not_grow(tmp_path: Path) -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)
    )
    given = looked(tmp_path, bomb + "dependencies: &all\n- numpy\n")
    assert [row.requirement for row in given.packages] == ["numpy"]


@pytest.mark.parametrize(
    ("text", "versions"),
    [
        ("numpy", ""), ("numpy=*", ""), ("numpy=1.21", "==1.21.*"), ("numpy==1.21", "==1.21"),
        ("numpy 1.21.*", "==1.21.*"), ("numpy=1.21*", "==1.21.*"), ("numpy=1.21.2=py39_0", "==1.21.2"),
        ("numpy=2.*=mkl*", "==2.*"), ("numpy>=1.2,<2", ">=1.2,<2"), ("numpy >=1.2, !=1.3", ">=1.2,!=1.3"),
        ("numpy>=1.2.*", ">=1.2"), ("numpy[version='>=1.2,<3']", ">=1.2,<3"), ("numpy=1.2|1.4", ">=1.2"),
        ("conda-forge/linux-64::numpy~=1.2", "~=1.2"), ("tzdata=2023c", ""), ("openssl=1.1.1s=h7f8727e_0", ""), ("numpy=>1.2", None), ("numpy=", None),
        ("numpy!=1.3", "!=1.3"), ("numpy!=1.3.*", "!=1.3.*"), ("numpy !=1.3", "!=1.3"), ("numpy!=1!2.0", "!=1!2.0"), ("numpy=1!2.0=py39_0", "==1!2.0"),
        ("numpy=1.4|1.2", ">=1.2"), ("numpy>=3|==1.5", ">=1.5"), ("numpy<2|>=3", ""), ("numpy!=1.3|>=2", ""), ("numpy>=1.2,<2|>=3", ">=1.2"),
        ("numpy=1.2|=>1", None), ("numpy=1.10|1.9", ">=1.9"), ("numpy==1.2|*", ""),
    ],
)  # fmt: skip
def test_versions(text: str, versions: str | None) -> None:
    spec = parse(text)
    assert (spec.versions if spec else None) == versions


@pytest.mark.parametrize("operator", ["==", "!=", ">=", "<=", "<", ">", "~="])
@pytest.mark.parametrize("version", ["1.3", "2.0.1", "1.3.post1"])
def test_an_operator_is_read_with_and_without_blanks(operator: str, version: str) -> None:
    for text in (f"{operator}{version}", f" {operator}{version}", f"{operator} {version}"):
        assert version_set(text) == f"{operator}{version}"


def test_names_are_verified_or_nobody_knows() -> None:
    """What is no Python package is told from what nobody looked at; no name is written twice."""
    assert on_index("pytorch") == "torch"
    assert on_index("jupyter_client") == "jupyter_client"
    assert on_index("graphviz") == ""
    assert on_index("libgdal") == ""
    assert on_index("librosa") == "librosa"
    assert on_index("opencv") is None
    assert on_index("some-rare-thing") is None
    assert len(listed()) > 5000


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("- hosts: localhost\n  tasks: []\n", True),
        ("services:\n  db:\n    image: postgres\n", True),
        ("on: push\njobs: {}\n", True),
        ("- numpy\n", False),
        ("name: book\n", False),
        ("channels: [conda-forge]\n", False),
        ("dependencies: numpy\n", False),
        ("", False),
        ("<html>\n", False),
    ],
)
def test_a_file_of_another_program_s(text: str, others: bool, tmp_path: Path) -> None:
    """Many have files of this name: what is in order and not conda's is no broken list of the course."""
    (tmp_path / "environment.yml").write_text(text)
    (row,) = look(tmp_path, "environment.yml").unread
    assert row.of_another_purpose == others
