"""The parts of the Ansible collection that need no Ansible: what they make of anything that comes."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import tarfile
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engine.classroom.class_reports import STUCK, document

from envcheck.classroom.owner import owner_of
from envcheck.classroom.unreachable import Unreachable, read_any

PLUGINS = Path(__file__).parents[3] / "ansible" / "plugins"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="only on POSIX: hosts that have /bin/sh")


def part(name: str) -> ModuleType:
    """A module of the collection, from its file."""
    spec = importlib.util.spec_from_file_location(name.replace("/", "_"), PLUGINS / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


WRITTEN, VERDICT = part("plugin_utils/written"), part("module_utils/verdict")
CARRIED, LINE = part("module_utils/carried"), part("module_utils/line")
BAGGAGE, ARGUMENTS = part("plugin_utils/baggage"), part("module_utils/arguments")


@given(st.text(min_size=1, max_size=200))
def test_any_name_of_an_inventory_is_a_plain_file_name(name: str) -> None:
    """It leads nowhere, is not hidden, and is nobody's of a course's system."""
    file = f"{WRITTEN.file_name(name)}.json"
    assert "/" not in file and not file.startswith(".") and "\\" not in file and "\0" not in file
    assert len(file.encode()) < 255
    assert owner_of((file,)) is None


@pytest.mark.parametrize(
    "name", ["pc_12_3_a", "anna_4711_assignsubmission_file", "..", "con", "a/b"]
)
def test_names_that_mean_something_elsewhere(name: str) -> None:
    assert owner_of((f"{WRITTEN.file_name(name)}.json",)) is None


def test_two_names_are_two_files() -> None:
    names = [
        "pc1",
        "PC1",
        "pc 1",
        "pc%201",
        "pc/1",
        ".pc1",
        "pc1.",
        "<b>pc1</b>",
        "x" * 200,
        "x" * 201,
    ]
    assert len({WRITTEN.file_name(name) for name in names}) == len(names)


def test_a_record_is_what_a_class_reads(tmp_path: Path) -> None:
    """And it goes when a report comes; an older report stays when a record comes."""
    written = WRITTEN.Written(str(tmp_path / "reports"), "<b>pc</b>", False)
    written.gave_nothing("line one\nline two" + "x" * 900)
    [file] = (tmp_path / "reports").iterdir()
    record = read_any("", file.read_bytes())
    assert isinstance(record, Unreachable) and record.alias == "<b>pc</b>"
    assert record.reason.startswith("line one line two") and file.stat().st_mode & 0o777 == 0o600
    written.report("{}\n")
    assert [path.read_text() for path in (tmp_path / "reports").iterdir()] == ["{}\n"]
    written.gave_nothing("down")
    assert len([*(tmp_path / "reports").iterdir()]) == 2


def test_check_mode_writes_nothing(tmp_path: Path) -> None:
    written = WRITTEN.Written(str(tmp_path / "reports"), "pc", True)
    written.gave_nothing("down")
    written.report("{}")
    written.fixes(str(tmp_path / "fixes"), [{"name": "x", "text": "y"}])
    assert [*tmp_path.iterdir()] == []


@given(
    st.text() | st.sampled_from(["{}", "[]", '{"verdict": "ready"}', '{"verdict": []}', "9" * 9999])
)
def test_what_is_no_report_is_none(text: str) -> None:
    assert VERDICT.read(text) is None


def test_a_report_in_a_sentence() -> None:
    """With the cause and the line that fixes it; without a cause, with the check that fails."""
    told = VERDICT.sentence(VERDICT.read(json.dumps(STUCK)))
    assert told == (
        "Not ready for chapter2: the kernel starts another Python [kernelspec-other-python]. Next step: "
        "give this environment its own kernel: python -m ipykernel install --sys-prefix"
    )
    assert VERDICT.sentence(document()) == "Ready for chapter2."
    lost = {**document(), "verdict": "undetermined", "checks": [], "diagnoses": []}
    assert VERDICT.sentence(lost).endswith("nothing was proved.")


def printed(line: object, before: str = "", shell: tuple[str, ...] = ("sh", "-c")) -> object:
    """What comes of a line in a shell with start-up noise."""
    done = subprocess.run(
        [*shell, f"{before}{line.text}"],  # type: ignore[attr-defined]
        env={"PATH": "/usr/bin:/bin", "HOME": "/nowhere"},
        capture_output=True,
        check=False,
    )
    return line.printed(done.stdout, done.stderr)  # type: ignore[attr-defined]


def test_the_answer_stands_between_marks(tmp_path: Path) -> None:
    """Whatever start-up files print, in a folder with any name, for words with any letters."""
    folder = tmp_path / "it's a $HOME `folder`"
    folder.mkdir()
    (folder / "run-envcheck.py").write_text("import sys; print(sys.argv[1:]); sys.exit(7)\n")
    line = LINE.Line(str(folder), ["it's", "a b", "$HOME", "!x"], "")
    answer = printed(line, 'echo noise; echo \'{"verdict": "ready"}\'; printf tail; ')
    assert answer.text.strip() == repr(["it's", "a b", "$HOME", "!x"])  # type: ignore[attr-defined]
    assert (answer.how, answer.code) == ("folder", 7)  # type: ignore[attr-defined]
    assert "\n" not in line.text


def test_where_nothing_can_be_started(tmp_path: Path) -> None:
    assert printed(LINE.Line(str(tmp_path), [], "")).how == "nothing"  # type: ignore[attr-defined]
    assert printed(LINE.Line("/no/where", [], "")).how == "no-folder"  # type: ignore[attr-defined]
    ended = printed(LINE.Line(str(tmp_path), [], ""), "exit 3; ")
    assert (ended.how, ended.ran) == ("", False)  # type: ignore[attr-defined]


def test_what_was_carried_goes_with_what_it_made(tmp_path: Path) -> None:
    """And with nothing else, whatever its note names."""
    home, room = tmp_path / "home", tmp_path / "room"
    (room / "wheels").mkdir(parents=True)
    home.mkdir()
    for name in ("run-envcheck.py", "wheels/a.whl", "secret.txt"):
        (room / name).write_text(name)
    baggage = BAGGAGE.Baggage(str(room))
    assert [name for name, _ in baggage.files] == ["run-envcheck.py", "wheels/a.whl"]
    with baggage.packed() as path:
        with tarfile.open(path) as archive:
            assert len(archive.getnames()) == 2
        CARRIED.put(str(home), baggage.digest, Path(path).read_bytes())
    assert CARRIED.digest_of(str(home)) == baggage.digest != ""
    made, other = (home / ".cache" / "envcheck" / name for name in ("0" * 16, "1" * 16))
    for folder in (made, other, home / "0123456789abcdef"):
        folder.mkdir(parents=True)
    (made / "envcheck-made.json").write_text("{}")
    CARRIED.remember(str(home), [str(made), str(home / "0123456789abcdef"), str(home)])
    assert CARRIED.remove(str(home), True) and made.exists()
    assert CARRIED.remove(str(home), False) and not CARRIED.remove(str(home), False)
    assert not made.exists() and other.exists() and (home / "0123456789abcdef").exists()


def test_a_folder_without_run_envcheck_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        BAGGAGE.Baggage(str(tmp_path))


@pytest.mark.parametrize("word", ["--fix", "--join=x", "--format", "--as"])
def test_words_that_have_an_option_of_their_own(word: str) -> None:
    assert word.partition("=")[0] in ARGUMENTS.refused(["--quick", word])
    assert not ARGUMENTS.refused(["--quick", "--course", "x"])
