"""What is said of Jupyter's pages where the one that opens works: of the other page, of the address
that is printed, and of a notebook that is to be exported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from envcheck import Diagnosis, Environment
from envcheck_checks.notebook.launching import export, other_page
from envcheck_checks.notebook.page import opened_as_text, opened_file, printed
from envcheck_checks.notebook.server.learners_server import Server
from envcheck_checks.notebook.settings import port

if TYPE_CHECKING:
    from envcheck_checks.jupyter.check import LaunchWay
    from envcheck_checks.notebook.launching.exercise import ServerProof


def warnings(
    env: Environment, way: LaunchWay, started: Server, proof: ServerProof
) -> list[Diagnosis]:
    """In the order in which a learner would meet them."""
    return [
        *other_page.warnings(env, way, started, proof.other),
        *port.warnings(env),
        *printed.warnings(env, proof.dead_address),
        *opened_file.warnings(env, proof.missing_file),
        *opened_as_text.warnings(env, proof.as_text),
        *export.warnings(env, started, proof.not_exported),
    ]
