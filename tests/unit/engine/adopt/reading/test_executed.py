"""What a text executes, what it only shows, and who executes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engine.adopt.small_courses import notebook, of

from envcheck.adopt.reading import executed, text_notebooks
from envcheck.adopt.writing.new_file import text


def imported(name: str, course_text: str) -> list[str]:
    return [cell.text for cell in text_notebooks.notebook(name, course_text).cells]


@pytest.mark.parametrize(
    "word",
    [
        *("python", "{code} python", "{code-block} python", "{.python}", "{#id .python}"),
        *("{{python}}", "{python, eval=FALSE}", "{python eval = F, echo=TRUE}", "{r}"),
        *("{python}\n#| eval: false", "{python}\n#| echo: true\n#| eval: no"),
    ],
)
def test_what_is_only_shown(word: str) -> None:
    """Neither a directive that draws code, nor a chunk that says so itself, is executed."""
    shown = f"```{{code-cell}}\nimport a\n```\n\n```{word}\nimport b\n```\n"
    assert text_notebooks.is_notebook(shown)
    assert imported("a.md", shown) == ["import a"]
    alone = f"Words.\n\n```{word}\nimport b\n```\n"
    assert not text_notebooks.is_notebook(alone)


def test_a_cell_between_colons() -> None:
    cell = ":::{code-cell} ipython3\n:tags: [x]\nimport a\n:::\n"
    assert text_notebooks.is_notebook(cell)
    assert imported("a.md", cell) == ["\nimport a"]


def test_how_a_cell_is_written_is_no_cell() -> None:
    """A text about MyST or Quarto shows cells."""
    about = "Write:\n\n````markdown\n```{code-cell}\nimport a\n```\n````\n\nIt is `{code-cell}`.\n"
    assert not text_notebooks.is_notebook(about)


ALL_OFF = (
    "---\nexecute:\n  eval: false\n---\n",
    "---\ntitle: x\nexecute: {echo: true, eval: false}\n---\n",
    "```{r setup}\nknitr::opts_chunk$set(echo = TRUE, eval = FALSE)\n```\n",
)


@pytest.mark.parametrize("top", ALL_OFF)
def test_a_text_that_executes_nothing_by_itself(top: str) -> None:
    """A chunk may say otherwise; without one the text is a lesson, whose code learners follow."""
    lesson = f"{top}\n```{{python}}\nimport a\n```\n"
    assert not text_notebooks.is_notebook(lesson)
    assert [c.text for c in text_notebooks.lesson("a.qmd", lesson).cells] == ["import a"]
    one = f"{lesson}\n```{{python}}\n#| eval: true\nimport b\n```\n"
    assert imported("a.qmd", one) == ["\nimport b"]


def test_markdown_of_jupytexts() -> None:
    """There what is fenced as Python is a cell; in MyST's it is not."""
    top = "---\njupyter:\n  jupytext:\n    text_representation:\n      format_name: markdown\n---\n"
    blocks = "\n".join(
        f"```{word}\nimport {name}\n```\n"
        for word, name in (
            ("python", "a"),
            ('python tags=["x"]', "b"),
            ("python .noeval", "c"),
            ('python active=""', "d"),
            ("bash", "e"),
        )
    )
    assert imported("a.md", top + blocks) == ["import a", "import b"]
    assert imported("a.md", top.replace("markdown", "myst") + blocks) == []


CHUNK = "```{python}\nimport pandas\n```\n"
OF_R = "```{r}\nlibrary(reticulate)\n```\n"


@pytest.mark.parametrize(
    ("name", "content", "is_knitrs"),
    [
        ("a.Rmd", CHUNK, True),
        ("a.Rmd", f"---\ntitle: x\n---\n{OF_R}{CHUNK}", True),
        ("a.Rmd", f"---\njupyter:\n  kernelspec:\n    name: python3\n---\n{CHUNK}", False),
        ("a.qmd", CHUNK, False),
        ("a.qmd", f"{OF_R}{CHUNK}", True),
        ("a.qmd", f"---\nengine: knitr\n---\n{CHUNK}", True),
        ("a.qmd", f"---\nengine: jupyter\n---\n{OF_R}{CHUNK}", False),
        ("a.qmd", f"---\njupyter: python3\n---\n{OF_R}{CHUNK}", False),
        ("a.md", f"{OF_R}{CHUNK}", False),
    ],
)
def test_who_executes_it(tmp_path: Path, name: str, content: str, is_knitrs: bool) -> None:
    """What R executes asks for its packages of Python, and for no Jupyter."""
    assert text_notebooks.is_knitrs(name, content) is is_knitrs
    reading = of(tmp_path, {f"w1/{name}": content, f"w2/{name}": content})
    assert [need.requirement for need in reading.needs] == ["pandas"]
    assert ("jupyter = true" in text(reading)) is not is_knitrs


def test_it_is_no_prose_beside_a_notebook(tmp_path: Path) -> None:
    files = {"w1/a.ipynb": notebook("import numpy"), "w1/b.Rmd": CHUNK}
    assert [need.requirement for need in of(tmp_path, files).needs] == ["numpy", "pandas"]


@given(st.text(alphabet="`~{}python code-cell,.=|#:evalfs\n", max_size=120))
def test_any_text(content: str) -> None:
    """Whatever is executed stands in a block whose word is a cell's."""
    for options in (content, f"```{{python}}\n{content}"):
        assert executed.is_executed(content, options) in (True, False, None)
        for cell in text_notebooks.notebook("a.md", options).cells:
            assert cell.text.strip()
        executed.by_default(options)
