#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, the envcheck developers
# MIT License (see LICENSE)

from __future__ import annotations

DOCUMENTATION = r"""
---
module: report
short_description: Runs the learner's own envcheck and returns its report
version_added: "0.1.0"
author:
  - The envcheck developers (!UNKNOWN)
description:
  - Runs envcheck on the host as the learner, in a login shell of theirs, in the folder in which they work.
    What they would see is what is reported, their own PATH from their start-up files included.
  - It takes the envcheck that is installed on the learner's PATH, else C(run-envcheck.py) in their folder,
    else the one that O(carry) brings.
  - Fails where the machine is not ready, or where envcheck could not tell, with the cause and the next step.
  - Without O(fix) nothing of the learner's is changed.
options:
  chapters:
    description:
      - The chapters to examine the machine for.
    type: list
    elements: str
    default: [chapter2]
  user:
    description:
      - The learner's account. The default is the user that Ansible works as.
      - For another user Ansible must be root on the host (O(ignore:become=true)).
    type: str
  folder:
    description:
      - The folder in which the learner works; a leading C(~) is their home.
    type: str
    default: "~"
  words:
    description:
      - Further options of envcheck, such as C(--quick) or C(--course) with its file.
    type: list
    elements: str
    default: []
  carry:
    description:
      - A folder on the controller with what C(envcheck vendor) writes, and beside it C(wheels) with the wheels
        of what the lock names. It goes to hosts that have no envcheck of their own, and stays in
        the cache of the learner for the next time.
    type: path
  state:
    description:
      - V(absent) takes away what O(carry) has brought and the environments that it has made, and runs nothing.
    type: str
    choices: [present, absent]
    default: present
  fix:
    description:
      - Carry out the fixes that envcheck is sure of, as C(--fix --yes) does. Their records are returned.
    type: bool
    default: false
  join:
    description:
      - The link of a class, to which the report is sent.
    type: str
  submit:
    description:
      - As O(join), by the option C(--submit) of envcheck.
    type: str
  alias:
    description:
      - The name in the report, by which its class knows the host. The default is its name in the inventory.
    type: str
  timeout:
    description:
      - Seconds for all of it; the first run on a host makes envcheck's environment.
    type: int
    default: 300
  reports:
    description:
      - A folder on the controller. The report is written there, as C(NAME.json); for a host that gave none
        C(NAME.unreachable.json) says why. C(envcheck class show) reads both.
    type: path
  fix_records:
    description:
      - A folder on the controller, for the records of the fixes that were carried out.
    type: path
  _digest:
    description:
      - Set by the controller's part of this module, of which files O(carry) has.
    type: str
    default: ""
  _packed:
    description:
      - Set by the controller's part of this module, where on the host these files lie.
    type: str
  with_report:
    description:
      - Whether the result holds the report. For hundreds of hosts that is much, and O(reports) has it.
    type: bool
    default: true
attributes:
  check_mode:
    description: Nothing is run on the host, and nothing is written there or on the controller.
    support: full
  diff_mode:
    description: There is none.
    support: none
"""

EXAMPLES = r"""
- name: Ask every machine of the room
  envcheck.course.report:
    chapters: [chapter2]
    user: learner
    folder: ~/ml
    carry: room
    reports: reports
  become: true

- name: Take away what was brought
  envcheck.course.report:
    user: learner
    state: absent
  become: true
"""

RETURN = r"""
report:
  description: The report, by envcheck's report.schema.json. None where there was none.
  type: dict
  returned: always, unless O(with_report=false)
verdict:
  description: V(ready), V(not-ready) or V(undetermined).
  type: str
  returned: when there is a report
started_as:
  description: V(installed) on the learner's PATH, V(folder) for the file in theirs, or V(carried).
  type: str
  returned: when envcheck was started
seconds:
  description: How long envcheck itself took, by its own report.
  type: float
  returned: when there is a report
records:
  description: The records of the fixes that were carried out, by C(name) and C(text).
  type: list
  elements: dict
  returned: with O(fix)
sent:
  description: What envcheck said last, which is about sending it.
  type: str
  returned: with O(join) or O(submit)
"""

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.envcheck.course.plugins.module_utils.arguments import OPTIONS, SPEC
from ansible_collections.envcheck.course.plugins.module_utils.asking import Host
from ansible_collections.envcheck.course.plugins.module_utils.login import NotTold


def main():
    """One host answers."""
    module = AnsibleModule(argument_spec=SPEC, supports_check_mode=True, **OPTIONS)
    try:
        result = Host(module.params, module.check_mode).answer()
    except NotTold as problem:
        module.fail_json(msg=str(problem), report=None)
    if result.pop("failed", False):
        module.fail_json(**result)
    module.exit_json(**result)


if __name__ == "__main__":
    main()
