"""What a list takes from an address is known again by its import, and asked of no index."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import answers, notebook, of

from envcheck.adopt.judging.stumbling import stumbles
from envcheck.adopt.reading.addressed import addressed
from envcheck.adopt.writing.new_file import text
from envcheck.declared.declared import LeftOut

CLIP = "git+https://github.com/openai/CLIP.git"
IMAGE = "git+https://github.com/scikit-image/scikit-image@main"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (CLIP, "clip"),
        (f"-e {CLIP}@v1#subdirectory=x", "clip"),
        (IMAGE, "scikit-image"),
        ("git+ssh://github.com/a/B_c.git", "b-c"),
        ("https://github.com/a/kit/archive/refs/heads/main.zip", "kit"),
        ("https://example.org/kit/", "kit"),
        ("https://example.org/", ""),
        (".", ""),
        ("-e ./own", ""),
        ("https://example.org/a/very/long...", ""),
    ],
)
def test_the_name(line: str, name: str) -> None:
    assert addressed(LeftOut(line, "requirements.txt", 1)) == name


@pytest.mark.parametrize(
    ("list", "written"),
    [
        ("requirements.txt", f"{CLIP}\n{IMAGE}\n"),
        ("requirements.txt", f"numpy\n{CLIP}\n-e {IMAGE}\n"),
        (
            "environment.yml",
            f"dependencies:\n  - numpy\n  - pip\n  - pip:\n    - {CLIP}\n    - {IMAGE}\n",
        ),
    ],
)
def test_a_list_of_addresses(tmp_path: Path, list: str, written: str) -> None:
    """It is the course's, and nothing of it is asked for by its name."""
    files = {list: written, "a.ipynb": notebook("import clip\nfrom skimage import io")}
    reading = of(tmp_path, files)
    assert answers(reading) == ([], [])
    assert [listing.name for listing in reading.lists.of_all] == [list]
    told = [stone.text for stone in stumbles(reading)]
    assert len(told) == 2
    assert all("names no package, so no check can look for it" in text for text in told)


@pytest.mark.parametrize("row", [CLIP, f"clip @ {CLIP}", f"{CLIP}#egg=clip"])
def test_a_chapters_list_of_addresses(tmp_path: Path, row: str) -> None:
    """A chapter without that list has a question: the index has a stranger's `clip`. The chapter with it has it
    by its list, or not at all.
    """
    files = {
        "ch1/a.ipynb": notebook("import clip, zzqx"),
        "ch1/requirements.txt": f"{row}\n",
        "ch1/requirements-more.txt": "zzqx\n",
        "ch2/b.ipynb": notebook("import clip"),
        "ch3/c.ipynb": notebook("import clip"),
        "ch3/requirements.txt": f"{row}\n",
    }
    reading = of(tmp_path, files)
    assert answers(reading) == ([], ["clip"])
    written = text(reading)
    assert '"clip' not in written
    assert 'requires = ["ch3/requirements.txt"]' in written
