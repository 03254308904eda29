"""The browser that Jupyter's settings name."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.checks.browser.test_check import FIREFOX, tool

from envcheck.environment import Environment
from envcheck.testing import described, passes, warns
from envcheck_checks.browser.browser_setting import find_setting_of_nothing
from envcheck_checks.browser.discovery import browsers
from envcheck_checks.browser.display import Machine, this_machine
from envcheck_checks.browser.installed import browser
from envcheck_checks.jupyter.config_files import ConfigFile, config_files

OWN = "/home/ada/.jupyter/jupyter_server_config.py"


def machine(
    tmp_path: Path, *settings: dict[str, object], system: str = "linux", **variables: str
) -> Environment:
    """Firefox alone is there; `settings` of the server by file, those that win last."""
    tool(tmp_path, "firefox")
    given = {"PATH": str(tmp_path / "bin"), "DISPLAY": ":0", **variables}
    here = Machine(system, given, tmp_path / "home", tmp_path)
    files = tuple(
        ConfigFile(f"{OWN}{number}", {"ServerApp": each}) for number, each in enumerate(settings)
    )
    return described(facts={this_machine: here, browsers: (FIREFOX,), config_files: files})


@pytest.mark.parametrize(
    "line",
    [
        "/opt/chrome-80/chrome %s",
        "chrome-80",
        "/mnt/c/Program Files/Chrome/chrome.exe %s",  # no quotes: the program is `/mnt/c/Program`
        "'/opt/chrome %s",
        " ",
    ],
)
def test_nothing_is_behind_it(line: str, tmp_path: Path) -> None:
    env = machine(tmp_path, {"browser": "firefox"}, {"browser": line})
    warning = warns(browser(), env, "browser-setting-broken")
    assert (warning.evidence.found, warning.evidence.looked_in) == (line, f"{OWN}1")


@pytest.mark.parametrize("line", ["firefox", "firefox %s", "'{bin}/firefox' --new-window %s"])
def test_it_is_there(line: str, tmp_path: Path) -> None:
    """BROWSER is not asked then."""
    setting: dict[str, object] = {"browser": line.format(bin=tmp_path / "bin")}
    passes(browser(), machine(tmp_path, setting, BROWSER="gone-browser"))


def test_no_browser_is_asked_for(tmp_path: Path) -> None:
    passes(browser(), machine(tmp_path, {"browser": "gone %s"}, {"open_browser": False}))


def test_the_variable_where_there_is_no_setting(tmp_path: Path) -> None:
    env = machine(tmp_path, {"browser": ""}, {"port": 8889}, BROWSER="gone-browser")
    warns(browser(), env, "browser-variable-broken")


def test_names_of_a_mac(tmp_path: Path) -> None:
    """`safari` and `default` are no programs on PATH."""
    env = machine(tmp_path, {"browser": "safari"}, system="darwin")
    assert find_setting_of_nothing(env, this_machine(env)) is None
    passes(browser(), env)
