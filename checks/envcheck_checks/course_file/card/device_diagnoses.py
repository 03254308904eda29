"""Why nothing is computed on a graphics card, told from facts: the driver's, the library's, the bus's."""

from __future__ import annotations

import re
from collections.abc import Mapping

from envcheck import Diagnosis, Environment, Fix, Severity, fail, warn
from envcheck.fixes.advice import ask_teacher, tell
from envcheck_checks.course_file.card.device_facts import Driver, Product
from envcheck_checks.course_file.card.hidden_cards import hides_all, whose_job
from envcheck_checks.course_file.codes import (
    GPU_DRIVER_TOO_OLD,
    GPU_NO_CARD,
    GPU_NO_DRIVER,
    GPU_NOT_USABLE,
    GPU_OTHER_GENERATION,
    GPU_OUT_OF_MEMORY,
    GPU_PROCESSOR_ONLY,
    GPU_TAKEN,
    GPU_WRONG_NUMBER,
)

CAUSES: Mapping[str, str] = {
    GPU_NO_CARD: "there is no card that can compute",
    GPU_NO_DRIVER: "there is a card, and its driver does not answer",
    GPU_DRIVER_TOO_OLD: "the driver is older than what the library was built for",
    GPU_PROCESSOR_ONLY: "the library was built for the processor alone",
    GPU_OUT_OF_MEMORY: "the card's memory is full",
    GPU_TAKEN: "other programs have the card",
    GPU_OTHER_GENERATION: "the library was built for other generations of cards",
    GPU_NOT_USABLE: "the library does not come to the card",
    GPU_WRONG_NUMBER: "the card computes something else",
}
MEMORY = re.compile(r"out of memory|RESOURCE_EXHAUSTED|OutOfMemory", re.IGNORECASE)
BUSY = re.compile(r"busy or unavailable|CUDA_ERROR_DEVICE_UNAVAILABLE", re.IGNORECASE)
OLD = re.compile(r"driver[^.]*too old|driver version is insufficient", re.IGNORECASE)
OTHER = re.compile(r"no kernel image|not compatible with the current|no longer supports", re.I)
PAGES = {
    "torch": "https://pytorch.org/get-started/locally/",
    "tensorflow": "https://www.tensorflow.org/install/pip",
    "jax": "https://docs.jax.dev/en/latest/installation.html",
}
HALF = 0.5  # of a card's memory, which others have when it is called taken
AGAIN = "Then run envcheck again."


def is_error(diagnosis: Diagnosis) -> bool:
    return diagnosis.severity is Severity.ERROR


def about(
    env: Environment, done: Product, driver: Driver, *, on_bus: bool, required: bool
) -> Diagnosis:
    """The cause; a failure where the course requires a card, else a warning."""
    code, summary, actual, wanted, fix = _cause(env, done, driver, on_bus)
    say = fail if required or code == GPU_WRONG_NUMBER else warn
    return say(
        code,
        summary,
        fix,
        found=actual,
        wanted=wanted,
        looked_in="nvidia-smi and the library's own answer",
        note=done.message[:200],
    )


Told = tuple[str, str, str, str, Fix]


def _cause(env: Environment, done: Product, driver: Driver, on_bus: bool) -> Told:
    if done.device and not done.error:
        return _wrong_number(done)
    if MEMORY.search(f"{done.error} {done.message}") or BUSY.search(done.message):
        return _full_or_taken(done, driver)
    if driver.cards and not done.built:
        return _processor_only(done, driver)
    if OTHER.search(done.message):
        return _other_generation(done, driver)
    if driver.cards and _is_too_old(done, driver):
        return _too_old(env, done, driver)
    if driver.cards or done.error:
        return _not_usable(env, done, driver)
    if driver.trouble or on_bus:
        return _no_driver(env, driver)
    return (
        GPU_NO_CARD,
        "no card; the chapter runs on the processor",
        f"{done.spoken}, {f'built for {done.built}' if done.built else 'built for the processor'}",
        "a graphics card that can compute",
        tell(
            "use a machine with a card",
            "Ask your teacher for a machine with a card, or for the smaller version of the work.",
        ),
    )


def _wrong_number(done: Product) -> Told:
    return (
        GPU_WRONG_NUMBER,
        "two matrices, multiplied on the card, give a wrong product",
        f"{done.spoken} on {done.device}",
        "19, 22, 43, 50",
        ask_teacher(),
    )


