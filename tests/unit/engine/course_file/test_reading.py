"""A table becomes a course, or a message with file, line, column and key."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from envcheck.adopt.needed.course import read as read_course
from envcheck.adopt.writing.merging import merged
from envcheck.course_file.keys import ASKED, COURSE
from envcheck.course_file.reading import read, wants_jupyter
from envcheck.course_file.values import EXACT
from envcheck.errors import UsageProblem

WHOLE = """
course = "book"
title = "A book"
help = "https://example.org/forum"
requires = ["environment/requirements.txt"]
pins = "exact"
python = ">=3.9"
packages = ["numpy>=1.21"]
commands = { git = "*" }

[chapter.ch1]
title = "First"

[chapter.ch2]
packages = ["torch>=1.9"]
commands = { java = ">=17,<22", git = ">=2" }
jupyter = false
"""


def course(folder: Path, text: str) -> Path:
    file = folder / "envcheck.toml"
    file.write_text(text, encoding="utf-8")
    return file


def told(folder: Path, text: str) -> str:
    """The message, without the folder."""
    with pytest.raises(UsageProblem) as problem:
        read(course(folder, text))
    return str(problem.value).replace(f"{folder}/", "")


def test_a_whole_course(tmp_path: Path) -> None:
    """What is asked of the course is asked of each chapter; a chapter's own word wins."""
    made = read(course(tmp_path, WHOLE))
    assert (made.id, made.title, made.pins) == ("book", "A book", EXACT)
    first, second = made.chapters
    assert (first.asked.python, second.asked.python) == (">=3.9", ">=3.9")
    assert first.asked.requires == second.asked.requires == ("environment/requirements.txt",)
    assert (first.id, first.title, first.asked.commands) == ("ch1", "First", {"git": ""})
    assert second.title == "ch2"
    assert second.asked.packages == ("numpy>=1.21", "torch>=1.9")
    assert second.asked.commands == {"git": ">=2", "java": ">=17,<22"}
    assert not wants_jupyter(second)


