"""Notebooks that are text, and lessons with Python in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck.adopt.reading import text_notebooks
from envcheck.adopt.reading.notebooks import Notebook

MYST = """\
---
jupytext:
  formats: ipynb,md:myst
kernelspec:
  display_name: Python 3
  language: python
  name: py-tables
---

# Tables

```python
not = executed
```

```{code-cell} ipython3
:tags: [hide-input]

import numpy as np
```

:::{note}
```{code-cell}
---
tags: [x]
---
np.ones(3)
```
:::
"""


def cells(book: Notebook) -> list[tuple[int, str]]:
    return [(cell.line, cell.text) for cell in book.cells]


def test_myst() -> None:
    """Its cells, the kernel that its header names; what is only shown is not run."""
    assert text_notebooks.is_notebook(MYST)
    book = text_notebooks.notebook("a.md", MYST)
    assert (book.kernel, book.language) == ("py-tables", "python")
    assert cells(book) == [(17, "\n\nimport numpy as np"), (24, "\n\n\nnp.ones(3)")]


def test_another_language() -> None:
    text = MYST.replace("language: python", "language: R")
    book = text_notebooks.notebook("a.md", text)
    assert (book.language, book.cells) == ("r", ())


def test_quarto() -> None:
    text = (
        "---\ntitle: x\n---\n```{python}\n#| echo: false\nimport a\n```\n```{r}\nlibrary(b)\n```\n"
    )
    assert text_notebooks.is_notebook(text)
    assert cells(text_notebooks.notebook("a.qmd", text)) == [(5, "\nimport a")]


LESSON = """\
Some words.

```python
import pandas as pd
```

~~~
import numpy
~~~
{: .language-python}

~~~
1 2 3
~~~
{: .output}

> ## Exercise
>
> ```python
> import plotnine
> ```

````markdown
```python
import inner
```
````

```bash
import -window root
```

```py
import last"""


def test_a_lesson() -> None:
    """What is fenced as Python, in the ways of a Carpentry too; the last fence may never end."""
    assert not text_notebooks.is_notebook(LESSON)
    assert cells(text_notebooks.lesson("a.md", LESSON)) == [
        (4, "import pandas as pd"),
        (8, "import numpy"),
        (20, "import plotnine"),
        (34, "import last"),
    ]


def test_a_script_of_cells() -> None:
    text = "# ---\n# jupyter:\n#   kernelspec:\n#     name: mine\n# ---\n# %%\nimport a\n# %% [markdown]\n# x\n"
    book = text_notebooks.script("a.py", text)
    assert book.kernel == "mine"
    assert [line for line, _ in cells(book)] == [1, 6, 8]


@pytest.mark.parametrize("word", ["python", "{code-cell}", "", "{python}"])
@given(st.text(alphabet="`~:{}>-# \nabi", max_size=200))
def test_any_text(word: str, text: str) -> None:
    """No text stops the reading, and each cell's first line is one of the text's."""
    text = f"```{word}\n{text}"
    for read in (text_notebooks.notebook, text_notebooks.lesson, text_notebooks.script):
        for cell in read("a.md", text).cells:
            assert 1 <= cell.line <= text.count("\n") + 1
    text_notebooks.is_notebook(text)


PAIRED = """\
# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: book
# ---
# %%
import numpy
"""


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (PAIRED, True),
        (f"#!/usr/bin/env python\n{PAIRED}", True),
        ("# ---\n# jupyter:\n#   kernelspec:\n#     name: x\n# ---\n", True),
        ("# ---\n# title: x\n# ---\n", False),
        ("# %%\nimport numpy\n", False),
        ("# jupyter: no header\n# kernelspec:\n", False),
        ("# ---\n# jupyter:\n" + "# x\n" * 3000, False),
    ],
)
def test_python_that_is_a_notebook(text: str, is_one: bool) -> None:
    """By the header of jupytext's; cells alone are a script's too."""
    assert text_notebooks.is_script_notebook(text) is is_one
