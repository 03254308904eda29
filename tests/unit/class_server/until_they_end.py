"""Starts a server for tests, and stops it when they have ended, however that was.

    python until_they_end.py '{"start": [...], "stop": [...], "user": null, "folder": "/tmp/...", "seconds": 60}'

Prints the exit code of `start`, then waits until its own input is closed: by the tests, or by the
system, for they were killed. Then it stops the server and removes the folder.
"""

import json
import os
import shutil
import subprocess
import sys

PLAIN = {"PATH": os.defpath, "LC_ALL": "C", "HOME": "/nonexistent"}


def main() -> None:
    asked = json.loads(sys.argv[1])

    def carry_out(words: list[str]) -> int:
        nothing = subprocess.DEVNULL
        return subprocess.run(
            words,
            user=asked["user"],
            cwd="/",
            env=PLAIN,
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
            check=False,
            timeout=asked["seconds"],
        ).returncode

    try:
        sys.stdout.write(f"{carry_out(asked['start'])}\n")
        sys.stdout.flush()
        sys.stdin.read()
    finally:
        carry_out(asked["stop"])
        shutil.rmtree(asked["folder"], ignore_errors=True)


if __name__ == "__main__":
    main()
