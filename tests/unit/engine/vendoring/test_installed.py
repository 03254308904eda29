"""The wheel of what is installed: the same files give the same wheel, and the lock has its hash."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath

import pytest

from envcheck.errors import UsageProblem
from envcheck.vendoring import installed

OWN = "envcheck_course-0.1.0"


@pytest.mark.parametrize(
    ("file", "member"),
    [
        ("envcheck/model.py", "envcheck/model.py"),
        ("envcheck/__pycache__/model.cpython-312.pyc", ""),
        ("../../../bin/envcheck-course", f"{OWN}.data/scripts/envcheck-course"),
        ("../../Scripts/envcheck.cmd", f"{OWN}.data/scripts/envcheck.cmd"),
        (f"{OWN}.dist-info/METADATA", f"{OWN}.dist-info/METADATA"),
        (f"{OWN}.dist-info/licenses/LICENSE", f"{OWN}.dist-info/licenses/LICENSE"),
        (f"{OWN}.dist-info/RECORD", ""),
        (f"{OWN}.dist-info/INSTALLER", ""),
        (f"{OWN}.dist-info/direct_url.json", ""),
    ],
)
def test_what_an_installer_adds_is_left_out(file: str, member: str) -> None:
    assert installed.member_of(PurePosixPath(file), OWN) == member


def test_the_same_files_give_the_same_wheel() -> None:
    members = {f"{OWN}.data/scripts/envcheck": b"#!/bin/sh\n", "envcheck/__init__.py": b""}
    wheel = installed.packed(members)
    assert installed.packed(members) == wheel
    assert installed.unpacked(wheel) == dict(sorted(members.items()))
    assert installed.unpacked(b"version https://git-lfs.github.com/spec/v1\n") == {}


def test_the_lock_has_the_wheels_own_hash_once() -> None:
    text = "# Made\nclick==8 \\\n    --hash=sha256:00\n"
    lock = installed.lock(installed.lock(text, b"older"), b"wheel")
    digest = hashlib.sha256(b"wheel").hexdigest()
    assert lock == f"{text}envcheck-course==0.1.0 \\\n    --hash=sha256:{digest}\n"


def test_an_editable_installation_says_where_its_clone_is() -> None:
    """This one is such an installation."""
    with pytest.raises(UsageProblem, match=r"Type: python3 /.*/run-envcheck\.py vendor FOLDER"):
        dict(installed.wheel_members())
