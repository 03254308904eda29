"""A graphics card on described machines: it computes, or it is told from facts why not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.unit.checks.course_file.chapter_of import place
from tests.unit.described_machines import command_at, file_at, on, python_at, said

from envcheck import Check, Environment, Skipped, Unknown, ok
from envcheck.testing import examine, fails, passes, warns
from envcheck_checks.course_file.card import device_diagnoses
from envcheck_checks.course_file.card.device import device_works
from envcheck_checks.course_file.card.device_facts import (
    Card,
    Driver,
    Product,
    by_tensorflow,
    by_torch,
    cards_in,
    driver,
    nvidia_on_bus,
    product,
)
from envcheck_checks.course_file.chapter_place import Before, ChapterPlace

CUDA = Product("torch", "2.13.0", "CUDA 13.0")
PROCESSOR = Product("torch", "2.13.0+cpu")
FREE = Card("NVIDIA RTX 4060", "581.42", 8188, 400, "Default")
FULL = Card("NVIDIA RTX 4060", "581.42", 8188, 8000, "Default")
ALONE = Card("NVIDIA H200", "581.42", 8188, 3, "Exclusive_Process")
READY, OLD = Driver((FREE,), "13.0"), Driver((FREE,), "12.2")
MEMORY = "CUDA out of memory. Tried to allocate 2.00 MiB"
HEARD = "The NVIDIA driver on your system is too old (found version 11040)."

NO_LONGER = "Found GPU0 which is of cuda capability 5.0. PyTorch no longer supports this GPU."


def works(asked: str, where: ChapterPlace, *named: str) -> Check:
    python = Check(id="python", title="Python", examine=lambda _: ok(""))
    return device_works(asked, where, Before(python, (), named))


def learner(folder: Path, done: object, seen: Driver, *, on_bus: bool = False) -> Environment:
    facts: Any = {product: done, driver: seen, nvidia_on_bus: on_bus}
    return on("linux", folder, python_at(folder / "venv"), facts=facts)


def failing(message: str, error: str = "RuntimeError") -> Product:
    return Product("torch", "2.13.0", "CUDA 13.0", "NVIDIA RTX 4060", error=error, message=message)


CASES = {
    "no card, CUDA's build": (CUDA, Driver(), False, "gpu-no-card"),
    "no card, the processor's build": (PROCESSOR, Driver(), False, "gpu-no-card"),
    "a card on the bus": (CUDA, Driver(), True, "gpu-no-driver"),
    "nvidia-smi fails": (CUDA, Driver(trouble="could not communicate"), False, "gpu-no-driver"),
    "the processor's build": (PROCESSOR, READY, True, "gpu-processor-only"),
    "an older generation": (CUDA, OLD, True, "gpu-driver-too-old"),
    "it says so": (
        Product("torch", "2.2", "CUDA 12.1", message=HEARD),
        Driver((FREE,), ""),
        True,
        "gpu-driver-too-old",
    ),
    "little is left": (failing(MEMORY, "OutOfMemoryError"), READY, True, "gpu-out-of-memory"),
    "others have it": (failing(MEMORY), Driver((FULL,), "13.0"), True, "gpu-taken"),
    "one at a time": (failing(MEMORY), Driver((ALONE,), "13.0"), True, "gpu-taken"),
    "busy": (
        failing("CUDA-capable device(s) is/are busy or unavailable"),
        READY,
        True,
        "gpu-taken",
    ),
    "not seen": (CUDA, READY, True, "gpu-not-usable"),
    "an error": (failing("an illegal memory access"), READY, True, "gpu-not-usable"),
    "too new": (failing("no kernel image is available"), OLD, True, "gpu-other-generation"),
    "too old": (failing(NO_LONGER), READY, True, "gpu-other-generation"),
}


@pytest.mark.parametrize("case", CASES)
def test_each_cause(tmp_path: Path, case: str) -> None:
    """A failure where the course requires a card, else a warning."""
    done, seen, on_bus, code = CASES[case]
    env = learner(tmp_path, done, seen, on_bus=on_bus)
    here = place(tmp_path / "course")
    failure = fails(works("required", here), env, code)
    warning = warns(works("optional", here), env, code)
    assert failure.summary == warning.summary
    assert not failure.fixes[0].automatic
    assert code in device_diagnoses.CAUSES


def test_the_words_without_a_card(tmp_path: Path) -> None:
    check = works("optional", place(tmp_path / "course"))
    warning = warns(check, learner(tmp_path, PROCESSOR, Driver()), "gpu-no-card")
    assert warning.summary == "no card; the chapter runs on the processor"


def test_it_computes(tmp_path: Path) -> None:
    """Also on Apple's, which has no driver of NVIDIA's; a wrong number fails whatever was asked."""
    check = works("optional", place(tmp_path / "course"))
    metal = Product("torch", "2.13.0", "Metal", "Metal", right=True)
    assert "on Metal" in passes(check, learner(tmp_path, metal, Driver())).summary
    wrong = Product("torch", "2.13.0", "CUDA 13.0", "NVIDIA RTX 4060")
    fails(check, learner(tmp_path, wrong, READY), "gpu-wrong-number")


def test_what_cannot_be_told(tmp_path: Path) -> None:
    check = works("required", place(tmp_path / "course"))
    broken = Product("torch", error="ImportError", message="libcudnn.so.9: cannot open")
    for done in (Product(), broken, said(stderr="Illegal instruction", code=-4)):
        assert isinstance(examine(check, learner(tmp_path, done, READY)), Unknown)


def test_a_variable_that_hides_the_card(tmp_path: Path) -> None:
    check = works("required", place(tmp_path / "course"))
    env = learner(tmp_path, CUDA, READY)
    env.variables["CUDA_VISIBLE_DEVICES"] = "7"
    diagnosis = fails(check, env, "gpu-not-usable")
    assert "CUDA_VISIBLE_DEVICES" in diagnosis.fixes[0].title
    assert "7" not in diagnosis.fixes[0].title
    env.variables["SLURM_JOB_ID"] = "12"
    diagnosis = fails(check, env, "gpu-not-usable")
    assert "CUDA_VISIBLE_DEVICES" not in repr(diagnosis.fixes), "without it others' cards are used"
    assert "SLURM" in repr(diagnosis.fixes)


@pytest.mark.parametrize("done", [CUDA, failing("no kernel image is available"), failing("other")])
@pytest.mark.parametrize("value", ["0", "GPU-1a2b", "MIG-1a2b", "0,7"])
def test_a_variable_that_shows_the_card_is_not_accused(
    tmp_path: Path, done: Product, value: str
) -> None:
    """Schedulers and hubs always set it."""
    env = learner(tmp_path, done, READY)
    env.variables["CUDA_VISIBLE_DEVICES"] = value
    outcome = examine(works("required", place(tmp_path / "course")), env)
    assert "CUDA_VISIBLE_DEVICES" not in repr(outcome)


@pytest.mark.parametrize("value", ["", "-1", "7", "none"])
def test_a_variable_is_not_accused_where_the_library_sees_the_card(
    tmp_path: Path, value: str
) -> None:
    env = learner(tmp_path, failing("an illegal memory access"), READY)
    env.variables["CUDA_VISIBLE_DEVICES"] = value
    outcome = examine(works("required", place(tmp_path / "course")), env)
    assert "CUDA_VISIBLE_DEVICES" not in repr(outcome)


@pytest.mark.parametrize(
    ("library", "page"),
    [("torch", "pytorch.org"), ("tensorflow", "tensorflow.org"), ("jax", "docs.jax.dev")],
)
def test_the_page_is_the_librarys_own(tmp_path: Path, library: str, page: str) -> None:
    check = works("required", place(tmp_path / "course"))
    env = learner(tmp_path, Product(library, "2.13.0"), READY)
    assert page in repr(fails(check, env, "gpu-processor-only").fixes)


def test_what_nvidia_smi_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows with what is not told in place of a number; its own table has the newest CUDA."""
    row = "NVIDIA GeForce RTX 4060 Laptop GPU, 581.42, 8188, 400, Default\n"
    assert cards_in(row)[0].used == 400
    assert cards_in("A, 1, [N/A], [N/A], Default\nnot a row\n")[0].total == 0
    command_at(tmp_path / "bin" / "nvidia-smi")

    def run(env: Environment, argv: list[str], **_: object) -> object:
        return said(row) if len(argv) > 1 else said("| Driver: 581.42   CUDA Version: 12.2 |")

    monkeypatch.setattr(Environment, "run", run)
    assert driver(on("linux", tmp_path)).cuda == "12.2"
    monkeypatch.setattr(Environment, "run", lambda *_, **__: said("Failed to reach it", code=9))
    assert "Failed" in driver(on("linux", tmp_path)).trouble


