"""Facts of this machine's graphics cards: what the driver says, and what the target does with them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from envcheck import Environment, fact, foreign_file
from envcheck.processes.process import Finished
from envcheck.target import typed_path
from envcheck.target.interpreter import interpreter
from envcheck.target.script import ask, source_of
from envcheck_checks.machine.system import system
from envcheck_checks.tools.framework.remote_call import home_in

SECONDS = 120.0  # the first import of such a library reads thousands of files
SPOKEN = {"torch": "PyTorch", "tensorflow": "TensorFlow", "jax": "JAX"}
FIELDS = ("name", "driver_version", "memory.total", "memory.used", "compute_mode")
NVIDIA = "0x10de"
DISPLAYS = "0x03"  # of PCI's classes
SAID = {
    **dict.fromkeys(("library", "version", "built", "device"), str),
    **{"right": bool, "error?": str, "message?": str, "heard?": str},
}


@dataclass(frozen=True)
class Product:
    """Two matrices multiplied by the target: by which library, `built` for what (empty for the
    processor alone), on which device (empty for none), and whether it was right.
    """

    library: str = ""
    version: str = ""
    built: str = ""
    device: str = ""
    right: bool = False
    error: str = ""
    message: str = ""

    @property
    def spoken(self) -> str:
        """The library and its version."""
        return f"{SPOKEN.get(self.library, self.library)} {self.version}".strip()


@dataclass(frozen=True)
class Card:
    """A card as NVIDIA's driver shows it; memory is in MiB."""

    name: str
    driver: str
    total: int
    used: int
    mode: str


@dataclass(frozen=True)
class Driver:
    """NVIDIA's: its cards, and the newest CUDA that it takes, empty where it does not say. `trouble`:
    what nvidia-smi said where it could not reach the driver.
    """

    cards: tuple[Card, ...] = ()
    cuda: str = ""
    trouble: str = ""


@fact
def product(env: Environment) -> Product | Finished:
    """What came of it by the first library that is there, or how the program ended that gave no answer."""
    return _multiplied(env)


@fact
def by_torch(env: Environment) -> Product | Finished:
    """The same by PyTorch alone."""
    return _multiplied(env, "torch")


@fact
def by_tensorflow(env: Environment) -> Product | Finished:
    """The same by TensorFlow alone."""
    return _multiplied(env, "tensorflow")


@fact
def by_jax(env: Environment) -> Product | Finished:
    """The same by JAX alone."""
    return _multiplied(env, "jax")


BY = {"torch": by_torch, "tensorflow": by_tensorflow, "jax": by_jax}


def _multiplied(env: Environment, *library: str) -> Product | Finished:
    folder = env.new_folder("device")
    answer = ask(
        env,
        [interpreter(env).executable],
        source_of("envcheck_checks.in_target", "device.py"),
        *library,
        shape=SAID,
        timeout=SECONDS,
        cwd=folder,
        variables=home_in(env, folder),
        low_priority=True,
    )
    reply = answer.first
    if not reply:
        return answer.finished
    message = reply.get("message") or reply.get("heard") or ""
    parts = {name: reply[name] for name in ("library", "version", "built", "device", "right")}
    return Product(**parts, error=reply.get("error") or "", message=message)


@fact
def driver(env: Environment) -> Driver:
    """What `nvidia-smi` answers; nothing where it is not there. Its first start may load the driver,
    which takes long: one answer that is late is no driver that is absent.
    """
    program = typed_path.which(env.variables, "nvidia-smi")
    if program is None:
        return Driver()
    words = [program, f"--query-gpu={','.join(FIELDS)}", "--format=csv,noheader,nounits"]
    rows = env.run(words, timeout=20)
    if rows.late:
        rows = env.run(words, timeout=20)
    if not rows.ok:
        return Driver(trouble=rows.last_words or "nvidia-smi does not answer")
    shown = re.search(r"CUDA (?:UMD )?Version:\s*(\d+\.\d+)", env.run([program], timeout=20).stdout)
    return Driver(cards_in(rows.stdout), shown[1] if shown else "")


def cards_in(text: str) -> tuple[Card, ...]:
    """The cards in nvidia-smi's rows; what is no number is shown as 0."""
    cells = [[cell.strip() for cell in line.split(",")] for line in text.splitlines()]
    return tuple(
        Card(row[0], row[1], _number(row[2]), _number(row[3]), row[4])
        for row in cells
        if len(row) == len(FIELDS)
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


@fact
def nvidia_on_bus(env: Environment) -> bool:
    """Whether Linux shows a display card of NVIDIA's, driver or not; elsewhere nobody is asked."""
    return any(
        foreign_file.text_or_nothing(device / "vendor", 100).strip() == NVIDIA
        and foreign_file.text_or_nothing(device / "class", 100).startswith(DISPLAYS)
        for device in system(env).at("/sys/bus/pci/devices").glob("*")
    )
