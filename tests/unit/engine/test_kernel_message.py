"""What a kernel is told is a message of its protocol."""

from __future__ import annotations

from jupyter_client.jsonutil import json_clean
from jupyter_client.session import Session

from envcheck.kernel_message import MESSAGE, execute_request
from envcheck.shape import read_object


def test_it_has_what_jupyters_own_has() -> None:
    """The parts of the message, and those of its header, as jupyter_client makes them."""
    ours = execute_request("1", "print(1)")
    theirs = json_clean(Session(key=b"").msg("execute_request", {}))
    assert {*theirs} - {"msg_id", "msg_type"} <= {*ours}
    assert {*ours["header"]} == {*theirs["header"]}


def test_what_a_kernel_says_has_a_shape() -> None:
    assert read_object('{"parent_header": {}, "content": {}, "msg_type": "status"}', MESSAGE)
    assert read_object('{"parent_header": {}, "content": []}', MESSAGE) is None
