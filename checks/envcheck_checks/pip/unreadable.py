"""Values that `pip install` itself cannot read: a word where it wants a number, a choice that it does
not have.
"""

from __future__ import annotations

from collections.abc import Mapping

from envcheck import Environment
from envcheck.digits import whole_number
from envcheck.target.interpreter import Interpreter
from envcheck_checks import overrides
from envcheck_checks.index.config_files import Setting
from envcheck_checks.overrides import Program
from envcheck_checks.pip.dry_run import first_sentence, only_these

# Any text is one of theirs: a machine that has no other settings need not be asked.
ANY_TEXT = {
    *("index-url", "extra-index-url", "find-links", "trusted-host", "proxy", "cert", "client-cert"),
    *("cache-dir", "constraint"),
}
# Most machines with others have these, and pip need not be asked about a yes, a no or a number.
FLAGS = {
    *("no-cache-dir", "disable-pip-version-check", "no-input", "no-color", "no-index", "user"),
    *("require-virtualenv", "break-system-packages", "no-warn-script-location", "prefer-binary"),
    *("no-python-version-warning", "compile", "no-compile", "no-deps", "require-hashes", "pre"),
}
YES_OR_NO = {"y", "yes", "t", "true", "on", "1", "n", "no", "f", "false", "off", "0"}
NUMBERS = {"timeout", "default-timeout", "retries"}
SECONDS = 15.0


def misread(
    env: Environment, python: Interpreter, settings: Mapping[str, Setting]
) -> tuple[tuple[Setting, ...], str]:
    """Those of which each ends `pip install` before it begins, and what it says: a word where it wants a
    number, a choice that it does not have. Its own reader is asked: `pip install --help` reads all
    that `pip install` reads, and does nothing. `pip --version` reads few of them.
    """
    asked = {key: setting for key, setting in settings.items() if not _is_plain(key, setting)}
    reason = _refusal(env, python, asked) if asked else ""
    if not reason or _refusal(env, python, {}):  # a pip that ends anyway is another matter
        return (), ""
    alone = ((setting, _refusal(env, python, {key: setting})) for key, setting in asked.items())
    guilty = [(setting, words) for setting, words in alone if words]
    return tuple(setting for setting, _ in guilty), next((words for _, words in guilty), "")


def _is_plain(key: str, setting: Setting) -> bool:
    """Whether anybody can see that pip reads this value."""
    value = setting.value.strip().lower()
    if key in FLAGS:
        return value in YES_OR_NO
    number = whole_number(value) if key in NUMBERS else None
    return key in ANY_TEXT or (number is not None and number >= 0)


def _refusal(env: Environment, python: Interpreter, settings: Mapping[str, Setting]) -> str:
    """Why pip does not read these; empty where it does, and where it was waited for in vain."""
    values = sorted((key, setting.value) for key, setting in settings.items())
    return env.look_up(f"pip reads {values}", lambda env: _ask(env, python, settings))


def _ask(env: Environment, python: Interpreter, settings: Mapping[str, Setting]) -> str:
    ran = env.run(
        [python.executable, "-m", "pip", "install", *overrides.options(Program.PIP, "--help")],
        timeout=SECONDS,
        cwd=env.folder,
        variables=only_these(env, settings),
        low_priority=True,
    )
    if ran.ok or ran.late:
        return ""
    return first_sentence(ran) or f"exit code {ran.code}"
