"""A report on its way to a real socket: what the learner sees, and what becomes of it."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.pace import within
from tests.unit.engine.sending.conftest import ONCE, QUICK, Learner, parcel_to, report
from tests.unit.engine.sending.strict_server import CODE, Class, Handler, misbehaving, serving

from envcheck.sending import unsent
from envcheck.sending.handing_in import hand_in, hand_in_all, hand_in_waiting
from envcheck.sending.reminder import remind

pytestmark = pytest.mark.slow

GONE = "http://127.0.0.1:1/" + CODE


def waiting(learner: Learner) -> list[bytes]:
    folder = learner.counter().folder
    assert folder is not None
    return [one.parcel.body for one in unsent.waiting(folder)]


def test_all_that_the_learner_sees(learner: Learner, monday: Class) -> None:
    """The whole output: every byte, where it goes and for how long, one question, the receipt."""
    learner.answers = [True]
    what = parcel_to(monday.link)
    assert hand_in(what, learner.person, learner.counter())
    host = f"127.0.0.1:{monday.port}"
    body = report()
    assert learner.text == (
        f"{body.decode()}\n"
        f"This is the whole report of fox: {len(body)} bytes, receipt {what.receipt}. "
        "It says of chapter2: ready.\n"
        f"It goes to the class monday (chapter2) at {host}, which deletes it after 60 days.\n"
        "Send it?\n"
        f"Sent to the class monday at {host}. Receipt {what.receipt}: read it out when you are "
        "asked for it."
    )
    assert [sent for _, sent in monday.reports] == [body]


PART = {"only": ["a"], "skip": [], "quick": False, "deep": False, "offline": False}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"selection": {**PART, "complete": False}},
            "only a part was asked for, and that part works",
        ),
        ({"interrupted": True}, "could not tell"),
        ({"verdict": "not-ready", "exit_code": 1}, "not ready"),
        ({"verdict": "undetermined", "exit_code": 3}, "could not tell"),
    ],
)
def test_it_says_what_the_class_will_read(
    changed: dict[str, Any], said: str, learner: Learner, monday: Class
) -> None:
    """A part that works is not called ready."""
    learner.answers = [False]
    hand_in(parcel_to(monday.link, report(**changed)), learner.person, learner.counter())
    assert f"It says of chapter2: {said}.\n" in learner.text
    assert "ready." not in learner.text.replace("not ready.", "")


def test_a_no_sends_and_keeps_nothing(learner: Learner, monday: Class) -> None:
    learner.answers = [False]
    assert not hand_in(parcel_to(monday.link), learner.person, learner.counter())
    assert learner.screen[-1] == "Nothing was sent."
    assert monday.seen == ["GET /api/v1/class"]
    assert waiting(learner) == []


def test_where_nobody_can_answer_nothing_goes_out(learner: Learner, monday: Class) -> None:
    """The server does not even hear that there is a learner."""
    assert not hand_in(parcel_to(monday.link), learner.person, learner.counter())
    assert monday.seen == []
    assert "--send-without-asking" in learner.text
    assert hand_in(parcel_to(monday.link), learner.person, learner.counter(unasked=True))
    assert len(monday.reports) == 1


def test_one_key_for_a_learner_and_class(learner: Learner, monday: Class, tmp_path: Path) -> None:
    """The same machine twice is one; another home is a second one, and is told so."""
    for verdict in ("not-ready", "ready"):
        what = parcel_to(monday.link, report(verdict=verdict))
        assert hand_in(what, learner.person, learner.counter(unasked=True))
    assert len({key for key, _ in monday.reports}) == 1
    other = Learner(tmp_path / "other")
    what = parcel_to(monday.link, report(seconds=2.0))
    assert hand_in(what, other.person, other.counter(unasked=True))
    assert "This is machine 2 of fox in the class." in other.text
    fox = parcel_to(monday.link, report(alias="ant"))
    assert hand_in(fox, learner.person, learner.counter(unasked=True))
    assert len({key for key, _ in monday.reports}) == 3


def test_busy_for_a_while(learner: Learner, monday: Class) -> None:
    """503 with a time is waited for, and the person is told."""
    monday.refuse = [(503, {"Retry-After": "1"}, b""), (429, {}, b"{}")]
    started = time.monotonic()
    assert hand_in(parcel_to(monday.link), learner.person, learner.counter(unasked=True))
    assert 1 <= time.monotonic() - started < within(4)
    assert "is busy or away (503); trying again in 1 s" in learner.text


def test_a_server_that_asks_for_an_hour_is_not_waited_for(learner: Learner, monday: Class) -> None:
    monday.refuse = [(503, {"Retry-After": "3600"}, b"")]
    started = time.monotonic()
    counter = learner.counter(unasked=True)
    assert not hand_in(parcel_to(monday.link), learner.person, counter)
    assert time.monotonic() - started < within(1)
    assert waiting(learner) == [report()]


def test_what_was_kept_is_sent_later(learner: Learner, monday: Class) -> None:
    """It is named in one line, asked for again, and then forgotten."""
    monday.refuse = [(503, {"Retry-After": "99"}, b"")]
    assert not hand_in(parcel_to(monday.link), learner.person, learner.counter(unasked=True))
    learner.screen.clear()
    remind(learner.person, learner.counter())
    assert learner.screen[0].startswith("1 report for your class could not be sent yet. Until ")
    assert learner.screen[1] == "    envcheck send"
    learner.answers = [True]
    assert hand_in_waiting(learner.person, learner.counter())
    assert [body for _, body in monday.reports] == [report()]
    assert waiting(learner) == []
    assert len(learner.asked) == 1


def test_a_server_that_is_away_keeps_no_other_waiting(learner: Learner, monday: Class) -> None:
    """It is tried once, whatever waits for it, and what waits for another is sent."""
    counter = learner.counter(unasked=True, bounds=ONCE)
    away = [report(seconds=3.0), report(seconds=4.0)]
    for body in away:
        assert not hand_in(parcel_to(GONE, body), learner.person, counter)
    monday.refuse = [(503, {"Retry-After": "99"}, b"")]
    assert not hand_in(parcel_to(monday.link), learner.person, counter)
    learner.screen.clear()
    assert not hand_in_waiting(learner.person, counter)
    assert [body for _, body in monday.reports] == [report()]
    assert waiting(learner) == away
    assert learner.text.count("The report was not sent: nothing answers at 127.0.0.1:1") == 1
    assert "1 other report for http://127.0.0.1:1 was not tried." in learner.text


def test_files_for_a_server_that_is_away_are_all_kept(learner: Learner) -> None:
    parcels = [parcel_to(GONE, report(seconds=float(number))) for number in (3, 4, 5)]
    assert not hand_in_all(parcels, learner.person, learner.counter(unasked=True, bounds=ONCE))
    assert waiting(learner) == [what.body for what in parcels]
    assert "2 other reports for http://127.0.0.1:1 were not tried." in learner.text


def test_a_report_that_is_refused_keeps_no_other_waiting(learner: Learner, monday: Class) -> None:
    """Of the same class too: the server is there."""
    learner.answers = [False, True]
    monday.refuse = [refused(400, "no report")]
    parcels = [parcel_to(monday.link, report(seconds=float(number))) for number in (3, 4, 5)]
    assert not hand_in_all(parcels, learner.person, learner.counter())
    assert [body for _, body in monday.reports] == [parcels[2].body]
    assert waiting(learner) == []


def refused(status: int, message: str) -> tuple[int, dict[str, str], bytes]:
    return status, {}, json.dumps({"error": {"code": "x", "message": message}}).encode()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (refused(401, "no"), "knows no class of this link. Ask your instructor for the link"),
        (refused(410, "no"), "the class is closed, and takes no more reports. Hand it in as a"),
        (refused(413, "no"), "the report is larger than the class takes. Hand it in as a file"),
        (refused(400, "Not\x1b[2J a\nreport."), "does not take the report: Not a report.. Hand"),
        (refused(409, f"{'x' * 500}"), f"{'x' * 117}.... Hand it in as a file"),
    ],
    ids=["wrong code", "closed", "too large", "no report", "a long sentence"],
)
def test_what_will_never_be_taken_is_not_kept(
    answer: tuple[int, dict[str, str], bytes], said: str, learner: Learner, monday: Class
) -> None:
    monday.refuse = [answer]
    assert not hand_in(parcel_to(monday.link), learner.person, learner.counter(unasked=True))
    assert said in learner.text
    assert waiting(learner) == []
    assert monday.seen == ["GET /api/v1/class"]  # not tried again


def test_an_alias_that_others_have_filled_up(learner: Learner, monday: Class) -> None:
    """The report is kept, and holds up no other of the same class."""
    error = {"code": "too-many-machines", "message": "x"}
    monday.refuse = [(409, {}, json.dumps({"error": error}).encode())]
    parcels = [parcel_to(monday.link, report(seconds=float(number))) for number in (3, 4)]
    assert not hand_in_all(parcels, learner.person, learner.counter(unasked=True))
    assert waiting(learner) == [parcels[0].body]
    assert [body for _, body in monday.reports] == [parcels[1].body]
    assert "Ask your instructor to remove the machines that are not yours." in learner.text
    assert "    envcheck send" in learner.text


@pytest.mark.parametrize(
    "answer",
    [
        (200, {}, b"[]"),
        (200, {}, b'{"name": 1}'),
        (200, {}, b"<html>Log in to the hotel's network</html>"),
        (200, {"Content-Encoding": "gzip"}, b"\x1f\x8b no"),
        (200, {}, b"[" * 60_000),
        (404, {}, b"nothing here"),
        (418, {}, b""),
        (200, {}, b" " * 10_000_000),
    ],
    ids=["list", "shape", "page", "packed", "deep", "404", "418", "10 MB"],
)
def test_what_is_no_class(
    answer: tuple[int, dict[str, str], bytes], learner: Learner, monday: Class
) -> None:
    monday.refuse = [answer]
    assert not hand_in(parcel_to(monday.link), learner.person, learner.counter(unasked=True))
    assert "is no class of envcheck. Open any web page" in learner.text


@pytest.mark.parametrize("to", ["https://example.org/x", "//example.org/x", "http://127.0.0.1:1/"])
def test_no_other_server_is_followed(to: str, learner: Learner, monday: Class) -> None:
    monday.refuse = [(307, {"Location": to}, b"")]
    assert not hand_in(parcel_to(monday.link), learner.person, learner.counter(unasked=True))
    assert "sends to another server, which is not followed." in learner.text


def test_the_server_itself_is_followed(learner: Learner, monday: Class) -> None:
    monday.refuse = [(307, {"Location": "/api/v1/class"}, b"")]
    assert hand_in(parcel_to(monday.link), learner.person, learner.counter(unasked=True))
    monday.refuse = [(302, {"Location": "/api/v1/class"}, b"")] * 9
    assert not hand_in(parcel_to(monday.link), learner.person, learner.counter(unasked=True))
    assert "sends in a circle" in learner.text


HEAD = b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"


def says(data: bytes) -> Callable[[socket.socket], object]:
    return lambda connection: connection.sendall(data)


def never(connection: socket.socket) -> None:
    connection.settimeout(4)
    connection.recv(1)  # until the other side is gone


def a_byte_at_a_time(connection: socket.socket) -> None:
    for byte in HEAD * 9:
        connection.sendall(bytes([byte]))
        threading.Event().wait(0.1)


def without_end(connection: socket.socket) -> None:
    connection.sendall(HEAD + b"\r\n")
    while True:
        connection.sendall(b" " * 65_536)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (never, "did not answer in time"),
        (a_byte_at_a_time, "did not answer in time"),
        (says(b""), "broke off"),
        (says(HEAD + b"Content-Length: 900\r\n\r\n{"), "broke off"),
        (says(HEAD + b"Content-Length: 2\r\n\r\n{} and more"), "is no class of envcheck"),
        (says(HEAD + b"Content-Length: -7\r\n\r\n{}"), "is no class of envcheck"),
        (says(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}"), "broke off"),
        (says(b"SSH-2.0-OpenSSH_9.2\r\n"), "broke off"),
        (says(b"HTTP/1.1 201 " + b"x" * 200_000), "broke off"),
        (says(b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 5_000 + b"\r\n"), "broke off"),
        (without_end, "is no class of envcheck"),
    ],
    ids=[
        "silent", "slow", "closes", "too short", "too long", "negative", "chunks", "ssh",
        "long line", "many lines", "without end",
    ],
)  # fmt: skip
def test_servers_that_misbehave(
    answer: Callable[[socket.socket], object], said: str, learner: Learner
) -> None:
    """It is over within the bound, says what happened in plain words, and the report is kept."""
    bounds = QUICK if "in time" in said else ONCE
    with misbehaving(answer) as link:
        started = time.monotonic()
        counter = learner.counter(unasked=True, bounds=bounds)
        assert not hand_in(parcel_to(link), learner.person, counter)
        assert time.monotonic() - started < within(QUICK.whole + 1)
    assert said in learner.text
    assert "Error" not in learner.text and "Traceback" not in learner.text
    assert waiting(learner) == [report()]


def test_an_answer_that_is_lost_is_asked_for_again(
    learner: Learner, monday: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report arrived, and the answer did not: the same bytes with the same key are no second
    report.
    """
    whole, lost = Handler._answer, list[int]()

    def first_is_lost(handler: Handler, status: int, value: object) -> None:
        if status == 201 and not lost:
            lost.append(status)
            handler.connection.shutdown(socket.SHUT_RDWR)
        else:
            whole(handler, status, value)

    monkeypatch.setattr(Handler, "_answer", first_is_lost)
    assert hand_in(parcel_to(monday.link), learner.person, learner.counter(unasked=True))
    assert lost and len(monday.reports) == 1


