"""What would stop the learner's own launch and ours would not meet: the port, the token and the
folders are ours.
"""

from __future__ import annotations

from envcheck_checks.notebook.folders import missing_home, own_folders
from envcheck_checks.notebook.server import kernel_sockets
from envcheck_checks.notebook.settings import (
    address,
    ends_idle,
    mime_type,
    password,
    port,
    token_file,
    work_folder,
)

BEFOREHAND = (
    missing_home.diagnose,
    own_folders.diagnose,
    kernel_sockets.diagnose,
    address.diagnose,
    port.diagnose,
    token_file.diagnose,
    password.diagnose,
    ends_idle.diagnose,
    mime_type.diagnose,
    work_folder.diagnose,
)
