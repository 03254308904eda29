"""scripts/module-names: a row of the table of modules has the source that bears it out, or none."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RECIPE = """{% set name = "Corner" %}
package:
  name: {{ name|lower }}
source:
  url: https://pypi.org/packages/source/{{ name[0] }}/{{ name }}/corner-{{ version }}.tar.gz
test:
  imports:  # of the newest
    - corner.core
  requires:
    - pip
"""
OF_CONDA = """context:
  name: gtts
source:
  url: https://github.com/pndurette/${{ name }}/archive/v2.tar.gz
package:
  name: ${{ name }}
tests:
  - python:
      imports: gtts
      pip_check: true
"""
EASYCONFIG = """easyblock = 'PythonBundle'
dependencies = [('SciPy', '1.0')]
exts_list = [
    ('umap-learn', '0.5.7', {'modulename': 'umap'}),
    ('data_reader', version),
    ('elsewhere', '1.0', {'source_urls': ['https://example.org']}),
]
"""


def sources(tmp_path: Path, *rows: str) -> dict[str, str]:
    """The source of each row's module, as the script finds it below `tmp_path`; empty without one."""
    table = tmp_path / "tree" / "src" / "envcheck" / "module_names.txt"
    table.parent.mkdir(parents=True)
    table.write_text("\n".join(("# The head.", *rows, "")), encoding="utf-8")
    script = tmp_path / "tree" / "scripts" / "module-names"
    script.parent.mkdir()
    shutil.copy(ROOT / "scripts" / "module-names", script)
    argv = [sys.executable, str(script), str(tmp_path)]
    subprocess.run(argv, check=True, capture_output=True, timeout=60)
    written = table.read_text(encoding="utf-8").splitlines()
    assert written[0] == "# The head."
    return {words[0]: " ".join(words[2:3]) for words in map(str.split, written[1:])}


def wheel(folder: Path, name: str, *files: str) -> None:
    with zipfile.ZipFile(folder / f"{name}-py3-none-any.whl", "w") as made:
        for file in files:
            made.writestr(file, "")


def clone(folder: Path, files: Mapping[str, str]) -> str:
    """The commit of a repository with these files."""
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    for words in (("init", "-q"), ("add", "-A"), (*who, "commit", "-q", "-m", "first")):
        subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)
    short = ["git", "log", "-1", "--format=%h"]
    done = subprocess.run(short, cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_the_files_of_a_wheel_and_of_what_is_installed(tmp_path: Path) -> None:
    wheel(tmp_path, "scikit_learn-1.7", "sklearn/__init__.py", "sklearn/tree/_tree.cp311.pyd")
    wheel(tmp_path, "six-1.0", "six-1.0.data/purelib/six.py", "other/readme.txt")
    record = tmp_path / "lib" / "PyYAML-6.0.dist-info" / "RECORD"
    record.parent.mkdir(parents=True)
    record.write_text("yaml/__init__.py,sha256=x,1\n", encoding="utf-8")
    rows = ("sklearn.tree scikit-learn", "six six", "yaml pyyaml", "other six")
    assert sources(tmp_path, *rows) == {
        "sklearn.tree": "wheel:scikit-learn-1.7",
        "six": "wheel:six-1.0",
        "yaml": "wheel:pyyaml-6.0",
        "other": "",
    }


@pytest.mark.parametrize("old", ["", " wheel:stan-2.19 2026-11-30"])
def test_the_newest_wheel_decides(tmp_path: Path, old: str) -> None:
    """pystan was imported as `pystan` before its version 3: a row that was right once loses its source."""
    wheel(tmp_path, "stan-2.19", "oldstan/__init__.py")
    wheel(tmp_path, "stan-10.0", "stan/__init__.py")
    assert sources(tmp_path, f"oldstan stan{old}", "stan stan") == {
        "oldstan": "",
        "stan": "wheel:stan-10.0",
    }


def test_a_source_that_is_not_there_is_kept(tmp_path: Path) -> None:
    wheel(tmp_path, "other-1.0", "other.py")
    row = "yaml pyyaml wheel:pyyaml-6.0 2026-11-30"
    assert sources(tmp_path, row) == {"yaml": "wheel:pyyaml-6.0"}


def test_recipes(tmp_path: Path) -> None:
    """From the index's own file, or of a package that is known to be the index's."""
    ours = clone(tmp_path / "corner-feedstock", {"recipe/meta.yaml": RECIPE})
    theirs = clone(tmp_path / "gtts-feedstock", {"recipe/recipe.yaml": OF_CONDA})
    clone(tmp_path / "elsewhere", {"recipe/meta.yaml": RECIPE.replace("corner", "elsewhere")})
    rows = ("corner corner", "gtts gtts", "pip corner", "elsewhere elsewhere")
    assert sources(tmp_path, *rows) == {
        "corner": f"recipe:corner-feedstock@{ours}",
        "gtts": f"recipe:gtts-feedstock@{theirs}",
        "pip": "",
        "elsewhere": "",
    }


def test_easyconfigs_and_stubs(tmp_path: Path) -> None:
    eb = clone(tmp_path / "easybuild-easyconfigs", {"easybuild/u/u-1.eb": EASYCONFIG})
    stubs = clone(tmp_path / "typeshed", {"stubs/pywin32/win32com/__init__.pyi": ""})
    rows = ("umap umap-learn", "data_reader data-reader", "scipy scipy", "elsewhere elsewhere")
    assert sources(tmp_path, *rows, "win32com pywin32") == {
        "umap": f"easyconfig:easybuild-easyconfigs@{eb}",
        "data_reader": f"easyconfig:easybuild-easyconfigs@{eb}",
        "scipy": "",
        "elsewhere": "",
        "win32com": f"stubs:typeshed@{stubs}",
    }


def test_projects(tmp_path: Path) -> None:
    files = {
        "libs/pine/pyproject.toml": '[project]\nname = "lang-pine"\n',
        "libs/pine/src/lang_pine/__init__.py": "",
    }
    files |= {
        "setup.py": 'setup(\n    name="whole",\n)\n',
        "whole/__init__.py": "",
        "libs/pine/a/b/__init__.py": "",
    }
    commit = clone(tmp_path / "lang", files)
    assert sources(tmp_path, "lang_pine lang-pine", "whole whole", "a lang-pine") == {
        "lang_pine": f"project:lang@{commit}",
        "whole": f"project:lang@{commit}",
        "a": "",
    }


def test_no_row_is_without_a_source(tmp_path: Path) -> None:
    """Of the project's own table; a row that lacks one is named, and fails."""
    script = ROOT / "scripts" / "module-names"
    argv = [sys.executable, str(script), "--check"]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    table = tmp_path / "src" / "envcheck" / "module_names.txt"
    table.parent.mkdir(parents=True)
    table.write_text("corner corner corner-2.2.2 2024-01-01\nlost lost-dist\n", encoding="utf-8")
    (tmp_path / "scripts").mkdir()
    argv[1] = str(tmp_path / "scripts" / script.name)
    shutil.copy(script, argv[1])
    done = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "lost" in done.stdout and "corner" not in done.stdout
