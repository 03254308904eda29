"""An index of packages with short pages, on this machine's disk: of the wheels in a folder, and no others.

pip reads a public index's page of each package that it installs, and of each that this one needs: numpy's
and pandas' name thousands of files. That is most of the time that it takes, and no story's subject but
those of the way to the index, which have `PIP_INDEX_URL` as their learners have it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tests.kept import kept


def index_of(wheels: Path) -> str:
    """The address of the index of these wheels, made once."""

    def write(folder: Path) -> None:
        for wheel in sorted(wheels.glob("*.whl")):
            page = folder / canonicalize_name(wheel.name.partition("-")[0]) / "index.html"
            page.parent.mkdir(exist_ok=True)
            with page.open("a", encoding="utf-8") as lines:
                lines.write(f'<a href="{wheel.as_uri()}">{wheel.name}</a><br>\n')

    return kept(f"index-of-{wheels.name}", write).as_uri()


def has_all(index: str, requirements: Iterable[str]) -> bool:
    """Whether an index of ours has a page of each of these, among which pip's options may be; one of
    somebody else's has.
    """
    if not index.startswith("file:"):
        return True
    names = [Requirement(word).name for word in requirements if word[:1].isalpha()]
    folder = Path(unquote(urlsplit(index).path))
    return all((folder / canonicalize_name(name)).is_dir() for name in names)
