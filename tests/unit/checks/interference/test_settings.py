"""A setting that a trial has shown to be the cause, in words; what is not known by name is never
shown with its value.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import file_at, on, python_at

from envcheck import Rename, SetEnv, UnsetEnv
from envcheck_checks.interference import removals, settings
from envcheck_checks.interference.private_folders import private_folders

WHAT = "no kernel starts"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("PYTHONPATH", "pythonpath-breaks"),
        ("PYTHONHOME", "pythonhome-set"),
        ("PYTHONSTARTUP", "pythonstartup-breaks"),
        ("LD_LIBRARY_PATH", "library-path-leak"),
        ("LD_PRELOAD", "library-path-leak"),
        ("DYLD_LIBRARY_PATH", "library-path-leak"),
        ("DYLD_FALLBACK_LIBRARY_PATH", "library-path-leak"),
        ("DYLD_FRAMEWORK_PATH", "library-path-leak"),
        ("DYLD_INSERT_LIBRARIES", "library-path-leak"),
        ("MPLBACKEND", "mplbackend-set"),
        ("PYTHONEXECUTABLE", "variable-breaks-python"),
        ("MY_TOKEN", "variable-breaks-python"),
    ],
)
def test_a_variable(tmp_path: Path, name: str, code: str) -> None:
    """It is taken out; a value that may be a secret is not in the report."""
    given: dict[str, Any] = {name: "hush"}
    env = on("linux", tmp_path, **given)
    diagnosis = settings.variable(env, name, WHAT, "")
    assert diagnosis.code == code
    assert f"{name} is set, and because of it {WHAT}" in diagnosis.summary
    assert diagnosis.fixes[0].steps == (UnsetEnv(name),)
    assert ("hush" in repr(diagnosis)) is (name != "MY_TOKEN")


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("", ""),
        ("one\ntwo\n\n", "two"),
        ("ImportError: no x\nThread 0x7f\n", "ImportError: no x"),
        ("ImportError: no x\nld.so: error: lib\nThread\n", "ld.so: error: lib"),
        ("x" * 300, "x" * 200),
    ],
)
def test_what_was_printed_last(tmp_path: Path, said: str, note: str) -> None:
    """The last line that names an error: a dying Python prints its threads after it."""
    assert settings.variable(on("linux", tmp_path), "LD_PRELOAD", WHAT, said).note == note


def test_the_user_site(tmp_path: Path) -> None:
    """With the names of some packages in it, which a person knows again."""
    site = tmp_path / "user"
    for name in ("numpy", "numpy-1.0.dist-info", "_hidden", "a.pth", "b", "c", "d", "e", "f"):
        file_at(site / name / "x")
    python = replace(python_at(tmp_path / "venv"), user_site=str(site))
    diagnosis = settings.user_site(on("linux", tmp_path, python), WHAT, "")
    assert diagnosis.code == "user-site-hides-packages"
    assert diagnosis.evidence.found == f"b, c, d, e, f in {site}"
    assert diagnosis.fixes[0].steps == (SetEnv("PYTHONNOUSERSITE", "1"),)


def test_a_user_site_that_cannot_be_listed(tmp_path: Path) -> None:
    """The trial has shown that it is the cause all the same."""
    python = replace(python_at(tmp_path / "venv"), user_site="/gone")
    diagnosis = settings.user_site(on("linux", tmp_path, python), WHAT, "")
    assert diagnosis.evidence.found == "other packages in /gone"


@pytest.mark.parametrize(
    ("executable", "started", "lost"),
    [
        ("/opt/other/python", "/described/.venv/bin/python", True),
        ("/described/.venv/bin/python3", "/described/.venv/bin/python", False),
        ("/described/.venv/bin/python", "/described/.venv/bin/python", False),
        (None, "/described/.venv/bin/python", False),
    ],
)
def test_a_python_that_takes_itself_for_another(
    tmp_path: Path, executable: str | None, started: str, lost: bool
) -> None:
    """Only where the variable leads to another folder than the one it was started in."""
    from envcheck.environment import Located

    python = python_at(tmp_path / "venv")
    python = replace(python, executable=executable or started)
    given: dict[str, Any] = {"PYTHONEXECUTABLE": executable} if executable else {}
    env = on("linux", tmp_path, python, located=Located((started,), "described"), **given)
    diagnosis = settings.takes_itself_for_another(env, python)
    assert (diagnosis is not None) is lost
    assert diagnosis is None or diagnosis.code == "variable-breaks-python"


def test_a_file_of_the_work_folder(tmp_path: Path) -> None:
    """The first that has a module's name; none, where there is no such file."""
    python = replace(python_at(tmp_path / "venv"), stdlib_names=frozenset({"random"}))
    env = on("linux", tmp_path, python)
    assert settings.in_folder(env, WHAT, "") is None
    file_at(env.folder / "notes.py")
    assert settings.in_folder(env, WHAT, "") is None
    file = file_at(env.folder / "random.py")
    diagnosis = settings.in_folder(env, WHAT, "ImportError: no x")
    assert diagnosis is not None
    assert diagnosis.evidence.found == str(file)
    assert diagnosis.note == "because of it no kernel starts. ImportError: no x"


