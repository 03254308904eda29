"""The browsers that we know, what each is called, and which of them can be driven."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath, PureWindowsPath


class Family(str, Enum):
    """Which protocol drives it: DevTools, WebDriver BiDi, or none that we speak."""

    CHROME = "chrome"
    FIREFOX = "firefox"
    OTHER = "other"


@dataclass(frozen=True)
class Browser:
    """A browser and the words that start it. `sealed` is "snap" or "flatpak" for one that sees
    another file system than ours; `shared` is then a folder that both it and we can use.
    """

    name: str
    argv: tuple[str, ...]
    family: Family
    sealed: str = ""
    shared: str = ""


# By the name of the program, without its ending. Those that can be driven come first, the quickest
# before the others.
PROGRAMS = {
    "google-chrome": ("Google Chrome", Family.CHROME),
    "google-chrome-stable": ("Google Chrome", Family.CHROME),
    "chrome": ("Google Chrome", Family.CHROME),
    "chromium": ("Chromium", Family.CHROME),
    "chromium-browser": ("Chromium", Family.CHROME),
    "microsoft-edge": ("Microsoft Edge", Family.CHROME),
    "microsoft-edge-stable": ("Microsoft Edge", Family.CHROME),
    "msedge": ("Microsoft Edge", Family.CHROME),
    "brave-browser": ("Brave", Family.CHROME),
    "brave": ("Brave", Family.CHROME),
    "firefox": ("Firefox", Family.FIREFOX),
    "firefox-esr": ("Firefox", Family.FIREFOX),
    "librewolf": ("LibreWolf", Family.FIREFOX),
    "vivaldi": ("Vivaldi", Family.OTHER),
    "opera": ("Opera", Family.OTHER),
    "safari": ("Safari", Family.OTHER),
    "epiphany": ("GNOME Web", Family.OTHER),
    "konqueror": ("Konqueror", Family.OTHER),
    "falkon": ("Falkon", Family.OTHER),
}  # fmt: skip

FLATPAKS = {
    "com.google.Chrome": ("Google Chrome", Family.CHROME),
    "org.chromium.Chromium": ("Chromium", Family.CHROME),
    "com.microsoft.Edge": ("Microsoft Edge", Family.CHROME),
    "com.brave.Browser": ("Brave", Family.CHROME),
    "org.mozilla.firefox": ("Firefox", Family.FIREFOX),
    "io.gitlab.librewolf-community": ("LibreWolf", Family.FIREFOX),
    "com.vivaldi.Vivaldi": ("Vivaldi", Family.OTHER),
    "com.opera.Opera": ("Opera", Family.OTHER),
    "org.gnome.Epiphany": ("GNOME Web", Family.OTHER),
}

SNAPS = ("chromium", "firefox", "brave", "vivaldi", "opera")

# The program inside each bundle of macOS, under /Applications or ~/Applications.
MAC = {
    "Google Chrome.app": "Contents/MacOS/Google Chrome",
    "Chromium.app": "Contents/MacOS/Chromium",
    "Microsoft Edge.app": "Contents/MacOS/Microsoft Edge",
    "Brave Browser.app": "Contents/MacOS/Brave Browser",
    "Firefox.app": "Contents/MacOS/firefox",
    "Safari.app": "Contents/MacOS/Safari",
    "Vivaldi.app": "Contents/MacOS/Vivaldi",
    "Opera.app": "Contents/MacOS/Opera",
}

# Under ProgramFiles, ProgramFiles(x86) and LOCALAPPDATA.
WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "BraveSoftware/Brave-Browser/Application/brave.exe",
    "Mozilla Firefox/firefox.exe",
)


def named(program: str) -> tuple[str, Family] | None:
    """What a program is, by its path or name in any system's spelling; None for one that is no
    browser we know.
    """
    file = PureWindowsPath(program).name if "\\" in program else PurePosixPath(program).name
    word = file.lower().removesuffix(".exe").replace(" browser", "-browser").replace(" ", "-")
    return FLATPAKS.get(file) or PROGRAMS.get(word)
