"""The longest chain of `envcheck chapter2`, alone: the learner's notebook server, a kernel over
REST, one cell, shut down.

python critical_path.py TARGET_PYTHON, run by the Python of envcheck's own environment, which has
tornado. The server is launched and spoken to as the check `notebook-launches` does it; nothing else
is looked at. Prints when each step was done.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

BEGUN = time.monotonic()
TOKEN = secrets.token_hex(24)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = launch(sys.argv[1], folder)
        from tornado.websocket import websocket_connect  # noqa: F401  # while the server starts

        address = wait_up(server, folder / "runtime")
        done("up")
        kernel = ask(address, "/api/kernels", {"name": "python3"})["id"]
        done("kernel")
        asyncio.run(one_cell(address, kernel))
        done("cell")
        ask(address, "/api/shutdown", {})
        assert server.wait(20) == 0
        done("shut down")


def launch(python: str, folder: Path) -> subprocess.Popen[bytes]:
    for name in ("runtime", "work", "data"):
        (folder / name).mkdir()
    variables = {
        **os.environ,
        "PYTHONDONTWRITEBYTECODE": "1",
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "JUPYTER_TOKEN": TOKEN,
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "npm_config_cache": str(folder / "npm"),
    }
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    options = ["--no-browser", "--port=0", f"--NotebookNotary.data_dir={folder / 'data'}", *root]
    return subprocess.Popen(
        [python, "-m", "notebook", *options],
        cwd=folder / "work",
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_up(server: subprocess.Popen[bytes], runtime: Path) -> str:
    while server.poll() is None:
        for file in runtime.glob("jpserver-*.json"):
            try:
                said = json.loads(file.read_text(encoding="utf-8"))
            except ValueError:  # not written to its end yet
                continue
            with (
                contextlib.suppress(OSError),
                socket.create_connection(("127.0.0.1", said["port"]), timeout=1),
            ):
                return (
                    f"http://127.0.0.1:{said['port']}"  # the file comes before the socket listens
                )
        time.sleep(0.02)
    raise SystemExit("the server ended")


def ask(address: str, path: str, body: object) -> dict[str, Any]:
    headers = {"Authorization": f"token {TOKEN}", "Content-Type": "application/json"}
    request = urllib.request.Request(
        address + path, json.dumps(body).encode(), headers, method="POST"
    )
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
        request, timeout=30
    ) as said:
        return dict(json.loads(said.read() or b"{}"))


async def one_cell(address: str, kernel: str) -> None:
    from tornado.httpclient import HTTPRequest
    from tornado.websocket import websocket_connect

    url = f"ws{address.removeprefix('http')}/api/kernels/{kernel}/channels?session_id={secrets.token_hex(8)}"
    socket = await websocket_connect(HTTPRequest(url, headers={"Authorization": f"token {TOKEN}"}))
    number, text = secrets.token_hex(16), ""
    await socket.write_message(json.dumps(execute_request(number, "print(6 * 7)")))
    while raw := await socket.read_message():
        message = json.loads(raw) if isinstance(raw, str) else {}
        if message.get("parent_header", {}).get("msg_id") != number:
            continue
        text += message["content"].get("text", "") if message["msg_type"] == "stream" else ""
        if (
            message["msg_type"] == "status"
            and message["content"]["execution_state"] == "idle"
            and text
        ):
            break
    assert text.strip() == "42", text


def execute_request(number: str, code: str) -> dict[str, Any]:
    header = {
        "msg_id": number,
        "msg_type": "execute_request",
        "username": "",
        "session": number,
        "version": "5.3",
        "date": "",
    }
    content = {
        "code": code,
        "silent": False,
        "store_history": False,
        "user_expressions": {},
        "allow_stdin": False,
    }
    return {
        "header": header,
        "parent_header": {},
        "metadata": {},
        "content": content,
        "channel": "shell",
        "buffers": [],
    }


def done(step: str) -> None:
    print(f"{time.monotonic() - BEGUN:.2f} s {step}", flush=True)


main()
