"""Importing is not working: what fails, or shows an error, when it is used."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.stories.broken.story import Story, play, told
from tests.stories.machine import Machine, MakeMachine

pytestmark = pytest.mark.slow


def installed(*requirements: str) -> object:
    """These versions, whatever they need."""
    return lambda machine: machine.pip("install", "--no-deps", *requirements)


def templates_cleaned_away(machine: Machine) -> None:
    shutil.rmtree(machine.prefix / "share/jupyter/nbconvert/templates/lab")


def a_completer_of_their_own(machine: Machine) -> None:
    machine.write(
        "home/.ipython/profile_default/startup/20-tab.py",
        "def no_names(*words, **named):\n    raise ValueError('no index of names')\n"
        "get_ipython().Completer.completions = no_names\n",
    )


def warnings_that_are_errors(machine: Machine) -> None:
    """What is only announced for later ends what ipykernel does for the key, and nothing else."""
    machine.write(
        "home/.ipython/profile_default/startup/00-strict.py",
        "import warnings\nwarnings.simplefilter('error')\n",
    )


def a_cache_of_root(machine: Machine) -> None:
    """As one `sudo` with the learner's home leaves it."""
    machine.at("home/.cache").mkdir(exist_ok=True)
    machine.at("home/.cache").chmod(0o555)
    machine.as_a_plain_user()


def a_cache_that_was_cut(machine: Machine) -> None:
    """The disk was full, or the battery empty, while jedi wrote: parso raises for it ever after."""
    looked_up = "import jedi; jedi.Script('import json\\njson.').complete(2, 5)"
    for _ in range(2):  # what is met once is not kept
        subprocess.run([str(machine.python), "-c", looked_up], env=machine.environ, check=True)
    for file in [*(machine.home / ".cache/jedi").glob("*/*.pkl")]:
        machine.write(str(file), file.read_bytes()[:1000])


def a_file_where_the_cache_belongs(machine: Machine) -> None:
    machine.write("home/.cache", "")


def started_with(code: str) -> Callable[[Machine], object]:
    """A start-up file of IPython's with this code."""
    return lambda machine: machine.write("home/.ipython/profile_default/startup/10-log.py", code)


def no_matchers(machine: Machine) -> None:
    lines = ["c.Completer.use_jedi = False", "c.IPCompleter.suppress_competing_matchers = True"]
    machine.write(
        "home/.ipython/profile_default/ipython_config.py",
        "\n".join(["c = get_config()", *lines, f"c.IPCompleter.disable_matchers = {MATCHERS}"]),
    )


MATCHERS = [
    f"IPCompleter.{name}"
    for name in ("python_matcher", "python_matches", "jedi_matcher", "dict_key_matcher")
]


def pyarrow_that_raises(machine: Machine) -> None:
    """pandas goes on without a pyarrow that cannot be imported, and falls with one that raises
    something else.
    """
    machine.pip("install", "--no-deps", "pyarrow")
    machine.write("@site/pyarrow/__init__.py", "raise AttributeError('_ARRAY_API not found')\n")


def a_list_of_fonts_without_matplotlibs_own(machine: Machine) -> None:
    """It was made while matplotlib's fonts were gone; they are back, and the list is kept."""
    machine.run(argv=[str(machine.python), "-c", "import matplotlib.font_manager"])
    file = next((machine.home / ".cache/matplotlib").glob("fontlist-*.json"))
    fonts = json.loads(file.read_text(encoding="utf-8"))
    machine.write(str(file), {**fonts, "ttflist": [], "afmlist": []})


def a_pth_that_draws_elsewhere(machine: Machine) -> None:
    machine.write("@site/plots.pth", "import os; os.environ['MPLBACKEND'] = 'Agg'\n")
    machine.write("@site/banner.pth", "import sys; sys.course = 2\n")


def a_pth_in_a_folder_of_two_names(machine: Machine) -> None:
    """As with Fedora's Python: `lib64` is a link to `lib`, and the packages of both are on the path."""
    python = machine.python.resolve()
    base = machine.at("usr")
    (base / "bin").mkdir(parents=True)
    (base / "lib").mkdir()
    version = machine.site.parent.name
    (base / "lib" / version).symlink_to(python.parents[1] / "lib" / version)
    shutil.copy(python, base / "bin" / version)
    for place in (base, machine.prefix):
        if not os.path.lexists(place / "lib64"):
            (place / "lib64").symlink_to("lib")
    machine.write(
        "venv/pyvenv.cfg", f"home = {base / 'bin'}\ninclude-system-site-packages = false\n"
    )
    for name in ("python", "python3", version):
        (machine.prefix / "bin" / name).unlink()
        (machine.prefix / "bin" / name).symlink_to(base / "bin" / version)
    machine.variables["PYTHONPLATLIBDIR"] = "lib64"
    a_pth_that_draws_elsewhere(machine)


def a_kernelspec_that_ipykernel_wrote(machine: Machine) -> None:
    """Its command has an option of Python's before the module, for the debugger."""
    words = ["-m", "ipykernel", "install", "--sys-prefix"]
    done = machine.run(argv=[str(machine.python), *words])
    spec = machine.prefix / "share/jupyter/kernels/python3/kernel.json"
    assert '"-Xfrozen_modules=off"' in spec.read_text(), done.stderr
    a_pth_that_draws_elsewhere(machine)


