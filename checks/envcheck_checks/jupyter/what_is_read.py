"""Which settings files, and what in them, the program that the learner launches reads: by its major
version. Whoever looks at settings looks at these only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from envcheck import Environment
from envcheck.target.interpreter import interpreter
from envcheck.versions import allows

NAMES = ("jupyter_config", "jupyter_server_config", "jupyter_notebook_config", "jupyter_lab_config")
# Of jupyter_server, on which Notebook 6 and older do not stand, whatever else is installed
SERVERS_OWN = frozenset(
    {
        *("ServerApp", "ExtensionApp", "LabApp", "LabServerApp", "JupyterNotebookApp"),
        *("IdentityProvider", "PasswordIdentityProvider", "ServerKernelManager"),
    }
)


@dataclass(frozen=True)
class Read:
    """The files by their names, without an ending, and the classes that mean nothing in them."""

    names: tuple[str, ...] = NAMES
    meaningless: frozenset[str] = frozenset()

    def meant(self, settings: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Mapping[str, Any]]:
        """Those of a file's settings that this program knows."""
        return {name: own for name, own in settings.items() if name not in self.meaningless}


NEWER = Read()  # each of them loads the others' files too, where those are there
NOTEBOOK_6 = Read(("jupyter_config", "jupyter_notebook_config"), SERVERS_OWN)


def what_is_read(env: Environment) -> Read:
    """By the notebook that is installed, which goes before JupyterLab as it is launched."""
    notebook = interpreter(env).installed.get("notebook")
    version = notebook.version if notebook is not None else ""
    return NOTEBOOK_6 if version and allows("<7", version) else NEWER
