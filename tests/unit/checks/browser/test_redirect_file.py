"""The small file through which Jupyter opens its page: a browser that may not read it, an editor
that opens it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import command_at, file_at

from envcheck import Diagnosis, Severity
from envcheck.testing import described, interpreter
from envcheck_checks.browser import redirect_file
from envcheck_checks.browser.catalogue import Browser, Family
from envcheck_checks.browser.display import Machine
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.machine.system import PAGE_OPENER, System, system

SNAP = Browser("Firefox", ("/snap/bin/firefox",), Family.FIREFOX, "snap")
PLAIN = Browser("Firefox", ("/usr/bin/firefox",), Family.FIREFOX)
HERE = interpreter()
PROFILE = "var/lib/snapd/apparmor/profiles/snap.firefox.firefox"


def said(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    browser: Browser | None,
    *config: ConfigFile,
    runtime: str = "",
    name: str = "linux",
    opener: str = "",
    **variables: Any,
) -> list[Diagnosis]:
    monkeypatch.setattr(redirect_file, "chosen", lambda _: browser)
    env = described(
        python=variables.pop("python", HERE),
        facts={
            learners_jupyter: LearnersJupyter({}, None, runtime=runtime),
            config_files: config,
            system: System(name, {PAGE_OPENER: opener} if opener else {}),
        },
    )
    machine = Machine(name, {"DISPLAY": ":0", **variables}, folder / "home", folder)
    return redirect_file.warnings(env, machine)


@pytest.mark.parametrize(
    ("runtime", "profile", "refused"),
    [
        ("{home}/.local/share/jupyter/runtime", "", True),
        ("{home}/.local/share/jupyter/runtime", "owner @{HOME}/.local/share/jupyter/** rw,", False),
        ("{home}/.other/runtime", "owner @{HOME}/.local/share/jupyter/** rw,", True),
        ("{home}/jupyter/runtime", "", False),
        ("/tmp/runtime", "", True),
        ("/tmpfs/runtime", "", False),
        ("/run/user/1000/jupyter", "", False),
        ("", "", False),
    ],
)
def test_a_snap_and_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, runtime: str, profile: str, refused: bool
) -> None:
    """It sees nothing hidden in the home but what its profile lists, and has a /tmp of its own."""
    file_at(tmp_path / PROFILE, profile)
    place = runtime.format(home=tmp_path / "home")
    found = said(tmp_path, monkeypatch, SNAP, runtime=place)
    assert [diagnosis.code for diagnosis in found] == ["browser-may-not-read"] * refused
    if refused:
        assert found[0].severity is Severity.WARNING
        assert found[0].evidence.found == f"/snap/bin/firefox, and {place}"
        assert "use_redirect_file=False" in str(found[0].fixes)


def test_who_is_not_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A snap whose profile cannot be read, a browser that is no snap, and a machine without a
    browser.
    """
    runtime = str(tmp_path / "home/.jupyter")
    assert said(tmp_path, monkeypatch, SNAP, runtime=runtime) == []
    file_at(tmp_path / PROFILE)
    assert said(tmp_path, monkeypatch, PLAIN, runtime=runtime) == []
    assert said(tmp_path, monkeypatch, None, runtime=runtime) == []


@pytest.mark.parametrize(
    ("value", "silent"), [(False, True), (True, False), (None, False), ("no", False)]
)
def test_jupyter_may_be_told_to_do_without_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: object, silent: bool
) -> None:
    """Only a plain False does so."""
    file_at(tmp_path / PROFILE)
    config = ConfigFile("/j.py", {"ServerApp": {"use_redirect_file": value}})
    found = said(tmp_path, monkeypatch, SNAP, config, runtime=str(tmp_path / "home/.jupyter"))
    assert (found == []) is silent


