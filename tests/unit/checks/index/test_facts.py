"""How a setting is taken out, and what of it may be shown."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envcheck import Confidence, Rename, Tell, UnsetEnv
from envcheck_checks.index.config_files import Setting, address
from envcheck_checks.index.facts import Asked, Trouble, taken_out

VARIABLE = Setting("http://proxy", "HTTPS_PROXY")


def in_file(folder: Path, alone: bool = False) -> Setting:
    return Setting("http://proxy", file=str(folder / "pip.conf"), key="proxy", alone=alone)


def test_variables_are_unset(tmp_path: Path) -> None:
    """A program may do it, for its own re-check."""
    fix = taken_out(VARIABLE, Setting("http://proxy", "http_proxy"))
    assert fix.steps == (UnsetEnv("HTTPS_PROXY"), UnsetEnv("http_proxy"))
    assert fix.automatic
    assert fix.title == "take HTTPS_PROXY and http_proxy out of your settings"


def test_a_file_with_nothing_else_in_it_is_moved_aside(tmp_path: Path) -> None:
    """And one with other settings is edited by a person."""
    file = str(tmp_path / "pip.conf")
    assert taken_out(in_file(tmp_path, alone=True)).steps == (
        Rename(file, f"{file}.envcheck-backup-1"),
    )
    fix = taken_out(in_file(tmp_path))
    assert fix.steps == (Tell(f"Take the line `proxy` out of {file}."),)
    assert not fix.automatic


def test_where_one_needs_a_person_all_do(tmp_path: Path) -> None:
    """Half a fix would not help."""
    fix = taken_out(VARIABLE, in_file(tmp_path))
    assert all(isinstance(step, Tell) for step in fix.steps)


def test_a_setting_of_the_system_has_neither(tmp_path: Path) -> None:
    """It stands in a control panel."""
    fix = taken_out(Setting("http://proxy"))
    assert fix.steps == (Tell("Change it in this system's network settings."),)


def test_an_unsure_removal_is_not_carried_out() -> None:
    """It is shown, with the title that it was given."""
    fix = taken_out(VARIABLE, sure=False, title="do without this proxy")
    assert (fix.confidence, fix.title) == (Confidence.LIKELY, "do without this proxy")


@pytest.mark.parametrize(
    ("status", "detail", "more"),
    [(0, "", ""), (403, "", ": HTTP 403"), (0, "no", ": no"), (502, "no", ": HTTP 502 no")],
)
def test_the_number_and_the_words(status: int, detail: str, more: str) -> None:
    """Nothing is added where nothing was said."""
    assert Asked(VARIABLE, Trouble.STATUS, status=status, detail=detail).more == more


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("https://pypi.org/simple/", "https://pypi.org"),
        ("proxy.campus:3128", "http://proxy.campus:3128"),
        ("http://ada:pw@proxy:3128/x?token=pw", "http://proxy:3128"),
        ("file:///srv/wheels", "/srv/wheels"),
        ("http://host:99999/", "what is set"),
        ("http://[::1/", "what is set"),
        ("", "what is set"),
    ],
)
def test_a_place_is_scheme_and_host(value: str, place: str) -> None:
    """An address that cannot be understood is not shown at all: it may hold a password."""
    assert Setting(value).place == place


SECRETS = st.text(min_size=4).map(lambda text: quote(f"hush-{text}-hush", safe=""))


@settings(max_examples=60)
@given(
    SECRETS,
    st.sampled_from(
        (
            "http://ada:{}@proxy:3128",
            "https://{}@host/simple",
            "https://host/{}/simple",
            "https://host/simple?key={}",
            "ada:{}@proxy:3128",
            "ftp://ada:{}@host:port",
        )
    ),
)
def test_no_secret_is_ever_in_it(secret: str, pattern: str) -> None:
    """Neither name, password, path nor query."""
    assert "hush" not in Setting(pattern.format(secret)).place


@settings(max_examples=60)
@given(st.text())
def test_any_text_has_parts(text: str) -> None:
    """Whatever stands in a settings file, asking for its parts raises nothing."""
    parts = address(text)
    assert parts.port is None or 0 <= parts.port < 65_536