def test_a_card_on_the_bus(tmp_path: Path) -> None:
    devices = tmp_path / "sys/bus/pci/devices"
    file_at(devices / "1/vendor", "0x10de\n")
    file_at(devices / "1/class", "0x040300\n")  # its sound
    assert not nvidia_on_bus(on("linux", tmp_path))
    file_at(devices / "1/class", "0x030200\n")
    assert nvidia_on_bus(on("linux", tmp_path))


def test_without_a_library_an_optional_card_says_nothing(tmp_path: Path) -> None:
    """Nothing would compute on it; a chapter that requires the card cannot be told."""
    here, env = place(tmp_path / "course"), learner(tmp_path, Product("", ""), READY)
    assert isinstance(examine(works("optional", here), env), Skipped)
    assert isinstance(examine(works("required", here), env), Unknown)


def both(folder: Path, tensorflow: Product) -> Environment:
    """PyTorch, which computes on the card, beside a TensorFlow."""
    ours: Any = {product: COMPUTES, by_torch: COMPUTES, by_tensorflow: tensorflow}
    facts = {**ours, driver: READY, nvidia_on_bus: False}
    return on("linux", folder, python_at(folder / "venv"), facts=facts)


COMPUTES = Product("torch", "2.13.0", "CUDA 13.0", "NVIDIA RTX 4060", right=True)
BLIND = Product("tensorflow", "2.20.0", "CUDA 12.5")


