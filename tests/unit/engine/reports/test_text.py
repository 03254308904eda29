"""The console page, held whole: changing a word shows here, and is read as prose."""

from __future__ import annotations

from dataclasses import replace

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engine.reports import examples

from envcheck.model import Diagnosis, Evidence, Fix, Run, Severity, Status, Write
from envcheck.reports import text
from envcheck.reports.text import Page
from envcheck.reports.words import columns
from envcheck.run.again import Again
from envcheck.run.report import Report


def test_all_well() -> None:
    """A machine that is ready gets a calm page without any next step."""
    assert (
        text.render(examples.READY)
        == """\
ML for Software Engineers, chapter 2
Python 3.12.4 at ~/ml/.venv/bin/python (the active virtual environment)

  ok    Python        3.12.4, 64-bit, standard library whole
  ok    pip and venv  pip 26.1 belongs to this Python
  ok    Packages      numpy 2.4, pandas 3.1, matplotlib 3.11 imported in 0.9 s
  ok    Kernel        `python3` starts this Python and answered in 0.4 s
  ok    Snippets      number, table, picture, error and interrupt came back
  ok    Notebook      served, ran a cell, saved and shut down in 3.4 s
  --    Browser       skipped: this machine has no display
  --    Not asked     Interface (it needs --deep)

Ready for chapter 2. 6 proved, 2 skipped, 3.8 s.
"""
    )


def test_a_line_that_works_here_is_the_last() -> None:
    """Where all is well; once, however many checks say it."""
    report = examples.READY
    line = "jupyter notebook --allow-root"
    told = replace(report, results=tuple(replace(one, typed=line) for one in report.results))
    head = "Type this here, in place of the course's own line:"
    assert text.render(told).splitlines()[-2:] == [head, f"    {line}"]
    assert head not in text.render(report)


def test_one_failure() -> None:
    """One cause: its evidence under its check, who waits, and last the one command to paste."""
    assert (
        text.render(examples.NOT_READY)
        == """\
ML for Software Engineers, chapter 2
Python 3.12.4 at ~/ml/.venv/bin/python (the active virtual environment)

  ok    Python        3.12.4, 64-bit, standard library whole
  ok    pip and venv  pip 26.1 belongs to this Python
  ok    Packages      numpy 2.4, pandas 3.1, matplotlib 3.11 imported in 0.9 s
  FAIL  Kernel        the kernel "Python 3" starts another Python than yours
        found      ~/anaconda3/bin/python
        wanted     ~/ml/.venv/bin/python
        looked in  ~/.local/share/jupyter/kernels/python3/kernel.json
  --    Browser       skipped: this machine has no display
  --    Waiting       for Kernel: Snippets, Notebook

Not ready for chapter 2: one cause.
3 proved, 1 failed, 2 waiting, 1 skipped, 3.8 s.

Next step: give this environment its own kernel
    ~/ml/.venv/bin/python -m ipykernel install --sys-prefix
Or let envcheck do it: envcheck chapter2 --fix
Why: envcheck explain kernelspec-other-python
"""
    )


def test_warning_only() -> None:
    """A warning leaves the machine ready and says what to do about it."""
    assert (
        text.render(examples.WARNED)
        == """\
ML for Software Engineers, chapter 2
Python 3.12.4 at ~/ml/.venv/bin/python (the active virtual environment)

  warn  Python        3.12.4, 64-bit, standard library whole
                      warning: the environment was found in this folder, but it
                      is not active in this terminal
                      looked in  ~/ml
                      note: what you type next would otherwise meet another
                            Python
  ok    pip and venv  pip 26.1 belongs to this Python
  ok    Packages      numpy 2.4, pandas 3.1, matplotlib 3.11 imported in 0.9 s
  ok    Kernel        `python3` starts this Python and answered in 0.4 s
  ok    Snippets      number, table, picture, error and interrupt came back
  ok    Notebook      served, ran a cell, saved and shut down in 3.4 s

Ready for chapter 2, with one warning. 6 proved, 3.8 s.

Next step: activate the environment
    Type this: source ~/ml/.venv/bin/activate
Why: envcheck explain environment-inactive
"""
    )


