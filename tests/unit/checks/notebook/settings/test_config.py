"""Which of the learner's Jupyter configuration files keeps the server from working: found by
leaving files out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from envcheck import Confidence, Environment, Severity
from envcheck.testing import described, interpreter
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.notebook.settings.config import breaks_start, warnings

SETS = {"ServerApp": {"open_browser": False}}


@dataclass
class Jupyter:
    """A machine with configuration files, and a server that works unless it reads one of the `bad`
    ones.
    """

    root: Path
    files: tuple[str, ...]
    bad: tuple[str, ...]
    named: str = ""
    sets: Mapping[str, Mapping[str, object]] = field(default_factory=lambda: SETS)
    trials: list[Mapping[str, str | None]] = field(default_factory=list)

    def environment(self) -> Environment:
        found = []
        for name in self.files:
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("bad" if name in self.bad else "good")
            found.append(ConfigFile(str(path), self.sets))
        return described(
            variables={
                "HOME": str(self.root / "home"),
                "JUPYTER_CONFIG_PATH": self.named and str(self.root / self.named),
            },
            facts={
                config_files: tuple(found),
                learners_jupyter: LearnersJupyter(
                    {}, None, user_config=str(self.root / "home/.jupyter")
                ),
            },
            python=interpreter(prefix=str(self.root / "venv")),
            scratch=self.root / "scratch",
        )

    def works(self, variables: Mapping[str, str | None]) -> bool:
        """What jupyter_core does with the variables: the learner's folders are led elsewhere, and
        no others.
        """
        self.trials.append(variables)
        assert "JUPYTER_NO_CONFIG" not in variables, "then it reads none of the files"
        read = [
            str(variables["JUPYTER_CONFIG_DIR"]),
            *([str(variables["JUPYTER_CONFIG_PATH"])] if self.named else []),
        ]
        led = [
            file.read_text()
            for folder in read
            for file in Path(folder).rglob("*")
            if file.is_file()
        ]
        rest = [
            name
            for name in self.files
            if not name.startswith("home/.jupyter")
            and not (self.named and name.startswith(self.named))
        ]
        return "bad" not in [*led, *((self.root / name).read_text() for name in rest)]


def blamed(jupyter: Jupyter) -> tuple[str, Confidence]:
    found = breaks_start(jupyter.environment(), "it ended", jupyter.works)
    assert found is not None
    return found.evidence.looked_in.replace(f"{jupyter.root}/", ""), found.fixes[0].confidence


FIRST, SECOND, PART = (
    "home/.jupyter/jupyter_server_config.py",
    "home/.jupyter/jupyter_lab_config.py",
    "home/.jupyter/jupyter_server_config.d/a.json",
)


def test_whichever_of_the_learners_own_files_it_is(tmp_path: Path) -> None:
    """The guilty one is named, wherever it stands in the order in which Jupyter reads them."""
    for number, bad in enumerate((FIRST, SECOND, PART)):
        assert blamed(Jupyter(tmp_path / str(number), (PART, FIRST, SECOND), (bad,))) == (
            bad,
            Confidence.SURE,
        )


def test_files_that_break_it_only_together(tmp_path: Path) -> None:
    """Both bad: leaving out one helps nothing, and both are named."""
    assert blamed(Jupyter(tmp_path, (FIRST, SECOND), (FIRST, SECOND)))[0] == f"{FIRST}, {SECOND}"


def test_a_file_of_the_environment_beside_a_good_one_of_the_learners(tmp_path: Path) -> None:
    """Jupyter cannot be led away from it: it is what is left when the learner's own are left out in
    vain.
    """
    jupyter = Jupyter(
        tmp_path,
        (FIRST, "venv/etc/jupyter/jupyter_config.py"),
        ("venv/etc/jupyter/jupyter_config.py",),
    )
    assert blamed(jupyter) == ("venv/etc/jupyter/jupyter_config.py", Confidence.SURE)
    assert len(jupyter.trials) == 1


def test_a_file_of_the_system_is_not_ours_to_move(tmp_path: Path) -> None:
    """It is named, and no program moves it."""
    assert (
        blamed(
            Jupyter(
                tmp_path, ("etc/jupyter/jupyter_config.py",), ("etc/jupyter/jupyter_config.py",)
            )
        )[1]
        is Confidence.ASK
    )


def test_a_folder_that_a_variable_names(tmp_path: Path) -> None:
    """JUPYTER_CONFIG_PATH is led to a copy too."""
    assert (
        blamed(
            Jupyter(
                tmp_path,
                (FIRST, "class/jupyter_config.json"),
                ("class/jupyter_config.json",),
                named="class",
            )
        )[0]
        == "class/jupyter_config.json"
    )


def test_a_file_of_pythons_that_sets_nothing_can_be_the_one(tmp_path: Path) -> None:
    """It is a program, and may change what it likes."""
    assert blamed(Jupyter(tmp_path, (FIRST, SECOND), bad=(FIRST,), sets={})) == (
        FIRST,
        Confidence.SURE,
    )


@pytest.mark.parametrize("option", ["root_dir", "notebook_dir", "preferred_dir"])
def test_a_folder_that_is_gone_is_named(tmp_path: Path, option: str) -> None:
    """It stops a server; where it does not, it shifts it, and is a warning."""
    gone = str(tmp_path / "gone")
    jupyter = Jupyter(tmp_path, (FIRST,), (FIRST,), sets={"ServerApp": {option: gone}})
    env = jupyter.environment()
    stopped = breaks_start(env, "it ended", jupyter.works)
    assert stopped is not None
    (shifted,) = warnings(env)
    for one in (stopped, shifted):
        assert one.code == "jupyter-config-names-missing-file"
        assert one.evidence.found == f"{option} = {gone}"
    assert (stopped.severity, shifted.severity) == (Severity.ERROR, Severity.WARNING)


PAGES = "home/.jupyter/lab/user-settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
OVERRIDES = "home/.jupyter/labconfig/default_setting_overrides.json"
PACKAGES = "venv/etc/jupyter/jupyter_server_config.d/jupyterlab.json"


def beside(jupyter: Jupyter, *names: str, bad: str = "") -> Jupyter:
    """Files of the pages', of which Jupyter's own list of configuration knows nothing."""
    for name in names:
        path = jupyter.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("bad" if name == bad else "good")
    return jupyter


@pytest.mark.parametrize("bad", [PAGES, OVERRIDES])
@pytest.mark.parametrize("servers", [(), (FIRST,)])
def test_what_the_pages_read(bad: str, servers: tuple[str, ...], tmp_path: Path) -> None:
    """The file that was changed in JupyterLab is named; never what a package brought along."""
    jupyter = beside(Jupyter(tmp_path, (PACKAGES, *servers), ()), PAGES, OVERRIDES, bad=bad)
    assert blamed(jupyter) == (bad, Confidence.SURE)


def test_the_plugin_that_the_server_names_is_tried_first(tmp_path: Path) -> None:
    """One trial finds it among many."""
    others = [f"home/.jupyter/lab/user-settings/@x/y/{n}.jupyterlab-settings" for n in range(9)]
    jupyter = beside(Jupyter(tmp_path, (PACKAGES,), ()), *others, PAGES, bad=PAGES)
    words = "Failed loading settings (@jupyterlab/notebook-extension:tracker): :1 Unexpected end"
    diagnosis = breaks_start(jupyter.environment(), words, jupyter.works)
    assert diagnosis is not None
    assert diagnosis.evidence.looked_in.endswith("tracker.jupyterlab-settings")
    assert len(jupyter.trials) <= 2  # two are tried side by side


def test_what_packages_brought_is_never_moved(tmp_path: Path) -> None:
    """Where nothing of the learner's is to blame, nothing is said rather than something harmful."""
    jupyter = Jupyter(tmp_path, (PACKAGES,), (PACKAGES,))
    assert breaks_start(jupyter.environment(), "it ended", jupyter.works) is None


def test_many_are_not_moved_because_no_single_one_is_to_blame(tmp_path: Path) -> None:
    """A trial that was given up on a busy machine blames nobody."""
    names = [f"home/.jupyter/lab/user-settings/@x/y/{n}.jupyterlab-settings" for n in range(4)]
    jupyter = beside(Jupyter(tmp_path, (PACKAGES,), ()), *names)
    assert breaks_start(jupyter.environment(), "it ended", lambda _variables: None) is None
