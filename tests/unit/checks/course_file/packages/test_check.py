"""Packages of a course, really imported by a Python that has them."""

from __future__ import annotations

import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest

from envcheck import Chapter, Course, Status
from envcheck.course_file.values import AT_LEAST, EXACT
from envcheck.declared.declared import Declared
from envcheck.declared.reading import read
from envcheck.required import loosened
from envcheck.run.result import CheckResult
from envcheck.testing import run_course
from envcheck_checks.course_file.packages.check import course_packages
from envcheck_checks.course_file.wanted import Wanted

pytestmark = pytest.mark.slow


def packages(folder: Path, listed: str, pins: str = AT_LEAST) -> CheckResult:
    """What the check says of this list, for the Python of the tests."""
    file = "environment.yml" if "dependencies:" in listed else "requirements.txt"
    (folder / file).write_text(listed)
    rows = read(folder, file).packages
    wanted = Wanted(tuple(replace(r, requirement=loosened(r.requirement, pins)) for r in rows))
    made = Course("a", "A", [Chapter("w", "W", [course_packages(wanted, "w", (), ())])])
    (result,) = run_course(made, "w", python=sys.executable, folder=folder).results
    return result


def test_what_is_there(tmp_path: Path) -> None:
    """By other names than their modules', with a pin that is met by a newer one, without a module."""
    result = packages(tmp_path, "PyYAML==3.0\npython-discovery\nruff\nold ; python_version < '3'\n")
    assert result.status is Status.PASS, (result.summary, result.diagnoses)
    assert result.summary.startswith("pyyaml 6.0, python-discovery 1.")


def test_an_exact_pin_is_taken_literally_where_the_course_says_so(tmp_path: Path) -> None:
    result = packages(tmp_path, "PyYAML==3.0\n", EXACT)
    assert [one.code for one in result.diagnoses] == ["package-too-new"]
    assert result.diagnoses[0].evidence.found == f"pyyaml {version('pyyaml')}"


@pytest.mark.parametrize(
    ("listed", "codes"),
    [
        ("PyYAML\nno-such-package-of-anybody\n", ["packages-missing"]),
        ("PyYAML>=99\n", ["package-too-old"]),
        ("PyYAML<6\nruff>=99\n", ["package-too-new", "package-too-old"]),
    ],
)
def test_a_gap(tmp_path: Path, listed: str, codes: list[str]) -> None:
    result = packages(tmp_path, listed)
    assert result.status is Status.FAIL
    assert sorted(one.code for one in result.diagnoses) == codes


