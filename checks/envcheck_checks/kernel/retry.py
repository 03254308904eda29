"""How what a kernel could not do, or Jupyter on its way to one, is tried again: without which
settings, and what each of them is called.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from envcheck import Environment
from envcheck_checks.diagnosis.failure import Retry
from envcheck_checks.interference import ipython_for_all, removals, trials
from envcheck_checks.interference.trials import Removed, SettingKind, Trial
from envcheck_checks.kernel import ipython_config, spec_settings
from envcheck_checks.kernel.answers import Start


def retry_kernel(
    works: Trial,
    start: Start,
    how: str = "",
    at_once: int = 1,
    *,
    late: bool = False,
    in_full: Callable[[], bool | None] | None = None,
) -> Retry:
    """How a failed kernel is tried again: `works` tries it in a fresh one, `in_full` with all that
    came before. `start` is how the kernel started; `how` what it did wrong after that, `late` that
    it did nothing more.
    """
    return Retry(
        works,
        settings_of_kernels,
        {
            SettingKind.SPEC: spec_settings.variables_break,
            SettingKind.SPEC_WORDS: spec_settings.words_break,
            SettingKind.IPYTHON: ipython_config.explanation(start, how),
            SettingKind.IPYTHON_FOR_ALL: ipython_config.explanation_for_all(start, how),
        },
        at_once,
        late,
        in_full,
    )


def settings_of_kernels(env: Environment) -> Sequence[Removed]:
    """The learner's settings that a kernel meets: of kernel.json, of IPython, and of any Python
    program.
    """
    return [
        *spec_settings.own_variables(env),
        *spec_settings.own_words(env),
        *removals.ipython(env),
        *ipython_for_all.removable(env),
        *removals.matplotlib(env),
        *trials.general(env),
    ]


def settings_of_jupyter(env: Environment) -> Sequence[Removed]:
    """The settings by which Jupyter looks for its kernels."""
    return [*removals.jupyter_places(env), *trials.general(env)]
