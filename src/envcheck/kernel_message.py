"""What is written to a kernel over a WebSocket, and the shape of what it says."""

from __future__ import annotations

from typing import Any

MESSAGE = {"parent_header": {}, "content": {}, "msg_type": str}


def execute_request(number: str, code: str) -> dict[str, Any]:
    """The message that has a kernel run `code`; what it says of that names `number`. As the
    messaging protocol 5.3 has it: https://jupyter-client.readthedocs.io/en/stable/messaging.html.
    """
    return {
        "header": {
            "msg_id": number,
            "msg_type": "execute_request",
            "username": "",
            "session": number,
            "version": "5.3",
            "date": "",
        },
        "parent_header": {},
        "metadata": {},
        "content": {
            "code": code,
            "silent": False,
            "store_history": False,
            "user_expressions": {},
            "allow_stdin": False,
        },
        "channel": "shell",
        "buffers": [],
    }
