"""What may be done about distributions that fail: again only what is not as it was installed."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.described_machines import file_at, on, python_at

from envcheck import Diagnosis, Environment, Fix, Run
from envcheck_checks.installed.whole import diagnose, differing, repair

PACKAGES = {"notebook": "6.4.12", "traitlets": "5.16.1", "tornado": "6.6"}


def learner(folder: Path, packages: dict[str, str] = PACKAGES) -> Environment:
    """A machine on which every package is whole: each has one module, and its list says so."""
    python = python_at(folder / "venv", packages)
    for name, version in packages.items():
        site, file = Path(python.paths["purelib"]), f"{name.replace('-', '_')}/__init__.py"
        text = f"'''{name}'''\n"
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode()
        file_at(site / file, text)
        file_at(
            site / f"{name}-{version}.dist-info" / "RECORD",
            f"{file},sha256={digest.rstrip('=')},{len(text)}\n",
        )
    return on("linux", folder, python)


def site(env: Environment) -> Path:
    return env.folder.parent / "venv" / "site"


def traceback(env: Environment, *modules: str, last: str = "TypeError: warn() missing 1") -> str:
    frames = [f'  File "{site(env)}/{name}/__init__.py", line 1, in f' for name in modules]
    return "\n".join(["Traceback (most recent call last):", *frames, last])


def argv(fix: Fix) -> tuple[str, ...]:
    (step,) = fix.steps
    assert isinstance(step, Run)
    return step.argv[4:]


def said(env: Environment, text: str) -> Diagnosis | None:
    return diagnose(env, text, (), "the notebook server does not start")


def test_whole_packages_get_versions_that_fit(tmp_path: Path) -> None:
    """Those of the traceback, the innermost first. A guess is shown, and not carried out by itself."""
    env = learner(tmp_path)
    diagnosis = said(env, traceback(env, "traitlets", "notebook"))
    assert diagnosis is not None
    assert diagnosis.code == "packages-do-not-fit"
    assert argv(diagnosis.fixes[0]) == ("--upgrade", "notebook", "traitlets")
    assert not diagnosis.fixes[0].automatic
    assert diagnosis.evidence.found == "TypeError: warn() missing 1"


@pytest.mark.parametrize(
    "last",
    [
        "OSError: [Errno 99] Cannot assign requested address",
        "socket.gaierror: [Errno -2] Name or service not known",
        "PermissionError: [Errno 13] Permission denied: '/x'",
        "MemoryError",
    ],
)
def test_what_the_machine_refuses_is_no_matter_of_packages(tmp_path: Path, last: str) -> None:
    """A wrong line in /etc/hosts: no other Jupyter would have been given that address."""
    env = learner(tmp_path)
    assert said(env, traceback(env, "tornado", "notebook", last=last)) is None
    assert said(env, "it was killed") is None


def test_a_changed_file_is_installed_again(tmp_path: Path) -> None:
    env = learner(tmp_path)
    (site(env) / "tornado" / "__init__.py").write_text("import this is not python\n")
    diagnosis = said(env, traceback(env, "tornado", "notebook", last="SyntaxError: invalid"))
    assert diagnosis is not None
    assert diagnosis.code == "package-damaged"
    assert argv(diagnosis.fixes[0])[-1] == "tornado==6.6"


def test_an_installation_that_lists_nothing_of_its_module(tmp_path: Path) -> None:
    """An editable one whose source was deleted: the module is not there, whatever its list says."""
    env = learner(tmp_path)
    file_at(site(env) / "tornado-6.6.dist-info" / "RECORD", "__editable__.tornado.pth,,\n")
    file_at(site(env) / "__editable__.tornado.pth", "/gone\n")
    diagnosis = said(env, "ModuleNotFoundError: No module named 'tornado'")
    assert diagnosis is not None
    assert argv(diagnosis.fixes[0])[-1] == "tornado==6.6"


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(broken=st.sets(st.sampled_from(sorted(PACKAGES))), how=st.sampled_from("md"))
def test_never_itself_again(
    tmp_path_factory: pytest.TempPathFactory, broken: set[str], how: str
) -> None:
    """Whatever fails: what is reinstalled is exactly what is missing (m) or differs (d)."""
    env = learner(tmp_path_factory.mktemp("machine"))
    for name in broken:
        file = site(env) / name / "__init__.py"
        if how == "d":
            file.write_text("changed\n")
        else:
            file.unlink()
    assert set(differing(env, PACKAGES)) == broken
    fix = repair(env, PACKAGES, "reinstall")
    again = {word.partition("==")[0] for word in argv(fix) if "==" in word} if broken else set()
    assert again == broken
    assert fix.automatic is bool(broken)
