"""conda is how this learner installs: which of its environments is meant, and what keeps it from
working.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.stories.broken.story import Story, play, told
from tests.stories.conda.place import activate, environment_of, put_conda
from tests.stories.machine import SYSTEM_PATH, Machine, MakeMachine, clone

pytestmark = [pytest.mark.slow, pytest.mark.linked]


def whole(machine: Machine, place: Path) -> Path:
    return environment_of(machine.prefix, place)


def made_without_python(machine: Machine) -> None:
    """`conda create -n empty`, `conda activate empty`."""
    place = put_conda(machine) / "envs" / "empty"
    machine.write(str(place / "conda-meta" / "history"))
    activate(machine, place)


def made_without_python_elsewhere(machine: Machine) -> None:
    """The same with `--prefix` in the course folder."""
    put_conda(machine)
    place = machine.work / "env"
    machine.write(str(place / "conda-meta" / "history"))
    activate(machine, place)


def renamed_while_active(machine: Machine) -> None:
    base = put_conda(machine)
    whole(machine, base / "envs" / "ml-2026")
    activate(machine, base / "envs" / "ml")


def removed_while_active(machine: Machine) -> None:
    """`conda env remove -n ml` in another terminal; nothing else has the packages."""
    activate(machine, put_conda(machine) / "envs" / "ml")


def on_condas_own_list(machine: Machine) -> None:
    """`ml` lies outside of conda's folder, and another Python is on PATH."""
    put_conda(machine)
    ml = whole(machine, machine.home / "courses" / "ml")
    machine.write("home/.conda/environments.txt", f"{ml}\n")
    bare = environment_of(machine.prefix, machine.root / "usr", packages=False)
    for note in bare.glob("conda-meta/*"):
        note.unlink()
    (bare / "conda-meta").rmdir()
    machine.variables["PATH"] = f"{bare}/bin:{SYSTEM_PATH}"


def in_a_folder_of_the_settings(machine: Machine) -> None:
    """envs_dirs; conda was never set up in this shell."""
    on_condas_own_list(machine)
    machine.write("home/.conda/environments.txt", "")
    machine.write("home/.condarc", "envs_dirs:\n  - ~/courses\n")
    machine.variables["CONDA_SHLVL"] = "(unset)"


def base_that_activated_itself(machine: Machine) -> None:
    base = put_conda(machine)
    whole(machine, base / "envs" / "ml")
    bare = environment_of(machine.prefix, machine.root / "bare", packages=False)
    for entry in (
        *bare.glob("lib"),
        *bare.glob("include"),
        *bare.glob("bin/python*"),
        *bare.glob("conda-meta/*.json"),
    ):
        to = base / entry.relative_to(bare)
        to.parent.mkdir(exist_ok=True)
        entry.rename(to)
    activate(machine, base, level=1)


def home_of_the_base(machine: Machine) -> None:
    """`ml` is active and complete, and PYTHONHOME sends its Python to conda's bare base."""
    base_that_activated_itself(machine)
    base = machine.home / "miniconda3"
    activate(machine, base / "envs" / "ml")
    machine.python = base / "envs" / "ml" / "bin" / "python"
    machine.variables["PYTHONHOME"] = str(base)


def seaborn_gone(machine: Machine, channel: str = "conda-forge") -> Path:
    base = put_conda(machine, channel=channel, default=("defaults",))
    ml = environment_of(machine.prefix, base / "envs" / "ml", channel=channel)
    machine.python = ml / "bin" / "python"
    machine.remove("@site/seaborn*", f"{ml}/conda-meta/seaborn-*.json")
    activate(machine, ml)
    return ml


def from_the_campus_channel(machine: Machine) -> None:
    seaborn_gone(machine, "campus")


def a_note_that_is_cut(machine: Machine) -> None:
    ml = seaborn_gone(machine)
    note = next(ml.glob("conda-meta/numpy-*.json"))
    note.write_text(note.read_text()[:40])


def a_note_that_is_empty(machine: Machine) -> None:
    ml = seaborn_gone(machine)
    next(ml.glob("conda-meta/pandas-*.json")).write_text("")


def settings_with_half_a_line(machine: Machine) -> None:
    seaborn_gone(machine)
    machine.write("home/.condarc", "channels:\n  conda-forge\n")


def settings_with_a_tab(machine: Machine) -> None:
    """conda activates nothing then: another Python is met, and `ml` is whole."""
    on_condas_own_list(machine)
    machine.write("home/.condarc", "channels:\n\t- conda-forge\n")


STORIES = {
    "conda create without python": Story(
        made_without_python,
        "conda-environment-without-python",
        ("`empty`",),
        fixed=True,
        always=True,
    ),
    "conda create --prefix without python": Story(
        made_without_python_elsewhere, "conda-environment-without-python", ("`env`",), fixed=True
    ),
    "renamed while active": Story(
        renamed_while_active, "conda-environment-gone", ("`ml`",), fixed=True
    ),
    "removed while active": Story(
        removed_while_active, "conda-environment-gone", ("`ml`",), fixed=True
    ),
    "complete on conda's list": Story(
        on_condas_own_list, "conda-environment-not-active", ("`ml`",), fixed=True
    ),
    "complete in a folder of the settings": Story(
        in_a_folder_of_the_settings, "conda-environment-not-active", ("`ml`",), fixed=True
    ),
    "base that activated itself": Story(
        base_that_activated_itself, "conda-base-active", ("`ml` beside",), fixed=True
    ),
    "PYTHONHOME of conda's base": Story(
        home_of_the_base, "pythonhome-set", ("PYTHONHOME", "numpy"), fixed=True
    ),
    "seaborn from the campus channel": Story(
        from_the_campus_channel, "packages-missing", ("seaborn",), fixed=True
    ),
    "a note that is cut": Story(a_note_that_is_cut, "conda-record-cut", ("numpy",), fixed=True),
    "a note that is empty": Story(
        a_note_that_is_empty, "conda-record-cut", ("pandas",), fixed=True
    ),
    "settings with half a line": Story(
        settings_with_half_a_line, "conda-settings-broken", (".condarc",), fixed=True
    ),
    "settings with a tab": Story(
        settings_with_a_tab, "conda-settings-broken", (".condarc",), fixed=True
    ),
}


@told(STORIES)
def test_conda(
    story: Story,
    make_machine: MakeMachine,
    wheels: Path,
    monkeypatch: pytest.MonkeyPatch,
    healthy: Path,
) -> None:
    """conda's own line mends it; its environments are never answered with another Python's."""
    monkeypatch.setenv("ENVCHECK_STORY_HEALTHY", str(healthy.parent.parent))
    play(story, make_machine, wheels, without_server=True)


@pytest.mark.whole
def test_base_and_the_folders_own_environment(
    machine: Machine, healthy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """base activates itself in every terminal, and `.venv` has everything: it is used and named."""
    monkeypatch.setenv("ENVCHECK_STORY_HEALTHY", str(healthy.parent.parent))
    base_that_activated_itself(machine)
    clone(healthy.parent.parent, machine.work / ".venv")
    seen = machine.check("--quick")
    assert (seen.code, seen.errors, seen.warnings[0]) == (0, [], "environment-not-active")
    assert seen.report["target"]["located_by"] == ".venv in this folder"
