"""How many other ports Jupyter tries where its own is taken: by a setting none."""

from __future__ import annotations

from envcheck import Environment
from envcheck.digits import whole_number
from envcheck_checks.jupyter.settings import Setting, in_force, may_set

OPTION = "port_retries"
VARIABLE = "JUPYTER_PORT_RETRIES"
JUPYTERS_OWN = 50


def setting(env: Environment) -> Setting | None:
    """What a file sets it to; the variable counts where none does."""
    return in_force(env, OPTION) if may_set(env, OPTION) else None


def are_none(env: Environment) -> bool:
    """Whether Jupyter takes the first port or ends."""
    by_file = setting(env)
    tries = by_file.value if by_file is not None else env.variables.get(VARIABLE, "")
    return whole_number(str(tries)) == 0


def words(env: Environment) -> list[str]:
    """What is said to a server of ours, whose port was free a moment ago and may be anybody's now. No
    other value of the learner's is written over: one that ends Jupyter has to show.
    """
    return [f"--port-retries={JUPYTERS_OWN}"] if are_none(env) else []
