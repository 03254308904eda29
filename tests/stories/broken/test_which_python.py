"""Whose Python is examined: what is left over from elsewhere is not, and envcheck's own place is
only where a learner put it.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.kept import kept
from tests.stories.broken.story import Story, play, told
from tests.stories.conda.place import HOOKS, activate, environment_of, put_conda
from tests.stories.machine import SYSTEM_PATH, Machine, MakeMachine, clone
from tests.stories.new_terminal import Terminal, check_in_a_new_terminal, write_start_up_file

from envcheck.fixes.advice import activation
from envcheck.target.shells import script
from envcheck.testing import described

pytestmark = [pytest.mark.slow, pytest.mark.linked]

UV = Path(sys.executable).parent / "uv"
ROOT = Path(__file__).parents[3]


def empty_environment(machine: Machine, place: str) -> Path:
    """A real environment without packages, of another project."""
    folder = machine.root / place
    subprocess.run(
        [str(machine.python), "-m", "venv", "--without-pip", str(folder)],
        check=True,
        capture_output=True,
    )
    return folder


def activated(machine: Machine, prefix: Path) -> None:
    machine.variables["VIRTUAL_ENV"] = str(prefix)


def of_another_project(machine: Machine) -> None:
    activated(machine, empty_environment(machine, "other/.venv"))


def of_a_project_that_is_gone(machine: Machine) -> None:
    activated(machine, machine.root / "gone" / ".venv")


def another_stands_before_it(machine: Machine) -> None:
    """As in tmux on a Mac: the environment is on PATH, and PATH was put in another order."""
    other = empty_environment(machine, "other/.venv")
    activated(machine, other)
    machine.variables["PATH"] = f"{machine.python.parent}:{other}/bin:{SYSTEM_PATH}"


def of_conda(machine: Machine) -> None:
    other = empty_environment(machine, "miniconda3/envs/stats")
    (other / "conda-meta").mkdir()
    machine.variables.update(CONDA_PREFIX=str(other), CONDA_DEFAULT_ENV="stats", CONDA_SHLVL="2")


def stand_ins(machine: Machine) -> Path:
    """What pyenv, asdf and mise put on PATH: a program for each name, which starts a Python of
    theirs, one without packages.
    """
    bare = empty_environment(machine, "home/.pyenv/versions/3.11.7")
    shims = machine.home / ".pyenv" / "shims"
    for name in ("python", "python3"):
        machine.write(str(shims / name), f'#!/bin/sh\nexec {bare}/bin/{name} "$@"\n', 0o755)
    return shims


def behind_stand_ins(machine: Machine) -> None:
    """`mise activate` or `pyenv init` after the environment was activated, or in a tool's own hook."""
    activated(machine, machine.prefix)
    machine.variables["PATH"] = f"{stand_ins(machine)}:{machine.python.parent}:{SYSTEM_PATH}"


def named_by_the_learner(machine: Machine) -> None:
    """`python -m venv env`, as many courses have it, and a new terminal."""
    clone(Path(os.environ["ENVCHECK_STORY_HEALTHY"]), machine.work / "env")


def on_path_in_quotes(entry: str, shell: str) -> Callable[[Machine], None]:
    """An older guide's line, `PATH="~/ml/bin:$PATH"`: bash alone takes that for the home."""

    def breaks(machine: Machine) -> None:
        clone(Path(os.environ["ENVCHECK_STORY_HEALTHY"]), machine.home / "ml")
        machine.variables.update(SHELL=shell, PATH=f"{entry}:{machine.environ['PATH']}")

    return breaks


def kept_by_poetry(machine: Machine) -> None:
    """Where Poetry keeps all of them, and a new terminal."""
    machine.write("work/pyproject.toml", "[tool.poetry]\nname = 'ml'\nversion = '0.1'\n")
    digest = hashlib.sha256(os.path.realpath(machine.work).encode()).digest()
    name = f"ml-{base64.urlsafe_b64encode(digest)[:8].decode()}-py3.11"
    place = machine.home / ".cache/pypoetry/virtualenvs" / name
    clone(Path(os.environ["ENVCHECK_STORY_HEALTHY"]), place)


def an_alias_of_an_older_guide(machine: Machine) -> None:
    machine.variables["SHELL"] = "/bin/bash"
    machine.write("home/.bashrc", "alias ll='ls -l'\nalias python=/usr/bin/python3\n")


def a_function_of_an_older_guide(machine: Machine) -> None:
    machine.variables["SHELL"] = "/bin/bash"
    machine.write("home/.bashrc", '# mine\npython() {\n    command /usr/bin/python3 "$@"\n}\n')