def test_without_a_screen_no_page_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is nothing to keep from appearing."""
    file_at(tmp_path / PROFILE)
    runtime = str(tmp_path / "home/.jupyter")
    assert said(tmp_path, monkeypatch, SNAP, runtime=runtime, DISPLAY="") == []


@pytest.mark.parametrize(
    ("opener", "alarms"),
    [
        ("VSCode.html", True),
        ("txtfile", True),
        ("Applications\\notepad++.exe", True),
        ("Applications\\Code.exe", True),
        ("ChromeHTML", False),
        ("Applications\\chrome.exe", False),
        ("", False),
    ],
)
def test_an_editor_on_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opener: str, alarms: bool
) -> None:
    """By the user's own choice in the registry."""
    found = said(tmp_path, monkeypatch, PLAIN, name="win32", opener=opener)
    assert [diagnosis.evidence.found for diagnosis in found] == [opener] * alarms


def test_a_browser_that_was_asked_for_opens_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """BROWSER goes before what the system would open."""
    browser = command_at(tmp_path / "bin/lynx")
    found = said(tmp_path, monkeypatch, PLAIN, name="win32", opener="txtfile", BROWSER=str(browser))
    assert found == []


@pytest.mark.parametrize(
    ("place", "variables"),
    [
        ("usr/share", {}),
        ("usr/local/share", {}),
        ("home/.local/share", {}),
        ("var/lib/snapd/desktop", {}),
        ("opt/share", {"XDG_DATA_DIRS": "/nowhere:/opt/share"}),
    ],
)
@pytest.mark.parametrize(
    ("kinds", "alarms"),
    [("TextEditor;", True), ("Development;IDE", True), ("IDE;WebBrowser;", False), ("", False)],
)
def test_an_editor_on_linux(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    variables: dict[str, str],
    kinds: str,
    alarms: bool,
) -> None:
    """What it is stands in its own file, in any of the folders where desktops look."""
    file_at(
        tmp_path / "home/.config/mimeapps.list",
        "[Default Applications]\ntext/html=code.desktop;firefox.desktop\n",
    )
    file_at(
        tmp_path / place / "applications/code.desktop", f"[Desktop Entry]\nCategories={kinds}\n"
    )
    found = said(tmp_path, monkeypatch, PLAIN, **variables)
    assert [diagnosis.code for diagnosis in found] == ["page-opens-in-editor"] * alarms


@pytest.mark.parametrize("text", ["no settings\n", "[Added]\ntext/html=code.desktop\n", "", "[x"])
def test_a_list_that_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """Damaged, or without a choice for .html."""
    file_at(tmp_path / "home/.config/mimeapps.list", text)
    file_at(tmp_path / "usr/share/applications/code.desktop", "[Desktop Entry]\nCategories=IDE;\n")
    assert said(tmp_path, monkeypatch, PLAIN) == []


STORE = r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.12_3.12.2800.0_x64__qbz5n2kfra8p0"


@pytest.mark.parametrize(
    ("base", "runtime", "named"),
    [
        (STORE, r"C:\Users\zoe\AppData\Roaming\jupyter\runtime", True),
        (STORE.lower(), r"C:\Users\zoe\AppData\Local\jupyter\runtime", True),
        (STORE, r"D:\jupyter\runtime", False),  # JUPYTER_RUNTIME_DIR
        (
            STORE,
            r"C:\Users\zoe\AppData\Local\Packages\PythonSoftwareFoundation.Python.3.12_q\LocalCache\Roaming\jupyter\runtime",
            False,
        ),
        (STORE, "", False),
        (r"C:\Python312", r"C:\Users\zoe\AppData\Roaming\jupyter\runtime", False),
    ],
)
def test_the_stores_python_hides_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, base: str, runtime: str, named: bool
) -> None:
    """Below AppData its files lie elsewhere for every other program (bpo-45337)."""
    python = replace(interpreter(), base_prefix=base)
    found = said(tmp_path, monkeypatch, PLAIN, name="win32", runtime=runtime, python=python)
    assert [one.code for one in found] == (["browser-may-not-read"] if named else [])
    if named:
        assert "use_redirect_file=False" in str(found[0].fixes)
