"""Whether an index of the course's own is set."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import course

from envcheck.adopt.reading.indexes import OTHER, is_set_in, sets_index
from envcheck.adopt.reading.installing import OWN_INDEX
from envcheck.adopt.reading.tree import tree
from envcheck.declared.own_index import PUBLIC, private


@pytest.mark.parametrize(
    ("text", "sets"),
    [
        ("PIP_INDEX_URL=https://a.example/simple", True),
        ('os.environ["UV_INDEX"] = "a=https://a.example"', True),
        ("pip config set global.find-links /wheels", True),
        ("os.environ['PIP_INDEX_URL'] = 'https://pypi.org/simple'", False),
        ("pip config set global.index-url https://pypi.org/simple", False),
        ("pip config set global.timeout 60", False),
        ("PIP_NO_CACHE_DIR=1", False),
        ("UV_INDEX_OWN_PASSWORD=x", False),
        ("PIP_INDEX_URL=https://pypi.org", False),
        ('export PIP_INDEX_URL="https://pypi.org"', False),
        ("PIP_INDEX_URL=https://pypi.python.org/simple", False),
        ("UV_INDEX=main=https://pypi.org/simple", False),
        ("os.environ['UV_INDEX'] = 'main=https://pypi.org/simple'", False),
        ("pip config set global.index-url https://pypi.python.org", False),
        ("PIP_INDEX_URL=https://pypi.org.a.example/simple", True),
        ("PIP_EXTRA_INDEX_URL='https://pypi.org/simple https://a.example/simple'", True),
        ("PIP_INDEX_URL=https://pypi.org/simple\necho https://a.example", False),
        ("UV_INDEX=pypi.org=https://a.example/simple", True),
    ],
)
def test_a_text(text: str, sets: bool) -> None:
    assert sets_index(text) == sets


@pytest.mark.parametrize(
    "address",
    [
        *(f"{scheme}://{host}{rest}" for scheme in ("http", "https") for host in PUBLIC for rest in ("", "/", "/simple", ":443/simple", "?a")),
        *("https://PyPI.org/simple", "https://me:word@pypi.org/simple"),
        *("https://pypi.org.a.example/simple", "https://pypi.org@a.example/", "https://pypi.org:a@a.example/"),
        *("https://pypi.organic/simple", "https://a.example/pypi.org/", "https://my-pypi.org/", "/wheels", "ftp://a.example"),
    ],
)  # fmt: skip
def test_what_is_public_is_the_same_for_all(address: str) -> None:
    """For a list, for the words of a command, and for what a cell or a file sets."""
    own = bool(private(address))
    assert sets_index(f"PIP_INDEX_URL={address}") == own
    assert (OTHER.search(f"index-url = {address}\n") is not None) == own
    for option in ("-i ", "--index-url=", "--extra-index-url ", "--default-index '"):
        assert (
            OWN_INDEX.search(f"zzqx {option}{address}{option[-1:].strip(' =')}") is not None
        ) == own


@pytest.mark.parametrize(
    ("name", "text", "sets"),
    [
        ("pip.conf", "[global]\nindex-url = https://a.example/simple\n", True),
        ("w1/pip.ini", "[global]\nindex-url = https://pypi.org/simple\n", False),
        ("pip.conf", "[global]\nindex-url = https://pypi.python.org/simple\n", False),
        ("pip.conf", "[global]\nindex-url = https://pypi.org\ntimeout = 9\n", False),
        (
            "pip.conf",
            "[global]\nextra-index-url =\n    https://pypi.org/simple\n    https://a.example\n",
            True,
        ),
        ("uv.toml", '[[index]]\nurl = "https://pypi.org"\n', False),
        ("uv.toml", '[[index]]\nurl = "https://a.example"\n', True),
        ("setup.sh", "export PIP_INDEX_URL=https://a.example\n", True),
        ("w1/notes.md", "export PIP_INDEX_URL=https://a.example\n", False),
    ],
)
def test_a_file(tmp_path: Path, name: str, text: str, sets: bool) -> None:
    assert is_set_in(tree(course(tmp_path, {name: text}))) == sets
