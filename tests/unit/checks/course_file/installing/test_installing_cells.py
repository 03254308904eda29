"""Which lines of a cell install something, and what is left of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck_checks.course_file.installing.installing_cells import (
    Without,
    does_something,
    without_installing,
)


@pytest.mark.parametrize(
    ("text", "left", "installs"),
    [
        ("%pip install numpy\nimport numpy", "pass\nimport numpy", "%pip install numpy"),
        ("!pip install a \\\n  b\nx = 1", "pass\n\nx = 1", "!pip install a    b"),
        ("if True:\n    !conda install -y a", "if True:\n    pass", "!conda install -y a"),
        ("!{sys.executable} -m pip install a", "pass", "!{sys.executable} -m pip install a"),
        ("!sudo apt-get -qq install a", "pass", "!sudo apt-get -qq install a"),
        ("%%bash\ncd x\npip install a", "", "!pip install a"),
        ("import subprocess\nsubprocess.run(['pip', 'install', 'a'])", "import subprocess\npass", "subprocess.run(..."),
        ("%%capture\n!pip install a\nimport a", "%%capture\npass\nimport a", "!pip install a"),
        ("%%time\n%pip install a\nx = 1", "%%time\npass\nx = 1", "%pip install a"),
        ("!git clone u && pip install -r r.txt", "!git clone u", "!git clone u && pip install -r r.txt"),
        ("!cd x; pip install -e .; ls", "!cd x && ls", "!cd x; pip install -e .; ls"),
        ("get_ipython().system('pip install a')\nx = 1", "pass\nx = 1", "get_ipython().system(..."),
        ("get_ipython().run_line_magic('pip', 'install a')", "pass", "get_ipython().run_line_magic(..."),
        ("import pip\npip._internal.main(['install', 'a'])", "import pip\npass", "pip._internal.main(..."),
        ("from pip import main\nmain(['install', 'a'])", "from pip import main\npass", "main(..."),
        ("from pip._internal import main as pipmain\npipmain(['install', 'a'])", "from pip._internal import main as pipmain\npass", "pipmain(..."),
        ("try:\n  import a\nexcept ImportError:\n  check_call([sys.executable, '-m', 'pip',\n   'install', 'a'])\nb = 'é'", "try:\n  import a\nexcept ImportError:\n  pass\n\nb = 'é'", "check_call(..."),
        ("é = 1; os.system(f'{p} -m pip install a'); x = 2", "é = 1; pass; x = 2", "os.system(..."),
        ("c = ['pip', 'install', 'a']\nsubprocess.run(c)\nx = 1", "c = ['pip', 'install', 'a']\npass\nx = 1", "subprocess.run(..."),
        ("def get(p):\n    return subprocess.call(['pip', 'install', p])", "def get(p):\n    pass", "subprocess.call(..."),
        ("  import os\n  os.system('pip install a')", "", "os.system(..."),
    ],
)  # fmt: skip
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
        ("import os\nos.system('apt-get install -y a')", "import os\npass"),
    ],
)
def test_what_a_thrown_away_environment_bears(text: str, left: str | None) -> None:
    """pip's lines run there; whatever changes the system, or another environment, does not."""
    assert without_installing(text, thrown_away=True).text == (text if left is None else left)


@pytest.mark.parametrize(
    "text",
    [
        "!pip list",
        "!ls",
        "x = 'pip install a'",
        "# pip install a",
        "%matplotlib inline",
        "1 +",
        "",
        "print('pip install a')",
        "app.run('x')",
        "%%bash\nls",
        "%%html\n<p>pip install a",
    ],
)
def test_what_installs_nothing_is_run_as_it_is(text: str) -> None:
    assert without_installing(text) == Without(text)


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("", False),
        ("# a", False),
        ("pass\n\n# b", False),
        ("%%capture\npass", False),
        ("x = 1", True),
        ("%%time\nx = 1", True),
        ("!ls", True),
        ("1 +", True),
    ],
)
def test_what_does_something(text: str, does: bool) -> None:
    assert does_something(text) is does


NEIGHBOURS = st.sampled_from(["import os", "x = 1", "print('é')", "def f():\n    return 2"])
INSTALLING = st.sampled_from(
    [
        "!pip install a",
        "%pip install a",
        "!git clone u && pip install a",
        "subprocess.run(['pip', 'install',\n  'a'])",
        "get_ipython().system('pip install a')",
        "os.system('conda install a')",
    ]
)


@given(
    st.sampled_from(["", "%%capture\n", "%%time\n"]),
    st.lists(NEIGHBOURS, max_size=3),
    INSTALLING,
    st.lists(NEIGHBOURS, max_size=3),
)
def test_what_stands_beside_it_is_run(
    magic: str, before: list[str], line: str, behind: list[str]
) -> None:
    """Nothing that installs is left, and every other line is."""
    without = without_installing(magic + "\n".join([*before, line, *behind]))
    assert without.installs
    assert not without_installing(without.text).installs
    rows = without.text.split("\n")
    assert all(row in rows for part in [*before, *behind] for row in part.split("\n"))
