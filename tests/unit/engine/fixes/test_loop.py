"""The words at the end of `--fix`: what the learner's own terminal still needs."""

from __future__ import annotations

from pathlib import Path

from tests.unit.engine.fixes.test_apply import Person, request, run_with

from envcheck import Check, Environment, Fix, Outcome, SetEnv, UnsetEnv, fail, ok
from envcheck.model import Step


def examine(env: Environment) -> Outcome:
    """A must be 1; then B must be gone."""
    steps: dict[str, Step] = {"A": SetEnv("A", "1"), "B": UnsetEnv("B")}
    for name, wanted in (("A", "1"), ("B", None)):
        if env.variables.get(name) != wanted:
            fix = Fix(f"mend {name}", (steps[name],))
            return fail(f"{name.lower()}-wrong", f"{name} is wrong", fix)
    return ok("as it should be")


CHECK = Check("variables", "Variables", examine)


def test_the_last_words_are_what_the_terminal_needs(tmp_path: Path) -> None:
    """After the last check, those of every fix together; where it is kept stands under it."""
    (tmp_path / ".bashrc").write_text("export B=2\n", encoding="utf-8")
    person = Person()
    report = run_with(request(tmp_path, CHECK, B="2", SHELL="/bin/bash"), person)
    assert report.verdict == "ready"
    assert person.text.endswith(
        "\nThis terminal does not know of it yet. Type it here:\n"
        "    export A=1\n  And for new terminals: add that line to ~/.bashrc\n"
        "    unset B\n  And for new terminals: change ~/.bashrc, line 1, where B is set"
    )


def test_nothing_is_said_of_a_terminal_that_needs_nothing(tmp_path: Path) -> None:
    """After a no there is nothing to type."""
    person = Person(answer=False)
    run_with(request(tmp_path, CHECK), person)
    assert "This terminal" not in person.text
