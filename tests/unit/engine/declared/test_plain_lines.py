"""Lists in which every line is a name with its versions: they are read as pip's own parser reads them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck.declared import plain_lines
from envcheck.declared.requirements_txt import _parsed, _requirement
from envcheck.declared.source import Source

SOURCE = Source(Path("/nowhere"), "requirements.txt")
PART = st.sampled_from(
    [
        "numpy",
        "scikit-learn",
        "A.b_c",
        "x[all]",
        "y[b, a,b]",
        "9",
        "z.zip",
        "q.tar.gz",
        "-",
        "a--b",
        "é",
    ]
)
BOUND = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", " "]),
    st.sampled_from(["==", ">=", "<=", "!=", "<", ">", "~=", "===", "="]),
    st.sampled_from(["", " "]),
    st.sampled_from(
        [
            "1",
            "1.0",
            "01.2",
            "1.*",
            "2.0.0.*",
            "1.0rc1",
            "0.4.7dev9008",
            "2.9.0.post0",
            "1b2.post3.dev4",
            "1.0.dev1",
            "1a",
            "1.0rc1.*",
            "x",
            "1.x",
            "",
            "1.0.0.0.0",
        ]
    ),
)
END = st.sampled_from(
    [
        "",
        " ",
        "  # why",
        "#no comment",
        " # é $HOME",
        " # \\",
        "\t# ${HOME}",
        " \\",
        "; os_name == 'nt'",
        " #",
    ]
)
LINE = st.builds(
    lambda name, bounds, end: name + ",".join(bounds) + end,
    PART,
    st.lists(BOUND, max_size=3),
    END,
) | st.sampled_from(
    ["", "# a comment", "-r other.txt", ".", "-e .", "./a", "http://x/y.whl", " numpy", "a b"]
)


def by_the_parser(lines: list[str]) -> list[tuple[int, str]]:
    parsed = _parsed(SOURCE, "\n".join(lines))
    assert not parsed.invalid_lines and not parsed.options
    return [(row.requirement_line.line_number, _requirement(row)) for row in parsed.requirements]


@given(st.lists(LINE, max_size=4))
def test_what_is_read_is_what_the_parser_reads(lines: list[str]) -> None:
    rows = plain_lines.requirements(lines)
    if rows is not None:
        assert rows == by_the_parser(lines)


@pytest.mark.parametrize(
    "line",
    [
        "numpy",
        "a[b]>=1,<2 # why",
        "# why",
        "",
        "torch==2.0.*",
        "x ~= 1.4",
        "q>=0.4.7dev9008",
        "d==2.9.0.post0",
        "i ~=0.6.0a8",
    ],
)
def test_what_most_lists_say_is_plain(line: str) -> None:
    assert plain_lines.requirements([line]) == by_the_parser([line])


@pytest.mark.parametrize(
    "line",
    [
        "a.zip",
        "~= 1",
        "a ~=1",
        "a>=1.*",
        "a; b",
        "-r b",
        "a @ http://c",
        "a \\",
        "a#b",
        "a==1.0+cpu",
        "a==1,==1.0",
    ],
)
def test_all_else_is_left_to_the_parser(line: str) -> None:
    assert plain_lines.requirements(["numpy", line]) is None