@pytest.mark.parametrize(
    ("place", "data", "words"),
    [
        (".config/matplotlib/stylelib/mine.mplstyle", b"# f\xfcr\n", "your style mine.mplstyle"),
        (".cache/matplotlib/fontlist-v390.json", b'{"ttf": "DejaVu Sans"}', "list of this machine"),
    ],
)
def test_what_else_matplotlib_reads(tmp_path: Path, place: str, data: bytes, words: str) -> None:
    """A trial in a folder with their matplotlibrc alone; the file is moved aside."""
    env = on("linux", tmp_path)
    rc = file_at(tmp_path / "home/.config/matplotlib/matplotlibrc", "figure.dpi: 90\n")
    file = file_at(tmp_path / "home" / place)
    file.write_bytes(data)
    _, removed = removals.matplotlib(env)
    bare = Path(str(removed.variables["MPLCONFIGDIR"]))
    assert [child.name for child in bare.iterdir()] == [rc.name]
    said = settings.diagnose(env, removed, WHAT, "ValueError: x")
    assert said is not None
    assert said.code == "matplotlibrc-breaks" and words in said.summary
    assert said.fixes[0].steps == (Rename(str(file), f"{file}.envcheck-backup-1"),)


def test_styles_and_fonts_that_are_right(tmp_path: Path) -> None:
    env = on("linux", tmp_path)
    file_at(tmp_path / "home/.config/matplotlib/stylelib/mine.mplstyle", "# f\u00fcr\n")
    file_at(tmp_path / "home/.cache/matplotlib/fontlist-v390.json", '{"name": "DejaVu Sans"}')
    assert removals.matplotlib(env) == []


def test_a_list_without_fonts_is_not_kept(tmp_path: Path) -> None:
    """Neither given to a run by one before it, nor taken over from the learner's; theirs is tried."""
    env = on("linux", tmp_path)
    env.cache = tmp_path / "cache"
    theirs = file_at(tmp_path / "home/.cache/matplotlib/fontlist-v390.json", "{}")
    ours = file_at(tmp_path / "cache/matplotlib/fontlist-v330.json", "{}")
    led = Path(str(private_folders(env).variables["MPLCONFIGDIR"]))
    assert [file.name for file in led.glob("fontlist-*")] == [theirs.name]
    env.close()
    assert [file.name for file in ours.parent.iterdir()] == [ours.name]


def test_a_matplotlibrc_and_the_variable_that_names_it(tmp_path: Path) -> None:
    """The file is moved aside; where a variable leads to it, the variable goes."""
    env = on("linux", tmp_path)
    file = env.folder / "matplotlibrc"
    file.write_text("text.usetex: True\n")
    (removed,) = removals.matplotlib(env)
    assert (removed.name, removed.cwd) == (str(file), env.neutral_folder)
    said = settings.diagnose(env, removed, WHAT, "RuntimeError: latex could not be found")
    assert said is not None
    assert (said.code, said.evidence.looked_in) == ("matplotlibrc-breaks", str(file))
    file.unlink()
    assert removals.matplotlib(env) == []
    named = tmp_path / "teacher.rc"
    named.write_text("")
    env = on("linux", tmp_path, MATPLOTLIBRC=str(named))
    (removed,) = removals.matplotlib(env)
    said = settings.diagnose(env, removed, WHAT, "")
    assert said is not None
    assert said.fixes[0].steps == (UnsetEnv("MATPLOTLIBRC"),)
