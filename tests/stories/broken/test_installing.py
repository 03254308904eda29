"""Something is missing, and what would install it does not work or installs elsewhere: that is the
cause.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.stories.broken.story import Story, play, told
from tests.stories.carried_out import carried_out
from tests.stories.conda.place import set_up_shells
from tests.stories.machine import Machine, MakeMachine, clone

pytestmark = pytest.mark.slow


def seaborn_gone(machine: Machine) -> None:
    machine.remove("@site/seaborn*")


def a_target_in_a_variable(machine: Machine) -> None:
    seaborn_gone(machine)
    machine.variables["PIP_TARGET"] = str(machine.home / "my-packages")


def a_prefix_in_pip_conf(machine: Machine) -> None:
    seaborn_gone(machine)
    machine.write("home/.config/pip/pip.conf", f"[install]\nprefix = {machine.home}/.packages\n")


def always_for_the_user(machine: Machine) -> None:
    seaborn_gone(machine)
    machine.variables["PIP_USER"] = "1"


def nothing_is_really_installed(machine: Machine) -> None:
    machine.variables["PIP_DRY_RUN"] = "1"


def no_word_for_an_index(machine: Machine) -> None:
    machine.variables["PIP_NO_INDEX"] = "maybe"


def seconds_with_their_unit(machine: Machine) -> None:
    """seaborn is missing too: pip would end before it asks for it."""
    machine.remove("@site/seaborn*")
    machine.write("home/.config/pip/pip.conf", "[install]\ntimeout = 60s\nretries = 3\n")


def neither_yes_nor_no(machine: Machine) -> None:
    """pip answers, and ends as soon as it is to install something."""
    machine.variables["PIP_PREFER_BINARY"] = "always"


def constraints_that_are_gone(machine: Machine) -> None:
    seaborn_gone(machine)
    machine.variables["PIP_CONSTRAINT"] = str(machine.home / "work" / "constraints.txt")


def hashes_wanted(machine: Machine) -> None:
    seaborn_gone(machine)
    machine.variables["PIP_REQUIRE_HASHES"] = "1"


def no_index(machine: Machine) -> None:
    seaborn_gone(machine)
    machine.variables.update(PIP_NO_INDEX="1", PIP_FIND_LINKS="(unset)")


def pip_conf_that_cannot_be_read(machine: Machine) -> None:
    seaborn_gone(machine)
    machine.write("home/.config/pip/pip.conf", "index-url = https://pypi.org/simple\n")


def constraints_of_another_course(machine: Machine) -> None:
    seaborn_gone(machine)
    machine.variables["PIP_CONSTRAINT"] = str(
        machine.write("work/constraints.txt", "# two years ago\nseaborn<0.11\n")
    )


def hashes_wanted_where_seaborn_is_damaged(machine: Machine) -> None:
    machine.write("@site/seaborn/__init__.py", "import this is not python\n")
    machine.variables["PIP_REQUIRE_HASHES"] = "1"


def hashes_wanted_beside_an_index(machine: Machine) -> None:
    seaborn_gone(machine)
    machine.write(
        "home/.config/pip/pip.conf",
        "[global]\nindex-url = https://pypi.org/simple\n[install]\nrequire-hashes = true\n",
    )


def pip_conf_without_a_section(machine: Machine) -> None:
    machine.write("home/.config/pip/pip.conf", "timeout = 5\n")


def a_certificate_file_that_is_gone(machine: Machine) -> None:
    machine.variables["PIP_CERT"] = str(machine.home / "campus.pem")


def jupyter_gone(machine: Machine) -> None:
    machine.remove(
        "@site/notebook*", "@site/jupyterlab*", "venv/bin/jupyter-notebook", "venv/bin/jupyter-lab*"
    )


def ipykernel_gone(machine: Machine) -> None:
    machine.remove("@site/ipykernel*")


def pip_gone(machine: Machine) -> None:
    seaborn_gone(machine)
    machine.remove("@site/pip", "@site/pip-*", "venv/bin/pip*")


def python_of_another_version(machine: Machine) -> None:
    """As an upgrade of the Python below it leaves an environment: its packages lie in the folder of
    the version that it was made for.
    """
    older = machine.prefix / "lib" / "python3.9"
    own = machine.site
    older.mkdir()
    own.rename(older / "site-packages")
    (own.parent / "site-packages").mkdir()


def pip_damaged(machine: Machine) -> None:
    seaborn_gone(machine)
    machine.remove("@site/pip/_internal/cli")


def pip_without_what_it_installs_with(machine: Machine) -> None:
    """`pip --version` works."""
    machine.remove("@site/pip/_vendor/requests")


def pip_cannot_install(machine: Machine) -> None:
    seaborn_gone(machine)
    pip_without_what_it_installs_with(machine)


def a_pth_that_ends_pip(machine: Machine) -> None:
    """As a tool does that gives pip the system's certificates, once a half of it is gone."""
    machine.write(
        "@site/pip_certificates.pth", "import sys; sys.modules['pip._internal.cli.main'] = None\n"
    )


