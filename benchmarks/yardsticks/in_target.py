"""What a careful teacher would write by hand, and run with the learner's Python: the work of
`envcheck chapter2 --quick`.

python in_target.py FOLDER, with what write_work.py has put there. One step after the other, an
error at the first that fails.
"""

from __future__ import annotations

import base64
import importlib
import importlib.util
import json
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

FOLDER = Path(sys.argv[1])
WORK = json.loads((FOLDER / "work.json").read_text(encoding="utf-8"))
MODULES = ("numpy", "pandas", "matplotlib.pyplot", "seaborn")
STDLIB = (
    "ssl",
    "sqlite3",
    "ctypes",
    "bz2",
    "lzma",
    "socket",
    "hashlib",
    "zlib",
    "select",
    "pyexpat",
    "math",
    "decimal",
    "venv",
)


def python() -> None:
    assert sys.version_info[:2] >= (3, 8)
    assert struct.calcsize("P") == 8
    for name in STDLIB:
        importlib.import_module(name)


def pip() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "pip", "--version"], check=True, capture_output=True, text=True
    ).stdout
    assert sys.prefix in said, said


def packages() -> None:
    """In a process of their own, so that one that crashes does not end the script."""
    subprocess.run([sys.executable, "-c", f"import {', '.join(MODULES)}"], check=True)


def jupyter() -> None:
    assert importlib.util.find_spec("notebook") or importlib.util.find_spec("jupyterlab")
    command = shutil.which("jupyter")
    assert command, "jupyter is not on PATH"
    assert sys.prefix in Path(command).read_text(encoding="utf-8").splitlines()[0], command


def room() -> None:
    assert shutil.disk_usage(".").free > 1e9
    with tempfile.TemporaryFile(dir=".") as file:
        file.write(b"\0" * 65536)


def kernel() -> None:
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(
        kernel_name="python3"
    )  # resolves the kernelspec, and waits until it is ready
    try:
        assert run(client, "import sys; print(sys.prefix)")["text"].strip() == sys.prefix
        snippets(client)
        interrupt(manager, client)
        tutorial(client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def run(client: Any, code: str, on_text: Callable[[], object] = lambda: None) -> dict[str, Any]:
    """What came back of a cell: its text, its pictures and tables, its error."""
    found: dict[str, Any] = {"text": "", "data": [], "error": ""}

    def hook(message: dict[str, Any]) -> None:
        kind, content = message["msg_type"], message["content"]
        if kind == "stream":
            found["text"] += content["text"]
            on_text()
        elif kind in ("display_data", "execute_result"):
            found["data"].append(content["data"])
        elif kind == "error":
            found["error"] = content["ename"]

    client.execute_interactive(
        code, store_history=False, allow_stdin=False, timeout=60, output_hook=hook
    )
    return found


def snippets(client: Any) -> None:
    code = WORK["snippets"]
    assert run(client, code["number"])["text"].strip() == "5050"
    assert WORK["words"] in run(client, code["text"])["text"]
    assert any(
        "<td>9</td>" in data.get("text/html", "") for data in run(client, code["table"])["data"]
    )
    pictures = [
        data["image/png"] for data in run(client, code["picture"])["data"] if "image/png" in data
    ]
    assert base64.b64decode(pictures[0]).startswith(b"\x89PNG")
    assert run(client, code["error"])["error"] == "ZeroDivisionError"


def interrupt(manager: Any, client: Any) -> None:
    code = "import time\nprint('sleeping', flush=True)\ntime.sleep(30)"
    assert run(client, code, manager.interrupt_kernel)["error"] == "KeyboardInterrupt"


def tutorial(client: Any) -> None:
    sys.path.insert(0, str(FOLDER))
    import table  # type: ignore[import-not-found]

    file = Path("fortune500.csv").absolute()
    known, pictures = table.write(file), 0
    found: dict[str, Any] = {}
    for cell in WORK["cells"]:
        found = run(client, cell.replace("PATH", repr(str(file))))
        assert not found["error"], found["error"]
        pictures += sum("image/png" in data for data in found["data"])
    numbers = json.loads(found["text"])
    assert (numbers["rows"], numbers["without"]) == (known.rows, known.without_profit)
    assert numbers["kept"] == known.rows - known.without_profit
    assert abs(numbers["mean"] - known.mean_profit_1980) < 1e-6 * abs(known.mean_profit_1980)
    assert numbers["spread"] and pictures >= 2


for step in (python, pip, packages, jupyter, room, kernel):
    step()
    print(step.__name__, "ok", flush=True)
print("all is well")
