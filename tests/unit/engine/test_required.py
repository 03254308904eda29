"""What the files of a course ask for, as the course means it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, strategies
from packaging.requirements import InvalidRequirement, Requirement
from packaging.version import InvalidVersion, Version

from envcheck.course_file.reading import read
from envcheck.errors import UsageProblem
from envcheck.required import Lists, lists_of, loosened
from envcheck_checks.course_file.chapter import checks
from envcheck_checks.course_file.wanted import wanted_by

ENVIRONMENT = """\
name: ml
dependencies:
  - python=3.9
  - numpy=1.21.2=py39h_0
  - graphviz=2.50
  - pip:
      - -c limits.txt
      - torch==1.9
"""


def lists(folder: Path, head: str = "", **files: str) -> Lists:
    for name, text in {"environment.yml": ENVIRONMENT, "limits.txt": "numpy<3\nother<1\n", **files}.items():  # fmt: skip
        (folder / name).write_text(text)
    table = f'course = "a"\n{head}\n[chapter.b]\npackages = ["pandas==1.2"]\n'
    (folder / "envcheck.toml").write_text(table)
    course = read(folder / "envcheck.toml")
    return lists_of(course, course.chapters[0])


def test_an_exact_version_is_the_lowest_one(tmp_path: Path) -> None:
    """In the files that the course names; a bound of `-c` counts for what is asked for."""
    given = lists(tmp_path, 'requires = ["environment.yml"]')
    assert [row.requirement for row in given.packages] == ["numpy>=1.21.2", "torch>=1.9", "numpy<3"]
    assert given.python == ">=3.9"
    assert [(row.command, row.versions) for row in given.programs] == [("dot", ">=2.50")]
    exact = lists(tmp_path, 'requires = ["environment.yml"]\npins = "exact"')
    assert [row.requirement for row in exact.packages] == ["numpy==1.21.2", "torch==1.9", "numpy<3"]
    assert exact.python == "==3.9.*"


def test_a_version_is_loosened() -> None:
    assert loosened("numpy==1.21.*,!=1.21.3", "at-least") == "numpy!=1.21.3,>=1.21"
    assert loosened("numpy~=1.21,<2", "at-least") == "numpy<2,~=1.21"


PARTS = (
    ["", "1!"],
    ["1", "1.0", "2023.01", "0.0.0"],
    ["", "a1", ".x", "rc2", "-beta.3"],
    ["", ".post1", "-4"],
    ["", ".dev5"],
    ["", "+cpu", "+local.7_x", ".*"],
)
VERSIONS = strategies.tuples(*map(strategies.sampled_from, PARTS)).map("".join)
BOUNDS = strategies.builds(
    "{}{}".format, strategies.sampled_from(["==", "===", "~=", ">=", "<", "!="]), VERSIONS
)


@given(
    strategies.sampled_from(["torch", "a-b[c]"]),
    strategies.lists(BOUNDS, max_size=3).map(",".join),
    strategies.sampled_from(["", '; python_version > "3.8"']),
)
@example("torch", "==2.1.0+cpu", "")
@example("numpy", "===1.21.x", "")
def test_whatever_pip_takes_is_loosened_to_what_pip_takes(
    name: str, bounds: str, marker: str
) -> None:
    """And the version that was pinned is among those that it takes."""
    try:
        pinned = Requirement(f"{name}{bounds}{marker}")
    except InvalidRequirement:
        return
    assert loosened(str(pinned), "exact") == str(pinned)
    made = Requirement(loosened(str(pinned), "at-least"))
    assert (made.name, made.extras, made.marker) == (pinned.name, pinned.extras, pinned.marker)
    if len(pinned.specifier) == 1:
        (pin,) = pinned.specifier
        try:
            version = Version(pin.version.removesuffix(".*"))
        except InvalidVersion:
            assert made.specifier == pinned.specifier
            return
        if pin.operator.startswith("==") and pinned.specifier.contains(version, prereleases=True):
            assert made.specifier.contains(version, prereleases=True)
            assert str(made.specifier).startswith(">=")


@pytest.mark.parametrize("pin", ["torch==2.1.0+cpu", "numpy===1.21.x", "pip===23.2.1+local"])
def test_a_pin_of_one_build_leaves_the_rest_of_the_course_alone(tmp_path: Path, pin: str) -> None:
    """In pip's lists, in conda's, and as the first of conda's alternatives."""
    inside = "dependencies:\n  - scipy==1.0+mkl|1.1\n  - pip:\n      - "
    for name, text in (("a.txt", pin), ("environment.yml", f"{inside}{pin}\n")):
        rows = lists(tmp_path, f'requires = ["{name}"]', **{name: text}).packages
        assert [Requirement(row.requirement).name for row in rows][-1:] == [pin.partition("=")[0]]
    assert rows[0].requirement == "scipy>=1.0"