def distribution(site: Path, name: str, version: str, *lines: str, **modules: str) -> None:
    """A package as pip leaves it: its metadata, its list of files, its modules."""
    entry = site / f"{name.replace('-', '_')}-{version}.dist-info"
    entry.mkdir(parents=True)
    head = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    (entry / "METADATA").write_text(head + "".join(f"{line}\n" for line in lines))
    for module, text in modules.items():
        (site / f"{module}.py").write_text(text)
    own = [f"{module}.py,,\n" for module in modules]
    (entry / "RECORD").write_text("".join([f"{entry.name}/METADATA,,\n", *own]))


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packages that this Python meets."""
    place = tmp_path_factory.mktemp("elsewhere") / "site"
    monkeypatch.setenv("PYTHONPATH", str(place))
    return place


ROWS = ('Requires-Dist: zzspread>=2; extra == "all"', 'Requires-Dist: zzlz; extra == "all"')


@pytest.mark.parametrize("gone", ["", "zzspread", "zzlz"])
def test_what_an_extra_asks_for(tmp_path: Path, site: Path, gone: str) -> None:
    """All imports go well, and the first line of the notebook that needs it does not."""
    distribution(site, "zzdask", "1.0", *ROWS, zzdask="")
    for name in {"zzspread", "zzlz"} - {gone}:
        distribution(site, name, "2.0", **{name: ""})
    result = packages(tmp_path, "zzdask[all]>=1\n")
    assert [one.code for one in result.diagnoses] == ["packages-missing"] * bool(gone)
    if gone:
        assert result.summary == f"{gone} (of zzdask[all]) is not installed in this Python"
        assert result.diagnoses[0].evidence.wanted == "zzdask[all]>=1"
    assert packages(tmp_path, "zzdask\n").status is Status.PASS


def test_an_extra_of_what_has_nothing_to_import(tmp_path: Path, site: Path) -> None:
    distribution(site, "zzmeta", "1.0", *ROWS)
    distribution(site, "zzlz", "2.0", zzlz="")
    result = packages(tmp_path, "zzmeta[all]\n")
    assert result.summary == "zzspread (of zzmeta[all]) is not installed in this Python"


def test_an_extra_in_another_version_is_a_warning(tmp_path: Path, site: Path) -> None:
    distribution(site, "zzdask", "1.0", *ROWS, zzdask="")
    distribution(site, "zzspread", "1.0", "Requires-Dist: zznothing", zzspread="")
    distribution(site, "zzlz", "2.0", zzlz="")
    result = packages(tmp_path, "zzdask[all]\n")
    assert (result.status, [one.code for one in result.diagnoses]) == (
        Status.WARN,
        ["packages-in-conflict"],
    )
    assert result.diagnoses[0].evidence.found == (
        "zzdask needs zzspread>=2, and 1.0 is installed; "
        "zzspread needs zznothing, and it is not installed"
    )


@pytest.mark.parametrize(
    ("there", "version", "listed", "says"),
    [
        ("opencv-python-headless", "4.10.0.84", "opencv-python>=4.9", ""),
        ("opencv-python-headless", "4.5.5", "opencv-python>=4.9", "package-too-old"),
        ("opencv-python-headless", "4.10", "opencv-contrib-python", "packages-missing"),
        ("opencv", "4.6.0", "opencv-python>=4.6.0.66", ""),
        ("opencv", "4.5.5", "opencv-python>=4.6.0.66", "package-too-old"),
        ("psycopg2", "2.9.9", "psycopg2-binary", ""),
        ("beautifulsoup4", "4.12", "bs4>=0.0.1", ""),
    ],
)
def test_another_build_of_the_library(
    tmp_path: Path, site: Path, there: str, version: str, listed: str, says: str
) -> None:
    """Its own version is compared, and its name is said; nothing is installed over it."""
    distribution(site, there, version, **{f"zz{there[:4]}": ""})
    result = packages(tmp_path, f"{listed}\n")
    assert [one.code for one in result.diagnoses] == [says] * bool(says), result.summary
    if not says:
        shown = f"{there} {'.'.join(version.split('.')[:2])} in place of "
        assert result.summary.startswith(shown + listed.partition(">")[0])
    elif says == "package-too-old":
        assert result.diagnoses[0].evidence.found == f"{there} {version}"
        assert result.diagnoses[0].evidence.wanted == listed


@pytest.mark.parametrize(
    ("owner", "own", "listed", "words"),
    [
        ("zzfork", "", "zzmod>=2", "which is zzfork 1.0: whether that does nobody can tell"),
        ("zzfork", "", "zzmod>=1", "zzmod (as zzfork 1.0) imported in"),
        ("", "3.1", "zzmod>=2", "zzmod (as zzmod 3.1) imported in"),
        (
            "",
            "1.9",
            "zzmod>=2",
            "which is of no package that is noted here, and says that it is 1.9: whether",
        ),
        ("", "", "zzmod>=2", "which is of no package that is noted here: whether"),
        ("", "", "zzmod", "zzmod (as zzmod) imported in"),
    ],
)
def test_a_module_of_nobody_known(
    tmp_path: Path, site: Path, owner: str, own: str, listed: str, words: str
) -> None:
    """A version that nobody can compare is not one that fits."""
    text = f"__version__ = '{own}'\n" if own else ""
    if owner:
        distribution(site, owner, "1.0", zzmod=text)
    else:
        site.mkdir()
        (site / "zzmod.py").write_text(text)
    result = packages(tmp_path, f"{listed}\n")
    assert words in result.summary
    assert result.status is (
        Status.UNDETERMINED if "nobody" in words or "whether" in words else Status.PASS
    )


def test_names_of_conda_s(tmp_path: Path) -> None:
    """Verified ones are looked for by the index's name; of others a Python that is not conda's says
    nothing, and nothing is told to install a stranger's package of that name.
    """
    listed = "dependencies:\n  - pyyaml=3.0\n  - libgdal\n"
    assert packages(tmp_path, listed).status is Status.PASS
    unsure = packages(tmp_path, listed + "  - no-such-package-of-anybody\n")
    assert (unsure.status, unsure.diagnoses) == (Status.ERROR, ())
    assert unsure.summary.startswith("no-such-package-of-anybody is a name of conda's")


def test_the_courses_own_package_is_never_asked_of_an_index(tmp_path: Path) -> None:
    """Nobody is told to have pip install that name, nor of a manager that the course does not have."""
    (tmp_path / "requirements.txt").touch()
    row = Declared("no-such-package-of-anybody", "requirements.txt", on_index=False)
    wanted = Wanted((row,), lists=(str(tmp_path / "requirements.txt"),))
    made = Course("a", "A", [Chapter("w", "W", [course_packages(wanted, "w", (), ())])])
    (result,) = run_course(made, "w", python=sys.executable, folder=tmp_path).results
    assert (result.status, result.diagnoses) == (Status.UNDETERMINED, ())
    assert "-m pip install -r " in result.summary
    assert "uv sync" not in result.summary
