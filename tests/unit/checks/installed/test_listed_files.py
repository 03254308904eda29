"""A file in the course's folder that lists what is missing is offered whole, and never carried out
by a program.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import command_at, file_at, on, python_at
from tests.unit.described_projects import made

from envcheck import Environment, Fix, Run, Tell
from envcheck_checks.installed import listed_files, missing
from envcheck_checks.stack import Package, Stack


def offered(
    folder: Path, files: dict[str, str], *wanted: str, kind: str = "venv"
) -> tuple[Fix, ...]:
    python = python_at(folder / "venv", {"pip": "24.0"}, kind=kind)
    env = on("linux", folder, python)
    for name, text in files.items():
        file_at(env.folder / name, text)
    return listed_files.offers(env, python, wanted)


def words(fix: Fix) -> list[str]:
    return [" ".join(step.argv[1:]) for step in fix.steps if isinstance(step, Run)]


@pytest.mark.parametrize(
    "text",
    [
        "numpy\nSeaborn >= 0.12 ; python_version > '3'\n",
        "# for the course\n-r base.txt\nseaborn[stats]~=0.13  # pictures\nnumpy\n",
        "\ufeffseaborn==0.13.2\r\nnumpy @ https://example.org/numpy.whl\r\n",
    ],
)
def test_a_list_that_names_what_is_missing(text: str, tmp_path: Path) -> None:
    """Whole, with what it does not name after it."""
    (fix,) = offered(tmp_path, {"requirements.txt": text}, "seaborn>=0.11", "numpy", "notebook")
    file = tmp_path / "work" / "requirements.txt"
    assert words(fix) == [f"-m pip install --requirement {file} notebook"]
    assert fix.title == "install all that requirements.txt asks for"
    assert not fix.automatic


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"requirements.txt": "flask\n"},
        {"requirements.txt": "# seaborn\n--index-url https://example.org/seaborn\n"},
        {"requirements.txt": "seaborn==0.9\n"},  # the chapter needs a newer one
        {"notes.txt": "seaborn\n"},
        {"environment.yml": "dependencies:\n  - seaborn\n"},  # conda's, and this is none of conda's
    ],
)
def test_a_list_that_does_not_help(files: dict[str, str], tmp_path: Path) -> None:
    assert offered(tmp_path, files, "seaborn>=0.11") == ()


def test_the_list_that_names_most(tmp_path: Path) -> None:
    files = {"requirements.txt": "numpy\n", "requirements/course.txt": "numpy\nseaborn\n"}
    (fix,) = offered(tmp_path, files, "numpy", "seaborn")
    assert fix.title == "install all that requirements/course.txt asks for"


def test_lists_that_the_course_names(tmp_path: Path) -> None:
    """All that name something of what is missing, and no other; none twice over."""
    files = {
        "all.txt": "numpy\npandas\n",
        "week1/own.txt": "torch==2.1\n",
        "twice.txt": "numpy\n",
        "requirements.txt": "torch\nnumpy\n",
    }
    env = on("linux", tmp_path, python := python_at(tmp_path / "venv", {"pip": "24.0"}))
    for name, text in files.items():
        file_at(env.folder / name, text)
    named = [str(env.folder / name) for name in ("twice.txt", "all.txt", "week1/own.txt")]
    asked = ("numpy", "pandas", "torch>=2.1", "six")
    (fix,) = listed_files.offers(env, python, asked, named)
    assert words(fix) == [f"-m pip install --requirement {named[1]} --requirement {named[2]} six"]
    assert fix.title == "install all that all.txt and week1/own.txt ask for"


@pytest.mark.parametrize(
    ("program", "line"),
    [("mamba", "env update --prefix"), ("micromamba", "install --yes --prefix")],
)
def test_condas_list_is_condas(program: str, line: str, tmp_path: Path) -> None:
    """With the channels and the pip part that it names; conda's environment gets no pip list."""
    command_at(tmp_path / "bin" / program)
    text = "name: ml\ndependencies:\n  - python=3.12\n  - conda-forge::Numpy=2\n  - pip:\n    - seaborn>=0.12\n"
    files = {"environment.yml": text, "requirements.txt": "numpy\nseaborn\n"}
    (fix,) = offered(tmp_path, files, "numpy", "seaborn", kind="conda-env")
    file = tmp_path / "work" / "environment.yml"
    assert words(fix) == [f"{line} {tmp_path / 'venv'} --file {file}"]
    assert not fix.automatic


def test_a_python_of_the_system_gets_an_environment_with_it(tmp_path: Path) -> None:
    (fix,) = offered(tmp_path, {"requirements.txt": "numpy\n"}, "numpy", kind="system")
    assert [line for line in words(fix) if line.startswith("-m venv")]
    assert words(fix)[-1].endswith("requirements.txt")
    assert not fix.automatic


def test_a_projects_manager_has_lists_of_its_own(tmp_path: Path) -> None:
    env, python = made("uv", tmp_path)
    file_at(env.folder / "requirements.txt", "seaborn\n")
    assert listed_files.offers(env, python, ["seaborn"]) == ()


def test_it_stands_before_the_packages_alone(tmp_path: Path) -> None:
    """Which a program may install: `--fix` takes that one."""
    python = python_at(tmp_path / "venv", {"notebook": "7.0", "ipykernel": "6.0"})
    env: Environment = on("linux", tmp_path, python)
    file_at(env.folder / "requirements.txt", "numpy\n")
    diagnosis = missing.diagnose(env, Stack((Package("numpy>=1.17"),)), set())
    assert diagnosis is not None
    assert [fix.automatic for fix in diagnosis.fixes] == [False, True]


def test_the_lists_that_a_course_names(tmp_path: Path) -> None:
    """They alone count, wherever they lie; conda's name of a package is the one that is missing."""
    command_at(tmp_path / "bin" / "conda")
    text = "name: ml\ndependencies:\n  - pytorch=2.1\n"
    for kind, line in (("conda-env", "env update --prefix"), ("system", "env create --file")):
        python = python_at(tmp_path / kind, {"pip": "24.0"}, kind=kind)
        env = on("linux", tmp_path, python)
        file = file_at(env.folder / "binder" / "environment.yml", text)
        file_at(env.folder / "requirements.txt", "torch\n")
        (fix,) = listed_files.offers(env, python, ["torch>=2"], [str(file)])
        assert words(fix)[0].startswith(line)
        assert words(fix)[0].endswith(str(file))
        assert not fix.automatic
        if kind == "system":
            assert [step.text for step in fix.steps if isinstance(step, Tell)] == [
                "Then type conda activate ml and run envcheck again."
            ]


@pytest.mark.parametrize("name", ["sklearn", "cv2==4.5", "docx"])
def test_a_list_that_would_bring_a_stranger_s_package(name: str, tmp_path: Path) -> None:
    """Nobody is told to install it, and why is said."""
    files = {"requirements.txt": f"numpy\n{name}\n"}
    assert offered(tmp_path, files, "numpy") == ()
    python = python_at(tmp_path / "venv", {"pip": "24.0"}, kind="venv")
    told = listed_files.not_offered(on("linux", tmp_path, python), python)
    assert told.startswith("requirements.txt:2 names `")
