"""Where the learner's server would listen: never ours, and theirs bound without listening."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.described_machines import file_at, on

from envcheck import Environment, fact
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.interference.trials import Removed, SettingKind
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.machine import localhost
from envcheck_checks.notebook.settings import address

FAILURE = Failure("the notebook server does not start")


def learner(tmp_path: Path, *ips: object) -> Environment:
    """One whose files set these addresses, the last of which wins."""
    files = tuple(
        ConfigFile(f"{tmp_path}/home/.jupyter/jupyter_server_config.{number}.py", settings)
        for number, settings in enumerate({"ServerApp": {"ip": ip}} for ip in ips)
    )
    facts: dict[fact[Any], object] = {
        config_files: files,
        learners_jupyter: LearnersJupyter({}, None, user_config=f"{tmp_path}/home/.jupyter"),
    }
    if ips:
        file_at(tmp_path / "home" / ".jupyter" / "jupyter_server_config.py", "import mysite\n")
    return on("linux", tmp_path, facts=facts)


@pytest.mark.parametrize("ip", ["0.0.0.0", "::", "*", "", "192.0.2.1", "2001:db8::1", "fe80::1%lo"])
def test_what_others_could_reach_is_never_listened_on(tmp_path: Path, ip: str) -> None:
    assert address.options(learner(tmp_path, ip)) == ["--ip=127.0.0.1"]


@pytest.mark.parametrize("ip", ["127.0.0.1", "127.0.1.1", "::1", "localhost"])
def test_an_address_of_this_machine_alone_stays_the_learners(tmp_path: Path, ip: str) -> None:
    """And is said: what stands on the command line wins over a file that reads otherwise then."""
    assert address.options(learner(tmp_path, ip)) == [f"--ip={ip}"]


def test_jupyters_own_value_where_they_set_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And where localhost cannot be bound, the one that Jupyter takes then."""
    assert address.options(learner(tmp_path)) == ["--ip=localhost"]
    monkeypatch.setattr(address, "cannot_listen", lambda *_: "no such name")
    assert address.options(learner(tmp_path)) == ["--ip=127.0.0.1"]


@pytest.mark.parametrize(
    ("host", "named", "reached"),
    [
        ("localhost", ("127.0.0.1", "::1"), "127.0.0.1"),
        ("localhost", ("::1", "127.0.0.1"), "127.0.0.1"),
        ("localhost", ("::1",), "::1"),
        ("localhost", ("127.0.1.1",), "127.0.1.1"),
        ("localhost", (), "127.0.0.1"),
        ("", ("::1",), "127.0.0.1"),
        ("0.0.0.0", ("::1",), "127.0.0.1"),
        ("127.0.0.2", ("::1",), "127.0.0.2"),
    ],
)
def test_where_a_server_answers(
    host: str, named: tuple[str, ...], reached: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the address that this machine takes localhost for."""
    monkeypatch.setattr(localhost, "addresses", lambda: named)
    assert address.reached_at(host) == reached


def test_a_trial_without_the_files_has_not_their_address(tmp_path: Path) -> None:
    gone = Removed(SettingKind.CONFIG, "nowhere")
    assert address.options(learner(tmp_path, "127.0.1.1"), [gone]) == ["--ip=localhost"]


@given(ips=st.lists(st.sampled_from(["0.0.0.0", "*", "::1", "127.0.0.1", "192.0.2.1"]), max_size=3))
def test_whatever_is_set_a_server_of_ours_is_told_to_stay(
    tmp_path_factory: pytest.TempPathFactory, ips: list[str]
) -> None:
    (word,) = address.options(learner(tmp_path_factory.mktemp("m"), *ips))
    assert not address.leads_elsewhere(word.removeprefix("--ip="))


@pytest.mark.parametrize(("place", "elsewhere"), [("127.0.0.1", ""), ("0.0.0.0", "0.0.0.0")])
def test_what_others_could_reach_is_seen(place: str, elsewhere: str) -> None:
    with socket.socket() as one:
        one.bind((place, 0))
        one.listen()
        port = one.getsockname()[1]
        assert address.reachable_at(os.getpid(), port) == elsewhere
        assert address.reachable_at(os.getpid(), port + 1) == ""
    assert {address.reachable_at(pid, port) for pid in (-5, 0, 2**40, 2**80)} == {""}


def test_one_file_that_leads_elsewhere_is_enough(tmp_path: Path) -> None:
    """Which of two wins is for Jupyter to say: in doubt nothing listens."""
    assert address.options(learner(tmp_path, "0.0.0.0", "127.0.0.1")) == ["--ip=127.0.0.1"]


def test_localhost_itself_may_lead_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line in /etc/hosts, and Jupyter's own value is no longer this machine alone."""
    there = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.7", 0))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: there)
    assert address.options(learner(tmp_path)) == ["--ip=127.0.0.1"]


@pytest.mark.parametrize(
    ("ip", "wrong"),
    [("198.51.100.7", True), ("0.0.0.0", False), ("*", False), ("127.0.0.1", False)],
)
def test_what_cannot_be_bound_is_named(tmp_path: Path, ip: str, wrong: bool) -> None:
    found = address.diagnose(learner(tmp_path, ip), FAILURE)
    assert (found.code if found is not None else None) == (
        "jupyter-config-breaks" if wrong else None
    )


def test_settings_that_name_localhost_are_not_to_blame_for_a_hosts_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The network's check names the same cause: one diagnosis is shown, not two."""
    there = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("203.0.113.9", 0))]
    env = learner(tmp_path, "localhost")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: there)
    found = address.diagnose(env, FAILURE)
    assert found is not None
    assert found.code == "localhost-elsewhere"
    assert "cannot start" in found.summary


def test_a_name_that_nobody_knows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    env = learner(tmp_path, "hub.campus.example")
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    found = address.diagnose(env, FAILURE)
    assert found is not None
    assert "no such name" in found.summary


def test_who_listens_to_others_asks_for_a_token(tmp_path: Path) -> None:
    (warning,) = address.warnings(learner(tmp_path, "0.0.0.0"), open_to_all=True)
    assert warning.code == "server-open-to-network"
    assert address.warnings(learner(tmp_path, "0.0.0.0"), open_to_all=False) == []
    assert address.warnings(learner(tmp_path, "127.0.0.1"), open_to_all=True) == []


def test_a_file_with_the_older_name_is_outdone_by_both(tmp_path: Path) -> None:
    """notebook_shim hands `NotebookApp.ip` on after everything else: a plain --ip would not be heard."""
    place = f"{tmp_path}/home/.jupyter"
    file = ConfigFile(f"{place}/jupyter_server_config.json", {"NotebookApp": {"ip": "0.0.0.0"}})
    facts: dict[fact[Any], object] = {
        config_files: (file,),
        learners_jupyter: LearnersJupyter({}, None, user_config=place),
    }
    env = on("linux", tmp_path, facts=facts)
    file_at(
        tmp_path / "home/.jupyter/jupyter_server_config.json", '{"NotebookApp": {"ip": "0.0.0.0"}}'
    )
    assert address.options(env) == ["--NotebookApp.ip=127.0.0.1", "--ServerApp.ip=127.0.0.1"]
