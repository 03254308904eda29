"""Names of a person and their machine that only Windows has, on described machines: the engine and
the file that learners start take the same ones out.
"""

from __future__ import annotations

import platform
import re
import socket
from pathlib import Path

import pytest
from tests import built_file

from envcheck import persons_names
from envcheck.privacy import scrubber_for

ALONE = built_file.names()
HOST = "lopez-laptop-of-2024.lan"
ANA = {
    "USERPROFILE": r"C:\Users\Ana Lopez",
    "USERNAME": "Ana Lopez",
    "COMPUTERNAME": "LOPEZ-LAPTOP-OF",  # NetBIOS has 15 letters
}
ON_A_SERVER = {
    "USERPROFILE": r"C:\Users\lopez.ACADEMY",
    "USERNAME": "lopez",
    "HOMEDRIVE": "H:",
    "HOMEPATH": "\\",
    "HOMESHARE": r"\\lopezsrv\users$\lopez",
}
IN_WSL = {
    "HOME": "/home/lop",
    "USER": "lop",
    "PATH": "/usr/bin:/mnt/c/Windows:/mnt/c/Users/Lop Lopez/AppData/Local/Microsoft/WindowsApps",
}
IN_GIT_BASH = {"HOME": "/c/Users/lopez_", "PATH": "/c/Users/lopez_/bin:/usr/bin", "USER": "ana"}
IN_RUSSIAN = {"USERPROFILE": r"C:\Users\Администратор", "USERNAME": "Администратор"}
TEXTS = (
    # The fifth short name with the same letters is two of them and a number (Microsoft's Q114816).
    (ANA, r"C:\Users\AN3F4C~1\ml", r"C:\Users\USER\ml"),
    (ANA, r"c:\\users\\ANALOP~7\\ml", r"c:\\users\\USER\\ml"),
    (ANA, "file:///C:/Users/AN3F4C~1/x.html", "file:///C:/Users/USER/x.html"),
    (ANA, "/c/Users/ANALOP~1/AppData", "/c/Users/USER/AppData"),
    (ANA, "/cygdrive/c/Users/Ana Lopez/ml", "/cygdrive/c/Users/USER/ml"),
    (ANA, r"LOPEZ-LAPTOP-OF\Ana Lopez:(F)", r"HOST\USER:(F)"),
    (ANA, r"\\?\C:\Users\Ana Lopez\ml", r"\\?\~\ml"),
    # No Latin letter is left for one (uv#19390).
    (IN_RUSSIAN, r"C:\Users\836D~1\AppData\Local\Temp", r"C:\Users\USER\AppData\Local\Temp"),
    (ON_A_SERVER, r"\\LOPEZSRV\Users$\Lopez\ml", r"~\ml"),
    (ON_A_SERVER, "file://lopezsrv/users$/lopez/x", "file:~/x"),
    (ON_A_SERVER, r"\\?\UNC\lopezsrv\users$\lopez\ml", r"\\?\~\ml"),
    (ON_A_SERVER, r"\\lopezsrv\profiles\x", r"\\HOST\profiles\x"),
    (ON_A_SERVER, "/c/Users/lopez.academy/ml", "/c/Users/USER/ml"),
    (ON_A_SERVER, r"C:\Users\LOPEZ~1.ACA\ml", r"C:\Users\USER\ml"),
    (IN_WSL, "/mnt/c/Users/Lop Lopez/ml", "/mnt/c/Users/USER/ml"),
    (IN_WSL, r"C:\Users\LOPLOP~1\ml", r"C:\Users\USER\ml"),
    (IN_GIT_BASH, r"D:\backup\lopez_\ml", r"D:\backup\USER\ml"),
)


@pytest.fixture(autouse=True)
def host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: HOST)
    monkeypatch.setattr(platform, "node", lambda: HOST)


def said_alone(variables: dict[str, str], text: str) -> object:
    homes = ALONE["homes_in"](variables)
    users, hosts = ALONE["users_in"](variables, homes), ALONE["hosts_in"](variables, homes)
    return ALONE["without_each"](text, homes, users, hosts)


@pytest.mark.parametrize(("variables", "text", "clean"), TEXTS)
def test_names_of_windows(variables: dict[str, str], text: str, clean: str) -> None:
    said = scrubber_for(variables).text(text)
    assert said == clean
    assert not re.search("lop|администратор|836D", said, re.IGNORECASE)
    assert said_alone(variables, text) == clean


@pytest.mark.parametrize(
    "text",
    [
        r"C:\Users\Public\x and C:\Users\Default\y",
        r"C:\PROGRA~1\Python312\python.exe",
        "/users/all/notes~1 and notes~1.txt",
        r"D:\lopez2\x",
        "/mnt/c/Windows/System32",
    ],
)
@pytest.mark.parametrize("variables", [ANA, ON_A_SERVER, IN_WSL, {"PATH": "/mnt/c/Users/Public/x"}])
def test_nobodys_names_stay(variables: dict[str, str], text: str) -> None:
    named = {"HOME": "/home/lopez", "USER": "lopez"} | variables
    assert scrubber_for(named).text(text) == text
    assert said_alone(named, text) == text


def test_a_home_that_is_no_users_folder_names_nobody(tmp_path: Path) -> None:
    """`/app` of a container, `D:\\course`: their last word is no name."""
    for home in ("/app", r"D:\course", str(tmp_path)):
        assert persons_names.users({"HOME": home, "USER": "ann"}) == ["ann"]