def _full_or_taken(done: Product, driver: Driver) -> Told:
    card = driver.cards[0] if driver.cards else None
    exclusive = card is not None and card.mode.lower().startswith("exclusive")
    taken = BUSY.search(done.message) or exclusive or (card and card.used > card.total * HALF)
    used = f"{card.used} of {card.total} MiB are in use" if card else done.message[:200]
    step = (
        "End the programs that compute on the card: `nvidia-smi` names them, other notebooks' kernels "
        f"among them (Kernel > Shut Down All Kernels). {AGAIN}"
    )
    if taken:
        return (
            GPU_TAKEN,
            "other programs have the graphics card",
            used,
            "a card that is free",
            tell("free the card", step),
        )
    return (
        GPU_OUT_OF_MEMORY,
        "the graphics card has no memory left for two small matrices",
        used,
        "some free memory on the card",
        tell("free the card's memory", step),
    )


def _processor_only(done: Product, driver: Driver) -> Told:
    newest = f" for CUDA {driver.cuda} or older" if driver.cuda else ""
    return (
        GPU_PROCESSOR_ONLY,
        f"{done.spoken} was built for the processor alone, and does not see the card",
        f"{done.spoken} without CUDA, beside {driver.cards[0].name}",
        f"a build{newest}",
        tell(
            "install a build for the card",
            f"Install a build{newest} as {PAGES.get(done.library, PAGES['torch'])} says, into the same "
            f"Python. {AGAIN}",
        ),
    )


def _is_too_old(done: Product, driver: Driver) -> bool:
    """The library says so itself; or its CUDA is of a newer generation than the driver takes."""
    built = re.match(r"CUDA (\d+)", done.built)
    newer = built and driver.cuda and int(built[1]) > int(driver.cuda.partition(".")[0])
    return bool(newer or OLD.search(done.message))


def _too_old(env: Environment, done: Product, driver: Driver) -> Told:
    return (
        GPU_DRIVER_TOO_OLD,
        f"NVIDIA's driver is too old for {done.spoken}",
        f"driver {driver.cards[0].driver}" + (f", CUDA {driver.cuda}" if driver.cuda else ""),
        f"a driver for {done.built}",
        tell("install a newer driver", f"{_driver_from(env)} {AGAIN}"),
    )


def _other_generation(done: Product, driver: Driver) -> Told:
    card = driver.cards[0].name if driver.cards else done.device or "this card"
    return (
        GPU_OTHER_GENERATION,
        f"{done.spoken} was built for cards of other generations than {card}",
        f"{done.error}: {done.message}"[:300] if done.error else done.message[:300],
        f"a build that has code for {card}",
        tell(
            "install a build for this card",
            f"Install another build (the newest for a new card, an older one for an old card) as "
            f"{PAGES.get(done.library, PAGES['torch'])} says, into the same Python. {AGAIN}",
        ),
    )


def _not_usable(env: Environment, done: Product, driver: Driver) -> Told:
    hidden = not done.device and hides_all(env.variables, len(driver.cards))
    card = driver.cards[0].name if driver.cards else done.device or "a card"
    return (
        GPU_NOT_USABLE,
        f"{done.spoken} does not compute on {card}",
        f"{done.error}: {done.message}"[:300] if done.error else "it says that there is no card",
        "the product of two matrices",
        _shown_again(whose_job(env.variables)) if hidden else ask_teacher(),
    )


def _shown_again(scheduler: str) -> Fix:
    """Cards that a variable hides. What a scheduler hides belongs to others."""
    if scheduler:
        return tell(
            "ask for a card",
            f"{scheduler} gave this job no card: start one that asks for a card (SLURM: `--gres=gpu:1`), "
            f"or ask your teacher which one has it. {AGAIN}",
        )
    return tell(
        "take CUDA_VISIBLE_DEVICES away",
        f"The variable CUDA_VISIBLE_DEVICES hides cards: open a terminal without it. {AGAIN}",
    )


def _no_driver(env: Environment, driver: Driver) -> Told:
    return (
        GPU_NO_DRIVER,
        "there is a card of NVIDIA's, and its driver does not answer",
        driver.trouble or "no nvidia-smi",
        "a driver that answers",
        tell("install the driver", f"{_driver_from(env)} {AGAIN}"),
    )


def _driver_from(env: Environment) -> str:
    """Where it comes from."""
    if env.variables.get("WSL_DISTRO_NAME") or env.variables.get("WSL_INTEROP"):
        return "Install NVIDIA's driver in Windows, never inside WSL, and start WSL anew."
    return (
        "Install the driver from https://www.nvidia.com/drivers (Linux: as your distribution says, on "
        "Ubuntu in Additional Drivers) and restart; start a container with the card (`--gpus all`)."
    )