CHAPTER = 'course = "a"\n\n[chapter.w]\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "envcheck.toml:1:1: the key `course` is missing"),
        ('course = "a"\n', "envcheck.toml:1:1: it has no chapter; write a table such as [chapter.week1]"),
        (CHAPTER, "envcheck.toml:3:2: the chapter `w` checks nothing; give it packages, commands or notebooks"),
        (
            f'{CHAPTER}packges = ["numpy"]\n',
            "envcheck.toml:4:1: there is no key `packges` here; the nearest is `packages`",
        ),
        (
            f'{CHAPTER}packages = ["numpy",\n  "torch>"]\n',
            'envcheck.toml:5:3: chapter.w.packages: "torch>" is no package with versions, such as "numpy>=1.21"',
        ),
        (
            f'{CHAPTER}packages = ["torch @ https://example.org/torch.whl"]\n',
            'envcheck.toml:4:13: chapter.w.packages: "torch @ https://example.org/torch.whl" is an address; '
            "name the package that comes from it",
        ),
        (
            f'{CHAPTER}packages = ["dotenv>=1"]\n',
            "envcheck.toml:4:13: chapter.w.packages: `dotenv` is a module; its package is python-dotenv",
        ),
        (
            f"{CHAPTER}packages = []\n",
            "envcheck.toml:4:1: chapter.w.packages: an empty list asks for nothing; name something, or take the key out",
        ),
        (f'{CHAPTER}packages = "numpy"\n', 'envcheck.toml:4:1: chapter.w.packages: it must be a list, such as ["numpy"]'),
        (f"{CHAPTER}commands = {{}}\n", "envcheck.toml:4:1: chapter.w.commands: an empty table asks for nothing; name something, or take it out"),
        (
            f'{CHAPTER}commands = {{ java = "17" }}\n',
            'envcheck.toml:4:14: chapter.w.commands.java: it must be versions such as ">=3.10,<4", not "17"; did you mean ">=17"?',
        ),
        (
            f'{CHAPTER}commands = {{ "rm -r" = "*" }}\n',
            "envcheck.toml:4:14: it must be a name of letters, digits, `.`, `_`, `+` and `-`, not \"rm -r\"",
        ),
        (f'{CHAPTER}folder = "../x"\n', 'envcheck.toml:4:1: chapter.w.folder: "../x" leads out of the course\'s folder; name what lies in it'),
        (f'{CHAPTER}folder = "file:///etc"\n', 'envcheck.toml:4:1: chapter.w.folder: "file:///etc" leads out of the course\'s folder; name what lies in it'),
        (f'{CHAPTER}files = ["a.csv", "../data/x/*.csv"]\n', 'envcheck.toml:4:19: chapter.w.files: "../data/x/*.csv" is a pattern, and these are files by name: write each or the folder: "../data/x"'),
        (f'{CHAPTER}files = [{{ path = "t?.csv" }}]\n', 'envcheck.toml:4:12: chapter.w.files.path: "t?.csv" is a pattern, and these are files by name: write each of them'),
        (f'{CHAPTER}folder = "gone"\n', 'envcheck.toml:4:1: chapter.w.folder: there is no folder "gone" in the course'),
        (f'{CHAPTER}jupyter = "yes"\n', 'envcheck.toml:4:1: chapter.w.jupyter: it must be true or false, not "yes"'),
        (f'{CHAPTER}env = {{ KEY = {{}} }}\n', 'envcheck.toml:4:9: chapter.w.env.KEY: an empty table says nothing; write "*", or take it out'),
        (f'{CHAPTER}env = {{ "MY KEY" = "*" }}\n', 'envcheck.toml:4:9: it must be the name of a variable, such as API_KEY, not "MY KEY"'),
        (f'{CHAPTER}env = {{ KEY = "sk-1" }}\n', 'envcheck.toml:4:9: chapter.w.env.KEY: it must be "*" or a table, not "sk-1"'),
        (f'{CHAPTER}env.KEY = {{ fiel = ".env" }}\n', "envcheck.toml:4:13: there is no key `fiel` here; the nearest is `file`"),
        (f'{CHAPTER}env.KEY = {{ not = [] }}\n', "envcheck.toml:4:13: chapter.w.env.KEY.not: an empty list asks for nothing; name something, or take the key out"),
        (f'{CHAPTER}jupyter = true\n[waive]\n"x.packages" = {{ why = "a", until = 2027-03-01 }}\n', "envcheck.toml:6:1: no chapter has a check `x.packages`"),
        (f'{CHAPTER}jupyter = true\n[waive]\n"w.pip" = {{ why = "a", until = "2027-03-01" }}\n', 'envcheck.toml:6:24: waive.w.pip.until: it must be a day such as 2027-03-01, without quotes, not "2027-03-01"'),
        (f'{CHAPTER}jupyter = true\n[waive]\n"w.pip" = {{ until = 2027-03-01 }}\n', "envcheck.toml:6:1: the key `why` is missing in `waive.w.pip`"),
        (f'{CHAPTER}ports = [0]\n', 'envcheck.toml:4:10: chapter.w.ports: it must be a port from 1 to 65535, not 0'),
        (f'{CHAPTER}ports = [true]\n', 'envcheck.toml:4:10: chapter.w.ports: it must be a port from 1 to 65535, not true'),
        (f'{CHAPTER}services = {{ db = "localhost" }}\n', 'envcheck.toml:4:14: chapter.w.services.db: it must be a port, or such as "localhost:5432", not "localhost"'),
        (f'{CHAPTER}services = {{ db = "http://x:80" }}\n', 'envcheck.toml:4:14: chapter.w.services.db: it must be a port, or such as "localhost:5432", not "http://x:80"'),
        (f'{CHAPTER}disk = 5\n', 'envcheck.toml:4:1: chapter.w.disk: it must be a size such as "5 GB", not 5; did you mean "5 GB"?'),
        (f'{CHAPTER}memory = "8 gb"\n', 'envcheck.toml:4:1: chapter.w.memory: it must be a size such as "5 GB", not "8 gb"; did you mean "8 GB"?'),
        (f'{CHAPTER}memory = "0 GB"\n', 'envcheck.toml:4:1: chapter.w.memory: it must be a size between "1 MB" and "1000 TB", not "0 GB"'),
        (f'{CHAPTER}links = ["file:///etc/passwd"]\n', 'envcheck.toml:4:10: chapter.w.links: it must be an address that begins with https:// or http://, not "file:///etc/passwd"'),
        (f'{CHAPTER}proof = {{ code = "print(1)" }}\n', 'envcheck.toml:4:1: the key `prints` is missing in `chapter.w.proof`'),
        (f'{CHAPTER}proof = []\n', 'envcheck.toml:4:1: chapter.w.proof: an empty list asks for nothing; name something, or take the key out'),
        ('course = "a b"\n', 'envcheck.toml:1:1: course: it must be a name of letters, digits, `_` and `-`, not "a b"'),
        ('course = "a"\npins = "exactly"\n', 'envcheck.toml:2:1: pins: it must be "at-least" or "exact", not "exactly"; the nearest is `exact`'),
        ('course = "a"\n[chapter.all]\npackages = ["x"]\n', "envcheck.toml:2:2: `all` means every chapter; give this one another name"),
        ('course = "a\n', 'envcheck.toml:1:12: it is not TOML: illegal character \'\\n\''),
        ('course = "a"\ncourse = "b"\n', "envcheck.toml:2:13: it is not TOML: the key `course` is there twice: cannot overwrite a value"),
        (f'{CHAPTER}pins = "exact"\n', "envcheck.toml:4:1: there is no key `pins` here; it is one of the course: write it above the first table"),
        (f'{CHAPTER}waive = 1\n', "envcheck.toml:4:1: there is no key `waive` here; it is one of the course: [waive] is a table of its own"),
        ('course = "a"\nfolder = "x"\n', "envcheck.toml:2:1: there is no key `folder` here; it is one of a chapter: write it below [chapter.NAME]"),
        ("<<<<<<< HEAD\n", "envcheck.toml:1:1: it is not TOML: invalid statement"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    assert told(tmp_path, text) == message


def test_bounds(tmp_path: Path) -> None:
    """Deep, huge, with a key of very many parts: an answer soon."""
    assert (
        told(tmp_path, f"a = {'[' * 5000}{']' * 5000}")
        == "envcheck.toml:1:1: it is nested too deep"
    )
    assert "more than 12 deep" in told(tmp_path, f"a = {'[' * 50}{']' * 50}")
    assert "larger than" in told(tmp_path, "#" * 1_100_000)
    assert "more than 50 parts" in told(tmp_path, f"{'a.' * 5000}a = 1")
    assert "digits" in told(tmp_path, f"x = {'9' * 5000}")
    (tmp_path / "envcheck.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageProblem, match="not UTF-8"):
        read(tmp_path / "envcheck.toml")


def notebook(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text('{"cells": []}')


def test_chapters_from_folders(tmp_path: Path) -> None:
    """Each folder with notebooks is a chapter; a table about one of them says more of it."""
    hidden = ("ch4/.hidden/d.ipynb", "ch5/._e.ipynb")
    for name in ("ch1/a.ipynb", "ch2/notebooks/b.ipynb", "other/c.ipynb", *hidden):
        notebook(tmp_path, name)
    (tmp_path / "ch3").mkdir()
    text = 'course = "a"\n[chapters]\nfrom = "ch*/"\n[chapter.ch2]\ntitle = "Second"\n'
    made = read(course(tmp_path, text))
    assert [(one.id, one.title) for one in made.chapters] == [("ch1", "ch1"), ("ch2", "Second")]
    assert all(wants_jupyter(chapter) for chapter in made.chapters)
    assert "no folder with notebooks" in told(tmp_path, 'course = "a"\nchapters.from = "x*/"\n')
    assert "search all folders" in told(tmp_path, 'course = "a"\nchapters.from = "**/"\n')


def test_chapters_come_as_people_count(tmp_path: Path) -> None:
    """ch2 before ch10, and a chapter with a table in its folder's place."""
    for name in ("ch1", "ch2", "ch10", "ch11"):
        notebook(tmp_path, f"{name}/a.ipynb")
    text = 'course = "a"\nchapters.from = "ch*/"\n[chapter.extra]\npackages = ["a"]\n'
    text += '[chapter.second]\nfolder = "ch2"\n[chapter.ch11]\ntitle = "T"\n'
    made = read(course(tmp_path, text))
    assert [one.id for one in made.chapters] == ["ch1", "second", "ch10", "ch11", "extra"]


def test_a_link_out_of_the_course_is_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "course", tmp_path / "ch1"
    inside.mkdir()
    notebook(outside, "a.ipynb")
    (inside / "ch1").symlink_to(outside)
    with pytest.raises(UsageProblem, match="no folder with notebooks"):
        read(course(inside, 'course = "a"\nchapters.from = "ch*/"\n'))
    with pytest.raises(UsageProblem, match='"ch1" is a link that leads out'):
        read(course(inside, 'course = "a"\n[chapter.w]\nfolder = "ch1"\n'))


NAMES = st.sampled_from([*COURSE.keys, *ASKED, "title", "folder", "from", "w", "x.y", '"q r"', "é"])
SCALARS = st.sampled_from(
    ["1", "true", '"numpy>=1"', '""', "[]", "{}", '["a", 1]', "1979-05-27", "nan", '"../x"', "[[]]",
     '"\\u0000"', '{ a = ">=1" }', "'''\n\n'''"]
)  # fmt: skip
LINES = st.one_of(
    st.builds(lambda name, value: f"{name} = {value}", NAMES, SCALARS),
    st.builds(lambda name: f"[{name}]", NAMES),
    st.builds(lambda name: f"[chapter.{name}]", NAMES),
    st.text(max_size=30),
)


@settings(
    max_examples=150, deadline=2000, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(LINES, max_size=12))
def test_any_text_is_a_course_or_a_message_with_its_place(tmp_path: Path, lines: list[str]) -> None:
    """Never anything else that is raised, and the place is in the text."""
    text = "\n".join(lines)
    try:
        file = course(tmp_path, text)
    except UnicodeEncodeError:
        return
    try:
        assert read(file).chapters
    except UsageProblem as problem:
        message = str(problem)
        assert message.startswith(str(file))
        place = message[len(str(file)) :].split(":")
        if place[1].isdigit():
            assert 1 <= int(place[1]) <= text.count("\n") + 2


@pytest.mark.parametrize("pattern", [".", "./", "././", "[z-a]*", "nothing*/"])
def test_a_pattern_that_finds_no_folder(tmp_path: Path, pattern: str) -> None:
    """It is the file's fault, with its line; `adopt` says the same of it, and writes nothing."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.ipynb").write_text('{"cells": []}')
    file = tmp_path / "envcheck.toml"
    file.write_text(f'course = "a"\n[chapters]\nfrom = "{pattern}"\n')
    with pytest.raises(UsageProblem, match=r"envcheck.toml:3:1: chapters.from: "):
        read(file)
    assert merged(file, read_course(tmp_path))[1].startswith('course = "a"')


@pytest.mark.parametrize(
    ("text", "end"),
    [
        (f'{CHAPTER}commands = {{ java = "17+" }}\n', 'not "17+"; did you mean ">=17"?'),
        (f'{CHAPTER}commands = {{ java = 17 }}\n', 'not 17; did you mean ">=17"?'),
        (f'{CHAPTER}commands = {{ java = "17.x" }}\n', 'not "17.x"; did you mean ">=17"?'),
        (f'{CHAPTER}commands = {{ java = "==17" }}\n', '"==17" is about 17.0 alone, not about 17.1; did you mean "==17.*"?'),
        (f'{CHAPTER}python = "==3.11"\n', '"==3.11" is about 3.11.0 alone, not about 3.11.1; did you mean "==3.11.*"?'),
        (f'{CHAPTER}commands = {{ java = "^17 || 18" }}\n', 'not "^17 || 18"'),
        (f'{CHAPTER}disk = "5 TBs"\n', 'not "5 TBs"; did you mean "5 TB"?'),
        (f'{CHAPTER}disk = "5g"\n', 'not "5g"; did you mean "5 GB"?'),
        (f'{CHAPTER}memory = "-1 GB"\n', 'not "-1 GB"'),
        (f'{CHAPTER}files = [{{ columns = ["a"] }}]\n', "the key `path` is missing in `chapter.w.files`"),
        (f'{CHAPTER}jupyter = true\n[chapter.W]\njupyter = true\n', "envcheck.toml:5:2: the chapters `w` and `W` differ in capital letters alone; rename one"),
        (f'{CHAPTER}jupyter = true\n[chapter.w]\n', "it is not TOML: cannot declare `chapter.w` twice"),
        (f'{CHAPTER}jupyter = true\n[waive]\n"ww.pip" = {{ why = "a", until = 2027-03-01 }}\n', "no chapter has a check `ww.pip`; the nearest is `w.pip`"),
    ],
)  # fmt: skip
def test_the_next_step_is_one_that_will_do(tmp_path: Path, text: str, end: str) -> None:
    """What is proposed has been tried; where nothing near would do, nothing is."""
    message = told(tmp_path, text)
    assert message.endswith(end) or (end in message and "did you mean" not in message)
