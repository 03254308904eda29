"""Settings that pip cannot read are told by pip itself, before anything is tried."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from tests.unit.described_machines import on, python_at

from envcheck import Environment
from envcheck.processes.process import Ending, Finished
from envcheck.target.interpreter import Interpreter
from envcheck_checks.index.config_files import Setting
from envcheck_checks.pip import unreadable as module
from envcheck_checks.pip.unreadable import FLAGS, NUMBERS, YES_OR_NO, misread


def given(**values: str) -> dict[str, Setting]:
    return {
        key.replace("_", "-"): Setting(value, f"PIP_{key.upper()}") for key, value in values.items()
    }


def learner(
    root: Path, monkeypatch: pytest.MonkeyPatch, *, broken: bool = False, late: bool = False
) -> tuple[Environment, Interpreter, list[Sequence[str]]]:
    """A pip as this one reads its settings; or one that ends anyway, or gives no answer."""
    python = python_at(root / "venv")
    env = on("linux", root, python)
    asked: list[Sequence[str]] = []

    def run(argv: Sequence[str], *, variables: Mapping[str, str | None], **_: object) -> Finished:
        asked.append(argv)
        if late:
            return Finished(tuple(argv), Ending.TIMED_OUT, None, "", "", 15.0)
        set_to = {name: value for name, value in variables.items() if value is not None}
        words = ["-c", "raise SystemExit(9)"] if broken else argv[1:]
        done = subprocess.run(
            [sys.executable, "-I" if broken else "-B", *words],
            env=set_to,
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
        return Finished(tuple(argv), Ending.EXITED, done.returncode, "", done.stderr, 0.1)

    monkeypatch.setattr(env, "run", run)
    return env, python, asked


BAD = {
    "no_index": "maybe",
    "timeout": "60s",
    "default_timeout": "soon",
    "retries": "many",
    "prefer_binary": "maybe",
    "compile": "always",
    "no_warn_script_location": "2",
    "break_system_packages": "please",
    "root_user_action": "quiet",
    "progress_bar": "no",
    "no_input": "maybe",
    "quiet": "lots",
    "exists_action": "z",
    "use_feature": "nonsense",
}


@pytest.mark.slow
@pytest.mark.whole
@pytest.mark.parametrize("key", BAD)
def test_a_value_that_pip_does_not_know(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the option's kind is: beside one that is right, it alone is named, with pip's reason."""
    env, python, _ = learner(tmp_path, monkeypatch)
    settings = given(disable_pip_version_check="1", **{key: BAD[key]})
    guilty, reason = misread(env, python, settings)
    assert [each.variable for each in guilty] == [f"PIP_{key.upper()}"]
    assert reason


def test_two_at_once_and_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env, python, asked = learner(tmp_path, monkeypatch)
    settings = given(timeout="60s", retries="many", compile="0")
    for _ in range(2):
        guilty, reason = misread(env, python, settings)
        assert {each.variable for each in guilty} == {"PIP_TIMEOUT", "PIP_RETRIES"}
        assert "60s" in reason
    assert len(asked) == 4  # both, none, and each
    assert all([*argv[1:]] == ["-m", "pip", "install", "--help"] for argv in asked)


def test_values_that_pip_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env, python, asked = learner(tmp_path, monkeypatch)
    values = {"require_hashes": "1", "platform": "any", "unknown": "maybe", "progress_bar": "off"}
    assert misread(env, python, given(**values)) == ((), "")
    assert len(asked) == 1


@pytest.mark.parametrize("turn", [0, 5])
def test_a_yes_a_no_and_a_number_need_no_pip(
    turn: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them, as pip itself would say."""
    env, python, asked = learner(tmp_path, monkeypatch)
    words = [word.title() for word in sorted(YES_OR_NO)]
    plain = dict(zip(sorted(FLAGS), [*words[turn:], *words, *words], strict=False))
    plain |= {name: f"{60 + turn}" for name in NUMBERS}
    settings = {key: Setting(value, key) for key, value in plain.items()}
    assert misread(env, python, settings) == ((), "")
    assert not asked
    monkeypatch.setattr(module, "_is_plain", lambda key, setting: False)
    assert misread(env, python, settings) == ((), "")
    assert len(asked) == 1


def test_what_looks_like_a_number_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever pip says then."""
    env, python, asked = learner(tmp_path, monkeypatch, late=True)
    for value in ("-1", "1.5", "\u00b2", "60s"):
        misread(env, python, given(timeout=value))
    assert len(asked) >= 4


def test_nobody_is_asked_of_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index of a university's, and no setting at all."""
    env, python, asked = learner(tmp_path, monkeypatch)
    addresses = given(index_url="https://pypi.example.org/simple", cert="/etc/ca.pem", proxy="p:1")
    assert misread(env, python, addresses) == misread(env, python, {}) == ((), "")
    assert not asked


@pytest.mark.parametrize("how", ["broken", "late"])
def test_a_pip_of_which_that_is_not_to_be_told(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends whatever its settings are, or gives no answer: none of them is blamed."""
    env, python, _ = learner(tmp_path, monkeypatch, **{how: True})
    assert misread(env, python, given(timeout="60s")) == ((), "")