def test_warning_counts() -> None:
    """Under --strict the verdict says that it is the warning that counts."""
    assert (
        Page().ending(replace(examples.WARNED, strict=True))
        == """\

Not ready for chapter 2: one warning, and --strict counts it. 6 proved, 3.8 s.

Next step: activate the environment
    Type this: source ~/ml/.venv/bin/activate
Why: envcheck explain environment-inactive"""
    )


def test_interrupted() -> None:
    """After Ctrl-C the page says how far it came."""
    assert (
        text.render(examples.INTERRUPTED)
        == """\
ML for Software Engineers, chapter 2
Python 3.12.4 at ~/ml/.venv/bin/python (the active virtual environment)

  ok    Python        3.12.4, 64-bit, standard library whole
  ok    pip and venv  pip 26.1 belongs to this Python
  ????  Packages      interrupted before it had an answer

Interrupted before chapter 2 was answered. 2 proved, 1 without an answer, 3.8 s.
Run it again and let it come to its end.
"""
    )


def test_nothing_proved() -> None:
    """A run that left everything out is not called ready."""
    assert (
        text.render(examples.UNPROVED)
        == """\
ML for Software Engineers, chapter 2
Python 3.12.4 at ~/ml/.venv/bin/python (the active virtual environment)

  --    Browser       skipped: this machine has no display
  --    Not asked     Python (--skip)

Nothing was proved about chapter 2. 2 skipped, 3.8 s.
Nothing that is required was done, so this says nothing about your machine. Run
it again without leaving checks out.
"""
    )


def test_nothing_proved_though_everything_was_asked() -> None:
    """A machine that is offline is not told to leave nothing out: it did not."""
    kept = [
        one
        for one in examples.UNPROVED.results
        if not (one.skip_reason or "").startswith("not asked")
    ]
    page = " ".join(text.render(replace(examples.UNPROVED, results=tuple(kept))).split())
    assert page.endswith("Each check says why: run it again when that has changed.")


def test_narrow() -> None:
    """On 60 columns everything is there, and only commands and paths are longer."""
    assert (
        Page(width=60).whole(examples.NOT_READY)
        == """\
ML for Software Engineers, chapter 2
Python 3.12.4 at ~/ml/.venv/bin/python (the active virtual
  environment)

  ok    Python        3.12.4, 64-bit, standard library whole
  ok    pip and venv  pip 26.1 belongs to this Python
  ok    Packages      numpy 2.4, pandas 3.1, matplotlib 3.11
                      imported in 0.9 s
  FAIL  Kernel        the kernel "Python 3" starts another
                      Python than yours
        found      ~/anaconda3/bin/python
        wanted     ~/ml/.venv/bin/python
        looked in  ~/.local/share/jupyter/kernels/python3/kernel.json
  --    Browser       skipped: this machine has no display
  --    Waiting       for Kernel: Snippets, Notebook

Not ready for chapter 2: one cause.
3 proved, 1 failed, 2 waiting, 1 skipped, 3.8 s.

Next step: give this environment its own kernel
    ~/ml/.venv/bin/python -m ipykernel install --sys-prefix
Or let envcheck do it: envcheck chapter2 --fix
Why: envcheck explain kernelspec-other-python
"""
    )


def test_verbose() -> None:
    """--verbose shows every check with its id and its time, also those that wait."""
    assert (
        Page(verbose=True).whole(examples.NOT_READY)
        == """\
ML for Software Engineers, chapter 2
Python 3.12.4 at ~/ml/.venv/bin/python (the active virtual environment)

  ok    Python        3.12.4, 64-bit, standard library whole
                      [chapter2.python, 0.5 s]
  ok    pip and venv  pip 26.1 belongs to this Python [chapter2.pip, 0.5 s]
  ok    Packages      numpy 2.4, pandas 3.1, matplotlib 3.11 imported in 0.9 s
                      [chapter2.packages, 0.5 s]
  FAIL  Kernel        the kernel "Python 3" starts another Python than yours
                      [chapter2.kernel, 0.5 s]
        found      ~/anaconda3/bin/python
        wanted     ~/ml/.venv/bin/python
        looked in  ~/.local/share/jupyter/kernels/python3/kernel.json
  --    Snippets      waits for chapter2.kernel [chapter2.snippets, 0.0 s]
  --    Notebook      waits for chapter2.kernel [chapter2.notebook, 0.0 s]
  --    Browser       skipped: this machine has no display
                      [chapter2.browser, 0.0 s]

Not ready for chapter 2: one cause.
3 proved, 1 failed, 2 waiting, 1 skipped, 3.8 s.

Next step: give this environment its own kernel
    ~/ml/.venv/bin/python -m ipykernel install --sys-prefix
Or let envcheck do it: envcheck chapter2 --fix
Why: envcheck explain kernelspec-other-python
"""
    )


