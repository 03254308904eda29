"""pip's lists, as courses write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck.declared.reading import read
from envcheck.errors import UsageProblem


def names(folder: Path, text: str, file: str = "requirements.txt") -> list[tuple[str, str, int]]:
    (folder / file).write_text(text)
    return [(one.requirement, one.file, one.line) for one in read(folder, file).packages]


def test_a_list_with_everything(tmp_path: Path) -> None:
    """Markers and extras stay; what has no name is nothing to look for; an index's token goes nowhere."""
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "base.txt").write_text("pandas\n-r ../requirements.txt\n")
    text = """\
--index-url https://user:token@example.org/simple
numpy==1.21.2 ; python_version >= "3.8"
-r more/base.txt
# a comment
.
-e .
git+https://github.com/a/b.git#egg=bee
scikit-learn[all]>=1,<2  # why
"""
    assert names(tmp_path, text) == [
        ('numpy==1.21.2; python_version >= "3.8"', "requirements.txt", 2),
        ("bee", "requirements.txt", 7),
        ("scikit-learn[all]<2,>=1", "requirements.txt", 8),
        ("pandas", "more/base.txt", 1),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("numpy\n<<<<<<< HEAD\n", r"requirements.txt:2: pip cannot read this line: <<<<<<< HEAD"),
        ("-r gone.txt\n", r"gone.txt: it cannot be read: No such file"),
        ("-r ../../../etc/passwd\n", r"leads out of the course's folder"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageProblem, match=message):
        names(tmp_path, text)


def test_a_link_out_of_the_course(tmp_path: Path) -> None:
    course = tmp_path / "course"
    course.mkdir()
    (tmp_path / "secret.txt").write_text("numpy\n")
    (course / "requirements.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(UsageProblem, match="out of the course's folder"):
        read(course, "requirements.txt")


def _lines_of_pip() -> list[str]:
    """A line for each option that this environment's pip reads in a list of packages."""
    from pip._internal.req import req_file

    own = [make() for make in req_file.SUPPORTED_OPTIONS_REQ]
    alone = [make() for make in req_file.SUPPORTED_OPTIONS]
    named = {"--requirement", "--constraint", "--editable"}
    return [
        *(f"numpy {name} a=b" for each in own for name in (*each._long_opts, *each._short_opts)),
        *(
            f"{name} {':all:' if each.takes_value() else ''}".strip()
            for each in alone
            for name in each._long_opts
            if name not in named
        ),
    ]


@pytest.mark.parametrize("line", [line for line in _lines_of_pip() if "--hash" not in line])
def test_every_option_that_pip_reads(line: str, tmp_path: Path) -> None:
    """A list that pip takes is never told to be one that it cannot read, also by a pip of next year."""
    (tmp_path / "requirements.txt").write_text(f"six\n{line}\n")
    names = [row.requirement for row in read(tmp_path, "requirements.txt").packages]
    assert names == (["six", "numpy"] if line.startswith("numpy") else ["six"])


@pytest.mark.parametrize(
    "line", ['numpy==1.2 -C cmake.args="-D A=ON" -C b=c', "numpy==1.2 --config-setting='a=b c'"]
)
def test_how_a_package_is_built(line: str, tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text(f"{line}  # why\n")
    (row,) = read(tmp_path, "requirements.txt").packages
    assert (row.requirement, row.line) == ("numpy==1.2", 1)


@pytest.mark.parametrize(
    ("file", "text", "place"),
    [
        ("requirements.txt", "numpy\n-r sub/more.txt\n", "requirements.txt:2"),
        ("requirements.txt", "-c sub/more.txt\n", "requirements.txt:1"),
        ("requirements.txt", "-r between.txt\n", "between.txt:3"),
        (
            "environment.yml",
            "dependencies:\n  - pip:\n      - -r sub/more.txt\n",
            "environment.yml:3",
        ),
        ("setup.cfg", "[options]\ninstall_requires = file: sub/more.txt\n", "setup.cfg:2"),
    ],
)
@pytest.mark.parametrize("inside", [None, "\0", "<html>"])
def test_a_list_that_cannot_be_read_is_told_with_the_line_that_names_it(
    tmp_path: Path, file: str, text: str, place: str, inside: str | None
) -> None:
    """Whatever is wrong with it: nobody knows a list by its name who has not written it."""
    (tmp_path / "between.txt").write_text("\n\n-r sub/more.txt\n")
    (tmp_path / file).write_text(text)
    if inside is not None:
        (tmp_path / "sub").mkdir()
        (tmp_path / "sub/more.txt").write_text(inside)
    with pytest.raises(UsageProblem, match=rf"sub/more\.txt:.*; {place} names this file"):
        read(tmp_path, file)