def a_function_that_fish_keeps(machine: Machine) -> None:
    """As `alias --save python /usr/bin/python3` writes it."""
    machine.variables["SHELL"] = "/usr/bin/fish"
    machine.write(
        "home/.config/fish/functions/python.fish",
        "function python --wraps=/usr/bin/python3 --description 'alias python /usr/bin/python3'\n"
        "    /usr/bin/python3 $argv\nend\n",
    )


def first_on_path(machine: Machine) -> Path:
    """A folder `~/bin` that a start-up file puts before the environment which is active."""
    machine.variables.update(
        VIRTUAL_ENV=str(machine.prefix),
        PATH=f"{machine.home}/bin:{machine.prefix}/bin:{SYSTEM_PATH}",
    )
    (machine.home / "bin").mkdir()
    return machine.home / "bin" / "python"


def a_script_named_python(machine: Machine) -> None:
    file = first_on_path(machine)
    machine.write(str(file), '#!/bin/sh\nexec /usr/bin/python3 "$@"\n', 0o755)


def a_program_named_python(machine: Machine) -> None:
    """In the folder of the course, which PATH names first, as many guides for beginners have it."""
    machine.write("work/python", "#!/bin/sh\necho my snake\n", 0o755)
    machine.variables.update(
        VIRTUAL_ENV=str(machine.prefix), PATH=f".:{machine.prefix}/bin:{SYSTEM_PATH}"
    )


def a_link_named_python(machine: Machine) -> None:
    first_on_path(machine).symlink_to("/usr/bin/python3")


def a_link_into_the_environment(machine: Machine) -> None:
    """`ln -s ~/ml/bin/python3 ~/bin`, in place of an activation."""
    place = machine.home / "ml"
    clone(Path(os.environ["ENVCHECK_STORY_HEALTHY"]), place)
    (machine.home / "bin").mkdir()
    for name in ("python", "python3"):
        (machine.home / "bin" / name).symlink_to(place / "bin" / "python")
    machine.variables["PATH"] = f"{machine.home}/bin:{SYSTEM_PATH}"


def below_a_folder_with_a_colon(machine: Machine) -> None:
    """Made in `week-1`, which was then renamed: venv would have refused."""
    course = machine.work / "week:1"
    course.mkdir()
    machine.prefix.rename(course / ".venv")
    machine.python = course / ".venv" / "bin" / "python"
    machine.variables["PATH"] = SYSTEM_PATH
    machine.limited(f"cd '{course}'")


def condas_behind_stand_ins(machine: Machine) -> None:
    """base activates itself, pyenv is set up after it, and `conda activate ml` takes base's place."""
    base = put_conda(machine)
    ml = environment_of(machine.prefix, base / "envs" / "ml")
    activate(machine, ml)
    machine.python = ml / "bin" / "python"
    machine.variables["PATH"] = f"{stand_ins(machine)}:{machine.variables['PATH']}"


