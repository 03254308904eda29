"""OpenLineage: runs of a job are told to a file as START and COMPLETE events, and read back."""

from __future__ import annotations

from typing import Any

from envcheck import Check, Cost
from envcheck_checks.tools.framework.tool import Tool, works

TOOL = Tool(
    "openlineage", "OpenLineage", ("openlineage-python",), 45, "which run read and wrote which data"
)


def work(folder: str) -> dict[str, Any]:
    import datetime
    import importlib
    import json
    import os
    import uuid

    from openlineage.client import OpenLineageClient
    from openlineage.client.transport.file import FileConfig, FileTransport

    try:  # the events of the standard's second version came with 1.5
        events = importlib.import_module("openlineage.client.event_v2")
    except ImportError:
        events = importlib.import_module("openlineage.client.run")
    file = os.path.join(folder, "events.json")
    # Where events go is said here: with an explicit transport, the client sends nothing elsewhere.
    client = OpenLineageClient(transport=FileTransport(FileConfig(log_file_path=file, append=True)))

    def emit(state: Any, run: Any, job: Any) -> None:
        now = datetime.datetime.now(datetime.timezone.utc).isoformat()
        address = "https://example.org/envcheck"
        client.emit(
            events.RunEvent(eventType=state, eventTime=now, run=run, job=job, producer=address)
        )

    def states_by_run() -> dict[tuple[str, str], list[str]]:
        states: dict[tuple[str, str], list[str]] = {}
        if os.path.exists(file):
            with open(file) as lines:
                for event in (json.loads(line) for line in lines if line.strip()):  # noqa: TID251  # runs in the target, and wrote it itself
                    key = (event["run"]["runId"], event["job"]["name"])
                    states.setdefault(key, []).append(event["eventType"])
        return states

    for n in range(1, 11):
        run = events.Run(runId=str(uuid.uuid4()))
        job = events.Job(namespace="envcheck", name="square-%d" % n)
        for state in (events.RunState.START, events.RunState.COMPLETE):
            emit(state, run, job)
    runs = states_by_run()
    version = importlib.import_module("openlineage.client.constants").__version__
    complete = [name for (_, name), states in runs.items() if states == ["START", "COMPLETE"]]
    total = sum(int(name.split("-")[1]) ** 2 for name in complete)
    return {"version": version, "runs": len(runs), "total": total}


def openlineage(needs: tuple[Check, ...] = ()) -> Check:
    """Ten runs are told and read back; each began and is complete, and the squares of their numbers
    add up to 385.
    """
    return works(
        TOOL,
        work,
        {"runs": 10, "total": 385},
        needs=needs,
        proves="the START and COMPLETE events of ten runs are written to a file, read back, and fit together",
        settings=("OPENLINEAGE_",),
        timeout=40,
        cost=Cost(1.0, 60),
        summary=lambda done: (
            f"{done.values['runs']} runs told and read back, each from START to COMPLETE"
        ),
    )
