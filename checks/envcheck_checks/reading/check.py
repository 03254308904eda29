"""Pages that a chapter gives to read, and videos that it gives to watch: can they be reached from
this machine?

Each link is asked once a run, all of them at the same time; a link in trouble is compared with the
others, and with a page that is always there, so that what this network keeps away is told apart
from a link that is dead.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from envcheck import Check, Cost, Diagnosis, Environment, Fine, NotDone, Outcome, fact, ok
from envcheck_checks.browser.display import this_machine
from envcheck_checks.browser.installed import missing, opened_by, opener_of
from envcheck_checks.index.config_files import Setting, address
from envcheck_checks.index.facts import Asked, Trouble
from envcheck_checks.index.settings import (
    CA_VARIABLES,
    Settings,
    no_proxy_of,
    proxies_of,
    proxy_variables_of,
)
from envcheck_checks.interference.background import BackgroundCall
from envcheck_checks.network.connect import connect
from envcheck_checks.network.session import Bounds, port_of
from envcheck_checks.reading.diagnose import diagnose, needs_a_look_around
from envcheck_checks.reading.facts import Answer, Around, Canary, Name
from envcheck_checks.reading.link_request import ask, ask_canary

BOUNDS = Bounds(whole=7.0)
MORE = 0.5  # seconds at least for a look around, when a link has taken all the time there was


@dataclass(frozen=True)
class Reading:
    """A page to read. `id` and `title` are the check's; a bonus of the course is not required."""

    id: str
    title: str
    link: str
    required: bool = True

    @property
    def proves(self) -> str:
        """What has been shown when the check passes, as a check says it."""
        return f"the page to read at {address(self.link).hostname} can be reached"


@dataclass(frozen=True)
class Video(Reading):
    """A page to watch: it needs a browser that can be opened."""

    @property
    def proves(self) -> str:
        """What has been shown when the check passes, as a check says it."""
        return f"the page to watch at {address(self.link).hostname} can be reached, and there is a browser for it"


def readings(*wanted: Reading, bounds: Bounds = BOUNDS) -> tuple[Check, ...]:
    """A check for each, in their order; together they tell a dead link from a network that blocks
    it.
    """
    links = tuple(entry.link for entry in wanted)
    return tuple(reading(entry, links, bounds) for entry in wanted)


def reading(entry: Reading, links: tuple[str, ...] = (), bounds: Bounds = BOUNDS) -> Check:
    """The page can be reached. `links` are those that it is compared with when it cannot."""

    def examine(env: Environment) -> Outcome:
        outcome = diagnose(*learn(env, entry.link, links, bounds), way_out(env))
        if isinstance(
            outcome, Diagnosis
        ):  # the learner's network blocks the site: nothing was read
            return NotDone(outcome)
        return (
            _watchable(env, outcome, entry.link)
            if isinstance(entry, Video) and isinstance(outcome, Fine)
            else outcome
        )

    return Check(
        id=entry.id,
        title=entry.title,
        examine=examine,
        required=entry.required,
        timeout=20,
        traits=frozenset({"network"}),
        proves=entry.proves,
        symptom="a page of the course cannot be opened",
        slow_because="a network that swallows requests is waited for",
        cost=Cost(seconds=1.0),
    )


@fact
def way_out(env: Environment) -> Settings:
    """The learner's proxy and certificates, as a browser that is started in this terminal
    has them.
    """
    named = (
        Setting(env.variables.get(name, ""), name) for name in CA_VARIABLES if name != "PIP_CERT"
    )
    return Settings(
        tool="a browser",
        proxies=proxies_of(env.variables),
        proxy_variables=proxy_variables_of(env.variables),
        no_proxy=no_proxy_of(env.variables),
        bundle=next((setting for setting in named if setting.value), None),
    )


def learn(
    env: Environment, link: str, links: Iterable[str], bounds: Bounds
) -> tuple[Answer, Around]:
    """The answer, and what is around it when the answer alone is not enough."""
    end = time.monotonic() + bounds.whole
    answer = answer_of(env, link, bounds)
    if not needs_a_look_around(answer):
        return answer, Around()
    asking = [
        BackgroundCall(partial(answer_of, env, other, bounds))
        for other in dict.fromkeys(links)
        if other != link
    ]
    direct = (
        BackgroundCall(partial(_connects_directly, link, bounds)) if answer.asked.at_proxy else None
    )
    end = max(end, time.monotonic() + MORE)
    others = tuple(other for call in asking if (other := call.value(end)))
    if any(call.proved for call in others):
        return answer, Around(others, direct=bool(direct and direct.value(end)))
    canary = BackgroundCall(partial(canary_of, env, bounds)).value(
        max(end, time.monotonic() + MORE)
    )
    return answer, Around(others, canary, bool(direct and direct.value(end)))


def answer_of(env: Environment, link: str, bounds: Bounds) -> Answer:
    """What came back of the link, asked once a run, whoever wants to know."""

    def find(env: Environment) -> Answer:
        end = time.monotonic() + bounds.whole
        answer = BackgroundCall(partial(ask, link, way_out(env), bounds)).value(end)
        return answer or Answer(link, Asked(Setting(link), Trouble.NOT_IN_TIME), Name.FAILED)

    return env.look_up(f"{__name__}: {link}", find)


def canary_of(env: Environment, bounds: Bounds) -> Canary | None:
    """The page that is always the same, asked for once a run at most."""

    def find(env: Environment) -> Canary | None:
        short = Bounds(bounds.connect, bounds.connect, bounds.connect)
        return BackgroundCall(partial(ask_canary, way_out(env), short)).value(
            time.monotonic() + short.whole
        )

    return env.look_up(f"{__name__}: the canary", find)


def _connects_directly(link: str, bounds: Bounds) -> bool:
    """Whether the site can be connected to without the proxy."""
    where = address(link)
    return connect(where.hostname or "", port_of(where), bounds.connect) is Trouble.NONE


def _watchable(env: Environment, outcome: Fine, link: str) -> Outcome:
    """A video that is reached, and the browser to watch it in."""
    machine = this_machine(env)
    if not machine.has_display:
        opener = opener_of(machine)
        return ok(
            f"{outcome.summary}; {f'`{opener}` opens it' if opener else 'this machine has no display to watch it on'}"
        )
    name = opened_by(env, machine)
    if name:
        return ok(f"{outcome.summary}, and {name} can be opened")
    return ok(
        outcome.summary,
        missing(
            "the video cannot be watched here",
            f"watch it on another device, a phone for example: {link}",
        ),
    )
