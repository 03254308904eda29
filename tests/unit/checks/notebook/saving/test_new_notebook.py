"""Where a learner's setting leads a new notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import file_at

from envcheck import Environment, fact
from envcheck.testing import described, interpreter
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.notebook.saving import new_notebook


def learner(home: Path, name: object, keeper: str = "ContentsManager") -> Environment:
    file = file_at(home / ".jupyter" / "jupyter_server_config.py", "import os\n")
    settings = {keeper: {"untitled_notebook": name} if name is not None else {}}
    facts: dict[fact[Any], object] = {
        config_files: (ConfigFile(str(file), settings),),
        learners_jupyter: LearnersJupyter({}, None, user_config=str(file.parent)),
    }
    return described(python=interpreter(), variables={"HOME": str(home)}, facts=facts)


@pytest.mark.parametrize(
    ("name", "led"),
    [
        (None, ("", "")),
        (7, ("", "")),
        ("Unbenannt", ("", "")),
        ("drafts/Untitled", ("drafts/", "")),
        ("/a/b/Untitled", ("a/b/", "")),
        (".Untitled", ("", ".")),
        ("../Untitled", ("", "")),
    ],
)
@pytest.mark.parametrize("keeper", ["ContentsManager", "AsyncLargeFileManager"])
def test_the_folder_and_whether_it_is_hidden(
    tmp_path: Path, name: object, led: tuple[str, str], keeper: str
) -> None:
    env = learner(tmp_path, name, keeper)
    assert new_notebook.led_to(env) == led


def test_the_setting_is_named_where_its_own_step_fails(tmp_path: Path) -> None:
    """Not that of another step, and not our name for the notebook."""
    env = learner(tmp_path, "drafts/Untitled")
    told = new_notebook.diagnose(env, new_notebook.STEP)
    assert told is not None
    assert told.evidence.found == "untitled_notebook = 'drafts/Untitled'"
    assert new_notebook.diagnose(env, "save a notebook") is None
    assert new_notebook.diagnose(learner(tmp_path, None), new_notebook.STEP) is None