def test_the_course_s_own_packages_are_taken_as_written(tmp_path: Path) -> None:
    given = lists(tmp_path, 'requires = ["environment.yml"]')
    file = read(tmp_path / "envcheck.toml")
    made = checks(file, file.chapters[0], lambda _: given)
    assert "command.dot" in [check.id for check in made]
    (tmp_path / "envcheck.toml").write_text('course = "a"\n[chapter.b]\npackages = ["six==1"]\n')
    file = read(tmp_path / "envcheck.toml")
    assert wanted_by(file, file.chapters[0], Lists()).everything == ("six==1",)


def test_the_course_s_own_python_counts(tmp_path: Path) -> None:
    assert lists(tmp_path, 'requires = ["environment.yml"]\npython = ">=3.7"').python == ">=3.7"


def test_two_files_that_no_python_can_please(tmp_path: Path) -> None:
    head = 'requires = ["environment.yml", "runtime.txt"]\npins = "exact"'
    with pytest.raises(
        UsageProblem,
        match=r"envcheck.toml:2:32: requires: no Python is ==3.9.*environment.yml:3 and runtime.txt:1",
    ):
        lists(tmp_path, head, **{"runtime.txt": "python-3.10\n"})
    head = head.replace("exact", "at-least")
    assert lists(tmp_path, head, **{"runtime.txt": "python-3.10\n"}).python == ">=3.9,>=3.10"


def test_a_chapter_s_own_lists_and_python(tmp_path: Path) -> None:
    """Come after the course's, and are the chapter's alone; its own word on the Python wins."""
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_text("numpy\n")
    (tmp_path / "b" / "a.txt").write_text("torch==2.1\n")
    file = tmp_path / "envcheck.toml"
    file.write_text(
        'course = "a"\nrequires = ["a.txt"]\npython = ">=3.9"\n[chapter.a]\n'
        '[chapter.b]\nrequires = ["b/a.txt"]\npython = ">=3.10"\n'
        '[chapter.c]\nrequires = ["a.txt", "gone.txt"]\n'
    )
    course = read(file)
    a, b = (lists_of(course, chapter) for chapter in course.chapters[:2])
    assert [row.requirement for row in a.packages] == ["numpy"]
    assert [(row.requirement, row.file) for row in b.packages] == [
        ("numpy", "a.txt"),
        ("torch>=2.1", "b/a.txt"),
    ]
    assert (a.python, b.python) == (">=3.9", ">=3.10")
    own = wanted_by(course, course.chapter("b"), b)
    assert own.lists == (str(tmp_path / "a.txt"), str(tmp_path / "b/a.txt"))
    with pytest.raises(UsageProblem, match=r"toml:9:22: chapter.c.requires: gone.txt: it cannot"):
        lists_of(course, course.chapter("c"))


@pytest.mark.parametrize("broken", ["a link out of the course", "no list at all"])
def test_a_list_without_a_line_to_blame_is_told_by_the_line_that_names_it(
    tmp_path: Path, broken: str
) -> None:
    inside = tmp_path / "course"
    inside.mkdir()
    (tmp_path / "elsewhere.txt").write_text("numpy\n")
    name = "list.txt" if "link" in broken else "list.doc"
    if "link" in broken:
        (inside / name).symlink_to(tmp_path / "elsewhere.txt")
    else:
        (inside / name).write_text("numpy\n")
    with pytest.raises(UsageProblem, match=rf"envcheck\.toml:2:\d+: requires: {name}: it "):
        lists(inside, f'requires = ["{name}"]')


def test_bounds_say_nothing_of_an_index(tmp_path: Path) -> None:
    """A package that comes from an address does so with a bound on it; a bound may be one itself."""
    listed = {
        "a.txt": "kit @ https://example.org/kit-1-py3-none-any.whl\nnumpy\nmine\n-c limits.txt\n",
        "limits.txt": "kit<2\nnumpy<3\nmine @ https://example.org/mine-1-py3-none-any.whl\n",
    }
    given = lists(tmp_path, 'requires = ["a.txt"]', **listed)
    rows = [(row.requirement, row.on_index) for row in given.packages]
    assert rows[-3:] == [("kit<2", False), ("numpy<3", True), ("mine", False)]


def test_a_module_in_place_of_its_package(tmp_path: Path) -> None:
    """What is meant is looked for: an index has a stranger's package of the name that is written."""
    texts = {"requirements.txt": "numpy\nsklearn==0.0\n"}
    given = lists(tmp_path, 'requires = ["requirements.txt"]', **texts)
    assert [row.requirement for row in given.packages] == ["numpy", "scikit-learn"]