def pip_of_another_environment(machine: Machine) -> None:
    other = clone(machine.prefix, machine.root / "other")
    seaborn_gone(machine)
    (machine.root / "first").mkdir()
    shutil.copy(other.parent / "pip", machine.root / "first" / "pip")
    machine.variables["PATH"] = f"{machine.root}/first:{machine.python.parent}:/usr/bin:/bin"


def an_environment_of_root(machine: Machine) -> None:
    seaborn_gone(machine)
    machine.site.chmod(0o555)
    machine.as_a_plain_user()


def python_of_the_system(machine: Machine) -> None:
    lib = next(machine.prefix.glob("lib/python3*"))
    machine.write(str(lib / "EXTERNALLY-MANAGED"), "[externally-managed]\nError=Use apt.\n")


def conda_base(machine: Machine) -> None:
    """Marks of conda; its environment `course`, beside the base, has everything."""
    base = machine.prefix
    shutil.copytree(
        base,
        machine.root / "course",
        symlinks=True,
        copy_function=lambda source, to: Path(to).hardlink_to(source),
    )
    machine.write("course/conda-meta/history")
    machine.write("python/conda-meta/history")
    (base / "envs").mkdir()
    (machine.root / "course").rename(base / "envs" / "course")
    seaborn_gone(machine)
    set_up_shells(machine, base)
    machine.variables.update(CONDA_PREFIX=str(base), CONDA_DEFAULT_ENV="base", CONDA_SHLVL="1")


