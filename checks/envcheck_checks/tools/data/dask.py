"""Dask Distributed: two worker processes of this machine share a sum, and all of them are of the
same versions.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from envcheck import Check, Cost, Diagnosis, Environment, Fix, fail
from envcheck.fixes.backup import move_aside
from envcheck.target.home import home_of
from envcheck_checks.interference.trials import Removed, SettingKind, find_cause_by_removal, told_by
from envcheck_checks.tools.data.codes import DASK_SETTINGS_FILE
from envcheck_checks.tools.framework.remote_call import Work, carry_out
from envcheck_checks.tools.framework.tool import Tool, works

TOOL = Tool(
    "dask",
    "Dask",
    ("dask", "distributed"),
    80,
    "work that is shared out to several processes or machines",
)
EXPECTED = {"total": 338350, "workers": 2, "versions that differ": 0}
TRIAL_SECONDS = 40.0


def work(folder: str) -> dict[str, Any]:
    import os

    from distributed import Client, LocalCluster

    def square(n: int) -> int:
        return n * n

    cluster = LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        local_directory=folder,
    )
    try:
        with Client(cluster) as client:
            total = client.submit(sum, client.map(square, range(1, 101))).result(timeout=30)
            workers = set(client.run(os.getpid).values()) - {os.getpid()}
            seen = client.get_versions(check=False)
    finally:
        cluster.close()
    parts = [seen["client"], seen["scheduler"], *seen["workers"].values()]
    names = ("distributed", "dask", "python")
    versions = {tuple(part["packages"][name] for name in names) for part in parts}
    return {
        "version": min(versions)[0],
        "total": int(total),
        "workers": len(workers),
        "versions that differ": len(versions) - 1,
    }


def dask(needs: tuple[Check, ...] = ()) -> Check:
    """100 squares are computed by two processes and added up to 338350."""
    return works(
        TOOL,
        work,
        EXPECTED,
        needs=needs,
        proves="two processes square 100 numbers and one adds them up; all parts of it have the same versions",
        variables=learners_settings,
        settings=("DASK_",),
        causes=(settings_file,),
        codes={DASK_SETTINGS_FILE: "one of your settings files for it keeps it from working"},
        timeout=90.0,
        cost=Cost(6.0, 300),
        summary=lambda done: (
            f"2 processes agree on {done.values['total']}, all of the same versions"
        ),
    )


def learners_settings(env: Environment) -> Mapping[str, str | None]:
    """The learner's own files count, as copies: Dask writes examples into the folder that
    it reads.
    """
    return {"DASK_CONFIG": str(_copied(env, "dask-settings", files(env)))}


def files(env: Environment) -> list[Path]:
    """The learner's settings files, of their home or where DASK_CONFIG points, in the order in
    which Dask reads them.
    """
    place = Path(env.variables.get("DASK_CONFIG") or home_of(env.variables) / ".config" / "dask")
    with contextlib.suppress(OSError):
        entries = sorted(place.iterdir()) if os.path.isdir(place) else [place]
        return [
            file
            for file in entries
            if file.suffix.lower() in (".json", ".yaml", ".yml") and os.path.isfile(file)
        ]
    return []


def _copied(env: Environment, name: str, wanted: Sequence[Path]) -> Path:
    folder = env.new_folder(name)
    for file in wanted:
        with contextlib.suppress(OSError):
            shutil.copy(file, folder / file.name)
    return folder


def settings_file(env: Environment, done: Work) -> Diagnosis | None:
    """By trial: the same work without the learner's files, then with each of them alone
    taken away.
    """
    own = files(env)
    if not done.error or done.missing or not own:
        return None

    def fine(gone: Sequence[Removed]) -> bool | None:
        away = {change.name for change in gone}
        name = "-".join(
            ["dask-without", *(str(number) for number, file in enumerate(own) if str(file) in away)]
        )
        left = _copied(env, f"{name}-settings", [file for file in own if str(file) not in away])
        tried = carry_out(
            env,
            work,
            env.new_folder(name),
            timeout=TRIAL_SECONDS,
            variables={"DASK_CONFIG": str(left)},
        )
        right = all(tried.values.get(key) == value for key, value in EXPECTED.items())
        return told_by(tried.finished, works=right)

    removals = [Removed(SettingKind.CONFIG, str(file)) for file in own]
    guilty = find_cause_by_removal(removals, fine, late=done.finished.late)
    if guilty is None:
        return None
    return fail(
        DASK_SETTINGS_FILE,
        f"your settings file {Path(guilty.name).name} keeps Dask from working; without it the same work is done",
        Fix("move that file aside", (move_aside(guilty.name),)),
        found=f"{done.error}: {done.message}".replace(
            str(env.scratch / "dask-settings"), str(Path(guilty.name).parent)
        )[:400],
        wanted="a file that Dask can read",
        looked_in=guilty.name,
    )