STORIES = {
    "an environment behind stand-ins": Story(
        behind_stand_ins, "environment-behind-another", ("`venv`", "shims"), fixed=True
    ),
    "an alias of an older guide": Story(
        an_alias_of_an_older_guide, "command-aliased", ("`python`", ".bashrc, line 2"), warns=True
    ),
    "a function of an older guide": Story(
        a_function_of_an_older_guide,
        "command-aliased",
        ("`python` is a function", ".bashrc, line 2"),
        warns=True,
    ),
    "a function that fish keeps": Story(
        a_function_that_fish_keeps,
        "command-aliased",
        ("`python` is a function", "functions/python.fish, line 1"),
        warns=True,
    ),
    "a script named python": Story(
        a_script_named_python,
        "environment-behind-another",
        ("`venv` stands behind it", "~/bin/python"),
        warns=True,
        fixed=True,
    ),
    "a program named python": Story(
        a_program_named_python,
        "environment-behind-another",
        ("`python` alone is no Python here", "installs nothing"),
        warns=True,
        fixed=True,
    ),
    "a link named python": Story(
        a_link_named_python,
        "environment-behind-another",
        ("`venv` stands behind it", "~/bin/python"),
        warns=True,
        fixed=True,
    ),
    "a link into the environment": Story(
        a_link_into_the_environment,
        "own-environment-not-active",
        ("`ml`", "a link leads to its Python"),
        fixed=True,
        kind="installation",
        packages=False,
    ),
    "an environment below a folder with a colon": Story(
        below_a_folder_with_a_colon, "environment-splits-path", ("week:1", "PATH is split")
    ),
    "conda's environment behind stand-ins": Story(
        condas_behind_stand_ins, "environment-behind-another", ("`ml`", "shims"), fixed=True
    ),
    "an environment of another name in the folder": Story(
        named_by_the_learner,
        "own-environment-not-active",
        ("`env`", "without"),
        fixed=True,
        kind="installation",
        packages=False,
    ),
    "an environment on PATH as $HOME": Story(
        on_path_in_quotes("$HOME/ml/bin", "/bin/bash"),
        "own-environment-not-active",
        ("`ml`", "`$HOME/ml/bin`"),
        fixed=True,
        kind="installation",
        packages=False,
    ),
    # Mended in a new terminal, it is one of a shell that the story above has chosen.
    **{
        f"an environment on PATH as ~ under {shell}": Story(
            on_path_in_quotes("~/ml/bin", f"/usr/bin/{shell}"),
            "own-environment-not-active",
            ("`ml`", "`~/ml/bin`"),
            fixed=None,
            kind="installation",
            packages=False,
        )
        for shell in ("zsh", "fish")
    },
    "an environment that Poetry keeps": Story(
        kept_by_poetry,
        "own-environment-not-active",
        ("`ml-", "without"),
        fixed=True,
        kind="installation",
        packages=False,
    ),
    "VIRTUAL_ENV of another project": Story(
        of_another_project,
        "environment-left-over",
        ("VIRTUAL_ENV", "other/.venv"),
        warns=True,
        fixed=True,
        always=True,
    ),
    "VIRTUAL_ENV of a project that is gone": Story(
        of_a_project_that_is_gone,
        "environment-left-over",
        ("gone/.venv",),
        warns=True,
        fixed=True,
    ),
    "VIRTUAL_ENV that another stands before": Story(
        another_stands_before_it,
        "environment-left-over",
        ("other/.venv",),
        warns=True,
        fixed=True,
    ),
    "CONDA_PREFIX of another terminal": Story(
        of_conda, "environment-left-over", ("CONDA_PREFIX", "envs/stats"), warns=True
    ),
}


