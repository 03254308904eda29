"""What a container allows, on described machines: both versions of control groups, and none."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck.target.allowance import Allowance, read

HUGE = "9223372036854771712\n"  # what the first version writes where nothing limits


def described(root: Path, own: str, files: dict[str, str]) -> Allowance:
    """Read from a machine with this `/proc/self/cgroup` and these files of its groups."""
    placed = {f"sys/fs/cgroup/{name}": text for name, text in files.items()}
    for name, text in {**placed, "proc/self/cgroup": own}.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return read(root)


@pytest.mark.parametrize(
    ("own", "files", "expected"),
    [
        pytest.param("", {}, Allowance(), id="no control groups"),
        pytest.param(
            "0::/\n",
            {
                "memory.max": "188743680\n",
                "pids.max": "45\n",
                "memory.events": "low 0\noom_kill 3\n",
            },
            Allowance(188.74368, 45, 3),
            id="second version, own root",
        ),
        pytest.param(
            "0::/\n",
            {"memory.high": "157286400\n", "memory.max": "188743680\n"},
            Allowance(157.2864),
            id="second version, where programs are slowed down before they are ended",
        ),
        pytest.param(
            "0::/\n",
            {"memory.high": "max\n", "memory.max": "188743680\n"},
            Allowance(188.74368),
            id="second version, never slowed down",
        ),
        pytest.param(
            "0::/user.slice/a.scope\n",
            {
                "user.slice/memory.max": "300000000\n",
                "user.slice/a.scope/memory.max": "max\n",
                "user.slice/a.scope/pids.max": "90\n",
                "user.slice/a.scope/pids.events": "max 7\n",
            },
            Allowance(300.0, 90, 0, 7),
            id="second version, a parent's limit",
        ),
        pytest.param(
            "9:name=systemd:/x\n5:pids:/docker/abc\n4:memory:/docker/abc\n",
            {
                "memory/memory.limit_in_bytes": "180000000\n",
                "memory/memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n",
                "pids/pids.max": "45\n",
            },
            Allowance(180.0, 45, 2),
            id="first version in a container, where the outer name is not shown",
        ),
        pytest.param(
            "4:memory:/job\n3:cpu,pids:/job\n",
            {
                "memory/memory.limit_in_bytes": HUGE,
                "memory/job/memory.limit_in_bytes": "500000000\n",
                "pids/job/pids.max": "max\n",
            },
            Allowance(500.0),
            id="first version, own group",
        ),
        pytest.param(
            "4:memory:/../../etc\n0::\nodd\n",
            {"memory/memory.limit_in_bytes": "a lot\n", "pids/pids.max": "-1\n"},
            Allowance(),
            id="what nobody can read",
        ),
    ],
)
def test_limits(own: str, files: dict[str, str], expected: Allowance, tmp_path: Path) -> None:
    assert described(tmp_path, own, files) == expected


def test_too_little_to_begin() -> None:
    """Then there is a report that says so, in place of a run that is killed without one."""
    assert Allowance(memory_mb=90).too_little
    assert Allowance(tasks=20).too_little
    assert not Allowance(memory_mb=180, tasks=45).too_little
    assert not Allowance().too_little


@pytest.mark.parametrize(
    ("allowed", "tight"),
    [
        (Allowance(), False),
        (Allowance(memory_mb=4000, tasks=4000), False),
        (Allowance(memory_mb=180), True),
        (Allowance(tasks=45), True),
        (Allowance(memory_mb=4000, tasks=45), True),
    ],
)
def test_less_at_once_where_little_is_allowed(allowed: Allowance, tight: bool) -> None:
    assert allowed.tight is tight
