"""What kernel.json sets beside the usual command."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.unit.checks.kernel.test_kernelspec import LAUNCH, learner, spec_of

from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.interference.trials import Removed, SettingKind
from envcheck_checks.kernel import spec_settings


def test_variables_of_the_spec(tmp_path: Path) -> None:
    """One setting for a trial, and a diagnosis that names them all."""
    assert spec_settings.own_variables(learner(tmp_path, None)[0]) == []
    plain = spec_of("python", tmp_path)
    assert spec_settings.own_variables(learner(tmp_path, plain)[0]) == []
    env, _ = learner(tmp_path, replace(plain, variables={"PYTHONPATH": "/old"}))
    removed = spec_settings.own_variables(env)
    assert removed == [Removed(SettingKind.SPEC, plain.folder, {"PYTHONPATH": None})]
    failure = Failure("no kernel starts", "Traceback\nImportError: traitlets\n")
    diagnosis = spec_settings.variables_break(env, failure, removed[0])
    assert diagnosis is not None
    assert diagnosis.evidence.found == "PYTHONPATH=/old"
    assert diagnosis.note == "ImportError: traitlets"
    assert diagnosis.summary.endswith("because of it no kernel starts")


def test_words_of_the_spec(tmp_path: Path) -> None:
    """What the usual command does not have; what an option is set to is nobody's business."""
    assert spec_settings.own_words(learner(tmp_path, None)[0]) == []
    older = spec_of("python", tmp_path, "-m", "ipykernel", "-f", "{connection_file}")
    installed = spec_of("python", tmp_path, "-Xfrozen_modules=off", *LAUNCH)
    for usual in (spec_of("python", tmp_path, *LAUNCH), older, installed):
        assert spec_settings.own_words(learner(tmp_path, usual)[0]) == []
    spec = spec_of("python", tmp_path, "-Xdev", *LAUNCH, "--profile=ml", "--Session.key=hush")
    env, _ = learner(tmp_path, spec)
    removed = spec_settings.own_words(env)
    assert removed == [Removed(SettingKind.SPEC_WORDS, spec.folder)]
    diagnosis = spec_settings.words_break(env, Failure("no kernel starts"), removed[0])
    assert diagnosis is not None
    assert diagnosis.evidence.found == (
        f"{spec.argv[0]} -Xdev -m ipykernel_launcher -f {{connection_file}} --profile=... --Session.key=..."
    )
    assert diagnosis.summary.endswith("because of it no kernel starts")
    shell = spec_of("/bin/ml-kernel", tmp_path, "{connection_file}", "here")
    env, _ = learner(tmp_path, shell)
    diagnosis = spec_settings.words_break(env, Failure("no kernel starts"), removed[0])
    assert diagnosis is not None
    assert diagnosis.evidence.found == "/bin/ml-kernel {connection_file} ..."
    script = spec_of("python", tmp_path, "/srv/start.py", "hush", "{connection_file}")
    env, _ = learner(tmp_path, script)
    diagnosis = spec_settings.words_break(env, Failure("no kernel starts"), removed[0])
    assert diagnosis is not None
    assert diagnosis.evidence.found == f"{script.argv[0]} /srv/start.py ... {{connection_file}}"


def test_a_value_in_a_spec_is_shown_where_its_name_is_known(tmp_path: Path) -> None:
    """Any other may be a secret, whatever it is called."""
    given = {"PYTHONPATH": "/old", "COURSE_PHRASE": "hush"}
    spec = replace(spec_of("python", tmp_path), variables=given)
    env, _ = learner(tmp_path, spec)
    diagnosis = spec_settings.variables_break(
        env, Failure("x", ""), spec_settings.own_variables(env)[0]
    )
    assert diagnosis is not None and "hush" not in repr(diagnosis)
    assert diagnosis.evidence.found == "PYTHONPATH=/old, COURSE_PHRASE is set"
