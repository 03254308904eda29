"""A graphics card that a course uses: the driver answers, and a library of the target multiplies two
matrices on it and gets the right number.
"""

from __future__ import annotations

from functools import partial

from envcheck import Check, Cost, Diagnosis, Environment, Fine, Outcome, Unknown, ok, skip, unknown
from envcheck.processes.process import Finished
from envcheck.target.interpreter import interpreter
from envcheck_checks.course_file.card import device_diagnoses as say
from envcheck_checks.course_file.card.device_facts import (
    BY,
    SECONDS,
    SPOKEN,
    Product,
    driver,
    nvidia_on_bus,
    product,
)
from envcheck_checks.course_file.card.device_libraries import libraries_of
from envcheck_checks.course_file.chapter_place import Before, ChapterPlace
from envcheck_checks.course_file.key_page import page

REQUIRED = "required"


def device_works(asked: str, place: ChapterPlace, before: Before) -> Check:
    """`asked` is `required` or `optional`: without a card the chapter runs on the processor, which is
    a failure or a warning. The libraries that its packages name are asked; where they name none, the
    first that is there.
    """
    return Check(
        id="gpu",
        title="Graphics card",
        examine=partial(_examine, asked == REQUIRED, before.named),
        needs=(before.python,),
        explained_by=before.packages,
        timeout=2 * SECONDS + 50,
        proves="PyTorch, TensorFlow or JAX multiplies two matrices on the graphics card",
        slow_because="the first import of such a library reads thousands of files",
        cost=Cost(10.0, 1500),
        scope=place.scope,
        page=page(
            "The graphics card that a course uses",
            "The course's notebooks compute on a graphics card: NVIDIA's, AMD's by ROCm, or Apple's.",
            "Without one, models take many times as long on the processor; some cells cannot run.",
            "Your Python's PyTorch, TensorFlow or JAX multiplies two small matrices on the card, and "
            "the product is compared: each of them that the course's packages name or need, else the "
            "first that is there. Where it cannot, `nvidia-smi`, the versions for which both were "
            "built, and the card's memory tell why.",
            'python -c "import torch; print(torch.cuda.is_available())", and `nvidia-smi`',
            say.CAUSES,
        ),
    )


def _examine(required: bool, named: tuple[str, ...], env: Environment) -> Outcome:
    asked = libraries_of(interpreter(env), named)
    answers = [BY[library](env) for library in asked] or [product(env)]
    there = [done for done in answers if not isinstance(done, Product) or done.library]
    if not there:
        names = " or ".join(SPOKEN[library] for library in asked or BY)
        reason = f"no {names} is installed in this Python"
        return unknown(f"not told: {reason}") if required else skip(reason)
    computes = any(isinstance(done, Product) and done.right for done in there)
    return _together([_of(env, done, required=required, computes=computes) for done in there])


def _of(env: Environment, done: Product | Finished, *, required: bool, computes: bool) -> Outcome:
    """`computes`: one of the course's libraries does. Where it is another, the course may mean this
    one for the processor: that it sees no card is a warning then.
    """
    if not isinstance(done, Product):
        return unknown(f"the library did not end by itself: {done.last_words}"[:300])
    if done.error and not done.version:
        return unknown(f"{done.spoken} cannot be imported: {done.message}"[:300])
    if done.right and done.device:
        return ok(f"{done.spoken} multiplied two matrices on {done.device}")
    must = required and not (computes and not done.device and not done.error)
    diagnosis = say.about(env, done, driver(env), on_bus=nvidia_on_bus(env), required=must)
    return diagnosis if say.is_error(diagnosis) else ok("on the processor", diagnosis)


def _together(outcomes: list[Outcome]) -> Outcome:
    """What was diagnosed, else what could not be told, else all that computes."""
    errors = [each for each in outcomes if isinstance(each, Diagnosis)]
    fine = [each for each in outcomes if isinstance(each, Fine)]
    warnings = [warning for each in fine for warning in each.warnings]
    if errors:
        return (*errors, *warnings)
    untold = next((each for each in outcomes if isinstance(each, Unknown)), None)
    return untold or ok("; ".join(each.summary for each in fine), *warnings)
