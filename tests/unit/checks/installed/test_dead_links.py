"""What is moved of an installed package whose links lead nowhere, so that pip can write its files."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.described_machines import file_at, python_at

from envcheck.target.interpreter import Interpreter
from envcheck_checks.installed import dead_links

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: links need a right")
SITE = Path("venv/lib/python3.12/site-packages")
ENTRY = "plots-1.0.dist-info"


def learner(root: Path, links: list[str], others: list[str], listed: list[str]) -> Interpreter:
    """`plots`, of which these are dead links, beside files that are others' or whole."""
    site = root / SITE
    for line in links:
        (site / line).parent.mkdir(parents=True, exist_ok=True)
        (site / line).symlink_to("/gone/cache/file")
    for line in others:
        file_at(site / line)
    file_at(site / ENTRY / "RECORD", "".join(f'"{line}",,\n' for line in (*links, *listed)))
    python = python_at(root / "venv", {"plots": "1.0"})
    (plots,) = python.distributions
    return replace(python, distributions=(replace(plots, folder=str(site), entry=ENTRY),))


def moved(
    root: Path, links: list[str], others: list[str] | None = None, listed: list[str] | None = None
) -> list[str]:
    python = learner(root, links, others or [], listed or [])
    places = dead_links.in_the_way(python, python.distributions[0])
    return [place.relative_to(root / "venv").as_posix() for place in places]


def test_a_package_of_its_own(tmp_path: Path) -> None:
    """It is moved as one, with what is whole in it, and with what Python has made anew."""
    links = ["plots/__init__.py", "plots/inner/draw.py"]
    site = SITE.relative_to("venv").as_posix()
    assert moved(tmp_path, links, ["plots/__pycache__/draw.pyc", "plots/mine.py"]) == [
        f"{site}/plots"
    ]


def test_a_folder_that_several_share(tmp_path: Path) -> None:
    """matplotlib's `mpl_toolkits` has no `__init__.py`, and basemap's lies in it too."""
    site = SITE.relative_to("venv").as_posix()
    links = ["mpl_toolkits/mplot3d/__init__.py", "mpl_toolkits/mplot3d/axes3d.py"]
    others = ["mpl_toolkits/basemap/__init__.py", "mpl_toolkits/mplot3d/__pycache__/a.pyc"]
    assert moved(tmp_path / "a", links, others) == [f"{site}/mpl_toolkits/mplot3d"]
    assert moved(tmp_path / "b", links) == [f"{site}/mpl_toolkits"]


def test_what_lies_beside_the_packages(tmp_path: Path) -> None:
    """Jupyter's pages and settings; what would lie out of the environment is left alone."""
    up = "../../../"
    links = [
        *(f"{up}share/jupyter/lab/a.js", f"{up}share/jupyter/lab/static/b.js"),
        *(f"{up}etc/jupyter/plots.json", f"{up}../elsewhere/c.js"),
    ]
    others = [f"{up}share/jupyter/kernels/python3/kernel.json", f"{up}etc/jupyter/mine.json"]
    assert moved(tmp_path, links, others) == ["etc/jupyter/plots.json", "share/jupyter/lab"]


def test_single_links(tmp_path: Path) -> None:
    """One module, and the notes of which the list itself is whole."""
    site = SITE.relative_to("venv").as_posix()
    links = ["plots_single.py", f"{ENTRY}/METADATA"]
    assert moved(tmp_path, links) == [f"{site}/{ENTRY}/METADATA", f"{site}/plots_single.py"]


def test_nothing_is_moved_of_a_whole_one(tmp_path: Path) -> None:
    """Nor of a link that leads somewhere, nor of a file that was never there."""
    listed = ["plots/__init__.py", "plots/link.py", "plots/never.py"]
    (tmp_path / SITE / "plots").mkdir(parents=True)
    (tmp_path / SITE / "plots/link.py").symlink_to(tmp_path / SITE / "plots/__init__.py")
    assert moved(tmp_path, [], ["plots/__init__.py"], listed) == []


FILES = st.sampled_from(
    [
        *("plots/__init__.py", "plots/a/b.py", "plots/a/c.py", "shared/x/a.py", "shared/b.py"),
        *("single.py", "../../../share/jupyter/a.js", "../../../share/jupyter/lab/b.js"),
    ]
)


@given(links=st.lists(FILES, unique=True), others=st.lists(FILES, unique=True))
@settings(
    max_examples=settings().max_examples // 2,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_dead_link_stays_and_nobody_elses_file_goes(
    links: list[str], others: list[str], own_folder: Path
) -> None:
    """Whatever lies among them: afterwards pip can write each file that is listed. Of what is not a
    dead link only files in a package of its own are moved.
    """
    root = own_folder / f"{len(list(own_folder.iterdir()))}"
    others = [line for line in others if line not in links]
    python = learner(root, links, others, [])
    places = dead_links.in_the_way(python, python.distributions[0])
    assert not any(set(place.parents) & set(places) for place in places)
    for place in places:
        place.rename(f"{place}.aside")
    site = root / SITE
    assert not any((site / line).is_symlink() for line in links)
    for line in others:
        assert (site / line).exists() or (
            "plots/__init__.py" in links and line.startswith("plots/")
        )


def test_one_cleaning_took_them_all(tmp_path: Path) -> None:
    """Who has such links is installed anew together, but for what an index would not have; where none of
    those that are asked for has any, nobody else's matter.
    """
    python = learner(tmp_path, ["plots/__init__.py"], ["whole/__init__.py"], [])
    (plots,) = python.distributions
    rows = [plots]
    for name in ("axes", "mine", "whole"):
        rows.append(replace(plots, name=name, entry=f"{name}-1.0.dist-info"))
        file_at(tmp_path / SITE / rows[-1].entry / "RECORD", f"{name}/__init__.py,,\n")
        if name != "whole":
            (tmp_path / SITE / name).mkdir()
            (tmp_path / SITE / name / "__init__.py").symlink_to("/gone/cache/file")
    file_at(tmp_path / SITE / "mine-1.0.dist-info/direct_url.json", "{}")
    python = replace(python, distributions=tuple(rows))
    assert dead_links.with_all_others(python, ["plots"]) == ["plots", "axes"]
    assert dead_links.with_all_others(python, ["whole"]) == ["whole"]
