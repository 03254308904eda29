"""Every kind of line that a report prints was typed into a real shell, or there is a reason.

A kind is a place in the source that makes a step. Which shells can read its line is a property of
all steps that any test makes (tests/read_back.py); that the line then does what it says is shown by
one story of each kind.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.guards.source import of_kind
from tests.stories.broken import (
    test_conda,
    test_jupyter,
    test_network_settings,
    test_variables,
)
from tests.stories.broken.test_printed_lines import ALWAYS, STORIES, WHOLE

ROOT = Path(__file__).parents[2]
ROOMS = (ROOT / "src" / "envcheck", ROOT / "checks" / "envcheck_checks")
STEPS = {"Run", "Rename", "SetEnv", "UnsetEnv", "UsePython"}
# Typed into a shell in test_printed_lines.py: the name of a story there
TYPED = {
    "fixes/advice:new_environment": "a bare Python",
    "fixes/advice:use": "a bare Python",
    "fixes/backup:move_aside": "a matplotlibrc with a bad value",
    "interference/shadowing:rename": "queue.py",
    "interference/variables:unset": "MPLBACKEND=Agg",
    "installed/own_kernel:give": "kernel.json of a Python that was deleted",
    "machine/ownership:own_again": "my own checkpoints, closed",
    "pip/put_pip_there:put_pip_there": "no pip",
    "pip/pip_settings:_away": "PIP_TARGET",
    "python/locale:warnings": "a terminal of ASCII alone",
    "python/lost_settings:_write_anew": "pyvenv.cfg deleted",
}
# Carried out by `--fix` word for word, in a story whose new terminal is ready
CARRIED_OUT = {
    "index/facts:taken_out": test_variables.STORIES["PIP_INDEX_URL that refuses"],
    "commands/moved:rewrite_activation": test_jupyter.STORIES[
        "environment renamed, then activated"
    ],
    "pip/conda_trouble:_cut": test_conda.STORIES["a note that is cut"],
    "python/certificates:_fix": test_variables.STORIES["certificates where this Python was built"],
    "python/conda_environment:_make": test_conda.STORIES["conda create without python"],
    "network/proxy:captures_localhost": test_network_settings.STORIES[
        "a proxy that is asked for localhost"
    ],
    "network/proxy:wrong_scheme": test_network_settings.STORIES["a proxy of plain http"],
}
# Typed by a test of its own
ELSEWHERE = {
    "fixes/managed:_run": "tests/stories/test_projects.py::test_what_is_printed_stays",
    "fixes/managed:entered": "tests/stories/test_kept_elsewhere.py::test_the_managers_own_is_named",
    "fixes/managed:new_environment": "tests/stories/test_projects.py::test_what_is_printed_stays",
    "installed/listed_files:offers": "tests/stories/broken/test_installing.py::test_a_list_in_the_folder",
}
UNDO = "a step that takes a fix back: `envcheck undo RECORD` carries it out and is what is typed"
NOT_TYPED = {
    **dict.fromkeys(
        (
            "fixes/file_steps:_clear",
            "fixes/file_steps:planned",
            "fixes/file_steps:rename",
            "fixes/grammar:_rename",
            "fixes/here:step",
            "fixes/snapshot:_distributions",
        ),
        UNDO,
    ),
    "commands/diagnose:_line": "starts Jupyter, which stays until a person ends it",
    "installed/own_kernel:give_to_user": "run by tests/stories/test_taken_back.py",
    "course_file/making_environment:fix": "makes the course's environment from conda's own channels",
    "installed/listed_files:_made_by_conda": "makes the course's environment from conda's own channels",
    "installed/listed_files:_by_conda": "reads the learner's environment.yml from conda's own channels",
    "machine/home:_fix": "sets HOME, which no machine of these tests may lack for a second run",
    "python/hidden_files:warnings": "for a Mac: `chflags` is macOS' own",
    "python/powershell:no_activation": "for a Windows whose PowerShell runs no scripts",
    "pip/behind:_pip_of_another": "shows a version and changes nothing",
    "packages/matplotlib_folder:_fix": "an `export`, as that of another variable",
    "interference/settings:user_site": "an `export`, as that of another variable",
    "course_file/packages/of_no_index:_step": "what another kind says, without the names that no index has",
    "course_file/variables/variable_fixes:rename": "another name, as for a file that hides a module",
    "tools/docker/engine:wrong_address": "an `unset`, as that of another variable",
    "tools/secrets/files:secret_file_open": "a person's choice: which files others may read",
}


def makers() -> Iterator[str]:
    """The functions that make a step, as `room/module:function`."""
    for room in ROOMS:
        for file in room.rglob("*.py"):
            place = file.relative_to(room).with_suffix("").as_posix()
            for function in of_kind(file, ast.FunctionDef):
                calls = (one.func for one in ast.walk(function) if isinstance(one, ast.Call))
                if any(isinstance(call, ast.Name) and call.id in STEPS for call in calls):
                    yield f"{place}:{function.name}"


def test_every_kind_of_line_is_typed_or_has_a_reason() -> None:
    """A new kind needs a story that types it: add its place to TYPED, or say why not."""
    known = [*TYPED, *CARRIED_OUT, *ELSEWHERE, *NOT_TYPED]
    assert sorted(known) == sorted(set(makers()))


def test_the_stories_are_there_and_are_typed() -> None:
    """Each is among those that test_printed_lines.py plays; those that `--fix` carries out are
    mended by it.
    """
    assert [name for name in TYPED.values() if name not in ALWAYS | WHOLE] == []
    assert [name for name in ALWAYS | WHOLE if name not in STORIES] == []
    assert [place for place, story in CARRIED_OUT.items() if not story.fixed] == []
    for place in ELSEWHERE.values():
        file, _, name = place.partition("::")
        assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), place
