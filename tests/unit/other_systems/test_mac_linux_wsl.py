"""What a learner on a Mac, on Linux or on WSL meets, decided from what the machine says of itself;
each beside the same in order.
"""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import WHOLE, command_at, file_at, on, python_at, said

from envcheck import Environment
from envcheck.environment import Located
from envcheck.target.interpreter import Trouble, Unusable, target
from envcheck.testing import described, fails, interpreter, passes, warns
from envcheck_checks.browser.catalogue import Browser, Family
from envcheck_checks.browser.discovery import browsers
from envcheck_checks.browser.display import Machine, this_machine
from envcheck_checks.browser.installed import browser
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.machine import selinux, special_folders, work_folder
from envcheck_checks.machine.selinux import Rights, is_enforcing
from envcheck_checks.machine.special_folders import online_only
from envcheck_checks.machine.system import PAGE_OPENER, System, Value, system
from envcheck_checks.notebook.folders import network_disk
from envcheck_checks.notebook.folders.network_disk import mounts
from envcheck_checks.python import conda, macos
from envcheck_checks.python.check import python
from envcheck_checks.python.conda import conda_python
from envcheck_checks.python.macos import developer_folder

SNAP = Browser("Firefox", ("/snap/bin/firefox",), Family.FIREFOX, "snap")
NO_FILE = ConfigFile(
    "/described/jupyter_server_config.py", {"ServerApp": {"use_redirect_file": False}}
)


def ubuntu(tmp_path: Path, runtime: str, profile: str, *config: ConfigFile) -> Environment:
    """A Linux whose desktop opens pages with the snap of Firefox, which may read what `profile`
    says.
    """
    command_at(tmp_path / "snap/bin/firefox")
    file_at(
        tmp_path / "usr/share/applications/firefox_firefox.desktop",
        f"[Desktop Entry]\nExec={tmp_path}/snap/bin/firefox %u\n",
    )
    file_at(tmp_path / "var/lib/snapd/apparmor/profiles/snap.firefox.firefox", profile)
    one = Machine(
        "linux",
        {"PATH": "", "DISPLAY": ":0"},
        tmp_path / "home",
        tmp_path,
        "firefox_firefox.desktop",
    )
    jupyter = LearnersJupyter({}, None, runtime.replace("~", str(tmp_path / "home")))
    return described(
        facts={
            this_machine: one,
            browsers: (SNAP,),
            learners_jupyter: jupyter,
            config_files: config,
            system: System("linux"),
        }
    )


OLD_PROFILE = "owner @{HOME}/[^.]** rwkl,\n"
NEW_PROFILE = f"{OLD_PROFILE}owner @{{HOME}}/.local/share/jupyter/** rw,\n"
RUNTIME = "~/.local/share/jupyter/runtime"


@pytest.mark.parametrize(
    ("runtime", "profile"),
    [(RUNTIME, OLD_PROFILE), ("/tmp/runtime", NEW_PROFILE), ("~/.jupyter/run", NEW_PROFILE)],
)
def test_snap_browser_hidden_dir(tmp_path: Path, runtime: str, profile: str) -> None:
    """The snap's own profile tells whether it may read the file through which Jupyter opens its
    page.
    """
    found = warns(browser(), ubuntu(tmp_path, runtime, profile), "browser-may-not-read")
    assert "use_redirect_file=False" in str(found.fixes)


def test_snap_browser_that_may_read(tmp_path: Path) -> None:
    passes(browser(), ubuntu(tmp_path, RUNTIME, NEW_PROFILE))
    passes(browser(), ubuntu(tmp_path, "~/jupyter/runtime", OLD_PROFILE))
    passes(browser(), ubuntu(tmp_path, RUNTIME, OLD_PROFILE, NO_FILE))


def test_snap_browser_without_its_profile_is_not_judged(tmp_path: Path) -> None:
    env = ubuntu(tmp_path, RUNTIME, OLD_PROFILE)
    (tmp_path / "var/lib/snapd/apparmor/profiles/snap.firefox.firefox").unlink()
    passes(browser(), env)


def opened(
    tmp_path: Path, name: str, registry: dict[Value, str], *config: ConfigFile
) -> Environment:
    one = Machine(name, {"PATH": "", "DISPLAY": ":0"}, tmp_path / "home", tmp_path)
    firefox = Browser("Firefox", ("firefox",), Family.FIREFOX)
    return described(
        python=interpreter(),
        facts={
            this_machine: one,
            browsers: (firefox,),
            config_files: config,
            system: System(name, registry),
        },
    )


