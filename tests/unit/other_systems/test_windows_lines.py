"""Lines for the shells of Windows that run-envcheck.py prints by itself: the engine's own."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bootstrap import lines as lines_of_file
from envcheck.target.shells import command, learners

# Of the file that learners start, which Python 2 reads too: no types.
lines: Any = lines_of_file
WORDS = st.lists(
    st.one_of(
        st.text(st.sampled_from("~\\/ %\"'^&|<>()!$`=;,-.:ä\u2019\u201cxC"), max_size=12),
        st.sampled_from([r"C:\Users\R&D\ml", r"C:\Users\100%\ml", r"~\a^b\python.exe", "O'Neil!"]),
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("shell", ["cmd", "powershell"])
@given(WORDS)
def test_each_line_is_the_engines(shell: str, words: list[str]) -> None:
    """A user named "R&D" or "100%" has them in every path."""
    assert lines.shell_line(["prog", *words], shell) == command(("prog", *words), shell)


def test_a_program_by_its_path() -> None:
    for words in ((r"C:\Users\R&D\python.exe", "-m", "pip"), (r"~\ml\python.exe",), ("3to2",)):
        for shell in ("cmd", "powershell"):
            assert lines.shell_line(words, shell) == command(words, shell)


@pytest.mark.parametrize(
    ("modules", "shell"),
    [
        # Documents on another disk, in another language; on a server; in OneDrive.
        (r"D:\Dokumente\WindowsPowerShell\Modules;C:\Program Files\WindowsPowerShell\Modules", "powershell"),
        (r"\\srv\home$\ann\PowerShell\Modules;C:\Program Files\PowerShell\7\Modules", "powershell"),
        (r"C:\Users\ann\OneDrive - Uni\Documents\PowerShell\Modules", "powershell"),
        # Programs that put folders of theirs there, for cmd too: Google's, SQL Server's, AWS'.
        (r"C:\Program Files\WindowsPowerShell\Modules;C:\Users\ann\AppData\Local\Google\Cloud SDK\google-cloud-sdk\platform\PowerShell", "cmd"),
        (r"C:\Program Files (x86)\Microsoft SQL Server\150\Tools\PowerShell\Modules\;C:\Windows\system32\WindowsPowerShell\v1.0\Modules", "cmd"),
        (r"c:\program files\windowspowershell\modules", "cmd"),
    ],
)  # fmt: skip
def test_whether_it_is_powershell(
    monkeypatch: pytest.MonkeyPatch, modules: str, shell: str
) -> None:
    variables = {"USERPROFILE": r"C:\Users\ann", "PSMODULEPATH": modules}
    assert learners(variables, "win32") == shell
    monkeypatch.setattr(lines, "WINDOWS", True)
    monkeypatch.delenv("MSYSTEM", raising=False)
    monkeypatch.setenv("PSMODULEPATH", modules)
    assert lines.learners_shell() == shell
