"""A closed list says whose values may be read by others; no other gets into a diagnosis by any way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.checks.kernel.test_kernelspec import learner, spec_of
from tests.unit.described_machines import on

from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.index.config_files import Setting
from envcheck_checks.interference import settings
from envcheck_checks.interference.shown import SHOWN, of_pip, shown, without_values
from envcheck_checks.interference.variables import PREFIXES
from envcheck_checks.kernel import spec_settings
from envcheck_checks.pip import dry_run

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_"
UNLISTED = st.builds(
    "{}{}".format,
    st.sampled_from([*PREFIXES, *sorted(SHOWN), "PIP_", "", "JUPYTER_", "MY_"]),
    st.text(LETTERS, min_size=1, max_size=12),
).filter(lambda name: name not in SHOWN)
VALUES = st.from_regex(r"[a-z]{3}-?hush[0-9]{2,9}", fullmatch=True)
SAYS = ("cannot use {}", "'{}' is no number", "ImportError: {}: bad interpreter", "x{}y")


@given(UNLISTED, VALUES, st.sampled_from(SAYS))
def test_no_value_of_another_variable_is_told(
    own_folder: Path, name: str, value: str, says: str
) -> None:
    """Neither where it is blamed, nor where the program that failed quotes it, nor from a kernelspec, nor from
    pip's settings.
    """
    output = says.format(value)
    variables: dict[str, Any] = {name: value}
    env = on("linux", own_folder, **variables)
    assert value not in repr(settings.variable(env, name, "it fails", output))
    spec = replace(spec_of("python", own_folder), variables={name: value})
    env, _ = learner(own_folder, spec)
    [removed] = spec_settings.own_variables(env)
    told = spec_settings.variables_break(env, Failure("it fails", output), removed)
    assert value not in repr(told)
    blocking = (Setting(value, f"PIP_{name}"), Setting(value, file="pip.conf", key=f"x.{name}"))
    assert value not in dry_run.without_settings(output, blocking)
    assert value not in " ".join(map(dry_run.shown_setting, blocking))


def test_what_is_on_the_list_is_shown() -> None:
    assert shown("PYTHONPATH", "/old") == "PYTHONPATH=/old"
    assert shown("PYTHONCOFFEE", "hunter2") == "PYTHONCOFFEE is set"
    assert of_pip("global.target", "/x") == "global.target = /x"
    assert of_pip("global.config-settings", "hunter2") == "global.config-settings is set"


def test_a_short_value_is_not_cut_out_of_words() -> None:
    assert without_values("in: no binding in line 1", [("MY_A", "in"), ("MY_B", "1")]) == (
        "***: no binding *** line ***"
    )
    assert without_values("/old is away", [("PYTHONPATH", "/old"), ("MY_C", " ")]) == "/old is away"


def test_no_name_on_the_list_says_that_it_is_secret() -> None:
    assert not [name for name in SHOWN if any(word in name for word in ("TOKEN", "SECRET", "PASS"))]
