"""What kernel.json sets beside the usual command, as settings that a trial can take away: variables,
options, a shell that starts the kernel.
"""

from __future__ import annotations

from pathlib import Path

from envcheck import Diagnosis, Environment, fail
from envcheck.processes.reason import reason
from envcheck.target.interpreter import interpreter
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.installed import kernel_command, own_kernel
from envcheck_checks.interference.shown import all_shown, without_values
from envcheck_checks.interference.trials import Removed, SettingKind
from envcheck_checks.jupyter.facts import KernelSpec, learners_jupyter
from envcheck_checks.kernel.codes import KERNELSPEC_VARIABLES_BREAK

# Words that may be shown, whoever wrote them
SHOWN = ("-m", *kernel_command.OPTIONS, *kernel_command.MODULES, *kernel_command.WORDS)


def own_variables(env: Environment) -> list[Removed]:
    """The variables that kernel.json itself sets, as a setting that a trial can take away."""
    spec = learners_jupyter(env).spec
    if spec is None or not spec.variables:
        return []
    return [
        Removed(
            SettingKind.SPEC,
            spec.folder,
            {name: env.variables.get(name) for name in spec.variables},
        )
    ]


def own_words(env: Environment) -> list[Removed]:
    """What kernel.json has in its command beside the usual one, as a setting that a trial can take
    away: options, a profile of IPython's, a shell that starts it.
    """
    spec = learners_jupyter(env).spec
    usual = spec is None or kernel_command.parted(spec.argv).is_usual
    return [] if spec is None or usual else [Removed(SettingKind.SPEC_WORDS, spec.folder)]


def words_break(env: Environment, failure: Failure, _removed: Removed) -> Diagnosis | None:
    """kernel.json starts its kernel in another way than usual, and in the usual way it works."""
    spec = learners_jupyter(env).spec
    if spec is None:
        return None
    return fail(
        KERNELSPEC_VARIABLES_BREAK,
        f"the file kernel.json has a command of its own that starts the kernel, and because of it {failure.what}",
        own_kernel.replace(interpreter(env), Path(spec.folder)),
        found=_shown_command(spec)[:300],
        wanted="python -m ipykernel_launcher -f {connection_file}",
        looked_in=str(Path(spec.folder, "kernel.json")),
        note=reason(failure.output)[:200],
    )


def _shown_command(spec: KernelSpec) -> str:
    """A spec's command to be read: the program, a script that it runs and the names of options; what
    else stands there may be a secret, and is `...`.
    """
    program, *words = spec.argv
    script = words[0] if words and kernel_command.is_called_python(spec.python) else ""
    return " ".join([program, *(_shown_word(word, script) for word in words)])


def _shown_word(word: str, script: str) -> str:
    if word in SHOWN or (word == script and not word.startswith("-")):
        return word
    name, equals, _ = word.partition("=")
    return name + ("=..." if equals else "") if name.startswith("-") else "..."


def variables_break(env: Environment, failure: Failure, _removed: Removed) -> Diagnosis | None:
    """kernel.json sets variables, and without them it works."""
    spec = learners_jupyter(env).spec
    if spec is None:
        return None
    return fail(
        KERNELSPEC_VARIABLES_BREAK,
        f"the file kernel.json has an env block that sets {', '.join(spec.variables)}, and because of it {failure.what}",
        own_kernel.replace(interpreter(env), Path(spec.folder)),
        found=all_shown(spec.variables.items())[:300],
        wanted="a kernelspec without these variables",
        looked_in=str(Path(spec.folder, "kernel.json")),
        note=without_values(reason(failure.output), spec.variables.items())[:200],
    )
