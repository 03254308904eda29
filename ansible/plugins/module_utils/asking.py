# -*- coding: utf-8 -*-
# Copyright (c) 2026, the envcheck developers
# MIT License (see LICENSE)
"""A host is asked: envcheck is brought if it must be, and run as the learner."""

from __future__ import annotations

import os

from ansible_collections.envcheck.course.plugins.module_utils import carried, records, verdict
from ansible_collections.envcheck.course.plugins.module_utils.arguments import refused
from ansible_collections.envcheck.course.plugins.module_utils.line import Line
from ansible_collections.envcheck.course.plugins.module_utils.login import Learner, NotTold

USAGE = 2  # envcheck's exit code for a line that it does not take


class Host:
    """This machine, and what is asked of it."""

    def __init__(self, params, check_mode):
        self.params, self.check_mode = params, check_mode
        if refused(params["words"]):
            raise NotTold(refused(params["words"]))
        self.learner = Learner(params["user"])
        home, folder = self.learner.home, params["folder"]
        self.folder = home + folder[1:] if folder == "~" or folder.startswith("~/") else folder

    def answer(self):
        """The module's result."""
        home = self.learner.home
        if self.params["state"] == "absent":
            gone = self.learner.does(carried.remove, home, self.check_mode)
            return {
                "changed": gone,
                "msg": "What was carried is gone." if gone else "Nothing is there.",
            }
        if self.check_mode:
            return {"changed": False, "report": None, "msg": "envcheck runs without check mode."}
        brought = bool(self.params["_packed"])
        if brought:
            with open(self.params["_packed"], "rb") as file:
                self.learner.does(carried.put, home, self.params["_digest"], file.read())
        return self._asked(brought)

    def _asked(self, brought):
        home, digest = self.learner.home, self.params["_digest"]
        there = bool(digest) and self.learner.does(carried.digest_of, home) == digest
        started = os.path.join(carried.place_in(home), carried.STARTED) if there else ""
        printed = self._types(self._words(), started)
        if printed.how == "nothing" and digest and not there:
            return {"changed": False, "needs_carried": True}
        result = dict(self._result(printed), changed=self._note_made(printed) or brought)
        if self.params["fix"] and verdict.can_be_fixed(result["report"]):
            return self._fixed(result, started)
        return dict(result, records=[]) if self.params["fix"] else result

    def _fixed(self, before, started):
        """The result after the fixes that envcheck is sure of; those that leave nothing to take back
        leave no record, and change the machine all the same.
        """
        names = self.learner.does(records.names, self.folder)
        result = self._result(self._types([*self._words(), "--fix", "--yes"], started))
        new = [n for n in self.learner.does(records.names, self.folder) if n not in names]
        result["records"] = self.learner.does(records.read, self.folder, new)
        other = verdict.codes(result["report"]) != verdict.codes(before["report"])
        return dict(result, changed=before["changed"] or other or bool(new))

    def _types(self, words, started):
        line = Line(self.folder, words, started)
        return line.printed(*self.learner.types(line.text, self.params["timeout"]))

    def _words(self):
        """What stands behind `envcheck`."""
        params = self.params
        words = [*params["chapters"], "--format", "json", *params["words"]]
        words += ["--as", params["alias"]] if params["alias"] else []
        for option in ("join", "submit"):
            if params[option]:
                words += ["--" + option, params[option], "--send-without-asking"]
        return words

    def _note_made(self, printed):
        """Whether envcheck made an environment of its own, which goes with what was carried."""
        if printed.how not in ("carried", "folder") or not printed.ran:
            return False
        now = self.learner.does(carried.environments_in, printed.cache)
        new = [path for path in now if path not in printed.environments]
        if new and printed.how == "carried":
            self.learner.does(carried.remember, self.learner.home, new)
        return bool(new)

    def _result(self, printed):
        if printed.how == "no-folder":
            raise NotTold("%s has no folder %s" % (self.learner.entry.pw_name, self.folder))
        if printed.how == "nothing":
            raise NotTold(
                "there is no envcheck on the learner's PATH and no run-envcheck.py in %s; "
                "`carry` brings one" % self.folder
            )
        report = verdict.read(printed.text) if printed.ran else None
        if report is None:
            raise NotTold(_without_report(printed))
        result = {
            "report": report,
            "report_text": printed.text,
            "verdict": report["verdict"],
            "seconds": report.get("seconds"),
            "started_as": printed.how,
            "msg": verdict.sentence(report),
            "failed": report["verdict"] != "ready",
        }
        if self.params["join"] or self.params["submit"]:
            result["sent"] = printed.told
        return result


def _without_report(printed):
    last = ": %s" % printed.last_words if printed.last_words else ""
    if not printed.ran:
        return "the learner's login shell ended before envcheck did%s" % last
    if printed.code == USAGE:
        return "envcheck does not take this line%s" % last
    return "envcheck ended with %d and without a report%s" % (printed.code, last)
