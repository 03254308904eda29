"""The extensions of JupyterLab. The page is made of all of them: one whose notes cannot be read makes
every page an error.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, fail
from envcheck.fixes.backup import move_aside
from envcheck.foreign_file import entries
from envcheck.processes.reason import reason
from envcheck.shape import ANY_OBJECT, read_file
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.interference.trials import Removed, SettingKind, first_that_works
from envcheck_checks.jupyter.facts import learners_jupyter
from envcheck_checks.notebook.codes import LAB_EXTENSION_BREAKS
from envcheck_checks.notebook.settings import packages_own

FOLDER = "labextensions"
NOTES = "package.json"  # what JupyterLab takes a folder for an extension by, whatever its name


def removable(env: Environment) -> list[Removed]:
    """All of them taken away together: Jupyter is led to a data folder that has everything else."""
    if not own_extensions(env):
        return []
    return [_without(env, own_extensions(env))]


def own_extensions(env: Environment) -> list[Path]:
    """Those in the learner's own folder."""
    return _extensions_in(Path(learners_jupyter(env).user_data or os.devnull) / FOLDER)


def _extensions_in(folder: Path) -> list[Path]:
    """Their folders, as JupyterLab finds them; those of a scope, `@name/extension`, each by itself."""
    inside = [place for place in entries(folder) if os.path.isdir(place)]
    scoped = [each for place in inside if place.name[0] == "@" for each in entries(place)]
    places = [*(place for place in inside if place.name[0] != "@"), *scoped]
    return [place for place in places if os.path.lexists(place / NOTES)]


def find_unreadable(env: Environment, failure: Failure) -> Diagnosis | None:
    """The first extension of all that the page is made of whose notes cannot be read; it needs no
    trial. Those that came with a package come with it again.
    """
    for data in learners_jupyter(env).data:
        for place in _extensions_in(Path(data, FOLDER)):
            if not is_readable(place / NOTES):
                return _unreadable(env, place, failure)
    return None


def _unreadable(env: Environment, place: Path, failure: Failure) -> Diagnosis:
    return fail(
        LAB_EXTENSION_BREAKS,
        f"the JupyterLab extension {place.name} is the reason that {failure.what}: its {NOTES} cannot be read",
        packages_own.brought_again(env, str(place / NOTES)) or _put_aside([place]),
        found=f"{place.name}/{NOTES} is no JSON",
        wanted="extensions that this JupyterLab can load",
        looked_in=str(place),
    )


def explain(env: Environment, failure: Failure, _removed: Removed) -> Diagnosis:
    """The extension to blame, once it is known that without all of them it works."""
    extensions = own_extensions(env)
    guilty = (
        extensions[0]
        if len(extensions) == 1
        else first_that_works(
            extensions, lambda extension: failure.works([_without(env, [extension])]), at_once=2
        )
    )
    places = [guilty] if guilty else extensions
    names = ", ".join(place.name for place in places)
    return fail(
        LAB_EXTENSION_BREAKS,
        f"the JupyterLab extension {names} in your own folder is the reason that {failure.what}: without it, it works",
        _put_aside(places),
        found=reason(failure.output)[:300],
        wanted="extensions that this JupyterLab can load",
        looked_in=str(places[0]),
    )


def _put_aside(places: Sequence[Path]) -> Fix:
    return Fix(
        f"move {'its' if len(places) == 1 else 'their'} {NOTES} aside; JupyterLab then does without",
        tuple(move_aside(place / NOTES) for place in places),
    )


def _without(env: Environment, left_out: Sequence[Path]) -> Removed:
    """A data folder of ours with links to all that is in the learner's, but for these."""
    data = Path(learners_jupyter(env).user_data)
    ours = env.new_folder("-".join(["data-without", *(place.name for place in left_out)])[:80])
    (ours / FOLDER).mkdir(exist_ok=True)
    kept = [place for place in entries(data) if place.name != FOLDER]
    kept += [place for place in own_extensions(env) if place not in left_out]
    for place in kept:
        link = ours / place.relative_to(data)
        link.parent.mkdir(parents=True, exist_ok=True)
        if not os.path.lexists(link):
            link.symlink_to(place, target_is_directory=os.path.isdir(place))
    return replace(
        Removed(SettingKind.LAB_EXTENSIONS, str(data / FOLDER)),
        variables={"JUPYTER_DATA_DIR": str(ours)},
    )


def is_readable(file: Path) -> bool:
    """Whether it holds what JupyterLab reads of it."""
    notes = read_file(file, ANY_OBJECT)
    return notes is not None and {"name", "version"} <= notes.keys()
