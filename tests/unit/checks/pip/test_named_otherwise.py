"""An environment of the learner's own that has everything, under a name that is not `.venv`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.unit.checks.pip.test_other_environment import WHOLE
from tests.unit.described_machines import STACK, command_at, file_at, on, python_at
from tests.unit.described_projects import digest as of_path

from envcheck import Tell, UsePython
from envcheck.environment import Located
from envcheck.model import Diagnosis
from envcheck_checks.pip import named_otherwise


def environment(place: Path, packages: dict[str, str] = WHOLE) -> Path:
    file_at(place / "pyvenv.cfg", "home = /usr/bin\n")
    command_at(place / "bin" / "python")
    for name, version in packages.items():
        (place / f"lib/python3.12/site-packages/{name}-{version}.dist-info").mkdir(parents=True)
    return place


def of_folder(folder: Path) -> str:
    return of_path(Path(os.path.realpath(folder)))


def found(
    tmp_path: Path, kind: str = "system", rule: str = "python3 on PATH", **more: str
) -> Diagnosis | None:
    python = python_at(tmp_path / "used", {"pip": "24"}, kind=kind)
    located = Located((python.executable,), rule)
    env = on("linux", tmp_path, python, registry={}, facts={}, located=located, **more)
    return named_otherwise.diagnose(env, STACK, python, ["numpy"])


@pytest.mark.parametrize(
    "place",
    ["work/env", "work/ml-env", "work/.direnv/python-3.12", "home/.virtualenvs/ml"],
)
@pytest.mark.parametrize("kind", ["system", "pyenv", "conda"])
def test_named_wherever_it_was_made(tmp_path: Path, place: str, kind: str) -> None:
    """It is activated, and nothing is installed a second time."""
    own = environment(tmp_path / place)
    diagnosis = found(tmp_path, kind)
    assert diagnosis is not None and diagnosis.code == "own-environment-not-active"
    assert f"without numpy; your environment `{own.name}` has" in diagnosis.summary
    assert diagnosis.evidence.wanted == str(own)
    assert diagnosis.fixes[0].steps == (UsePython(f"{own}/bin/python", "venv"),)
    assert diagnosis.fixes[0].automatic


@pytest.mark.parametrize(
    "cache",
    ["home/.cache/pypoetry", "home/Library/Caches/pypoetry", "local/pypoetry/Cache", "told"],
)
def test_where_poetry_keeps_it(tmp_path: Path, cache: str) -> None:
    """By the mark of this folder in its name: another project's is left alone."""
    digest = of_folder(tmp_path / "work")
    variables = {
        "LOCALAPPDATA": str(tmp_path / "local"),
        "POETRY_CACHE_DIR": str(tmp_path / "told"),
    }
    environment(tmp_path / cache / "virtualenvs" / "ml-AbCd_123-py3.12")
    assert found(tmp_path, **variables) is None
    own = environment(tmp_path / cache / "virtualenvs" / f"ml-{digest}-py3.12")
    diagnosis = found(tmp_path, **variables)
    assert diagnosis is not None
    assert diagnosis.evidence.wanted == str(own)


def test_where_pipenv_keeps_it(tmp_path: Path) -> None:
    own = environment(tmp_path / "home/.local/share/virtualenvs/work-AbCd_123")
    file_at(own / ".project", str(tmp_path / "other"))
    assert found(tmp_path) is None
    file_at(own / ".project", f"{tmp_path / 'work'}\n")
    diagnosis = found(tmp_path)
    assert diagnosis is not None
    assert diagnosis.evidence.wanted == str(own)


def test_where_pdm_is_told_to_find_it(tmp_path: Path) -> None:
    """`.pdm-python`: a second one, `.venv`, would be the project's from then on."""
    own = environment(tmp_path / "far" / "ml-AbCd-3.12")
    file_at(tmp_path / "work" / ".pdm-python", f"{own}/bin/python")
    diagnosis = found(tmp_path)
    assert diagnosis is not None and diagnosis.evidence.wanted == str(own)
    assert diagnosis.fixes[0].steps == (UsePython(f"{own}/bin/python", "venv"),)


def test_where_hatch_keeps_it(tmp_path: Path) -> None:
    digest = of_folder(tmp_path / "work")
    own = environment(tmp_path / "home/.local/share/hatch/env/virtual/ml" / digest / "ml")
    diagnosis = found(tmp_path)
    assert diagnosis is not None and diagnosis.evidence.wanted == str(own)


@pytest.mark.parametrize(
    ("name", "line"), [("default", "pixi shell"), ("plots", "pixi shell --environment plots")]
)
@pytest.mark.parametrize("has_pixi", [True, False])
def test_pixis_is_opened_by_pixi(tmp_path: Path, name: str, line: str, has_pixi: bool) -> None:
    """It has no activation script, and conda may not be there."""
    own = environment(tmp_path / "work/.pixi/envs" / name)
    (own / "pyvenv.cfg").unlink()
    file_at(own / "conda-meta" / "history")
    if has_pixi:
        command_at(tmp_path / "home/.pixi/bin/pixi")
    diagnosis = found(tmp_path)
    assert diagnosis is not None and diagnosis.evidence.wanted == str(own)
    fix = diagnosis.fixes[0]
    last = fix.steps[-1]
    assert isinstance(last, Tell) and last.typed.endswith(line.removeprefix("pixi"))
    assert len(fix.steps) == (1 if has_pixi else 2) and not fix.automatic


