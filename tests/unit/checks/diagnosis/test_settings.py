"""The one setting without which it works: of those that are known to matter, and of any name."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from envcheck import Diagnosis, Environment, Tell, UnsetEnv, fail
from envcheck.fixes.advice import tell
from envcheck.testing import described
from envcheck_checks.diagnosis.failure import Failure, Retry
from envcheck_checks.diagnosis.settings import find_breaking_setting, find_breaking_variable
from envcheck_checks.interference.trials import Removed, SettingKind, own_variables

VARIABLES = {"PYTHONPATH": "/lib", "COURSE_KEY": "7", "PATH": "/bin"}


def without(name: str, *, hung: bool = False) -> Failure:
    """Something that works once this variable is removed."""

    def works(removed: Sequence[Removed]) -> bool:
        return name in [setting.name for setting in removed]

    return Failure("no kernel starts", "ImportError", retry=Retry(works, own_variables), hung=hung)


def code(diagnosis: Diagnosis | None) -> str | None:
    return diagnosis.code if diagnosis is not None else None


@pytest.mark.parametrize(
    ("name", "known", "any_name"),
    [
        ("PYTHONPATH", "pythonpath-breaks", None),
        ("COURSE_KEY", None, "variable-breaks-python"),
        ("PATH", None, None),  # nothing runs without it
    ],
)
def test_each_is_asked_about_once(name: str, known: str | None, any_name: str | None) -> None:
    env = described(variables=VARIABLES)
    assert code(find_breaking_setting(env, without(name))) == known
    assert code(find_breaking_variable(env, without(name))) == any_name


def test_what_cannot_be_tried_again_blames_no_setting() -> None:
    env = described(variables=VARIABLES)
    assert find_breaking_setting(env, Failure("no kernel starts")) is None
    assert find_breaking_variable(env, Failure("no kernel starts")) is None


def test_what_hangs_is_waited_for_again_for_a_suspect_only() -> None:
    env = described(variables=VARIABLES)
    assert find_breaking_variable(env, without("COURSE_KEY", hung=True)) is None
    assert code(find_breaking_setting(env, without("PYTHONPATH", hung=True))) is not None


def test_a_kind_with_words_of_its_own() -> None:
    """The failure and the setting are handed on to what makes the diagnosis."""
    spec = Removed(SettingKind.SPEC, "/kernels/python3")

    def explain(_env: Environment, failure: Failure, removed: Removed) -> Diagnosis:
        return fail("described", f"{removed.name}: {failure.what}")

    retry = Retry(lambda removed: spec in removed, lambda _: [spec], {SettingKind.SPEC: explain})
    diagnosis = find_breaking_setting(described(), Failure("no kernel starts", retry=retry))
    assert diagnosis is not None
    assert diagnosis.summary == "/kernels/python3: no kernel starts"


def test_two_that_each_break_it() -> None:
    """Both are named, one fix takes both away, and each is explained with the other away."""
    spec = Removed(SettingKind.SPEC, "/kernels/python3")
    paths = Removed(SettingKind.VARIABLE, "PYTHONPATH", {"PYTHONPATH": None})

    def explain(_env: Environment, failure: Failure, removed: Removed) -> Diagnosis:
        assert failure.works([removed]), "the other is away in its trials"
        return fail("spec-breaks", f"{removed.name} breaks it", tell("mend it", "Mend it."))

    retry = Retry(
        lambda removed: {spec, paths} <= {*removed},
        lambda _: [spec, paths],
        {SettingKind.SPEC: explain},
    )
    env = described(variables=VARIABLES)
    found = find_breaking_setting(env, Failure("no kernel starts", retry=retry))
    assert found is not None
    assert found.code == "spec-breaks"
    assert "/kernels/python3 breaks it; and PYTHONPATH is set" in found.summary
    (fix,) = found.fixes
    assert [type(step) for step in fix.steps] == [Tell, UnsetEnv]
    assert not fix.automatic
