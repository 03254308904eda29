"""What pip would do, tried without installing anything: which settings it is given, and how few are
blamed.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import file_at, on, python_at

from envcheck import Environment, Fix, Rename, Run
from envcheck.processes.process import Ending, Finished
from envcheck.target.interpreter import Interpreter
from envcheck_checks.index.config_files import Setting
from envcheck_checks.pip import dry_run
from envcheck_checks.pip.dry_run import (
    installer_settings,
    pip_install,
    refused,
    would_install,
)


@dataclass
class Pip:
    """Stands in for pip: refuses under these settings, and remembers how it was called."""

    refuses: Sequence[str] = ()
    together: bool = False
    says: str = "ERROR: Hashes are required. envcheck_trial has none.\nERROR: more"
    trials: int = 0
    argv: list[str] = field(default_factory=list)
    variables: dict[str, str | None] = field(default_factory=dict)

    def run(
        self, argv: Sequence[str], *, variables: Mapping[str, str | None], **_: object
    ) -> Finished:
        self.trials += 1
        self.argv, self.variables = [*argv], dict(variables)
        values = {name: variables.get(name) for name in self.refuses}
        bad = [name for name, value in values.items() if value]
        failed = len(bad) == len(self.refuses) > 0 if self.together else bool(bad)
        return Finished(
            tuple(argv), Ending.EXITED, int(failed), "", self.says if failed else "", 0.1
        )


@pytest.fixture(autouse=True)
def no_file_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pip reads /etc too."""
    monkeypatch.setattr(
        dry_run, "config_files", lambda *_: (str(tmp_path / "home/.config/pip/pip.conf"),)
    )


def learner(
    tmp_path: Path,
    pip: Pip,
    monkeypatch: pytest.MonkeyPatch,
    version: str = "24.0",
    **variables: Any,
) -> tuple[Environment, Interpreter]:
    python = python_at(tmp_path / "venv", {"pip": version})
    env = on("linux", tmp_path, python, **variables)
    monkeypatch.setattr(env, "run", pip.run)
    return env, python


def given(**values: str) -> dict[str, Setting]:
    return {
        key.replace("_", "-"): Setting(value, f"PIP_{key.upper()}") for key, value in values.items()
    }


def test_a_variable_wins_over_install_over_global(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what stands under another command's name does not count."""
    text = "[global]\ntimeout = 1\nretries = 1\ntarget = /global\n[install]\ntimeout = 2\nretries = 2\n[freeze]\nuser = true\n"
    file_at(tmp_path / "home/.config/pip/pip.conf", text)
    env, python = learner(tmp_path, Pip(), monkeypatch, PIP_TIMEOUT="3")
    found = installer_settings(env, python)
    assert {key: found[key].value for key in ("timeout", "retries", "target")} == {
        "timeout": "3",
        "retries": "2",
        "target": "/global",
    }
    assert "user" not in found


def test_which_file_there_is_is_no_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in the file that PIP_CONFIG_FILE names is one, and no trial reads the file again."""
    file = tmp_path / "university.conf"
    monkeypatch.setattr(
        dry_run, "config_files", lambda variables, *_: [variables["PIP_CONFIG_FILE"]]
    )
    file.write_text("[install]\nrequire-hashes = true\n[global]\ntimeout = soon\n")
    pip = Pip(["PIP_REQUIRE_HASHES"])
    env, python = learner(tmp_path, pip, monkeypatch, PIP_CONFIG_FILE=str(file))
    settings = installer_settings(env, python)
    assert sorted(settings) == ["require-hashes", "timeout"]
    assert [setting.value for setting in refused(env, python, settings)[0]] == ["true"]
    assert pip.variables["PIP_CONFIG_FILE"] == os.devnull


def test_one_setting_is_blamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(require_hashes="1", only_binary=":all:", timeout="60")
    guilty, said = refused(*learner(tmp_path, Pip(["PIP_REQUIRE_HASHES"]), monkeypatch), settings)
    assert (guilty, said) == ((settings["require-hashes"],), "Hashes are required")


def test_of_two_that_refuse_only_together_one_is_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = given(pre="1", only_binary=":all:")
    guilty, _ = refused(
        *learner(tmp_path, Pip(["PIP_PRE", "PIP_ONLY_BINARY"], together=True), monkeypatch),
        settings,
    )
    assert guilty == (settings["only-binary"],)


def test_of_two_that_refuse_each_both_are_blamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = given(pre="1", only_binary=":all:")
    guilty, _ = refused(
        *learner(tmp_path, Pip(["PIP_PRE", "PIP_ONLY_BINARY"]), monkeypatch), settings
    )
    assert set(guilty) == set(settings.values())


def test_none_is_blamed_where_pip_refuses_without_them_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pip = Pip(["PIP_CONFIG_FILE"])  # always given
    assert refused(*learner(tmp_path, pip, monkeypatch), given(require_hashes="1")) == ((), "")
    assert refused(*learner(tmp_path, Pip(), monkeypatch), given(require_hashes="1")) == ((), "")


def test_the_same_settings_are_tried_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing package and a warning ask for the same, half a second of the processor each."""
    pip = Pip()
    env, python = learner(tmp_path, pip, monkeypatch)
    for _ in range(2):
        assert refused(env, python, given(require_hashes="1")) == ((), "")
    assert pip.trials == 1
    refused(env, python, given(require_hashes="0"))
    assert pip.trials == 2


def test_a_trial_goes_by_nothing_but_what_it_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No settings file, no variable of the learner's, no network; and nothing is installed."""
    pip = Pip()
    env, python = learner(tmp_path, pip, monkeypatch, PIP_USER="1")
    refused(env, python, given(require_hashes="1", extra_index_url="https://example.org"))
    assert (
        pip.variables["PIP_CONFIG_FILE"],
        pip.variables["PIP_USER"],
        pip.variables["PIP_REQUIRE_HASHES"],
    ) == (os.devnull, None, "1")
    assert "PIP_EXTRA_INDEX_URL" not in pip.variables
    assert {"--dry-run", "--no-index", "--no-deps"} <= set(pip.argv)
    with zipfile.ZipFile(
        next(Path(pip.argv[pip.argv.index("--find-links") + 1]).glob("*.whl"))
    ) as wheel:
        assert all("dist-info/" in name for name in wheel.namelist())


def test_a_pip_that_cannot_try_unpacks_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before 22.2 there is no --dry-run: what it installs goes to a folder that is thrown away."""
    pip = Pip()
    env, python = learner(tmp_path, pip, monkeypatch, "22.1.2")
    assert would_install(
        env, python, Run((python.executable, "-m", "pip", "install", "seaborn")), {}
    )
    assert "--dry-run" not in pip.argv
    assert Path(pip.argv[pip.argv.index("--root") + 1]).is_relative_to(env.scratch)
    assert pip.argv[-1] == "seaborn"


def test_which_step_is_pips() -> None:
    run = Run(("/venv/bin/python", "-m", "pip", "install", "seaborn"))
    assert (
        pip_install(Fix("x", (Rename("a", "b"), Run(("python", "-m", "venv", ".venv")), run)))
        == run
    )
    assert pip_install(Fix("x", (Run(("uv", "pip", "install", "seaborn")),))) is None
