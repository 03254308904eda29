# -*- coding: utf-8 -*-
# Copyright (c) 2026, the envcheck developers
# MIT License (see LICENSE)
"""The learner of a host: what is done in their name, and a line in their login shell."""

from __future__ import annotations

import json
import os
import pwd
import signal
import subprocess
import sys
import traceback

NOT_THEIRS = ("SUDO_COMMAND", "SUDO_GID", "SUDO_UID", "SUDO_USER", "SUDO_HOME")
SECONDS_TO_END = 5


class NotTold(Exception):
    """What was asked of the host has no answer, and why."""


class Learner:
    """The account that the learner works with. `is_us`: Ansible works with the same."""

    def __init__(self, name):
        try:
            self.entry = pwd.getpwnam(name) if name else pwd.getpwuid(os.geteuid())
        except KeyError:
            raise NotTold("this host has no user %s" % (name or os.geteuid()))
        self.is_us = self.entry.pw_uid == os.geteuid()
        if not self.is_us and os.geteuid() != 0:
            raise NotTold(
                "to work as %s, Ansible must connect as that user or become root (become: true)"
                % self.entry.pw_name
            )

    @property
    def home(self):
        return self.entry.pw_dir

    def does(self, function, *arguments):
        """What `function` returns, a JSON value, when the learner calls it: root touches nothing in
        a home, where each name may be a link that leads elsewhere. Raises NotTold.
        """
        if self.is_us:
            return function(*arguments)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            self._answer(writing, function, arguments)
        os.close(writing)
        with os.fdopen(reading, "rb") as answer:
            told = answer.read()
        os.waitpid(child, 0)
        done, value = json.loads(told or b'[false, "it was ended from outside"]')
        if not done:
            raise NotTold(value)
        return value

    def _answer(self, writing, function, arguments):
        """The child, which ends here."""
        try:
            os.initgroups(self.entry.pw_name, self.entry.pw_gid)
            os.setgid(self.entry.pw_gid)
            os.setuid(self.entry.pw_uid)
            os.chdir("/")
            answer = [True, function(*arguments)]
        except NotTold as problem:
            answer = [False, str(problem)]
        except OSError as error:
            answer = [False, "%s: %s" % (error.filename or "the host", error.strerror)]
        except BaseException:
            answer = [False, traceback.format_exc().splitlines()[-1]]
        with os.fdopen(writing, "wb") as out:
            out.write(json.dumps(answer).encode("ascii"))
        os._exit(0)

    def types(self, line, seconds):
        """What this line prints, on stdout and stderr, in a new login shell of the learner's: their
        own start-up files have been read. Raises NotTold.
        """
        words = self._shell(line)
        try:
            process = subprocess.Popen(
                words["argv"],
                executable=words["program"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd="/",
                env=words["variables"],
                start_new_session=True,
            )
        except OSError as error:
            raise NotTold("%s cannot be started: %s" % (words["program"], error.strerror))
        try:
            return process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            end(process)
            raise NotTold("there was no answer within %d s" % seconds)

    def _shell(self, line):
        """The learner's shell, which is a login shell by the `-` before its name; for another user
        `su` makes the session, with what the host sets and limits for one.
        """
        if not self.is_us:
            argv = ["su", "-", self.entry.pw_name, "-c", line]
            return {"argv": argv, "program": "su", "variables": None}
        shell = self.entry.pw_shell or "/bin/sh"
        own = {"HOME": self.home, "SHELL": shell}
        own["USER"] = own["LOGNAME"] = self.entry.pw_name
        variables = {k: v for k, v in os.environ.items() if k not in NOT_THEIRS}
        argv = ["-" + os.path.basename(shell), "-c", line]
        return {"argv": argv, "program": shell, "variables": dict(variables, **own)}


def end(process):
    """End a process and all that came of it. `su` gives its command a session of its own."""
    family = descendants(process.pid)
    for number in (signal.SIGTERM, signal.SIGKILL):
        for pid in [*family, process.pid]:
            try:
                os.kill(pid, number)
            except OSError:
                pass
        try:
            process.communicate(timeout=SECONDS_TO_END)
            return
        except subprocess.TimeoutExpired:
            continue


def descendants(parent):
    """The processes that came of one, as far as this system tells."""
    children = {}
    for name in os.listdir("/proc") if sys.platform == "linux" else ():
        if name.isdigit():
            try:
                with open("/proc/%s/stat" % name, "rb") as file:
                    ppid = int(file.read().rpartition(b")")[2].split()[1])
            except (OSError, IndexError, ValueError):
                continue
            children.setdefault(ppid, []).append(int(name))
    family, new = [], [parent]
    while new:
        new = [child for pid in new for child in children.get(pid, ())]
        family += new
    return family
