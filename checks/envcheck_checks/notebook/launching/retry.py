"""How what a notebook server could not do is tried again: without which settings, and what each of
them is called.
"""

from __future__ import annotations

from collections.abc import Sequence

from envcheck import Diagnosis, Environment
from envcheck_checks.diagnosis.failure import Failure, Retry
from envcheck_checks.interference import removals, trials
from envcheck_checks.interference.trials import Removed, SettingKind, Trial
from envcheck_checks.jupyter.config_files import config_files
from envcheck_checks.notebook.settings import config, lab_extensions


def retry_server(works: Trial, *, late: bool) -> Retry:
    """How a failed server is tried again: `works` starts the same one and says whether it came up
    and ran a cell; `late` says that the first was waited for in vain.
    """

    def explain(env: Environment, failure: Failure, _removed: Removed) -> Diagnosis | None:
        return config.breaks_start(env, failure.output, works_with_variables(failure.works))

    return Retry(
        works,
        settings_of_servers,
        {
            SettingKind.CONFIG: explain,
            SettingKind.LAB_EXTENSIONS: lab_extensions.explain,
        },
        at_once=2,
        late=late,
    )


def settings_of_servers(env: Environment) -> Sequence[Removed]:
    """The settings that a server meets: the variables that lead Jupyter, before what they lead to,
    its configuration and extensions, and the settings of any Python program.
    """
    own = [
        Removed(SettingKind.VARIABLE, name, {name: None})
        for name in sorted(env.variables)
        if name.startswith("JUPYTER") and name != "JUPYTER_RUNTIME_DIR"
    ]
    return [
        *own,
        *removals.ways_out(env),
        *without_config(env),
        *lab_extensions.removable(env),
        *trials.general(env),
    ]


def is_config_the_cause(env: Environment, works: Trial, *, late: bool) -> bool:
    """Whether the same server works without the learner's configuration, and not with it."""
    return trials.find_cause_by_removal(without_config(env), works, late=late) is not None


def works_with_variables(works: Trial) -> config.Works:
    """The trial as one of variables, for those who lead Jupyter to other configuration files."""
    return lambda variables: works([Removed(SettingKind.CONFIG, "some of the files", variables)])


def without_config(env: Environment) -> list[Removed]:
    """The learner's configuration files, when there are any."""
    if not config_files(env):
        return []
    empty = str(env.new_folder("config-none"))
    return [
        Removed(
            SettingKind.CONFIG,
            empty,
            {"JUPYTER_CONFIG_DIR": empty, "JUPYTER_NO_CONFIG": "1", "JUPYTER_CONFIG_PATH": None},
        )
    ]
