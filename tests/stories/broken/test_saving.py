"""Saving where the learner saves: what stands in the way, and the settings that refuse it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.stories.broken.story import Story, play, told
from tests.stories.machine import Machine, MakeMachine

pytestmark = pytest.mark.slow

CHECKPOINTS = "work/.ipynb_checkpoints"
SETTINGS = "home/.jupyter/jupyter_server_config.py"
STRANGER = 54321


def another_users_checkpoints(machine: Machine) -> None:
    machine.write(f"{CHECKPOINTS}/week1-checkpoint.ipynb", "{}")
    for place in (CHECKPOINTS, f"{CHECKPOINTS}/week1-checkpoint.ipynb"):
        os.chown(machine.at(place), STRANGER, STRANGER)
    machine.as_a_plain_user()


def my_own_checkpoints_closed(machine: Machine) -> None:
    """As `cp -r` leaves them from a read-only medium."""
    machine.at(CHECKPOINTS).mkdir(mode=0o555)
    machine.as_a_plain_user()


def a_file_for_checkpoints(machine: Machine) -> None:
    machine.write(CHECKPOINTS, "")


def a_link_to_a_disk_that_is_gone(machine: Machine) -> None:
    machine.at(CHECKPOINTS).symlink_to("/media/ada/checkpoints")


def a_hook_that_refuses(machine: Machine) -> None:
    machine.write(
        SETTINGS,
        """\
        from tornado.web import HTTPError

        def strip_outputs(model, **named):
            raise HTTPError(500, "no scrubber on this machine")

        c.FileContentsManager.pre_save_hook = strip_outputs
        """,
    )


def a_hook_after_saving_that_needs_a_program(machine: Machine) -> None:
    """As many wrote it to keep a script beside each notebook."""
    machine.write(
        SETTINGS,
        """\
        from subprocess import check_call

        def to_script(model, os_path, contents_manager, **named):
            if model["type"] == "notebook":
                check_call(["nbconvert-of-2016", "--to", "script", os_path])

        c.FileContentsManager.post_save_hook = to_script
        """,
    )


def checkpoints_where_a_file_is(machine: Machine) -> None:
    machine.write("work/backup", "of last year")
    machine.write(SETTINGS, "c.FileCheckpoints.checkpoint_dir = 'backup'\n")


def new_notebooks_in_a_folder_that_is_not_there(machine: Machine) -> None:
    """Old ones are saved; the page's `New` shows an error."""
    machine.write(SETTINGS, "c.ContentsManager.untitled_notebook = 'drafts/Untitled'\n")


def a_hook_that_reads_the_first_cell(machine: Machine) -> None:
    """A new notebook has none."""
    machine.write(
        SETTINGS,
        """\
        import json

        def title(model, os_path, contents_manager, **named):
            if model["type"] == "notebook":
                with open(os_path) as file:
                    json.load(file)["cells"][0]

        c.FileContentsManager.post_save_hook = title
        """,
    )


def a_read_only_root(machine: Machine) -> None:
    """The folder that the page opens is another than the one of the terminal."""
    folder = machine.home / "courses"
    folder.mkdir(mode=0o555)
    machine.write(SETTINGS, f"c.ServerApp.root_dir = {str(folder)!r}\n")
    machine.as_a_plain_user()


def a_notebook_saved_by_root(machine: Machine) -> None:
    """Its checkpoint too; the folders are the learner's."""
    machine.write("work/week2.ipynb", "{}")
    for place in ("work/week1.ipynb", f"{CHECKPOINTS}/week1-checkpoint.ipynb"):
        os.chown(machine.write(place, "{}"), STRANGER, STRANGER)
    machine.as_a_plain_user()


def refused(breaks: object, word: str) -> Story:
    return Story(breaks, "jupyter-config-breaks", (word,), fixed=True, server=True)  # type: ignore[arg-type]


STORIES = {
    "another user's checkpoints": Story(
        another_users_checkpoints,
        "checkpoints-blocked",
        ("you may not write", "54321"),
        fixed=True,
        server=True,
    ),
    "my own checkpoints, closed": Story(
        my_own_checkpoints_closed, "checkpoints-blocked", ("mode 555",), fixed=True, server=True
    ),
    "a file for checkpoints": Story(
        a_file_for_checkpoints, "checkpoints-blocked", ("a file stands",), fixed=True, server=True
    ),
    "checkpoints on a disk that is gone": Story(
        a_link_to_a_disk_that_is_gone,
        "checkpoints-blocked",
        ("a link that leads nowhere", "/media/ada"),
        fixed=True,
        server=True,
    ),
    "a hook that refuses": refused(a_hook_that_refuses, "no scrubber on this machine"),
    "a hook after saving that needs a program": refused(
        a_hook_after_saving_that_needs_a_program, "jupyter_server_config.py"
    ),
    "a setting that puts checkpoints where a file is": refused(
        checkpoints_where_a_file_is, "jupyter_server_config.py"
    ),
    "new notebooks in a folder that is not there": refused(
        new_notebooks_in_a_folder_that_is_not_there, "jupyter_server_config.py"
    ),
    "a hook that reads the first cell": refused(
        a_hook_that_reads_the_first_cell, "jupyter_server_config.py"
    ),
    "a notebook saved by root": Story(
        a_notebook_saved_by_root,
        "notebook-of-another-user",
        ("week1.ipynb, week1-checkpoint.ipynb", "54321"),
        warns=True,
        server=True,
    ),
    "a read-only folder that the page opens": Story(
        a_read_only_root, "work-folder-read-only", ("courses",), server=True
    ),
}


@told(STORIES)
def test_no_notebook_can_be_saved(story: Story, make_machine: MakeMachine, wheels: Path) -> None:
    """What is in the way is named, and a notebook is saved once it is not."""
    play(story, make_machine, wheels, without_cells=True)


def test_a_hook_that_writes_beside_the_notebook_leaves_nothing(machine: Machine) -> None:
    """Whatever is made of our notebook carries its name, and goes with it."""
    machine.write(
        SETTINGS,
        """\
        import os

        def copies(model, os_path, contents_manager, **named):
            folder, name = os.path.split(os_path)
            os.makedirs(os.path.join(folder, "html"), exist_ok=True)
            for path in (name + ".py", "html/" + name + ".html"):
                open(os.path.join(folder, path), "w").close()

        c.FileContentsManager.post_save_hook = copies
        """,
    )
    machine.write("work/data/table.csv", "1\n")
    before = machine.fingerprint(), machine.work.stat().st_mtime_ns
    seen = machine.check("--offline")
    assert (seen.code, seen.errors) == (0, [])
    assert (machine.fingerprint(), machine.work.stat().st_mtime_ns) == before
