"""Markdown, judged by the HTML that a CommonMark reader makes of it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from tests.unit.engine.reports import examples

from envcheck.reports import markdown
from envcheck.run.report import Report

OWN = {"h2", "h3", "p", "strong", "pre", "code", "table", "thead", "tbody", "tr", "th", "td"}
READER = MarkdownIt("gfm-like", {"html": True, "linkify": False})


@given(examples.reports())
@examples.ANY
def test_untrusted_text_is_only_read(report: Report) -> None:
    """No markup, HTML, link or table cell comes from the machine, and every check has its row."""
    seen = READER.render(markdown.render(report))
    assert {name.lower() for name in re.findall(r"<([a-zA-Z][^\s/>]*)", seen)} <= OWN
    assert seen.count("<tr>") == len(report.results) + 1
    assert seen.count("<td>") == 3 * len(report.results)


@pytest.mark.parametrize(
    "text",
    [
        "**bold** _it_ ~~gone~~",
        "<b>x</b> &lt;",
        "[a](b) ![c](d)",
        "- item",
        "1. item",
        "# head",
        "> quote",
        "a | b",
        "a `stray backtick",
        "a\\b",
        "+ x",
        "=== x",
    ],
)
def test_escaped_text_reads_as_written(text: str) -> None:
    """A reader of the forum sees the very characters."""
    seen = re.sub(r"<[^>]*>", "", READER.render(markdown.escaped(text))).strip()
    shown = (
        seen.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    )
    assert shown.replace("\u200b", "") == text


def test_nobody_is_called() -> None:
    """An @ before a name does not mention anyone, and addresses are no links."""
    assert "@everyone" not in markdown.escaped("hello @everyone")
    assert markdown.escaped("https://evil.example.") == "`https://evil.example`."


@pytest.mark.parametrize("cell", [True, False])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("type `a_b *c* | d` now", "a_b *c* | d"),
        ("see https://host/a_b?c=*d* first", "https://host/a_b?c=*d*"),
        ("the kernel `C:\\x\\python.exe`", "C:\\x\\python.exe"),
    ],
)
def test_code_stays_as_it_is(text: str, code: str, cell: bool) -> None:
    """Nothing is escaped between backticks, nor in an address; a table keeps its bars too."""
    drawn = markdown.escaped(text, cell=cell)
    seen = READER.render(f"| a | b |\n|---|---|\n| 1 | {drawn} |" if cell else drawn)
    assert f"<code>{code}</code>" in seen


@pytest.mark.parametrize("text", ["plain", "a ``` b", "`````", "```sh\nrm\n```"])
def test_fences_hold(text: str) -> None:
    """The fence is longer than any run of backticks inside."""
    (token,) = READER.parse(markdown.fenced(text, "sh"))
    assert (token.type, token.content) == ("fence", f"{text}\n")


def test_a_failure() -> None:
    """The verdict as heading, the next step fenced, the evidence, the checks as a table."""
    assert (
        markdown.render(replace(examples.NOT_READY, results=examples.NOT_READY.results[2:5]))
        == """\
## envcheck: Not ready for chapter 2: one cause

ML for Software Engineers. Python 3.12.4 at \\~/ml/.venv/bin/python (the active virtual environment)

**Next step:** give this environment its own kernel

```sh
~/ml/.venv/bin/python -m ipykernel install --sys-prefix
```

### FAIL: the kernel "Python 3" starts another Python than yours

```text
found      ~/anaconda3/bin/python
wanted     ~/ml/.venv/bin/python
looked in  ~/.local/share/jupyter/kernels/python3/kernel.json
```

Waiting for this: Snippets

Why: `envcheck explain kernelspec-other-python`

### Checks

| | Check | What was found |
|---|---|---|
| ok | Packages | numpy 2.4, pandas 3.1, matplotlib 3.11 imported in 0.9 s |
| FAIL | Kernel | the kernel "Python 3" starts another Python than yours |
| -- | Snippets | waits for chapter2.kernel |

1 proved, 1 failed, 1 waiting, 3.8 s. Exit code 1, envcheck 0.1.0, 2026-11-23T18:04:05Z.
"""
    )