STORIES = {
    "PIP_TARGET": Story(
        a_target_in_a_variable,
        "pip-installs-elsewhere",
        ("seaborn", "PIP_TARGET"),
        fixed=True,
        always=True,
    ),
    "prefix in pip.conf": Story(
        a_prefix_in_pip_conf, "pip-installs-elsewhere", ("seaborn", "prefix"), fixed=True
    ),
    "PIP_USER in an environment": Story(
        always_for_the_user, "pip-installs-elsewhere", ("seaborn", "PIP_USER"), fixed=True
    ),
    "PIP_DRY_RUN while nothing is missing": Story(
        nothing_is_really_installed, "pip-setting-breaks", ("PIP_DRY_RUN",), warns=True, fixed=True
    ),
    "PIP_PREFER_BINARY that is neither yes nor no": Story(
        neither_yes_nor_no, "pip-setting-breaks", ("PIP_PREFER_BINARY",), warns=True, fixed=True
    ),
    "PIP_NO_INDEX is neither yes nor no": Story(
        no_word_for_an_index,
        "pip-setting-breaks",
        ("PIP_NO_INDEX", "maybe"),
        warns=True,
        fixed=True,
    ),
    "a timeout with its unit in pip.conf": Story(
        seconds_with_their_unit, "pip-setting-breaks", ("timeout = 60s", "seaborn"), fixed=True
    ),
    "PIP_CONSTRAINT that is gone": Story(
        constraints_that_are_gone, "pip-setting-breaks", ("PIP_CONSTRAINT",), fixed=True
    ),
    "PIP_REQUIRE_HASHES": Story(
        hashes_wanted, "pip-setting-breaks", ("PIP_REQUIRE_HASHES",), fixed=True
    ),
    "PIP_CONSTRAINT that allows no version": Story(
        constraints_of_another_course, "pip-setting-breaks", ("PIP_CONSTRAINT",), fixed=True
    ),
    "PIP_REQUIRE_HASHES where something is damaged": Story(
        hashes_wanted_where_seaborn_is_damaged,
        "pip-setting-breaks",
        ("seaborn", "PIP_REQUIRE_HASHES"),
        fixed=True,
    ),
    "hashes wanted beside an index in pip.conf": Story(
        hashes_wanted_beside_an_index, "pip-setting-breaks", ("require-hashes",)
    ),
    "pip.conf without a section": Story(
        pip_conf_without_a_section, "pip-config-broken", ("pip.conf",), fixed=True
    ),
    "PIP_CERT that is gone": Story(
        a_certificate_file_that_is_gone,
        "certificate-file-missing",
        ("PIP_CERT",),
        warns=True,
        fixed=True,
    ),
    "no Jupyter": Story(jupyter_gone, "jupyter-not-installed", ("Jupyter",), fixed=True),
    "no ipykernel": Story(ipykernel_gone, "ipykernel-missing", ("ipykernel",), fixed=True),
    "PIP_NO_INDEX": Story(no_index, "pip-no-index", ("seaborn", "PIP_NO_INDEX"), fixed=True),
    "pip.conf that cannot be read": Story(
        pip_conf_that_cannot_be_read, "pip-config-broken", ("pip.conf",)
    ),
    "no pip": Story(pip_gone, "pip-missing", fixed=True),
    "another version of Python below": Story(
        python_of_another_version,
        "environment-of-other-version",
        ("made for Python 3.9", "cannot be found"),
        fixed=True,
    ),
    "pip damaged": Story(pip_damaged, "pip-broken", fixed=True),
    "pip that cannot install": Story(
        pip_cannot_install, "pip-broken", ("says its version", "requests"), fixed=True
    ),
    "pip that cannot install, while nothing is missing": Story(
        pip_without_what_it_installs_with,
        "pip-broken",
        ("says its version", "requests"),
        warns=True,
        fixed=True,
    ),
    "a start-up file that ends pip": Story(
        a_pth_that_ends_pip, "start-file-misleads", ("pip_certificates.pth",), fixed=True
    ),
    "pip of another environment": Story(
        pip_of_another_environment,
        "pip-of-other-python",
        ("seaborn", "first/pip"),
        fixed=True,
        kind="linked",
    ),
    "an environment of root": Story(
        an_environment_of_root, "environment-read-only", ("seaborn",), fixed=True
    ),
    "a bare Python of the system": Story(
        python_of_the_system,
        "python-externally-managed",
        ("PEP 668",),
        fixed=True,
        kind="installation",
        packages=False,
    ),
    "a bare Python": Story(
        lambda machine: None,
        "packages-missing",
        ("Jupyter, numpy, pandas",),
        fixed=None,
        kind="installation",
        packages=False,
    ),
    "conda's base is active": Story(
        conda_base, "conda-base-active", ("`course`",), fixed=True, kind="installation"
    ),
}


@told(STORIES)
def test_nothing_can_be_installed(story: Story, make_machine: MakeMachine, wheels: Path) -> None:
    """What would make the installation fail is the one cause; its fix removes it and installs."""
    # pip has no part in the server.
    play(story, make_machine, wheels, without_server=True)


@pytest.mark.whole
def test_a_list_in_the_folder(make_machine: MakeMachine, wheels: Path) -> None:
    """It names what is missing: it comes first, whole, and is a person's to run; its line works."""
    machine = make_machine()
    machine.installs_from(wheels)
    seaborn_gone(machine)
    machine.write("work/requirements.txt", "# the course\nnumpy\nSeaborn>=0.11\n")
    seen = machine.check("--quick")
    assert (seen.code, seen.errors) == (1, ["packages-missing"])
    whole, alone = seen.first["fixes"]
    assert (whole["automatic"], alone["automatic"]) == (False, True)
    assert whole["title"] == "install all that requirements.txt asks for"
    carried_out(machine, whole["steps"])
    after = machine.check("--quick")
    assert (after.code, after.errors) == (0, [])