def test_the_library_that_the_chapter_names_is_asked(tmp_path: Path) -> None:
    """Not the first that is there, which computes and is another course's."""
    here, env = place(tmp_path / "course"), both(tmp_path, BLIND)
    passes(works("required", here, "numpy"), env)
    passes(works("required", here, "torch"), env)
    failure = fails(works("required", here, "numpy", "tensorflow"), env, "gpu-not-usable")
    assert "TensorFlow 2.20.0" in failure.summary
    warns(works("optional", here, "tensorflow-gpu"), env, "gpu-not-usable")


def test_a_library_that_is_named_and_not_there(tmp_path: Path) -> None:
    """What is missing the packages' check tells; of two the other one counts."""
    here, env = place(tmp_path / "course"), both(tmp_path, Product())
    passes(works("required", here, "torch", "tensorflow"), env)
    outcome = examine(works("required", here, "tensorflow"), env)
    assert isinstance(outcome, Unknown)
    assert "TensorFlow" in outcome.summary
    assert isinstance(examine(works("optional", here, "tensorflow"), env), Skipped)


def test_of_two_that_are_named_one_may_be_for_the_processor(tmp_path: Path) -> None:
    """That it sees no card is a warning where the other computes; an error on the card is none."""
    here = place(tmp_path / "course")
    check = works("required", here, "torch", "tensorflow")
    warns(check, both(tmp_path, BLIND), "gpu-not-usable")
    failed = Product("tensorflow", "2.20.0", "CUDA 12.5", "GPU:0", error="E", message="illegal")
    fails(check, both(tmp_path, failed), "gpu-not-usable")
    broken = Product("tensorflow", error="ImportError", message="libcudnn.so.9")
    assert isinstance(examine(check, both(tmp_path, broken)), Unknown)