def test_html_opens_in_editor_on_windows(tmp_path: Path) -> None:
    warns(
        browser(), opened(tmp_path, "win32", {PAGE_OPENER: "VSCode.html"}), "page-opens-in-editor"
    )
    warns(
        browser(),
        opened(tmp_path, "win32", {PAGE_OPENER: "Applications\\notepad++.exe"}),
        "page-opens-in-editor",
    )
    for fine in ({PAGE_OPENER: "ChromeHTML"}, {PAGE_OPENER: "FirefoxHTML-308046B0AF4A39CB"}, {}):
        passes(browser(), opened(tmp_path, "win32", fine))
    passes(browser(), opened(tmp_path, "win32", {PAGE_OPENER: "VSCode.html"}, NO_FILE))


@pytest.mark.parametrize(
    ("kinds", "alarms"),
    [
        ("Development;IDE;", True),
        ("Utility;TextEditor;", True),
        ("Network;WebBrowser;", False),
        ("", False),
    ],
)
def test_html_opens_in_editor_on_linux(tmp_path: Path, kinds: str, alarms: bool) -> None:
    """What opens .html is an editor by what its own .desktop file says."""
    file_at(
        tmp_path / "home/.config/mimeapps.list",
        "[Default Applications]\ntext/html=code.desktop;firefox.desktop;\n",
    )
    file_at(
        tmp_path / "usr/share/applications/code.desktop",
        f"[Desktop Entry]\nExec=code %F\nCategories={kinds}\n",
    )
    env = opened(tmp_path, "linux", {})
    if alarms:
        assert warns(browser(), env, "page-opens-in-editor").evidence.found == "code.desktop"
    else:
        passes(browser(), env)


def on_disks(tmp_path: Path, kind: str) -> Environment:
    jupyter = LearnersJupyter({}, None, user_data="/home/ada/.local/share/jupyter")
    disks = (("/", "ext4"), ("/home", kind), ("/srv", "nfs4"))
    return on("linux", tmp_path, facts={learners_jupyter: jupyter, mounts: disks})


def test_disk_nfs_sqlite(tmp_path: Path) -> None:
    """A home on the network alone is nothing; with a server that is slow, or never comes up, it is
    the cause.
    """
    assert network_disk.warnings(on_disks(tmp_path, "nfs4"), 4.0) == []
    slow = network_disk.warnings(on_disks(tmp_path, "nfs4"), 40.0)
    assert [(one.code, one.severity.value) for one in slow] == [
        ("jupyter-folder-on-network", "warning")
    ]
    hung = Failure("the notebook server does not start", hung=True)
    hangs = network_disk.find_network_disk(on_disks(tmp_path, "nfs4"), hung)
    assert hangs is not None
    assert "nfs4" in hangs.evidence.found
    assert network_disk.warnings(on_disks(tmp_path, "ext4"), 40.0) == []
    assert network_disk.find_network_disk(on_disks(tmp_path, "btrfs"), hung) is None


def mac(
    tmp_path: Path, said_folder: str, code: int, trouble: Trouble = Trouble.FAILS
) -> Environment:
    dead = Unusable(
        trouble,
        ("/usr/bin/python3",),
        said(stderr="xcrun: error: invalid active developer path", code=1),
    )
    return on(
        "darwin",
        tmp_path,
        facts={target: dead, conda_python: None, developer_folder: said(said_folder, code=code)},
    )


def test_macos_xcode_clt(tmp_path: Path) -> None:
    """The stub of macOS without the tools behind it, whatever it says; with the tools, another
    cause.
    """
    found = fails(python(), mac(tmp_path, "", 2), "python-xcode-stub")
    assert "python.org" in str(found.fixes)
    # It was not started at all (processes/apple_stubs.py).
    fails(python(), mac(tmp_path, "", 2, Trouble.MISSING), "python-xcode-stub")
    fails(python(), mac(tmp_path, "/Library/Developer/Gone\n", 0), "python-xcode-stub")
    file_at(tmp_path / "Library/Developer/CommandLineTools/usr/bin/python3")
    assert macos.without_tools(mac(tmp_path, "", 2), "/usr/bin/python3", tuple) is None
    assert (
        macos.without_tools(mac(tmp_path / "work", "", 2), "/opt/homebrew/bin/python3", tuple)
        is None
    )


