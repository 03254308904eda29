"""What travels to a server: the packages that fit its Python, from here or by the lock."""

from __future__ import annotations

import sys

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from envcheck.hub import fetching, packages
from envcheck.hub.host import Host, host_of

HERE = Host(sys.executable, "{}.{}.{}".format(*sys.version_info[:3]), "x86_64", 36)


def test_what_a_server_says() -> None:
    facts = {
        "path": "/usr/bin/python3",
        "version": "3.12.4",
        "machine": "aarch64",
        "libc": ["glibc", "2.31"],
    }
    assert host_of(facts) == Host("/usr/bin/python3", "3.12.4", "aarch64", 31)
    assert host_of({**facts, "libc": ["", ""]}).libc == 0
    assert host_of({**facts, "libc": []}).libc == 0


@pytest.mark.parametrize(
    ("host", "tag", "fits"),
    [
        (Host("", "3.12.1", "x86_64", 31), "cp312-cp312-manylinux_2_28_x86_64", True),
        (Host("", "3.12.1", "x86_64", 27), "cp312-cp312-manylinux_2_28_x86_64", False),
        (Host("", "3.12.1", "aarch64", 31), "cp312-cp312-manylinux_2_28_x86_64", False),
        (Host("", "3.13.0", "x86_64", 31), "cp312-cp312-manylinux_2_28_x86_64", False),
        (Host("", "3.13.0", "x86_64", 31), "cp36-abi3-manylinux_2_12_x86_64", True),
        (Host("", "3.13.0", "x86_64", 0), "cp36-abi3-manylinux_2_12_x86_64", False),
        (Host("", "3.13.0", "x86_64", 0), "cp313-cp313-musllinux_1_2_x86_64", True),
        (Host("", "3.10.0", "aarch64", 17), "py3-none-any", True),
    ],
)
def test_what_fits(host: Host, tag: str, fits: bool) -> None:
    name, abi, platform = tag.split("-")
    assert fits is any(
        (own.interpreter, own.abi, own.platform) == (name, abi, platform) for own in host.tags()
    )


def test_all_that_envcheck_needs() -> None:
    """Its own needs, and theirs; no tests' tools."""
    needed = packages.needed()
    assert {"envcheck-course", "pyzmq", "urllib3", "markupsafe"} <= {*needed}
    assert "pytest" not in needed
    names = [name for name, _ in packages.files(needed["pyzmq"])]
    assert "zmq/__init__.py" in names and not any(".." in name or ".pyc" in name for name in names)
    own = [name for name, _ in packages.own_files()]
    assert {"envcheck/__main__.py", "envcheck_checks/__init__.py", "envcheck/hub/in_server.py"} <= {
        *own
    }
    assert packages.launcher().startswith(b"#!/bin/sh")


def test_the_lock_for_another_python() -> None:
    """Every requirement has hashes and no marker: pip would judge that by its own Python."""
    for version in ("3.10.13", "3.14.0"):
        listed = [*fetching.wanted(fetching.lock(), Host("", version, "x86_64", 36))]
        names = [text.partition("==")[0] for text in listed]
        assert len(names) == len(set(names)) and "pyzmq" in names
        assert ("tomli" in names) is version.startswith("3.10")
        assert all("--hash=sha256:" in text and ";" not in text.split("\n")[0] for text in listed)
        assert not {"cffi", "pycparser", "envcheck-course"} & {*names}


def test_every_package_is_in_the_lock() -> None:
    """What envcheck needs by its name, and what those need that have the lock's version here: another
    version may need more.
    """
    listed = [text.split()[0] for text in fetching.wanted(fetching.lock(), HERE)]
    locked = dict(requirement.split("==") for requirement in listed)
    own = packages.needed()
    asked = [one for name, one in own.items() if one.version == locked.get(name)]
    assert asked, "nothing here has the lock's version: scripts/lock --upgrade"
    needs = {
        canonicalize_name(need.name)
        for one in (own["envcheck-course"], *asked)
        for need in map(Requirement, one.requires or ())
        if not need.marker or need.marker.evaluate({"extra": ""})
    }
    missing = {name for name in needs if not own[name].read_text("WHEEL")}
    assert needs - missing <= {*locked}
