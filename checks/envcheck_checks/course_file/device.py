"""A graphics card that a course uses: the driver answers, and a library of the target multiplies two
matrices on it and gets the right number.
"""

from __future__ import annotations

from functools import partial

from envcheck import Check, Cost, Environment, Outcome, ok, skip, unknown
from envcheck_checks.course_file import device_diagnoses as say
from envcheck_checks.course_file.chapter_place import ChapterPlace
from envcheck_checks.course_file.device_facts import (
    SECONDS,
    Product,
    driver,
    nvidia_on_bus,
    product,
)
from envcheck_checks.course_file.key_page import page

REQUIRED = "required"


def device_works(
    asked: str, place: ChapterPlace, needs: tuple[Check, ...], explained_by: tuple[Check, ...]
) -> Check:
    """`asked` is `required` or `optional`: without a card the chapter runs on the processor, which is
    a failure or a warning.
    """
    return Check(
        id="gpu",
        title="Graphics card",
        examine=partial(_examine, asked == REQUIRED),
        needs=needs,
        explained_by=explained_by,
        timeout=SECONDS + 50,
        proves="PyTorch, TensorFlow or JAX multiplies two matrices on the graphics card",
        slow_because="the first import of such a library reads thousands of files",
        cost=Cost(10.0, 1500),
        scope=place.scope,
        page=page(
            "The graphics card that a course uses",
            "The course's notebooks compute on a graphics card: NVIDIA's, AMD's by ROCm, or Apple's.",
            "Without one, models take many times as long on the processor; some cells cannot run.",
            "Your Python's PyTorch, TensorFlow or JAX multiplies two small matrices on the card, and "
            "the product is compared. Where it cannot, `nvidia-smi`, the versions for which both were "
            "built, and the card's memory tell why.",
            'python -c "import torch; print(torch.cuda.is_available())", and `nvidia-smi`',
            say.CAUSES,
        ),
    )


def _examine(required: bool, env: Environment) -> Outcome:
    done = product(env)
    if not isinstance(done, Product):
        return unknown(f"the library did not end by itself: {done.last_words}"[:300])
    if not done.library:
        reason = "neither PyTorch, TensorFlow nor JAX is installed in this Python"
        return unknown(f"not told: {reason}") if required else skip(reason)
    if done.error and not done.version:
        return unknown(f"{done.spoken} cannot be imported: {done.message}"[:300])
    if done.right and done.device:
        return ok(f"{done.spoken} multiplied two matrices on {done.device}")
    diagnosis = say.about(env, done, driver(env), on_bus=nvidia_on_bus(env), required=required)
    return diagnosis if required or say.is_error(diagnosis) else ok("on the processor", diagnosis)
