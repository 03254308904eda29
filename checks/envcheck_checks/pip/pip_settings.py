"""Settings of pip under which nothing arrives in this Python: read where they stand, and tried
where only pip can tell.

A trial installs nothing and asks no network: pip says what it would do with a package of ours that
holds nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from envcheck import (
    Confidence,
    Diagnosis,
    Environment,
    Fix,
    Run,
    Severity,
    Step,
    Tell,
    UnsetEnv,
    fail,
)
from envcheck.fixes.advice import manager_of
from envcheck.fixes.backup import move_aside
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck_checks.index.config_files import Setting, read
from envcheck_checks.index.diagnose import VALUABLE, broken_config, no_index
from envcheck_checks.index.settings import YES, index_settings
from envcheck_checks.pip import constraints, unreadable
from envcheck_checks.pip.codes import PIP_INSTALLS_ELSEWHERE, PIP_SETTING_BREAKS
from envcheck_checks.pip.dry_run import (
    installer_settings,
    is_remote,
    pip_install,
    refused,
    shown_setting,
    to_be_tried,
    without_settings,
    would_install,
)
from envcheck_checks.python import key_log, no_https

PLACES = ("target", "prefix", "root", "python")
NOTHING_DONE = ("dry-run", "no-deps")


@dataclass(frozen=True)
class BlockingSettings:
    """Settings by what they do: `sent` send it elsewhere, `refusing` end pip, `no_index` hides what
    is to be installed.
    """

    sent: tuple[Setting, ...] = ()
    refusing: tuple[Setting, ...] = ()
    no_index: tuple[Setting, ...] = ()
    output: str = ""

    @property
    def all(self) -> tuple[Setting, ...]:
        """All of them."""
        return (*self.sent, *self.refusing, *self.no_index)


def find_broken_config(env: Environment) -> Diagnosis | None:
    """A configuration file of pip's that pip cannot read ends it before it says anything."""
    broken = index_settings(env).broken
    return broken_config(broken[0], fail) if broken else None


def plainest(fixes: Sequence[Fix]) -> Fix:
    """The fix that a program may carry out, where there is one: it installs the least."""
    return next((fix for fix in fixes if fix.automatic), fixes[0])


def find_blocking_settings(env: Environment, fix: Fix, what: str) -> Diagnosis | None:
    """The settings because of which the installation in `fix` would fail or go elsewhere. None when
    pip takes no part in it.
    """
    install = pip_install(fix)
    python = interpreter(env)
    if install is None or (python.is_environment and "pip" not in python.installed):
        return None  # then that is the root
    opens_none = f"{what}: pip opens no address"
    if no_address := key_log.diagnose(env, opens_none) or no_https.diagnose(env, opens_none):
        return no_address
    blocking = _read_blocking_settings(env, install)
    if not blocking.all:
        return None
    changed = Fix(
        f"{_away_title(blocking.all)}, and install again",
        (*_away(blocking.all), *fix.steps),
        fix.confidence,
    )
    if any(isinstance(step, Tell) for step in changed.steps):
        changed = Fix(changed.title, changed.steps, Confidence.ASK)
    return _to_diagnosis(env, blocking, changed, what)


def warnings(env: Environment) -> list[Diagnosis]:
    """Nothing is missing, and what the learner installs next would go elsewhere or nowhere. That no
    index is asked, the network's check says.
    """
    python = interpreter(env)
    if "pip" not in python.installed or manager_of(env, python):
        return []
    blocking = _read_blocking_settings(env, None)
    if not python.is_environment:  # what goes to the user's own packages is found there
        seen = tuple(
            setting
            for setting in blocking.sent
            if "user" not in (setting.key, setting.variable[4:].lower())
        )
        blocking = replace(blocking, sent=seen)
    if not blocking.all:
        return []
    away = Fix(_away_title(blocking.all), tuple(_away(blocking.all)))
    if any(isinstance(step, Tell) for step in away.steps):
        away = replace(away, confidence=Confidence.ASK)
    what = "nothing is missing now, and the next `pip install` will not do what it should"
    return [replace(_to_diagnosis(env, blocking, away, what), severity=Severity.WARNING)]


