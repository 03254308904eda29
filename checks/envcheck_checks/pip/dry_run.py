"""Would pip install something, under the learner's settings and with some of them taken away?
Nothing is installed, nobody asked.
"""

from __future__ import annotations

import os
import sys
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from envcheck import Environment, Fix, Run
from envcheck.processes.process import Finished
from envcheck.target.home import home_of
from envcheck.target.interpreter import Interpreter
from envcheck_checks import overrides
from envcheck_checks.index.config_files import Setting, config_files, read
from envcheck_checks.interference.shown import of_pip, shown, variable_of_pip, without_values
from envcheck_checks.overrides import Program

NAME = "envcheck_trial"
# These change from where pip takes things and how it talks, never whether and where it installs.
HARMLESS = {
    "index-url", "extra-index-url", "proxy", "cert", "client-cert", "trusted-host", "timeout", "default-timeout", "retries", "cache-dir",
    "no-cache-dir", "no-color", "quiet", "verbose", "progress-bar", "no-input", "disable-pip-version-check",
    "no-python-version-warning", "use-deprecated", "use-feature", "break-system-packages", "exists-action", "keyring-provider",
    "no-warn-script-location", "prefer-binary", "find-links", "no-index", "root-user-action", "isolated", "format", "compile", "no-compile",
}  # fmt: skip
SECONDS = 25.0


def pip_install(fix: Fix) -> Run | None:
    """The step in which pip installs, when a fix has one."""
    return next(
        (
            step
            for step in fix.steps
            if isinstance(step, Run) and step.argv[1:4] == ("-m", "pip", "install")
        ),
        None,
    )


def is_remote(value: str) -> bool:
    """Whether an address leads to another computer."""
    return "://" in value and not value.startswith("file:")


def shown_setting(setting: Setting) -> str:
    """A setting as a report tells it: of an address no name, password or path."""
    value = setting.place if is_remote(setting.value) else setting.value
    return shown(setting.variable, value) if setting.variable else of_pip(setting.key, value)


def without_settings(output: str, settings: Iterable[Setting]) -> str:
    """What pip printed: it quotes what it refuses."""
    values = (
        (setting.variable or variable_of_pip(setting.key), setting.value) for setting in settings
    )
    return without_values(output, values)


def installer_settings(env: Environment, python: Interpreter) -> dict[str, Setting]:
    """All that `pip install` goes by, by name: a variable wins over [install], that
    over [global].
    """
    values, _ = read(
        config_files(env.variables, str(home_of(env.variables)), python.prefix, sys.platform)
    )
    settings = {}
    for section in ("global.", "install."):
        settings.update(
            {
                name.removeprefix(section): setting
                for name, setting in values.items()
                if name.startswith(section)
            }
        )
    for name, value in env.variables.items():
        # Which files there are is no setting of its own: what stands in them is here already.
        if name.startswith("PIP_") and value and name != "PIP_CONFIG_FILE":
            settings[name[4:].lower().replace("_", "-")] = Setting(value, name)
    return settings


def to_be_tried(python: Interpreter, settings: Mapping[str, Setting]) -> dict[str, Setting]:
    """Those of which pip alone can tell: the others do no harm, or none in the environment that the
    course gets.
    """
    harmless = HARMLESS if python.is_environment else {*HARMLESS, "require-virtualenv"}
    return {key: setting for key, setting in settings.items() if key not in harmless}


def refused(
    env: Environment, python: Interpreter, settings: Mapping[str, Setting]
) -> tuple[tuple[Setting, ...], str]:
    """The settings, as few as can be, without which pip would install; none when it would with
    them, or not without them either. And what pip said last.
    """
    output = _tried(env, python, settings)
    tried = to_be_tried(python, settings)
    harmless = {key: setting for key, setting in settings.items() if key not in tried}
    if not output or not tried or _tried(env, python, harmless):
        return (), ""
    kept = harmless
    guilty = []
    for key, setting in tried.items():
        if _tried(env, python, {**kept, key: setting}):
            guilty.append(setting)
        else:
            kept = {**kept, key: setting}
    return tuple(guilty), output


