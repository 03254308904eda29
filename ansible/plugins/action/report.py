# -*- coding: utf-8 -*-
# Copyright (c) 2026, the envcheck developers
# MIT License (see LICENSE)
"""The controller's part of the module `report`: what is carried, and what is written here."""

from __future__ import annotations

import os

from ansible.errors import AnsibleActionFail, AnsibleConnectionFailure
from ansible.plugins.action import ActionBase
from ansible_collections.envcheck.course.plugins.plugin_utils.baggage import Baggage
from ansible_collections.envcheck.course.plugins.plugin_utils.written import Written

MODULE = "envcheck.course.report"
PRINTED = 100  # characters that are shown of what could not be read


class ActionModule(ActionBase):
    """One host."""

    # Else Ansible would make a folder on the host before `run` has begun to catch what that raises.
    TRANSFERS_FILES = False
    _supports_check_mode = True
    _supports_async = False

    def run(self, tmp=None, task_vars=None):
        """The module's result; the host's file is written whatever happens."""
        super().run(tmp, task_vars)
        args = dict(self._task.args)
        name = args.setdefault("alias", task_vars["inventory_hostname"])
        written = Written(self._here(args.pop("reports", None)), name, self._task.check_mode)
        records = self._here(args.pop("fix_records", None))
        with_report = args.pop("with_report", True) in (True, "true", "yes", "True", "on", "1", 1)
        baggage = Baggage(self._here(args.pop("carry", None)))
        try:
            result = self._asked(args, baggage, task_vars)
        except AnsibleConnectionFailure as error:
            written.gave_nothing(str(error))
            raise
        except OSError as error:
            raise AnsibleActionFail("%s: %s" % (error.filename, error.strerror))
        written.fixes(records, result.get("records") or [])
        text = result.pop("report_text", None)
        if text is not None:
            written.report(text)
        elif args.get("state", "present") == "present":
            written.gave_nothing(reason(result))
        if not with_report:
            result.pop("report", None)
        return result

    def _asked(self, args, baggage, task_vars):
        """Ask, and ask again with what the host needs."""
        args["_digest"] = baggage.digest
        result = self._execute_module(MODULE, args, task_vars=task_vars)
        if not result.get("needs_carried"):
            return result
        if self._connection._shell.tmpdir is None:
            self._make_tmp_path()
        remote = self._connection._shell.join_path(self._connection._shell.tmpdir, "carried.tar")
        with baggage.packed() as path:
            self._transfer_file(path, remote)
        self._fixup_perms2((self._connection._shell.tmpdir, remote))
        return self._execute_module(MODULE, dict(args, _packed=remote), task_vars=task_vars)

    def _here(self, path):
        """A path on the controller: below the folder that the play was started in."""
        return os.path.abspath(os.path.expanduser(path)) if path else None


def reason(result):
    """Why there is no report, in Ansible's own words; where it could not read the answer, with what
    the machine printed.
    """
    told = str(result.get("msg") or "it gave no answer")
    first = (result.get("module_stdout") or "").strip()[:PRINTED]
    last = (result.get("module_stderr") or "").strip().rpartition("\n")[2][:PRINTED]
    return "%s. It printed: %s" % (told.rstrip("."), first or last) if first or last else told