def test_a_folder_of_the_course_above(tmp_path: Path) -> None:
    """Marked as such; a folder above without a mark is somebody else's."""
    own = environment(tmp_path / "env")
    home = "/home/ada"
    assert found(tmp_path, HOME=home) is None
    (tmp_path / ".git").mkdir()
    diagnosis = found(tmp_path, HOME=home)
    assert diagnosis is not None and diagnosis.evidence.wanted == str(own)


def test_where_virtualenvwrapper_is_told_to_keep_them(tmp_path: Path) -> None:
    environment(tmp_path / "envs" / "ml")
    assert found(tmp_path) is None
    assert found(tmp_path, WORKON_HOME=str(tmp_path / "envs")) is not None


@pytest.mark.parametrize(
    ("kind", "rule", "lacks", "gone"),
    [
        ("venv", "the active virtual environment", "", ""),
        ("system", "--python 3.12", "", ""),
        ("system", "python3 on PATH", "numpy", ""),
        ("system", "python3 on PATH", "", "bin/python"),
        ("system", "python3 on PATH", "", "pyvenv.cfg"),
    ],
)
def test_nothing_where_it_is_not_the_cause(
    tmp_path: Path, kind: str, rule: str, lacks: str, gone: str
) -> None:
    """What was chosen is examined; what lacks something too, or cannot start, is no help."""
    packages = {name: own for name, own in WHOLE.items() if name != lacks}
    own = environment(tmp_path / "work" / "env", packages)
    if gone:
        (own / gone).unlink()
    assert found(tmp_path, kind, rule) is None


def test_a_link_from_outside_leads_into_it(tmp_path: Path) -> None:
    """Its Python is started past `pyvenv.cfg`: the environment is named, wherever it lies."""
    own = environment(tmp_path / "far/away/ml")
    bin_folder = tmp_path / "home/bin"
    bin_folder.mkdir(parents=True)
    (bin_folder / "py").symlink_to(own / "bin/python")
    (bin_folder / "python3").symlink_to("py")
    python = python_at(tmp_path / "used", {"pip": "24"}, kind="pyenv")
    located = Located((str(bin_folder / "python3"),), "python3 on PATH")
    env = on("linux", tmp_path, python, located=located)
    diagnosis = named_otherwise.diagnose(env, STACK, python, ["numpy"])
    assert diagnosis is not None and diagnosis.code == "own-environment-not-active"
    assert diagnosis.evidence.wanted == str(own)
    assert "a link leads to its Python" in diagnosis.note
    (own / "pyvenv.cfg").unlink()
    assert named_otherwise.diagnose(env, STACK, python, ["numpy"]) is None
    (own / "bin/python").unlink()
    (own / "bin/python").symlink_to("python")
    assert named_otherwise.diagnose(env, STACK, python, ["numpy"]) is None


@pytest.mark.parametrize(
    ("shell", "entry"),
    [
        ("/usr/bin/zsh", "~/ml/bin"),
        ("/usr/bin/fish", "~/ml/bin"),
        ("/bin/bash", "$HOME/ml/bin"),
        ("/bin/zsh", "${HOME}/ml/bin"),
        ("/bin/bash", ""),
    ],
)
def test_one_that_path_names_in_quotes(tmp_path: Path, shell: str, entry: str) -> None:
    """The terminal looks for a folder of that name; why it is not found is said."""
    own = environment(tmp_path / "home" / "ml")
    diagnosis = found(tmp_path, SHELL=shell, PATH=f"{entry}:/usr/bin")
    assert (diagnosis is not None) is bool(entry)
    if diagnosis is not None:
        assert diagnosis.evidence.wanted == str(own)
        assert f"`{entry}`" in diagnosis.note


def test_condas_that_path_names_in_quotes(tmp_path: Path) -> None:
    """`PATH="~/miniconda3/bin:$PATH"` in .zshrc; elsewhere conda's are found by conda's own list."""
    own = environment(tmp_path / "home" / "miniconda3")
    (own / "pyvenv.cfg").unlink()
    (own / "conda-meta").mkdir()
    assert found(tmp_path, SHELL="/bin/zsh", PATH="/usr/bin") is None
    diagnosis = found(tmp_path, SHELL="/bin/zsh", PATH="~/miniconda3/bin:/usr/bin")
    assert diagnosis is not None and diagnosis.evidence.wanted == str(own)


@pytest.mark.parametrize("name", ["ml-env", ".direnv/python-3.12", ".venv"])
def test_one_in_the_home_is_the_learners_who_stands_there(tmp_path: Path, name: str) -> None:
    """It has all that the chapter needs, and nothing is put into it: it is only entered."""
    own = environment(tmp_path / "work" / name)
    home = str(tmp_path / "work")
    diagnosis = found(tmp_path, HOME=home, USERPROFILE=home)
    assert diagnosis is not None and diagnosis.evidence.wanted == str(own)
