"""Which lines of a cell install something, and what is left of it."""

from __future__ import annotations

import pytest

from envcheck_checks.course_file.installing_cells import Without, without_installing


@pytest.mark.parametrize(
    ("text", "left", "installs"),
    [
        ("%pip install numpy\nimport numpy", "pass\nimport numpy", "%pip install numpy"),
        ("!pip install a \\\n  b\nx = 1", "pass\n\nx = 1", "!pip install a    b"),
        ("if True:\n    !conda install -y a", "if True:\n    pass", "!conda install -y a"),
        ("!{sys.executable} -m pip install a", "pass", "!{sys.executable} -m pip install a"),
        ("!sudo apt-get -qq install a", "pass", "!sudo apt-get -qq install a"),
        ("%%bash\ncd x\npip install a", "", "!pip install a"),
        ("import subprocess\nsubprocess.run(['pip', 'install', 'a'])", "", "subprocess.run(..."),
    ],
)
def test_lines_that_install(text: str, left: str, installs: str) -> None:
    without = without_installing(text)
    assert without.text == left
    assert " ".join(without.installs.split()) == " ".join(installs.split())


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("%pip install a\nimport a", None),
        ("!pip install -q a && python -m a", None),
        ("!uv pip install a", None),
        ("import subprocess\nsubprocess.run(['pip', 'install', 'a'])", None),
        ("!sudo pip install a\nx = 1", "pass\nx = 1"),
        ("!conda install -y a", "pass"),
        ("!uv sync", "pass"),
        ("!apt-get install -y ffmpeg", "pass"),
        ("!pip install --target /opt a", "pass"),
        ("!pip install a -t /opt", "pass"),
        ("%%bash\npip install a\napt install b", ""),
        ("import os\nos.system('apt-get install -y a')", ""),
    ],
)
def test_what_a_thrown_away_environment_bears(text: str, left: str | None) -> None:
    """pip's lines run there; whatever changes the system, or another environment, does not."""
    assert without_installing(text, thrown_away=True).text == (text if left is None else left)


@pytest.mark.parametrize(
    "text",
    ["!pip list", "!ls", "x = 'pip install a'", "# pip install a", "%matplotlib inline", "1 +", ""],
)
def test_what_installs_nothing_is_run_as_it_is(text: str) -> None:
    assert without_installing(text) == Without(text)