def _read_blocking_settings(env: Environment, install: Run | None) -> BlockingSettings:
    """The settings that keep pip from it. `install` is what is to be installed; None where that is
    not known yet.
    """
    python = interpreter(env)
    settings = installer_settings(env, python)
    bad, reason = unreadable.misread(env, python, settings)
    settings = {key: setting for key, setting in settings.items() if setting not in bad}
    if not settings:
        return BlockingSettings(refusing=bad, output=reason)
    sent = [settings[key] for key in PLACES if key in settings]
    if _is(settings, "user") and not (python.is_environment and python.user_site_enabled):
        sent.append(settings["user"])
    refusing = [*bad, *(settings[key] for key in NOTHING_DONE if _is(settings, key))]
    refusing += constraints.forbidding(env, settings, install.argv if install else ())
    kept = {
        key: setting
        for key, setting in settings.items()
        if setting not in (*sent, *refusing) and key != "no-index"
    }
    if install is None and constraints.are_all_there(env, settings):
        kept.pop("constraint", None)  # it says no to some, and nobody knows which come next
    more, output = refused(env, python, kept) if to_be_tried(python, kept) else ((), "")
    hidden = (
        [settings["no-index"]]
        if install is not None
        and _is(settings, "no-index")
        and _has_nothing_to_take(
            env, python, install, {**kept, "no-index": settings["no-index"]}, more
        )
        else []
    )
    return BlockingSettings(tuple(sent), (*refusing, *more), tuple(hidden), reason or output)


def _is(settings: Mapping[str, Setting], key: str) -> bool:
    return key in settings and settings[key].value.strip().lower() in YES


def _has_nothing_to_take(
    env: Environment,
    python: Interpreter,
    install: Run,
    settings: Mapping[str, Setting],
    refusing: Sequence[Setting],
) -> bool:
    """Without an index pip takes what its folders hold: a teacher's stick has all of it, or nobody
    asked for this setting.
    """
    folders = settings["find-links"].value.split() if "find-links" in settings else []
    if any(is_remote(setting) for setting in folders):
        return False  # a page of links: only the network could tell
    others = {key: setting for key, setting in settings.items() if setting not in refusing}
    return not folders or not would_install(env, python, install, others)


def _to_diagnosis(env: Environment, blocking: BlockingSettings, fix: Fix, what: str) -> Diagnosis:
    names = " and ".join(setting.source for setting in blocking.all)
    told, where = "; ".join(map(shown_setting, blocking.all)), blocking.all[0].looked_in
    if blocking.sent:
        return fail(
            PIP_INSTALLS_ELSEWHERE,
            f"{what}: {names} sends what pip installs elsewhere, not into this Python",
            fix,
            found=told,
            wanted="no target, prefix, root, python or user setting of pip",
            looked_in=where,
        )
    if blocking.refusing:
        return fail(
            PIP_SETTING_BREAKS,
            f"{what}: {names} keeps pip from installing",
            fix,
            found=told,
            wanted="pip installs the newest version that fits",
            looked_in=where,
            note=without_settings(blocking.output, blocking.all),
        )
    return no_index(index_settings(env), blocking.no_index[0], what, fix)


def _away_title(settings: Sequence[Setting]) -> str:
    places = [
        setting.variable or f"`{setting.key}` in {Path(setting.file).name}" for setting in settings
    ]
    return f"do without {' and '.join(dict.fromkeys(places))}"


def _away(settings: Sequence[Setting]) -> list[Step]:
    """Variables unset; a file moved aside when nothing of worth stands in it, else a person takes
    the line out.
    """
    steps: list[Step] = [UnsetEnv(setting.variable) for setting in settings if setting.variable]
    by_file: dict[str, list[Setting]] = {}
    for setting in settings:
        if not setting.variable:
            by_file.setdefault(setting.file, []).append(setting)
    return [
        *steps,
        *(_without(file, [setting.key for setting in inside]) for file, inside in by_file.items()),
    ]


def _without(file: str, keys: Collection[str]) -> Step:
    values, _ = read([file])
    others = {name.partition(".")[2] for name in values} - {
        key.lower().replace("_", "-") for key in keys
    }
    if others & VALUABLE:
        return Tell(
            f"Open {file} and take out the line{'s' if len(keys) > 1 else ''} that begin{'' if len(keys) > 1 else 's'} with {' and '.join(keys)}."
        )
    return move_aside(file)
