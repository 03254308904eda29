"""Which module a distribution is imported by: as its own files say, where it is installed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path, PurePosixPath

from envcheck import foreign_file
from envcheck.target.interpreter import Distribution, Interpreter
from envcheck_checks.installed.record_file import recorded

# What a distribution that is not installed under this name may still be imported by: conda builds of
# it have no metadata of pip's. Verified on the index in November 2026.
MODULES = {
    "beautifulsoup4": "bs4",
    "faiss": "faiss",
    "faiss-cpu": "faiss",
    "faiss-gpu": "faiss",
    "gdal": "osgeo.gdal",
    "opencv": "cv2",
    "opencv-contrib-python": "cv2",
    "opencv-contrib-python-headless": "cv2",
    "opencv-python": "cv2",
    "opencv-python-headless": "cv2",
    "pillow": "PIL",
    "py-opencv": "cv2",
    "python-dateutil": "dateutil",
    "python-dotenv": "dotenv",
    "pyyaml": "yaml",
    "scikit-image": "skimage",
    "scikit-learn": "sklearn",
}
NOT_THE_LIBRARY = {"tests", "test", "testing", "docs", "examples", "scripts", "benchmarks"}


def module_of(python: Interpreter, name: str) -> str:
    """The module that stands for the distribution of this normalised name; empty where its own name
    has to do, since nothing is known.
    """
    distribution = python.installed.get(name)
    if distribution is None:
        return MODULES.get(name, "")
    return installed_module(distribution) or ""


def installed_module(distribution: Distribution) -> str:
    """The module that the list of its files shows, else the one that its metadata names; empty where
    it has none: a program, data, or an installation for its authors.
    """
    counted = Counter(_modules(distribution))
    likely = {
        module: count
        for module, count in counted.items()
        if not module.startswith("_") and module.partition(".")[0] not in NOT_THE_LIBRARY
    }
    own = distribution.name.replace("-", "_")
    same = [module for module in likely if module.lower().replace(".", "_") == own]
    usual = MODULES.get(distribution.name, "")
    if usual.partition(".")[0] in likely:
        return usual
    return same[0] if same else max(likely, key=lambda module: likely[module], default="")


def _modules(distribution: Distribution) -> list[str]:
    """A module for each file of it: the outermost package that has an `__init__.py`."""
    files = [PurePosixPath(file) for file, _ in recorded(distribution)]
    packages = {file.parent for file in files if file.name == "__init__.py"}
    modules = [module for file in files if (module := _outermost(file, packages))]
    return modules or _top_levels(distribution)


def _outermost(file: PurePosixPath, packages: set[PurePosixPath]) -> str:
    if ".." in file.parts or file.suffix not in (".py", ".so", ".pyd"):
        return ""
    above = [parent for parent in reversed(file.parents) if parent in packages]
    place = above[0] if above else file.with_name(file.name.partition(".")[0])
    parts = place.parts
    inside = bool(above) or len(parts) == 1
    return ".".join(parts) if inside and all(part.isidentifier() for part in parts) else ""


def _top_levels(distribution: Distribution) -> list[str]:
    """What the builder of a distribution without a list of files wrote down."""
    file = Path(distribution.folder, distribution.entry, "top_level.txt")
    return [
        line.strip() for line in foreign_file.text_or_nothing(file).splitlines() if line.strip()
    ]
