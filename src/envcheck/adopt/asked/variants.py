"""Lists for some machines alone, by their names (`requirements-gpu.txt`, `environment_mac.yml`): nobody else is asked
for what they have.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from envcheck.adopt.asked.alternatives import Listing
from envcheck.adopt.asked.brought import with_brought

SOME = re.compile(
    r"(?<![a-z0-9])(?:"
    r"mac(?:os)?(?:x|[-_]?(?:intel|arm))?|osx|darwin|win(?:dows)?(?:32|64|10|11)?|linux(?:32|64)?|ubuntu|debian|wsl2?|m[1-4]"
    r"|arm(?:64)?|aarch64|x86(?:[-_]64)?|amd64|apple|silicon|jetson|rpi"
    r"|gpus?|cpu|cuda[\d.]*|cu\d{2,3}|rocm[\d.]*|mps|metal|tpu|xpu|nvidia"
    r"|colab|kaggle|sagemaker|codespaces?|gitpod|paperspace|deepnote"
    r"|py(?:thon)?[-_.]?[23][._]?\d{1,2}|2\.7|3\.\d{1,2}"
    r")(?![a-z0-9])"
)
OPTIONAL = re.compile(r"(?<![a-z0-9])(?:optional|extras?)(?![a-z0-9])")
OF_JUPYTER = {"ipykernel", "jupyter", "jupyterlab", "notebook", "nbclassic", "voila"}
OF_JUPYTER |= {"jupyter-book"}


def is_for_some(name: str) -> bool:
    """Whether a file, an extra or a feature of this name is."""
    return SOME.search(name.lower()) is not None


def variants(beside: Sequence[Listing], imported: Collection[str]) -> list[Listing]:
    """Those of these lists, which lie in one place, that hold for some learners alone. Where no list is for
    everybody, one is of which every row stands in all others too.
    """
    some = [each for each in beside if is_for_some(_stem(each)) or OPTIONAL.search(_stem(each))]
    for_all = [each for each in beside if each not in some and _serves(each, imported)]
    if for_all or not some:
        return some
    if len(some) == 1:
        return []  # nothing else says what learners install
    least = next((each for each in some if all(_rows(each) <= _rows(row) for row in some)), None)
    return [each for each in some if each is not least]


def is_unused(listing: Listing, imported: Collection[str]) -> bool:
    """Whether it serves something else, such as the course's own page: nobody who takes the course
    needs it.
    """
    if listing.nameless:
        return False  # nobody knows what these bring
    have = with_brought(listing.names)
    return bool(listing.names) and not listing.pythons and not have & {*imported, *OF_JUPYTER}


def _serves(listing: Listing, imported: Collection[str]) -> bool:
    """Whether it has packages for who takes the course."""
    has_some = bool(listing.packages or listing.nameless)
    return has_some and not (imported and is_unused(listing, imported))


def _stem(listing: Listing) -> str:
    return listing.name.lower().rpartition("/")[2].rpartition(".")[0]


def _rows(listing: Listing) -> set[str]:
    return {row.requirement for row in listing.packages} | {row.text for row in listing.nameless}
