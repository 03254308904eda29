"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code, Severity

CHECKPOINTS_BLOCKED = Code(
    "checkpoints-blocked",
    "A folder `.ipynb_checkpoints` keeps notebooks from being saved",
    "notebook-launches",
    automatic=True,
)
JUPYTER_CONFIG_BREAKS = Code(
    "jupyter-config-breaks",
    "A configuration file of Jupyter's keeps the server from working",
    "notebook-launches",
    automatic=True,
)
JUPYTER_CONFIG_IGNORED = Code(
    "jupyter-config-ignored",
    "A configuration file of Jupyter's is broken and therefore ignored",
    "notebook-launches",
    severity=Severity.WARNING,
    automatic=True,
)
JUPYTER_CONFIG_NAMES_MISSING_FILE = Code(
    "jupyter-config-names-missing-file",
    "Jupyter's configuration names a file or folder that is gone",
    "notebook-launches",
    severity=None,
    automatic=True,
)
JUPYTER_ENDS_IDLE = Code(
    "jupyter-ends-idle",
    "Jupyter ends your kernel, or itself, after a short pause",
    "notebook-launches",
    severity=None,
    automatic=True,
)
JUPYTER_FILE_UNREADABLE = Code(
    "jupyter-file-unreadable",
    "A file of Jupyter's may not be read by you",
    "notebook-launches",
    automatic=True,
)
JUPYTER_FOLDER_BLOCKED = Code(
    "jupyter-folder-blocked",
    "A file stands where a folder of Jupyter's belongs",
    "notebook-launches",
    automatic=True,
)
JUPYTER_FOLDER_ON_NETWORK = Code(
    "jupyter-folder-on-network",
    "Jupyter's small databases lie on a disk of the network",
    "notebook-launches",
    severity=None,
)
JUPYTER_FOLDER_UNWRITABLE = Code(
    "jupyter-folder-unwritable",
    "Jupyter may not write into its own folder",
    "notebook-launches",
    automatic=True,
)
JUPYTER_PORT_INVALID = Code(
    "jupyter-port-invalid",
    "JUPYTER_PORT is set and is not a port number",
    "notebook-launches",
    automatic=True,
)
JUPYTER_PORT_TAKEN = Code(
    "jupyter-port-taken",
    "Jupyter may take one port only, and that is taken",
    "notebook-launches",
    severity=None,
    automatic=True,
)
JUPYTER_PRINTS_DEAD_ADDRESS = Code(
    "jupyter-prints-dead-address",
    "The address that Jupyter prints shows no page",
    "notebook-launches",
    severity=Severity.WARNING,
    automatic=True,
)
NOTEBOOKS_OPEN_AS_TEXT = Code(
    "notebooks-open-as-text",
    "JupyterLab's settings open notebooks as text",
    "notebook-launches",
    severity=None,
    automatic=True,
)
OTHER_PAGE_BROKEN = Code(
    "other-page-broken",
    "One of Jupyter's pages shows no notebook, though the one that opens does",
    "notebook-launches",
    severity=Severity.WARNING,
    automatic=True,
)
PAGE_PART_TURNED_OFF = Code(
    "page-part-turned-off",
    "A part without which the page shows no notebook is turned off",
    "notebook-launches",
    automatic=True,
)
PATH_AS_PATTERN = Code(
    "path-as-pattern",
    "Jupyter takes the name of a folder for a pattern",
    "notebook-launches",
)
NOTEBOOK_NOT_EXPORTED = Code(
    "notebook-not-exported",
    "A notebook cannot be exported as a web page",
    "notebook-launches",
    severity=Severity.WARNING,
    automatic=True,
)
NOTEBOOK_OF_ANOTHER_USER = Code(
    "notebook-of-another-user",
    "A notebook in your folder belongs to another user",
    "notebook-launches",
    severity=Severity.WARNING,
)
SCRIPT_TYPE_WRONG = Code(
    "script-type-wrong",
    "The page stays blank: Windows has a wrong type for scripts",
    "notebook-launches",
)
LAB_EXTENSION_BREAKS = Code(
    "lab-extension-breaks",
    "An extension of JupyterLab breaks its pages",
    "notebook-launches",
    automatic=True,
)
SERVER_DOES_NOT_START = Code(
    "server-does-not-start",
    "The notebook server ends while it starts",
    ("notebook-launches", "interface"),
)
SERVER_DOES_NOT_STOP = Code(
    "server-does-not-stop",
    "The notebook server does not stop when it is asked to",
    "notebook-launches",
)
SERVER_EXTENSION_MISSING = Code(
    "server-extension-missing",
    "Jupyter's configuration enables an extension that is not there",
    "notebook-launches",
    severity=Severity.WARNING,
    automatic=True,
)
SERVER_HANGS = Code(
    "server-hangs",
    "The notebook server starts and does not come up",
    ("notebook-launches", "interface"),
)
SERVER_OPEN_TO_NETWORK = Code(
    "server-open-to-network",
    "Jupyter listens to other machines, and asks for no token and no password",
    "notebook-launches",
    severity=Severity.WARNING,
)
SERVER_STEP_FAILS = Code(
    "server-step-fails",
    "The notebook server runs, and a step with it failed",
    ("notebook-launches", "interface"),
)
WEBSOCKET_BLOCKED = Code(
    "websocket-blocked",
    "Something blocks the connection between page and kernel",
    ("notebook-launches", "interface"),
    automatic=True,
)
NOTEBOOK_DAMAGED = Code(
    "notebook-damaged",
    "A notebook in your folder cannot be opened",
    "notebook-launches",
    severity=None,
)
