"""A kernel that is tried without some of the learner's settings is started by their own command."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.unit.checks.kernel.test_kernelspec import LAUNCH, spec_of
from tests.unit.described_machines import on, python_at

from envcheck import fact
from envcheck_checks.interference.private_folders import PrivateFolders, private_folders
from envcheck_checks.interference.trials import Removed, SettingKind
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.kernel import client, shared
from envcheck_checks.kernel.answers import End, Start

LEFT_OUT = Removed(SettingKind.START_FILE, "/venv/site/plots.pth")


def started(
    words: Sequence[str], change: Removed, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[str, ...]:
    """The command with which the kernel of a spec is tried; it does not start."""
    tried: list[tuple[str, ...]] = []

    def start(_env: object, argv: Sequence[str], *_: object, **__: object) -> object:
        tried.append(tuple(argv))
        raise OSError

    monkeypatch.setattr(client, "start", start)
    facts: dict[fact[Any], object] = {
        learners_jupyter: LearnersJupyter({}, spec_of("/venv/bin/python", folder, *words)),
        private_folders: PrivateFolders({}, folder, folder),
    }
    env = on("linux", folder, python_at(folder / "venv"), facts=facts)
    assert shared.comes_up(env, [change]) is False
    return tried[0]


@pytest.mark.parametrize("options", [(), ("-Xfrozen_modules=off",), ("-W", "ignore")])
def test_start_files_are_left_out_of_any_command(
    options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`ipykernel install` writes an option of Python's before the module: it stays."""
    argv = started((*options, *LAUNCH), LEFT_OUT, tmp_path, monkeypatch)
    place = argv.index("-S")
    assert argv[:place] == ("/venv/bin/python", *options)
    assert argv[place + 1] == "-c" and argv[place + 3 :] == ("", LEFT_OUT.name, "--", *LAUNCH[1:])


def test_a_program_that_names_no_module_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("start.py", "{connection_file}")
    assert started(words, LEFT_OUT, tmp_path, monkeypatch) == ("/venv/bin/python", *words)


def test_words_of_the_spec_give_way_to_the_usual_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = Removed(SettingKind.SPEC_WORDS, "/spec")
    argv = started(("start.py", "{connection_file}"), change, tmp_path, monkeypatch)
    assert argv[1:] == LAUNCH


@pytest.mark.parametrize(
    ("end", "first", "given"),
    [
        (End.REPLIED, 1.0, 12.0),
        (End.REPLIED, 9.0, 27.0),
        (End.DIED, 8.0, 24.0),
        (End.SILENT, 45.0, 12.0),
    ],
    ids=["quick", "slow", "died slowly", "hangs"],
)
def test_a_slow_machine_gets_longer(
    end: End, first: float, given: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trial waits as the first kernel's start tells; one that hung tells nothing."""
    waited: list[float] = []

    def wait_ready(seconds: float, _: float) -> Start:
        waited.append(seconds)
        return Start(End.SILENT, seconds)

    tried = SimpleNamespace(wait_ready=wait_ready, close=lambda: None)
    monkeypatch.setattr(client, "start", lambda *_, **__: tried)
    facts: dict[fact[Any], object] = {
        learners_jupyter: LearnersJupyter({}, spec_of("/venv/bin/python", tmp_path, *LAUNCH)),
        private_folders: PrivateFolders({}, tmp_path, tmp_path),
        shared.shared_kernel: shared.SharedKernel(None, Start(end, first)),
    }
    env = on("linux", tmp_path, python_at(tmp_path / "venv"), facts=facts)
    assert shared.comes_up(env, []) is None
    assert waited == [given]
