# -*- coding: utf-8 -*-
# Copyright (c) 2026, the envcheck developers
# MIT License (see LICENSE)
"""Records for the hosts that an earlier task has lost: all of the module `lost`."""

from __future__ import annotations

import os

from ansible.plugins.action import ActionBase
from ansible_collections.envcheck.course.plugins.plugin_utils.written import Written

REASON = "Ansible has not asked this machine: an earlier task of the play lost it, or its turn did not come"


class ActionModule(ActionBase):
    """Once, for all hosts."""

    BYPASS_HOST_LOOP = True
    _supports_check_mode = True

    def run(self, tmp=None, task_vars=None):
        """Every host of the play that has no result of the task. `ansible_play_batch` has no lost ones;
        of hosts whose turn comes later the record goes when they report.
        """
        super().run(tmp, task_vars)
        folder = os.path.abspath(os.path.expanduser(self._task.args["reports"]))
        hosts = task_vars["hostvars"]
        lost = [
            n
            for n in task_vars["ansible_play_hosts_all"]
            if self._task.args["asked"] not in hosts[n]
        ]
        for name in lost:
            Written(folder, name, self._task.check_mode).gave_nothing(REASON)
        return {"changed": False, "lost": lost}