def test_same_cause_twice() -> None:
    """Evidence is shown once; the second check that met it names the first. Other causes come
    after.
    """
    second = replace(examples.KERNEL_FAILS, id="chapter2.notebook", title="Notebook")
    other = Diagnosis("disk-full", "1 MB of disk is free", severity=Severity.WARNING)
    room = replace(
        examples.FINE[0],
        id="chapter2.room",
        title="Room",
        summary="little is free",
        status=Status.WARN,
        diagnoses=(other,),
    )
    page = Page().whole(examples.report(examples.KERNEL_FAILS, second, room))
    assert (
        page
        == """\
ML for Software Engineers, chapter 2
Python 3.12.4 at ~/ml/.venv/bin/python (the active virtual environment)

  FAIL  Kernel        the kernel "Python 3" starts another Python than yours
        found      ~/anaconda3/bin/python
        wanted     ~/ml/.venv/bin/python
        looked in  ~/.local/share/jupyter/kernels/python3/kernel.json
  FAIL  Notebook      for the same reason as Kernel
  warn  Room          little is free
                      warning: 1 MB of disk is free

Not ready for chapter 2: one cause. 1 proved, 2 failed, 3.8 s.

Next step: give this environment its own kernel
    ~/ml/.venv/bin/python -m ipykernel install --sys-prefix
Or let envcheck do it: envcheck chapter2 --fix
Why:        envcheck explain kernelspec-other-python
After that: envcheck explain disk-full
"""
    )


def test_steps_that_no_line_can_say() -> None:
    """A file to write is shown with its text; Windows gets its own line."""
    steps = (Write("~/.jupyter/x.json", "{\n}\n"), Run((r"C:\my python\python.exe", "-m", "pip")))
    cause = Diagnosis("x", "y", Evidence(), (Fix("Write it", steps),))
    failing = replace(examples.KERNEL_FAILS, diagnoses=(cause,))
    assert (
        Page().next_step(
            examples.report(failing, again=Again(names=("chapter2",), shell="powershell"))
        )
        == """\
Next step: write it
    Put this into the file ~/.jupyter/x.json:
    {
    }
    & 'C:\\my python\\python.exe' -m pip
Or let envcheck do it: envcheck chapter2 --fix
Why: envcheck explain x"""
    )


def test_colour_is_only_ink() -> None:
    """Without its colours the coloured page is the plain page: no meaning in colour alone."""
    for report in (examples.READY, examples.NOT_READY, examples.WARNED, examples.UNDETERMINED):
        inked = Page(colour=True).whole(report)
        assert "\x1b[" in inked
        assert click.unstyle(inked) == Page().whole(report)


@given(st.integers(40, 100), examples.reports())
@examples.ANY
def test_nothing_overflows(width: int, report: Report) -> None:
    """A line is longer than the screen only where it cannot be broken, because it is one word."""
    page = Page(width)
    for line in page.header(report).splitlines():
        assert columns(line) <= width or len(text.WORD.findall(line)) == 1


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize(
    "known", [examples.READY, examples.NOT_READY, examples.WARNED, examples.UNDETERMINED]
)
def test_known_pages_fit(width: int, known: Report) -> None:
    """The pages that a learner meets fit the screen, but for commands and paths."""
    assert all(
        "~/" in line for line in Page(width).whole(known).splitlines() if columns(line) > width
    )


def test_one_reason_why_nobody_can_tell_is_said_once() -> None:
    """And the last line does not ask to run it again as it is."""
    reason = "not told: this container allows 20 processes. Give it more"
    untold = [
        replace(one, status=Status.UNDETERMINED, summary=reason, diagnoses=())
        for one in examples.READY.results
    ]
    page = text.render(replace(examples.READY, results=tuple(untold)))
    assert " ".join(page.split()).count(reason) == 1
    assert page.count("for the same reason as Python") == len(untold) - 1
    end = "could not tell, and says why. Run it again when that has changed."
    assert " ".join(page.split()).endswith(end)
