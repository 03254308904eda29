"""Sends the story to a server, as sixty learners would."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Sequence

from envcheck_class import tokens
from envcheck_class.demo.story import Sent

PATIENCE = 20.0  # seconds for a server that is not there yet


def start(port: int, code: str, story: Sequence[Sent]) -> threading.Thread:
    """Send every report of the story at its own time, in a thread of its own, which is returned."""
    sender = threading.Thread(target=_all, args=(port, code, story), daemon=True)
    sender.start()
    return sender


def _all(port: int, code: str, story: Sequence[Sent]) -> None:
    began, waiting = time.monotonic(), threading.Event()
    for sent in story:
        waiting.wait(max(0.0, began + sent.at - time.monotonic()))
        while not send(port, code, sent) and time.monotonic() < began + sent.at + PATIENCE:
            waiting.wait(0.2)


def send(port: int, code: str, sent: Sent) -> bool:
    """Send one report. Returns whether the server took it."""
    headers = {
        "Authorization": f"Bearer {code}",
        "Content-Type": "application/json",
        "Envcheck-Key": tokens.hashed(sent.alias),
    }
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("POST", "/api/v1/reports", json.dumps(sent.document), headers)
        return connection.getresponse().status in (200, 201)
    except OSError:
        return False
    finally:
        connection.close()
