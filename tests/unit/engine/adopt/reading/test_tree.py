"""Which files are the course's."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck.adopt.reading import tree as module
from envcheck.adopt.reading.tree import tree


def test_what_nobody_wrote_is_left_out(tmp_path: Path) -> None:
    for name in (
        "a.ipynb",
        "ch1/b.IPYNB",
        "ch1/.ipynb_checkpoints/b.ipynb",
        "._a.ipynb",
        "ch1/._environment.yml",
        "__MACOSX/ch1/._b.ipynb",
        "ch1/.#b.ipynb",
        ".~a.ipynb",
        "ch1/.~lock.environment.yml",
        ".git/x",
        ".binder/environment.yml",
        "node_modules/x.py",
        "docs/_sources/a.ipynb",
        "_book/a.ipynb",
        "_output/a.ipynb",
        "mine/pyvenv.cfg",
        "mine/lib/x.py",
        "ch1/environment.yml",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "loop").symlink_to(tmp_path)
    files = tree(tmp_path)
    assert files.ending(".ipynb") == ["a.ipynb", "ch1/b.IPYNB"]
    assert files.named("environment.yml") == [".binder/environment.yml", "ch1/environment.yml"]
    assert files.folders == {".binder", "ch1"}
    assert not [name for name in files.files if "mine" in name or "node" in name]


def test_links(tmp_path: Path) -> None:
    """One to another file of the course is a file; one out of it, or in a circle, is none."""
    (tmp_path / "elsewhere.py").write_text("import zzqx\n")
    root = tmp_path / "course"
    root.mkdir()
    (root / "a.py").touch()
    (root / "same.py").symlink_to("a.py")
    (root / "out.py").symlink_to("../elsewhere.py")
    (root / "circle.py").symlink_to("circle.py")
    assert tree(root).files == ("a.py", "same.py")


def test_what_learners_handed_in_is_nobodys_task(tmp_path: Path) -> None:
    """It may be a hundred times the course; a chapter that is about contributing stays."""
    names = ("community-contributions", "week1/community_contributions", "student submissions")
    for name in (*names, "w2/Contributions", "contributing", "user_projects_of_2024"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "a.ipynb").write_text("{}")
    kept = ("contributing/a.ipynb", "user_projects_of_2024/a.ipynb")
    assert tree(tmp_path).files == kept


def test_a_folder_is_somebodys_by_what_lies_in_it(tmp_path: Path) -> None:
    """`env` and `build` are what programs make, and what people call a folder for the set-up."""
    kept = ("build/a.ipynb", "env/environment.yml", "env/more.txt", "w1/dist/requirements.txt")
    made = ("dist/a.whl", "w2/build/lib/a.ipynb", "w3/env/pyvenv.cfg", "w3/env/requirements.txt")
    conda = ("mine/conda-meta/history", "mine/a.ipynb")
    for name in (*kept, *made, *conda):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert tree(tmp_path).files == kept


def pictures(root: Path, many: int) -> None:
    for name in [f"data/cats/{n}.jpg" for n in range(many)] + ["intro/a.ipynb", "z/list.txt"]:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()


def test_pictures_hide_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many lie in one folder, every other folder is read, and the notebooks in it too."""
    monkeypatch.setattr(module, "MOST_DATA", 5)
    pictures(tmp_path, 30)
    (tmp_path / "data/cats/99.ipynb").touch()
    files = tree(tmp_path)
    assert files.unread == ""
    assert len([name for name in files.files if name.endswith(".jpg")]) == 5
    assert [name for name in files.files if not name.endswith(".jpg")] == [
        "data/cats/99.ipynb",
        "intro/a.ipynb",
        "z/list.txt",
    ]


def test_what_is_too_much_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The data come last."""
    monkeypatch.setattr(module, "MOST_FILES", 20)
    pictures(tmp_path, 30)
    files = tree(tmp_path)
    assert {"intro/a.ipynb", "z/list.txt"} < {*files.files}
    assert files.unread.startswith("data/cats/")
    assert len(files.files) == 20