@pytest.mark.parametrize(
    "place",
    [
        "home/opt/anaconda3",
        "opt/homebrew/Caskroom/miniforge/base",
        "usr/local/Caskroom/miniconda/base",
        "opt/miniconda3",
        "home/miniforge3",
        "opt/homebrew/anaconda3",
        "usr/local/anaconda3",
        "opt/homebrew/miniforge3",
        "usr/local/Caskroom/mambaforge/base",
    ],
)
def test_macos_conda_behind_the_stub(tmp_path: Path, place: str) -> None:
    """`/usr/bin/python3` is on every PATH there: a conda that no terminal knows is what helps."""
    (tmp_path / place / "conda-meta").mkdir(parents=True)
    command = command_at(tmp_path / place / "bin/python")
    env = mac(tmp_path, "", 2)
    found = interpreter(prefix=str(tmp_path / place), kind="conda")
    asked = []

    def question(_env: Environment, words: tuple[str, ...]) -> object:
        asked.append(words)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conda, "question", question)
        assert conda_python.__wrapped__(env) is found
    assert asked == [(str(command),)]
    env.preload(conda_python.name, found)
    fails(python(), env, "conda-not-on-path")


def test_macos_folder_that_the_terminal_may_not_see(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """EPERM is macOS's own refusal (TCC); EACCES is the folder's mode, there too."""

    def refused(name: str, number: int, flags: int = 0) -> str:
        error = OSError(number, os.strerror(number))
        monkeypatch.setattr(work_folder, "write_error", lambda folder: error)
        monkeypatch.setattr(work_folder, "_flags", lambda folder: flags)
        found = work_folder.diagnose(on(name, tmp_path), tmp_path / "home/Documents/ml")
        assert found is not None
        assert found.code == "work-folder-read-only"
        return f"{found.summary} {found.fixes}"

    assert "Privacy & Security" in refused("darwin", errno.EPERM)
    assert "Privacy & Security" not in refused("darwin", errno.EACCES)
    assert "Privacy & Security" not in refused("linux", errno.EPERM)
    # Locked in the Finder (UF_IMMUTABLE), and a folder of the system's (SF_RESTRICTED).
    assert "chflags nouchg" in refused("darwin", errno.EPERM, 0x2)
    assert "Privacy" not in refused("darwin", errno.EPERM, 0x2)
    assert "Copy the course's folder" in refused("darwin", errno.EPERM, 0x80000)
    assert "chflags" not in refused("darwin", errno.EACCES, 0x2)


def test_macos_folder_that_may_be_written_to_and_not_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file can be made in ~/Documents and the folder not be looked into: no chmod opens it."""

    def refused(name: str, number: int) -> str:
        def scandir(folder: Path) -> object:
            raise PermissionError(number, os.strerror(number), str(folder))

        monkeypatch.setattr(os, "scandir", scandir)
        found = work_folder.diagnose(on(name, tmp_path), tmp_path / "work")
        assert found is not None
        return f"{found.code} {found.summary} {found.fixes}"

    of_macos = refused("darwin", errno.EPERM)
    assert "Privacy & Security" in of_macos and "chmod" not in of_macos
    for name, number in (("darwin", errno.EACCES), ("linux", errno.EPERM)):
        assert "work-folder-unreadable" in refused(name, number)
        assert "chmod u+rx" in refused(name, number)


@pytest.mark.parametrize("kind", ["venv", "conda-env", "uv"])
def test_a_mac_in_order(tmp_path: Path, kind: str) -> None:
    """Homebrew and conda in the start-up files, iCloud Drive in use, the course's folder directly
    in the home: nothing is said of its Python, nor of its folders.
    """
    home = tmp_path / "home"
    file_at(home / ".zprofile", 'eval "$(/opt/homebrew/bin/brew shellenv)"\n')
    file_at(home / ".zshrc", "# >>> conda initialize >>>\nexport EDITOR=nano\n")
    file_at(home / "Library/Mobile Documents/com~apple~CloudDocs/letter.txt")
    file_at(home / "Library/LaunchAgents/com.google.keystone.agent.plist", "<plist/>\n")
    file_at(tmp_path / "etc/ssl/cert.pem")
    file_at(tmp_path / "Applications/Python 3.12/Install Certificates.command")
    file_at(tmp_path / "work/week1.ipynb", "{}")
    there = replace(python_at(home / "ml/.venv", kind=kind), machine="macosx-14.0-arm64")
    env = on("darwin", tmp_path, there, SHELL="/bin/zsh", TMPDIR="/var/folders/x/T/")
    passes(python(), env)
    assert special_folders.warnings(env, there) == []
    assert work_folder.diagnose(env, tmp_path / "work") is None


def test_macos_desktop_and_documents_in_icloud(tmp_path: Path) -> None:
    """Where iCloud keeps them its own folder of that name is the same one; a folder of that name
    that is left in iCloud Drive is another.
    """
    drive = tmp_path / "home/Library/Mobile Documents/com~apple~CloudDocs"
    inside = python_at(tmp_path / "home/Documents/ml/.venv")

    def codes(name: str = "darwin") -> list[str]:
        return [one.code for one in special_folders.warnings(on(name, tmp_path, inside), inside)]

    assert codes() == []
    (drive / "Documents").mkdir(parents=True)
    assert codes() == []
    (drive / "Documents").rmdir()
    (drive / "Documents").symlink_to(tmp_path / "home/Documents")
    assert codes() == ["folder-in-cloud"]
    assert codes("linux") == []


def test_icloud_files_that_are_only_online(tmp_path: Path) -> None:
    """Before macOS 14 they have other names."""
    file_at(tmp_path / "work/.week1.ipynb.icloud")
    file_at(tmp_path / "work/.photo.jpg.icloud")
    away = special_folders.warnings(on("darwin", tmp_path), interpreter())
    assert [one.evidence.found for one in away] == ["week1.ipynb"]
    assert special_folders.warnings(on("linux", tmp_path), interpreter()) == []


def test_macos_zsh_python_not_found(tmp_path: Path) -> None:
    """Only where no environment is in use, and only on a Mac."""
    bare = interpreter(kind="homebrew", prefix="/opt/homebrew")
    command_at(tmp_path / "bin/python3")
    found = warns(python(), on("darwin", tmp_path, bare), "python-command-missing")
    assert f"{bare.executable} -m notebook" in str(found.fixes)
    passes(python(), on("darwin", tmp_path))
    passes(python(), on("linux", tmp_path, bare))
    command_at(tmp_path / "bin/python")
    passes(python(), on("darwin", tmp_path, bare))


@pytest.mark.parametrize(
    ("shell", "file", "name", "alarms"),
    [
        ("/bin/zsh", ".zshrc", "DYLD_LIBRARY_PATH", True),
        ("/bin/zsh", ".zprofile", "DYLD_FALLBACK_LIBRARY_PATH", True),
        ("/bin/bash", ".bash_profile", "DYLD_INSERT_LIBRARIES", True),
        ("/bin/zsh", ".bash_profile", "DYLD_LIBRARY_PATH", False),  # of a shell that is not used
        ("/bin/bash", ".bashrc", "DYLD_LIBRARY_PATH", False),  # which no terminal there reads
        ("/bin/zsh", ".zshrc", "LD_LIBRARY_PATH", False),
    ],
)
def test_macos_keeps_a_variable_from_us(
    tmp_path: Path, shell: str, file: str, name: str, alarms: bool
) -> None:
    """Where the learner's shell sets it, and it did not arrive; where it did, it is tried."""
    file_at(tmp_path / "home" / file, f"export {name}=/opt/homebrew/lib\n")
    python_there = python_at(tmp_path / "ml/.venv")
    hidden = on("darwin", tmp_path, python_there, SHELL=shell)
    if alarms:
        found = warns(python(), hidden, "library-path-not-seen")
        assert found.evidence.looked_in == f"~/{file}, line 1"
    else:
        passes(python(), hidden)
    given: dict[str, Any] = {"SHELL": shell, name: "/opt/lib"}
    passes(python(), on("darwin", tmp_path, python_there, **given))
    passes(python(), on("linux", tmp_path, python_there, SHELL=shell))
    # Behind pyenv's shim nothing of the learner's has it either.
    shim = file_at(tmp_path / "shims/python3", "#!/usr/bin/env bash\n")
    behind = Located((str(shim),), "python3 on PATH")
    passes(python(), on("darwin", tmp_path, python_there, located=behind, SHELL=shell))


def test_onedrive_folder_with_an_environment_in_it(tmp_path: Path) -> None:
    """An environment in a synchronized folder warns; a course folder alone does not: saving there
    works.
    """
    inside, outside = python_at(tmp_path / "OneDrive/ml/.venv"), python_at(tmp_path / "ml/.venv")
    cloud = str(tmp_path / "OneDrive")
    env = on("win32", tmp_path, inside, OneDrive=cloud)
    assert [one.code for one in special_folders.warnings(env, inside)] == ["folder-in-cloud"]
    assert special_folders.warnings(on("win32", tmp_path, outside, OneDrive=cloud), outside) == []
    assert special_folders.warnings(on("win32", tmp_path, inside), inside) == []


@pytest.mark.parametrize(
    "place",
    ["Library/Mobile Documents/com~apple~CloudDocs", "Library/CloudStorage/Dropbox", "Kept"],
)
def test_onedrive_and_its_kind(tmp_path: Path, place: str) -> None:
    """iCloud and macOS' cloud folders by their place, Dropbox by what it writes about itself."""
    home = tmp_path / "home"
    file_at(home / ".dropbox/info.json", f'{{"personal": {{"path": "{home}/Kept", "host": 1}}}}')
    inside = python_at(home / place / "ml/.venv")
    assert [
        one.code for one in special_folders.warnings(on("darwin", tmp_path, inside), inside)
    ] == ["folder-in-cloud"]


def test_onedrive_files_that_are_only_online(tmp_path: Path) -> None:
    away = on("win32", tmp_path, facts={online_only: ("week1.ipynb",)})
    assert special_folders.warnings(away, interpreter())[0].evidence.found == "week1.ipynb"
    env = on("win32", tmp_path)
    file_at(tmp_path / "work/week1.ipynb")
    assert special_folders.warnings(env, interpreter()) == []


@pytest.mark.parametrize("folder", ["/mnt/c/Users/ada", "/mnt/c/Users", "/mnt/c", "/mnt/d/Windows"])
def test_wsl_mnt_folder(folder: str) -> None:
    def inside(place: str, **variables: str) -> list[str]:
        env = described(folder=Path(place), variables=variables, facts={system: System("linux")})
        return [one.code for one in special_folders.warnings(env, interpreter())]

    assert inside(folder, WSL_DISTRO_NAME="Ubuntu") == ["windows-folder-in-wsl"]
    assert inside(f"{folder}/a/course/of/mine", WSL_DISTRO_NAME="Ubuntu") == []
    assert inside("/home/ada", WSL_DISTRO_NAME="Ubuntu") == []
    assert inside(folder) == []


@pytest.mark.parametrize(
    ("on_duty", "may_write", "label", "number", "alarms"),
    [
        (True, True, "unconfined_u:object_r:default_t:s0", errno.EACCES, True),
        (False, True, "unconfined_u:object_r:default_t:s0", errno.EACCES, False),
        (True, False, "unconfined_u:object_r:user_home_t:s0", errno.EACCES, False),
        (True, True, "", errno.EACCES, False),
        (True, True, "unconfined_u:object_r:default_t:s0", errno.EROFS, False),
    ],
)
def test_selinux_denied(
    tmp_path: Path, on_duty: bool, may_write: bool, label: str, number: int, alarms: bool
) -> None:
    """Only when SELinux refuses, the folder has a label, and its owner and mode would allow it."""
    env = on("linux", tmp_path, facts={is_enforcing: on_duty})
    env.preload(f"rights in {tmp_path}", Rights(may_write, label))
    found = selinux.denies(env, tmp_path, OSError(number, "Permission denied"))
    assert (found is not None) is alarms
    assert found is None or (found.code == "selinux-denies" and "restorecon" in str(found.fixes))


def test_selinux_is_looked_for_on_the_machine(tmp_path: Path) -> None:
    file_at(tmp_path / "sys/fs/selinux/enforce", "1")
    assert is_enforcing(on("linux", tmp_path))
    assert not is_enforcing(on("darwin", tmp_path))
    (tmp_path / "sys/fs/selinux/enforce").unlink()
    assert not is_enforcing(on("linux", tmp_path))


ARM, INTEL = b"\x0c\0\0\x01", b"\x07\0\0\x01"


@pytest.mark.parametrize(
    ("machine", "own", "other"),
    [
        ("macosx-11.0-arm64", ARM, INTEL),
        # Of python.org's universal Python the Intel half, which Rosetta runs: Intel's packages fit.
        ("macosx-10.13-x86_64", INTEL, ARM),
    ],
)
def test_foreign_architecture(tmp_path: Path, machine: str, own: bytes, other: bytes) -> None:
    """A compiled part for another processor, by the first bytes of a file of macOS."""
    from envcheck_checks.installed import files

    mac_python = replace(python_at(tmp_path / "venv", WHOLE), machine=machine)
    file_at(tmp_path / "venv/site/numpy-2.0.0.dist-info/RECORD", "numpy/core.so,sha256=x,8\n")
    compiled = file_at(tmp_path / "venv/site/numpy/core.so")
    compiled.write_bytes(b"\xcf\xfa\xed\xfe" + other + bytes(24))
    found = files.diagnose(on("darwin", tmp_path, mac_python), ["numpy"])
    assert found is not None
    assert found.code == "package-other-architecture"
    compiled.write_bytes(b"\xcf\xfa\xed\xfe" + own + bytes(24))
    assert files.diagnose(on("darwin", tmp_path, mac_python), ["numpy"]) is None
