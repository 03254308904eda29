"""What `envcheck hub` is asked for: which hub, by which token, and where reports go."""

from __future__ import annotations

from dataclasses import dataclass

from envcheck.command import hub_kept, terminal
from envcheck.command.class_link import Asked, link_to
from envcheck.errors import UsageProblem
from envcheck.hub.address import address_of
from envcheck.hub.api import Hub
from envcheck.sending.person import counter_of
from envcheck.target.locate import learner_variables

TOKEN = "JUPYTERHUB_API_TOKEN"  # as a hub itself calls it for its services
SENDS = "envcheck send"


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for."""

    address: str
    chapters: tuple[str, ...]
    names: tuple[str, ...] = ()
    sample: int | None = None
    everybody: bool = False
    jobs: int = 2
    quick: bool = False
    offline: bool = False
    strict: bool = False
    course: str | None = None
    timeout: float = 180.0
    starting: float = 300.0
    dry: bool = False
    output: str | None = None
    submit: str | None = None
    unasked: bool = False
    format_: str = "text"

    @property
    def words(self) -> list[str]:
        """envcheck's own, as a user's server runs it."""
        flags = {"--quick": self.quick, "--offline": self.offline, "--strict": self.strict}
        course = ["--course", self.course] if self.course else []
        options = [*(name for name, is_on in flags.items() if is_on), *course]
        return ["run", *self.chapters, f"--timeout={self.timeout:.0f}", *options]


def desk(wanted: Wanted) -> tuple[Hub, hub_kept.Kept]:
    """The hub, and what becomes of reports. Raises UsageProblem."""
    if (bool(wanted.names) + (wanted.sample is not None) + wanted.everybody) != 1:
        raise UsageProblem("say whom to visit: --user NAME, --sample N or --all, one of them")
    variables = learner_variables()
    address, place = address_of(wanted.address), link_to(None, wanted.submit)
    token = hub_kept.token_of(variables, TOKEN)
    kept = hub_kept.Kept(
        hub_kept.folder_for(None if wanted.dry else wanted.output),
        place,
        terminal.learner(),
        counter_of(variables, SENDS, unasked=True),
        (token, *Asked(None, place, wanted.submit or "").secrets),
    )
    return Hub(address, token, variables, waiting=terminal.tell), kept
