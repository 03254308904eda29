#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, the envcheck developers
# MIT License (see LICENSE)

from __future__ import annotations

DOCUMENTATION = r"""
---
module: lost
short_description: Notes the machines of the inventory that could not even be asked
version_added: "0.1.0"
author:
  - The envcheck developers (!UNKNOWN)
description:
  - A host that an earlier task of the play has lost is asked nothing. For each of them this writes the record that
    M(envcheck.course.report) writes for a host that gave no report.
  - It runs once for all hosts, on the controller.
options:
  asked:
    description:
      - The name under which the task with M(envcheck.course.report) registers its result.
    type: str
    required: true
  reports:
    description:
      - The folder on the controller with the reports.
    type: path
    required: true
attributes:
  check_mode:
    description: Nothing is written.
    support: full
  diff_mode:
    description: There is none.
    support: none
"""

EXAMPLES = r"""
- name: Note the machines that an earlier task has lost
  envcheck.course.lost:
    asked: room
    reports: reports
"""

RETURN = r"""
lost:
  description: The names of these hosts.
  type: list
  elements: str
  returned: always
"""
