# Reads what git's history added, line by line as git writes it, for credentials. Answers with
# places, never with values. Carried out in the target behind credentials.py. The words of the git
# command are given: this file knows no option.
from __future__ import annotations

import json
import os
import re
import subprocess  # noqa: TID251  # this runs in the target, and reads what git writes as it is written
import sys
import threading

COMMIT = re.compile(r"^\x01([0-9a-f]{7,64}) (\S+)$")
CHUNK = re.compile(r"^(@@+) .*?\+(\d+)(?:,\d+)? @@")
MOST = 200
LONGEST_LINE = 4000000  # bytes; what is longer is a picture


class Reader:
    """Follows the lines of `git log -p`: which commit, which file, which line; and what each added
    line holds.
    """

    def __init__(self):
        self.commit = self.day = self.file = ""
        self.columns = self.number = 0
        self.commits = 0
        self.keys = Keys()  # noqa: F821  # of credentials.py
        self.places = {}

    def line(self, text):
        begin = COMMIT.match(text)
        if begin:
            self.commit, self.day = begin.groups()
            self.file, self.columns, self.number = "the message", 0, 0
            self.commits += 1
            return
        chunk = CHUNK.match(text)
        if text.startswith("diff --"):
            self.file, self.columns = "", 0
        elif chunk and self.file != "the message":
            self.columns, self.number = len(chunk.group(1)) - 1, int(chunk.group(2)) - 1
        elif not self.columns and text.startswith("+++ "):
            self.file = text[4:].strip().strip('"')
            self.file = self.file[2:] if self.file.startswith("b/") else self.file
        elif self.columns:
            self.content(text)
        elif self.file == "the message":
            self.number += 1
            self.judge(text)

    def content(self, text):
        """A line of a change. In a merge there is a column for each parent."""
        marks = text[: self.columns]
        if "-" in marks or marks.startswith("\\"):
            return
        self.number += 1
        if "+" in marks:
            self.judge(text[self.columns :])

    def judge(self, text):
        secrets = kinds(text) + (["a private key"] if self.keys.line(text) else [])  # noqa: F821  # of credentials.py
        for kind in secrets:
            # The oldest commit that brought it comes last in the log.
            self.places[(self.file, kind)] = [
                self.commit[:12],
                self.day,
                self.file,
                self.number,
                kind,
            ]


def follow(command, seconds):
    reader, late = Reader(), []
    git = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )

    def stop():
        late.append(True)
        git.kill()

    clock = threading.Timer(seconds, stop)
    clock.daemon = True
    clock.start()
    try:
        while True:
            raw = git.stdout.readline(LONGEST_LINE)
            if not raw:
                break
            reader.line(raw.decode("utf-8", "replace").rstrip("\r\n"))
        code = git.wait()
    finally:
        clock.cancel()
        if git.poll() is None:
            git.kill()
        git.stdout.close()
        git.wait()
    places = list(reader.places.values())
    return {
        "places": places[:MOST],
        "more": len(places) > MOST,
        "commits": reader.commits,
        "whole": not late,
        "code": code,
    }


def answer():
    try:
        reply = follow(sys.argv[3:], float(sys.argv[2]))
    except Exception as error:  # its words could cite what was read
        reply = {
            "places": [],
            "more": False,
            "commits": 0,
            "whole": False,
            "code": -1,
            "error": type(error).__name__,
        }
    os.write(1, (sys.argv[1] + json.dumps(reply) + sys.argv[1] + "\n").encode("ascii"))