def a_sitecustomize_that_draws_elsewhere(machine: Machine) -> None:
    """It changes a module, and sets no variable."""
    machine.write(
        "@site/sitecustomize.py",
        "import matplotlib_inline.backend_inline as inline\ninline.show = lambda close=None: None\n"
        "inline.flush_figures = lambda: None\n",
    )


def a_pth_that_makes_errors_of_warnings(machine: Machine) -> None:
    machine.write("@site/strict.pth", "import warnings; warnings.simplefilter('error')\n")


def story(
    breaks: object,
    code: str,
    *words: str,
    warns: bool = True,
    server: bool = False,
    always: bool = False,
) -> Story:
    return Story(breaks, code, words, warns=warns, fixed=True, server=server, always=always)  # type: ignore[arg-type]


STORIES = {
    "seaborn 0.12 beside pandas 3": story(
        installed("seaborn==0.12.2"),
        "package-fails-in-use",
        "seaborn 0.12 does not fit pandas 3",
        "use_inf_as_na",
        warns=False,
        always=True,
    ),
    "bottleneck for numpy 1": story(
        installed("bottleneck==1.3.7"), "cell-shows-error-text", "bottleneck 1.3 does not fit numpy"
    ),
    "numexpr for numpy 1": story(
        installed("numexpr==2.8.4"), "cell-shows-error-text", "numexpr 2.8 does not fit numpy"
    ),
    "numexpr that pandas finds too old": story(
        installed("numexpr==2.10.1"), "cell-shows-error-text", "numexpr 2.10.1 does not fit pandas"
    ),
    "bottleneck that pandas finds too old": story(
        installed("bottleneck==1.4.2"),
        "cell-shows-error-text",
        "bottleneck 1.4.2 does not fit pandas",
    ),
    "a parso from before this Python": story(
        installed("parso==0.8.1", "jedi==0.18.0"),
        "tab-completes-nothing",
        "the version 0.18.0 of jedi is too old for ipython",
        "currently not supported",
    ),
    "a completer of their own that raises": story(
        a_completer_of_their_own, "tab-completes-nothing", "startup/20-tab.py"
    ),
    "a cache of root": story(
        a_cache_of_root, "tab-completes-nothing", "may not write into its own folder"
    ),
    "a cache that was cut": story(a_cache_that_was_cut, "tab-completes-nothing", "is damaged"),
    "a file where the cache belongs": story(
        a_file_where_the_cache_belongs, "tab-completes-nothing", "may not write into its own folder"
    ),
    "a start-up file that makes errors of warnings": story(
        warnings_that_are_errors, "tab-completes-nothing", "startup/00-strict.py"
    ),
    "a start-up file that has logging tell everything": story(
        started_with("import logging\nlogging.basicConfig(level=logging.DEBUG)\n"),
        "cell-shows-error-text",
        "lines in red",
    ),
    "a start-up file that tells of every picture": story(
        started_with(
            "import logging\nlog = logging.getLogger('matplotlib')\n"
            "log.setLevel('DEBUG')\nlog.addHandler(logging.StreamHandler())\n"
            "log.handlers[0].setFormatter(logging.Formatter('%(name)s: %(message)s'))\n"
        ),
        "cell-shows-error-text",
        "lines in red",
    ),
    "settings that let nothing be completed": story(
        no_matchers, "tab-completes-nothing", "ipython_config.py"
    ),
    "a list of fonts without matplotlib's own": story(
        a_list_of_fonts_without_matplotlibs_own,
        "matplotlibrc-breaks",
        "list of this machine's fonts",
        "DejaVu Sans",
        warns=False,
    ),
    "a .pth that draws elsewhere": story(
        a_pth_that_draws_elsewhere,
        "start-file-misleads",
        "plots.pth",
        "picture snippet",
        warns=False,
    ),
    "a .pth that draws elsewhere, under a kernelspec that ipykernel wrote": story(
        a_kernelspec_that_ipykernel_wrote,
        "start-file-misleads",
        "plots.pth",
        "picture snippet",
        warns=False,
    ),
    "a .pth that draws elsewhere, in Fedora's lib64": story(
        a_pth_in_a_folder_of_two_names,
        "start-file-misleads",
        "plots.pth",
        "picture snippet",
        warns=False,
    ),
    "a sitecustomize that draws elsewhere": story(
        a_sitecustomize_that_draws_elsewhere,
        "start-file-misleads",
        "sitecustomize.py",
        "picture snippet",
        warns=False,
    ),
    "a .pth that makes errors of warnings": story(
        a_pth_that_makes_errors_of_warnings, "tab-completes-nothing", "strict.pth"
    ),
    "pyarrow for numpy 1": story(
        pyarrow_that_raises,
        "numpy-binary-mismatch",
        "pyarrow was built for another numpy",
        warns=False,
    ),
    "nbconvert beside a mistune of 2019": story(
        installed("mistune==0.8.4"), "notebook-not-exported", "mistune", server=True
    ),
    "templates that were cleaned away": story(
        templates_cleaned_away, "notebook-not-exported", "nbconvert", server=True
    ),
}


@told(STORIES)
def test_importing_is_not_working(story: Story, make_machine: MakeMachine, wheels: Path) -> None:
    """What is used is named with what it does not fit, and one line makes it work."""
    play(story, make_machine, wheels, without_server=True)