def test_a_port_where_nobody_is(learner: Learner) -> None:
    assert not hand_in(parcel_to(GONE), learner.person, learner.counter(unasked=True))
    assert "The report was not sent: nothing answers at 127.0.0.1:1." in learner.text
    assert learner.screen[-1] == "    envcheck send"


def test_over_https_with_a_certificate_that_is_trusted(learner: Learner, certificate: Path) -> None:
    """The learner's own bundle counts, as it does for their other programs."""
    learner.variables = {"SSL_CERT_FILE": str(certificate)}
    with serving(Class(), certificate) as of:
        assert hand_in(parcel_to(of.link), learner.person, learner.counter(unasked=True))
    assert of.wrong == []


def test_a_certificate_that_nobody_trusts(learner: Learner, certificate: Path) -> None:
    with serving(Class(), certificate) as of:
        assert not hand_in(parcel_to(of.link), learner.person, learner.counter(unasked=True))
    assert of.seen == []
    assert "the certificate of 127.0.0.1:" in learner.text
    assert "is not trusted: self-signed certificate. Show this to your instructor." in learner.text


def test_a_certificate_of_another_name(learner: Learner, certificate: Path) -> None:
    learner.variables = {"SSL_CERT_FILE": str(certificate)}
    with serving(Class(), certificate) as of:
        link = of.link.replace("127.0.0.1", "localhost")
        assert not hand_in(parcel_to(link), learner.person, learner.counter(unasked=True))
    assert of.seen == []
    assert "is not trusted: Hostname mismatch" in learner.text


