from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from envcheck.errors import UsageProblem
from envcheck_class.web import serving
from envcheck_class.web.serving import Served


def test_others_see_no_server_in_the_clear() -> None:
    serving.check(Served())
    serving.check(Served(host="0.0.0.0", behind_proxy=True))
    with pytest.raises(UsageProblem, match="add --certfile and --keyfile, or --behind-proxy"):
        serving.check(Served(host="0.0.0.0"))


def test_a_certificate_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "cert.pem").write_text("hello")
    for file in ("cert.pem", "missing.pem"):
        with pytest.raises(UsageProblem, match="cannot be used"):
            serving.check(Served(certfile=str(tmp_path / file)))


def test_a_port_that_is_taken() -> None:
    taken = serving.listen(Served(port=0))
    with taken, pytest.raises(UsageProblem, match="Another --port may be free"):
        serving.listen(Served(port=taken.getsockname()[1]))


def test_the_command_refuses_before_anything_is_served(tmp_path: Path) -> None:
    words = ["class", "serve", "--host", "0.0.0.0", "--data", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-m", "envcheck", *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "is seen by others" in done.stderr


def test_a_large_class_is_not_looked_through_for_cycles_all_the_time() -> None:
    """A hundred thousand values that stay, as those of a class do, cause no collection of everything."""
    before = gc.get_threshold()
    try:
        serving.collect_seldom()
        assert gc.get_freeze_count() > 10_000
        whole = gc.get_stats()[2]["collections"]
        held = [{"learner": [number]} for number in range(100_000)]
        assert gc.get_stats()[2]["collections"] == whole and len(held) == 100_000
    finally:
        gc.set_threshold(*before)  # and what is frozen stays so, as tests/conftest.py has it
