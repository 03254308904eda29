"""What would stop the learner's own launch and ours would not meet: the port, the token and the
folders are ours.
"""

from __future__ import annotations

from envcheck_checks.notebook import (
    address,
    ends_idle,
    folders,
    kernel_sockets,
    mime_type,
    missing_home,
    password,
    port,
    token_file,
    work_folder,
)

BEFOREHAND = (
    missing_home.diagnose,
    folders.diagnose,
    kernel_sockets.diagnose,
    address.diagnose,
    port.diagnose,
    token_file.diagnose,
    password.diagnose,
    ends_idle.diagnose,
    mime_type.diagnose,
    work_folder.diagnose,
)