def test_a_place_that_does_not_speak_https(learner: Learner, monday: Class) -> None:
    link = monday.link.replace("http:", "https:")
    assert not hand_in(parcel_to(link), learner.person, learner.counter(unasked=True))
    assert "does not speak https as it should" in learner.text


FAR = f"https://class.invalid/{CODE}"


def test_a_proxy_that_is_dead(learner: Learner) -> None:
    learner.variables = {"HTTPS_PROXY": "http://ann:hunter2@127.0.0.1:1"}
    assert not hand_in(parcel_to(FAR), learner.person, learner.counter(unasked=True))
    assert "the proxy 127.0.0.1:1, which HTTPS_PROXY or the system names, does not" in learner.text
    assert "hunter2" not in learner.text


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (407, "wants a name and a password. Set HTTPS_PROXY"),
        (403, "requests to class.invalid through (403)"),
    ],
)
def test_a_proxy_that_refuses(status: int, said: str, learner: Learner) -> None:
    with misbehaving(says(b"HTTP/1.1 %d No\r\nContent-Length: 0\r\n\r\n" % status)) as link:
        learner.variables = {"https_proxy": link.rpartition("/")[0]}
        assert not hand_in(parcel_to(FAR), learner.person, learner.counter(unasked=True))
    assert said in learner.text


