"""Browsers found on machines that are described: every system's places, under a folder that stands
for its root.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck_checks.browser.catalogue import Browser, Family
from envcheck_checks.browser.discovery import drivable, find, of_surrounding_windows
from envcheck_checks.browser.display import Machine


def program(file: Path, text: str = "#!/bin/sh\n") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)
    return file


def linux(root: Path, default: str = "", **variables: str) -> Machine:
    return Machine(
        "linux", {"PATH": str(root / "usr/bin"), **variables}, root / "home/ada", root, default
    )


def desktop_file(folder: Path, name: str, command: str) -> None:
    text = f"[Desktop Entry]\nName=x\nExec={command}\n[Desktop Action new]\nExec=other\n"
    program(folder / "applications" / name, text)


def names(found: tuple[Browser, ...]) -> list[str]:
    return [one.name for one in found]


def test_a_bare_machine_has_none(tmp_path: Path) -> None:
    assert find(linux(tmp_path)) == ()


def test_programs_on_path_count_once_whatever_their_names(tmp_path: Path) -> None:
    for name in ("google-chrome", "google-chrome-stable", "firefox-esr"):
        program(tmp_path / "usr/bin" / name)
    assert names(find(linux(tmp_path))) == ["Google Chrome", "Firefox"]


def test_browser_variable_comes_first(tmp_path: Path) -> None:
    program(tmp_path / "usr/bin/chromium")
    own = program(tmp_path / "opt/firefox/firefox")
    found = find(linux(tmp_path, BROWSER=f"{own} --new-tab %s:chromium"))
    assert found[0] == Browser("Firefox", (str(own),), Family.FIREFOX)
    assert names(found) == ["Firefox", "Chromium"]


def test_the_desktops_default_comes_before_the_others(tmp_path: Path) -> None:
    for name in ("chromium", "firefox"):
        program(tmp_path / "usr/bin" / name)
    desktop_file(tmp_path / "usr/share", "firefox.desktop", "env A=1 firefox %u")
    assert names(find(linux(tmp_path, default="firefox.desktop"))) == ["Firefox", "Chromium"]


def test_a_default_that_we_do_not_know_is_a_browser_all_the_same(tmp_path: Path) -> None:
    program(tmp_path / "usr/bin/surf-the-web")
    desktop_file(tmp_path / "home/ada/.local/share", "surf.desktop", "surf-the-web %u")
    found = find(linux(tmp_path, default="surf.desktop"))
    assert [(one.name, one.family) for one in found] == [("surf", Family.OTHER)]
    assert drivable(found) == ()


@pytest.mark.parametrize(
    "text", ["", "Exec=firefox", "[Desktop Entry]\nExec='firefox", "[Desktop Entry]\n"]
)
def test_a_broken_desktop_file_opens_nothing(tmp_path: Path, text: str) -> None:
    program(tmp_path / "usr/share/applications/firefox.desktop", text)
    assert find(linux(tmp_path, default="firefox.desktop")) == ()


def test_a_default_that_was_uninstalled_is_none(tmp_path: Path) -> None:
    desktop_file(tmp_path / "usr/share", "firefox.desktop", "firefox %u")
    assert find(linux(tmp_path, default="firefox.desktop")) == ()


def test_a_flatpak_by_its_export(tmp_path: Path) -> None:
    file = program(tmp_path / "var/lib/flatpak/exports/bin/org.mozilla.firefox")
    shared = str(tmp_path / "home/ada/.var/app/org.mozilla.firefox/cache")
    assert find(linux(tmp_path)) == (
        Browser("Firefox", (str(file),), Family.FIREFOX, "flatpak", shared),
    )


def test_a_flatpak_behind_the_default(tmp_path: Path) -> None:
    flatpak = program(tmp_path / "usr/bin/flatpak")
    command = f"{flatpak} run --branch=stable --command=brave --file-forwarding com.brave.Browser @@u %U @@"
    desktop_file(tmp_path / "var/lib/flatpak/exports/share", "com.brave.Browser.desktop", command)
    (found,) = find(linux(tmp_path, default="com.brave.Browser.desktop"))
    assert (found.name, found.argv, found.sealed) == (
        "Brave",
        (str(flatpak), "run", "com.brave.Browser"),
        "flatpak",
    )


def test_a_snap_by_its_folder(tmp_path: Path) -> None:
    file = program(tmp_path / "snap/bin/chromium")
    shared = str(tmp_path / "home/ada/snap/chromium/common")
    assert find(linux(tmp_path)) == (
        Browser("Chromium", (str(file),), Family.CHROME, "snap", shared),
    )


def test_ubuntus_firefox_script_is_the_snap(tmp_path: Path) -> None:
    program(tmp_path / "usr/bin/firefox", '#!/bin/sh\nexec /snap/bin/firefox "$@"\n')
    snap = program(tmp_path / "snap/bin/firefox")
    (found,) = find(linux(tmp_path))
    assert (found.sealed, found.argv) == ("snap", (str(snap),))


def test_ubuntus_script_without_its_snap_is_no_browser(tmp_path: Path) -> None:
    program(
        tmp_path / "usr/bin/chromium-browser",
        "#!/bin/sh\nif ! [ -x /snap/bin/chromium ]; then echo install it; exit 1; fi\n",
    )
    assert find(linux(tmp_path)) == ()


def test_sealed_browsers_are_driven_last(tmp_path: Path) -> None:
    program(tmp_path / "snap/bin/chromium")
    program(tmp_path / "usr/bin/firefox-esr")
    program(tmp_path / "usr/bin/epiphany")
    assert names(drivable(find(linux(tmp_path)))) == ["Firefox", "Chromium"]


def test_macos_applications_of_everybody_and_of_one_user(tmp_path: Path) -> None:
    home = tmp_path / "Users/ada"
    safari = program(tmp_path / "Applications/Safari.app/Contents/MacOS/Safari")
    chrome = program(home / "Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    edge = program(tmp_path / "Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge")
    found = find(Machine("darwin", {"PATH": ""}, home, tmp_path))
    assert {one.argv[0]: one.family for one in found} == {
        str(edge): Family.CHROME,
        str(safari): Family.OTHER,
        str(chrome): Family.CHROME,
    }


def test_windows_by_registry_and_by_folders(tmp_path: Path) -> None:
    edge = program(tmp_path / "Program Files (x86)/Microsoft/Edge/Application/msedge.exe")
    chrome = program(tmp_path / "AppData/Google/Chrome/Application/chrome.exe")
    firefox = program(tmp_path / "Tools/firefox.exe")
    variables = {
        "ProgramFiles(x86)": str(tmp_path / "Program Files (x86)"),
        "LOCALAPPDATA": str(tmp_path / "AppData"),
    }
    one = Machine(
        "win32",
        variables,
        tmp_path,
        tmp_path,
        registered=(str(firefox), str(tmp_path / "gone/brave.exe")),
    )
    assert {name.name: name.argv for name in find(one)} == {
        "Firefox": (str(firefox),),
        "Microsoft Edge": (str(edge),),
        "Google Chrome": (str(chrome),),
    }


def test_wsl_sees_the_browsers_of_windows(tmp_path: Path) -> None:
    edge = program(tmp_path / "c/Program Files (x86)/Microsoft/Edge/Application/msedge.exe")
    one = linux(
        tmp_path, WSL_DISTRO_NAME="Ubuntu", PATH=f"{tmp_path}/bin:{tmp_path}/c/WINDOWS/system32"
    )
    assert [name.argv for name in of_surrounding_windows(one)] == [(str(edge),)]
    assert find(one) == ()
    assert of_surrounding_windows(linux(tmp_path)) == ()
