"""Settings that end the learner's kernel, or Jupyter itself, after a while in which nothing is typed.
A run is over long before: they are read, and judged by their seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from envcheck import Diagnosis, Environment, Severity
from envcheck.shape import ANY_OBJECT, read_file
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.jupyter.facts import learners_jupyter
from envcheck_checks.jupyter.settings import Setting, in_force
from envcheck_checks.notebook.codes import JUPYTER_ENDS_IDLE
from envcheck_checks.notebook.settings import config

# Of a server's own kernels and of those with a database; the first is what the second is made of.
MANAGERS = ("AsyncMappingKernelManager", "MappingKernelManager")
# Seconds below which nobody can work, and below which a pause is enough. Nobody reads an exercise in
# less than a minute, and types the next line; a lecture goes on for half an hour.
OF_KERNEL = (60, 1800)
# Asked once a minute, and never while there is a kernel: who opens a notebook keeps it
# (ServerApp.shutdown_no_activity).
OF_SERVER = (0, 600)


@dataclass(frozen=True)
class Ending:
    """`setting` ends `what` after so many seconds. `bounds`: with fewer than the first nobody can
    work, and fewer than the second are worth a word.
    """

    option: str
    setting: Setting
    seconds: int
    bounds: tuple[int, int]
    what: str


def diagnose(env: Environment, _failure: Failure) -> Diagnosis | None:
    """So soon that nobody can work."""
    return next(
        (_to_diagnosis(env, ending) for ending in _endings(env) if _is_hopeless(ending)), None
    )


def warnings(env: Environment) -> list[Diagnosis]:
    """So soon that a pause is enough."""
    return [
        replace(_to_diagnosis(env, ending), severity=Severity.WARNING)
        for ending in _endings(env)
        if not _is_hopeless(ending) and ending.seconds < ending.bounds[1]
    ]


def _is_hopeless(ending: Ending) -> bool:
    return ending.seconds < ending.bounds[0]


def _endings(env: Environment) -> Iterator[Ending]:
    option = "shutdown_no_activity_timeout"
    setting = in_force(env, option)
    if setting is not None and (seconds := _seconds(setting.value)):
        yield Ending(
            option, setting, seconds, OF_SERVER, "Jupyter ends itself where no notebook is open"
        )
    option = "cull_idle_timeout"
    setting = in_force(env, option, *MANAGERS)
    connected = in_force(env, "cull_connected", *MANAGERS)
    # A page that is open holds its kernel, unless this is set.
    if setting is None or connected is None or connected.value is not True:
        return
    if seconds := _seconds(setting.value):
        yield Ending(
            option,
            setting,
            _of_kernel(env) or seconds,
            OF_KERNEL,
            "Jupyter ends the kernel of an open notebook, and all its variables are gone",
        )


def _of_kernel(env: Environment) -> int:
    """What kernel.json sets in its place, for this kernel."""
    spec = learners_jupyter(env).spec
    told = read_file(Path(spec.folder, "kernel.json"), ANY_OBJECT) if spec is not None else None
    metadata = (told or {}).get("metadata")
    return _seconds(metadata.get("cull_idle_timeout")) if isinstance(metadata, dict) else 0


def _seconds(value: object) -> int:
    """0 is never, and so is what Jupyter refuses."""
    return max(value, 0) if isinstance(value, int) and not isinstance(value, bool) else 0


def _to_diagnosis(env: Environment, ending: Ending) -> Diagnosis:
    diagnosis = config.stops(
        env,
        ending.setting.file,
        f"{ending.what}, after {ending.seconds} s in which nothing is done",
        f"{ending.option} = {ending.setting.value!r}",
        f"no {ending.option}, or one of an hour",
    )
    return replace(diagnosis, code=JUPYTER_ENDS_IDLE)