def test_a_dead_proxy_is_not_used_for_this_machine(learner: Learner, monday: Class) -> None:
    learner.variables = {"HTTPS_PROXY": "http://127.0.0.1:1", "http_proxy": "http://127.0.0.1:1"}
    assert hand_in(parcel_to(monday.link), learner.person, learner.counter(unasked=True))


def test_a_kind_of_proxy_that_is_not_known(learner: Learner) -> None:
    learner.variables = {"ALL_PROXY": "socks5://127.0.0.1:1"}
    assert not hand_in(parcel_to(FAR), learner.person, learner.counter(unasked=True))
    assert "the proxy 127.0.0.1:1 is of a kind that envcheck cannot use (SOCKS)" in learner.text


def test_a_name_that_nobody_has(learner: Learner) -> None:
    assert not hand_in(parcel_to(FAR), learner.person, learner.counter(unasked=True))
    assert "class.invalid is not found: this machine has no network, or" in learner.text


def test_another_receipt_is_not_believed(learner: Learner, monday: Class) -> None:
    answer = {"receipt": "00000000", "machine": 1, "hints": []}
    monday.refuse = [
        (200, {}, json.dumps(monday.about).encode()),
        (201, {}, json.dumps(answer).encode()),
    ]
    assert not hand_in(parcel_to(monday.link), learner.person, learner.counter(unasked=True))
    assert "gives the receipt of another report" in learner.text


def test_a_hint_says_whose_word_it_is(learner: Learner, monday: Class) -> None:
    """Its lines, and no others, come from the instructor; what it holds steers nothing."""
    monday.hints = ["Install it again:\n\x1b[2J\x1b]0;x\x07pip install numpy\u202e\r\nready"]
    assert hand_in(parcel_to(monday.link), learner.person, learner.counter(unasked=True))
    assert learner.screen[-1] == (
        "instructor | Install it again:\ninstructor | pip install numpy\ninstructor | ready"
    )


def test_without_a_place_to_keep_it(learner: Learner) -> None:
    """It says so, and what to do instead."""
    (learner.home / ".cache").write_text("a file")
    assert not hand_in(parcel_to(GONE), learner.person, learner.counter(unasked=True, bounds=ONCE))
    assert "It could not be kept here (" in learner.text
    assert "Run the same again" in learner.text
