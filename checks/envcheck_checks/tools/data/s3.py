"""S3: objects are put into a bucket and read back with boto3, on a small store of our own: moto's
server, an emulator.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Mapping, Sequence
from typing import Any

from envcheck import Check, Cost, Diagnosis, Environment, fail
from envcheck.fixes.advice import tell
from envcheck.target.home import home_of
from envcheck_checks.interference.trials import Removed, SettingKind, find_cause_by_removal
from envcheck_checks.tools.data.codes import AWS_SETTINGS_FILE_BREAKS
from envcheck_checks.tools.framework.remote_call import Work
from envcheck_checks.tools.framework.tool import Tool, works
from envcheck_checks.tools.framework.trial_runs import Doing, Variables

TOOL = Tool(
    "s3", "S3", ("boto3", "moto[server]"), 320, "objects in buckets, as cloud stores keep them"
)
EXPECTED = {"objects": 10, "total": 338350}
# boto3's own two files, by the variable that moves each.
FILES = {"AWS_CONFIG_FILE": "config", "AWS_SHARED_CREDENTIALS_FILE": "credentials"}
READ = ("AWS_", "BOTO_", "BOTOCORE_", "MOTO_")


def work(folder: str) -> dict[str, Any]:  # noqa: ARG001  # every work is given one
    import socket

    import boto3
    from botocore.config import Config
    from moto.server import ThreadedMotoServer

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]

    def connect() -> Any:
        # All that could lead elsewhere is said here: what is said is stronger than variables and
        # files.
        near = {"endpoint_url": "http://127.0.0.1:%d" % port, "region_name": "us-east-1"}
        keys = {
            "aws_access_key_id": "envcheck",
            "aws_secret_access_key": "envcheck",
            "aws_session_token": "",
        }
        plain = {
            "proxies": {},
            "use_fips_endpoint": False,
            "use_dualstack_endpoint": False,
            "retries": {"max_attempts": 2},
        }
        style = {"addressing_style": "path", "use_accelerate_endpoint": False}
        return boto3.client("s3", config=Config(s3=style, **plain), **near, **keys)

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    try:
        store = connect()
        store.create_bucket(Bucket="squares")
        for ten in range(0, 100, 10):
            squares = " ".join(str(n * n) for n in range(ten + 1, ten + 11))
            store.put_object(Bucket="squares", Key="n/%02d" % ten, Body=squares.encode("ascii"))
        listing = store.list_objects_v2(Bucket="squares", Prefix="n/")
        names = [entry["Key"] for entry in listing["Contents"]]
        bodies = [store.get_object(Bucket="squares", Key=name)["Body"].read() for name in names]
    finally:
        server.stop()
    return {
        "version": boto3.__version__,
        "objects": len(names),
        "total": sum(int(n) for body in bodies for n in body.split()),
    }


def s3(needs: tuple[Check, ...] = ()) -> Check:
    """Ten objects go into a bucket of a local store and come back; the 100 numbers in them add up
    to 338350.
    """
    return works(
        TOOL,
        work,
        EXPECTED,
        needs=needs,
        proves="ten objects go into a bucket and come back, by boto3, on a local emulator of S3 (moto's server)",
        variables=own_files,
        settings=READ,
        causes=[settings_file_breaks],
        codes={AWS_SETTINGS_FILE_BREAKS: "a settings file of yours keeps boto3 from starting"},
        cost=Cost(3.0, 150),
        summary=lambda done: (
            f"objects put and read back on a local emulator: {done.values['total']}"
        ),
    )


def own_files(env: Environment) -> Mapping[str, str | None]:
    """The learner's settings files, which a throw-away home would hide; no key in them is used."""
    home = home_of(env.variables)
    return {
        variable: env.variables.get(variable, str(home / ".aws" / name))
        for variable, name in FILES.items()
    }


def settings_file_breaks(env: Environment, done: Work) -> Diagnosis | None:
    """The one of the learner's files without which it works."""
    if _doing({}).fine(done):
        return None
    count = itertools.count()

    def trial(gone: Sequence[Removed]) -> bool | None:
        return _doing(
            {name: value for removed in gone for name, value in removed.variables.items()}
        ).works(env, f"s3-trial-{next(count)}")

    for variable, place in own_files(env).items():
        if variable in env.variables or not place or not os.path.isfile(place):
            continue
        if find_cause_by_removal([_without(variable)], trial, late=done.finished.late):
            return fail(
                AWS_SETTINGS_FILE_BREAKS,
                f"your settings file {place} keeps boto3 from starting",
                tell(
                    "correct the file",
                    f"Open {place} and correct it, or give it another name. What boto3 says is under `found`.",
                ),
                found=f"{done.error}: {done.message}",
                wanted=f"S3 works without {place}",
                looked_in=place,
            )
    return None


def _without(variable: str) -> Removed:
    return Removed(SettingKind.VARIABLE, variable, {variable: os.devnull})


def _doing(more: Variables) -> Doing:
    return Doing("s3", work, EXPECTED, 30, lambda env: {**own_files(env), **more}, READ)