def would_install(
    env: Environment, python: Interpreter, install: Run, settings: Mapping[str, Setting]
) -> bool:
    """Whether pip finds all that this step installs in the folders that it is given. Nobody can tell of
    a slow one, such as a teacher's stick, and no setting is blamed then.
    """
    ours = _nothing(env, python)
    if not python.is_environment:
        ours += overrides.options(Program.PIP, "--ignore-installed")
    argv = [python.executable, "-m", "pip", "install", *ours, *install.argv[4:]]
    ran = env.run(
        argv,
        timeout=SECONDS,
        cwd=env.folder,
        variables=_variables(env, settings),
        low_priority=True,
    )
    return ran.ok or ran.late


def _tried(env: Environment, python: Interpreter, settings: Mapping[str, Setting]) -> str:
    """Why pip would not install a package that holds nothing under these settings, in its last
    words; empty when it would, and where it was waited for in vain. Asked once: a missing package and a warning try the same.
    """
    values = sorted((key, setting.value) for key, setting in settings.items())
    return env.look_up(f"pip's words under {values}", lambda env: _try(env, python, settings))


def _try(env: Environment, python: Interpreter, settings: Mapping[str, Setting]) -> str:
    folder = _wheel(env)
    words = overrides.options(
        Program.PIP, "--no-deps", "--no-index", "--find-links", str(folder), f"{NAME}==1"
    )
    argv = [python.executable, "-m", "pip", "install", *_nothing(env, python), *words]
    ran = env.run(
        argv,
        timeout=SECONDS,
        cwd=env.folder,
        variables=_variables(env, _only_local(settings)),
        low_priority=True,
    )
    return "" if ran.ok or ran.late else first_sentence(ran) or f"exit code {ran.code}"


def first_sentence(ran: Finished) -> str:
    """pip's reason, without what it then tells of our own package."""
    reason = next(
        (line for line in ran.stderr.splitlines() if line.startswith("ERROR:")), ran.last_words
    )
    return reason.removeprefix("ERROR:").strip().partition(". ")[0][:200]


def _nothing(env: Environment, python: Interpreter) -> list[str]:
    """The option with which nothing is installed here: what pip before 22.2 unpacks goes to a
    throw-away folder.
    """
    pip = python.installed.get("pip")
    version = pip.parsed_version if pip else None
    modern = version is None or (version.major, version.minor) >= (22, 2)
    words = ["--dry-run"] if modern else ["--root", str(env.new_folder("pip-root"))]
    return overrides.options(Program.PIP, *words)


def _only_local(settings: Mapping[str, Setting]) -> dict[str, Setting]:
    return {key: setting for key, setting in settings.items() if not is_remote(setting.value)}


def only_these(env: Environment, settings: Mapping[str, Setting]) -> dict[str, str | None]:
    """The variables with which pip reads no file, and exactly these settings hold."""
    gone: dict[str, str | None] = {name: None for name in env.variables if name.startswith("PIP_")}
    theirs = {
        f"PIP_{key.upper().replace('-', '_')}": setting.value for key, setting in settings.items()
    }
    ours = {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return {**gone, **overrides.variables(Program.PIP, ours), **theirs}


def _variables(env: Environment, settings: Mapping[str, Setting]) -> dict[str, str | None]:
    """Of these settings all but the permission: what is tried installs nothing."""
    ours = overrides.variables(Program.PIP, {"PIP_BREAK_SYSTEM_PACKAGES": "1"})
    return {**only_these(env, settings), **ours}


def _wheel(env: Environment) -> Path:
    """A folder with a package that holds nothing."""
    folder = env.new_folder("pip-trial")
    file = folder / f"{NAME}-1-py3-none-any.whl"
    if not os.path.exists(file):
        inside = f"{NAME}-1.dist-info"
        with zipfile.ZipFile(file, "w") as wheel:
            wheel.writestr(
                f"{inside}/METADATA", f"Metadata-Version: 2.1\nName: {NAME}\nVersion: 1\n"
            )
            wheel.writestr(
                f"{inside}/WHEEL",
                "Wheel-Version: 1.0\nGenerator: envcheck\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            )
            wheel.writestr(
                f"{inside}/RECORD", f"{inside}/METADATA,,\n{inside}/WHEEL,,\n{inside}/RECORD,,\n"
            )
    return folder