@told(STORIES)
def test_whose_python_it_is(
    story: Story,
    make_machine: MakeMachine,
    wheels: Path,
    healthy: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where `python` and `jupyter` are the right ones: ready, and one warning, whose next step ends
    it. Where another stands before the one that was activated, that is the cause.
    """
    monkeypatch.setenv("ENVCHECK_STORY_HEALTHY", str(healthy.parent.parent))
    play(story, make_machine, wheels, without_server=True)


@pytest.mark.parametrize("shell", [one for one in ("sh", "fish") if shutil.which(one)])
def test_conda_alone_does_not_put_it_first(
    shell: str, machine: Machine, healthy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Activated again it keeps its place; the line that is printed puts it before all others."""
    monkeypatch.setenv("ENVCHECK_STORY_HEALTHY", str(healthy.parent.parent))
    machine.variables["SHELL"] = shell
    machine.variables["PIP_FIND_LINKS"] = ""
    condas_behind_stand_ins(machine)
    env = described(variables=machine.environ, folder=machine.work)
    step = activation(env, str(machine.prefix))
    dialect = "fish" if shell == "fish" else "posix"
    base = machine.home / "miniconda3"
    put = "set -gx PATH {0} $PATH" if shell == "fish" else "PATH={0}:$PATH"
    start = [
        f"{'source' if shell == 'fish' else '.'} {base}/{HOOKS[dialect]}",
        f"conda activate {base}",
        put.format(machine.home / ".pyenv" / "shims"),
        f"conda activate {machine.prefix}",
    ]
    typed = {}
    for name, line in (("alone", start[-1]), ("printed", script((step,), dialect))):
        lines = [*start, line, "command -v python"]
        typed[name] = machine.run(argv=[shell, "-c", "\n".join(lines)]).stdout.strip()
    assert typed == {
        "alone": f"{machine.home}/.pyenv/shims/python",
        "printed": f"{machine.prefix}/bin/python",
    }


@pytest.mark.whole
def test_nothing_is_installed_into_what_is_left_over(machine: Machine) -> None:
    """Something is missing where `python` is at home: there it is installed."""
    other = empty_environment(machine, "other/.venv")
    activated(machine, other)
    machine.remove("@site/seaborn*")
    write_start_up_file(machine, Terminal("bash"))
    seen, after = machine.check_and_fix("--quick")
    assert (seen.errors, after.code) == (["packages-missing"], 0)
    words = ("--quick", "--only", "packages")
    assert check_in_a_new_terminal(machine, Terminal("bash"), [], *words).errors == []
    assert not [*other.glob("lib/python3*/site-packages/seaborn*")]


@pytest.mark.whole
def test_environments_that_stand_behind_each_other(machine: Machine) -> None:
    """conda's base activated itself, then the course's environment was activated: nothing is odd."""
    base = empty_environment(machine, "miniconda3")
    (base / "conda-meta").mkdir()
    (base / "condabin").mkdir()
    activated(machine, machine.prefix)
    machine.variables.update(CONDA_PREFIX=str(base), CONDA_DEFAULT_ENV="base", CONDA_SHLVL="1")
    machine.variables["PATH"] = f"{machine.python.parent}:{base}/bin:{SYSTEM_PATH}"
    seen = machine.check("--quick")
    assert (seen.code, seen.errors, seen.warnings) == (0, [], [])
    assert seen.report["target"]["located_by"] == "the active virtual environment"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """envcheck as it is released."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [str(UV), "build", "-q", "--wheel", "--out-dir", str(folder), str(ROOT)], check=True
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def uv_cache() -> Path:
    """One for all tests, so that what envcheck needs is brought here once."""
    return kept("uv-cache", lambda folder: folder.mkdir(exist_ok=True))


def put_into(machine: Machine, wheel: Path) -> list[str]:
    """pip installs envcheck into the learner's own environment. Gives how it is started there."""
    words = [str(UV), "pip", "install", "-q", "--python", str(machine.python), str(wheel)]
    subprocess.run(words, check=True)
    return [str(machine.python.parent / "envcheck")]


@pytest.mark.whole
def test_envcheck_in_the_courses_own_environment(machine: Machine, wheel: Path) -> None:
    """It is examined like any other, and mended."""
    launcher = put_into(machine, wheel)
    activated(machine, machine.prefix)
    machine.remove("@site/seaborn*")
    write_start_up_file(machine, Terminal("bash"))
    seen = machine.check("--quick", launcher=launcher)
    assert (seen.code, seen.errors) == (1, ["packages-missing"])
    assert seen.report["target"]["located_by"] == "the active virtual environment"
    after = machine.check("--quick", "--fix", "--yes", launcher=launcher)
    assert (after.code, after.warnings) == (0, [])
    words = ("--quick", "--only", "packages")
    assert check_in_a_new_terminal(machine, Terminal("bash"), [], *words).errors == []


@pytest.mark.whole
def test_envcheck_in_the_environment_of_the_folder(machine: Machine, wheel: Path) -> None:
    """Started by its path and not active: examined, and told how it is activated."""
    machine.python = clone(machine.prefix, machine.work / ".venv")
    launcher = put_into(machine, wheel)
    machine.variables["PATH"] = SYSTEM_PATH
    seen = machine.check("--quick", launcher=launcher)
    assert (seen.code, seen.warnings[0]) == (0, "environment-not-active")
    assert seen.report["target"]["located_by"] == ".venv in this folder"


RUNNERS = {
    "uvx": ["{uv}", "tool", "run", "-q", "--from", "{wheel}", "envcheck"],
    "uv run --with": ["{uv}", "run", "-q", "--no-project", "--with", "{wheel}", "envcheck"],
    "uv tool install": ["{home}/.local/bin/envcheck"],
    "pipx": ["{home}/.local/bin/envcheck"],
}
INSTALLS = {
    "uv tool install": ["{uv}", "tool", "install", "-q", "{wheel}"],
    "pipx": ["{uv}", "tool", "run", "-q", "pipx", "install", "-q", "{wheel}"],
}


@pytest.mark.parametrize("runner", RUNNERS)
@pytest.mark.whole
def test_envcheck_by_a_runner(runner: str, machine: Machine, wheel: Path, uv_cache: Path) -> None:
    """What the runner made for envcheck is passed over, on PATH too: the learner's is examined."""
    machine.variables["UV_CACHE_DIR"] = str(uv_cache)
    names = {"uv": UV, "wheel": wheel, "home": machine.home}
    if runner in INSTALLS:
        done = machine.run(argv=[word.format(**names) for word in INSTALLS[runner]])
        assert done.returncode == 0, done.stderr
    seen = machine.check("--quick", launcher=[word.format(**names) for word in RUNNERS[runner]])
    assert (seen.code, seen.errors, seen.warnings) == (0, [], [])
    assert seen.report["target"]["located_by"] == "python3 on PATH"
    assert seen.report["target"]["prefix"].endswith("/venv")
