"""Empty folders that a fix left in an environment: which of them may be taken away again."""

from __future__ import annotations

from envcheck import places
from envcheck.environment import Environment
from envcheck.target.belongings import environment_of
from envcheck.target.home import home_of


def of_environment(env: Environment, folders: tuple[str, ...]) -> tuple[str, ...]:
    """Those inside of the environment that was found on this machine: a fix notes no others, and a
    record may be anybody's. None where the home lies in it, as after `python -m venv ~`.
    """
    environment = environment_of(env) if folders else ""
    if not environment or places.lies_in(home_of(env.variables), environment):
        return ()
    return tuple(folder for folder in folders if places.really_in(folder, environment))
