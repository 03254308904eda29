"""Chapter 1 on networks of every kind: a small internet in a namespace, with the course's own links
in it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.pace import within

from envcheck_checks.courses.ml_for_software_engineers.chapter1 import CHECKS

HERE = (
    sys.platform == "linux"
    and os.getuid() == 0
    and bool(shutil.which("unshare"))
    and bool(shutil.which("ip"))
)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not HERE, reason="namespaces need root on Linux"),
]

FOWLER, YOUTUBE, HADDINGTON, ABDULLIN, PORTAL = (f"198.51.100.{number}" for number in range(1, 6))
NAMES = {
    "martinfowler.com": FOWLER,
    "www.youtube.com": YOUTUBE,
    "hdrobotic.com": HADDINGTON,
    "abdullin.com": ABDULLIN,
    "example.com": "198.51.100.7",
    "portal.campus": PORTAL,
    "new.example.org": "198.51.100.6",
}
SECURE = ("martinfowler.com", "www.youtube.com", "abdullin.com", "new.example.org")
REQUIRED = ("read-data-mesh", "watch-pipelines")
BONUS = ("watch-haddington", "read-hobby", "read-fpga", "read-real-fpga")
PROXY = {"https_proxy": "http://127.0.0.1:3128", "http_proxy": "http://127.0.0.1:3128"}
SECONDS = 9.5  # the chapter's bound of 8, and the start of envcheck on a busy machine


@dataclass(frozen=True)
class Said:
    """What a run said of each check, and what the sites were asked."""

    code: int
    report: dict[str, Any]
    visits: tuple[str, ...] = ()

    def statuses(self) -> dict[str, str]:
        return {one["id"].partition(".")[2]: one["status"] for one in self.report["checks"]}

    def words(self, check: str) -> str:
        one = next(one for one in self.report["checks"] if one["id"] == f"chapter1.{check}")
        return str(one["skip_reason"] or one["summary"])

    def codes(self) -> list[str]:
        return [one["code"] for one in self.report["diagnoses"]]


@dataclass(frozen=True)
class Internet:
    """What is different today: names, pages, certificates, a proxy; all else is in order."""

    names: dict[str, str] = field(default_factory=dict)
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    proxy: dict[str, int] | None = None
    plain: tuple[str, ...] = (HADDINGTON,)
    only_these_names: bool = False
    hosts: str = ""


Visit = Callable[..., Said]


def whole(*values: object) -> Any:
    """One of many of its kind."""
    return pytest.param(*values, marks=pytest.mark.whole)


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a CA that the learner trusts: good, expired, early, other (for another name). Of one that
    nobody trusts: inspection.
    """
    folder = tmp_path_factory.mktemp("certificates")

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    for authority in ("ca", "box"):
        openssl(
            "req",
            "-x509",
            *key,
            "-keyout",
            f"{authority}.key",
            "-out",
            f"{authority}.pem",
            "-days",
            "900",
            "-subj",
            f"/CN={authority}",
        )
        (folder / f"{authority}.cnf").write_text(
            f"[ca]\ndefault_ca=d\n[d]\ndatabase={authority}.db\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\npolicy=p\n"
            "copy_extensions=copy\nunique_subject=no\n[p]\ncommonName=supplied\n",
            encoding="utf-8",
        )
        (folder / f"{authority}.db").touch()
    names = ",".join(f"DNS:{name}" for name in SECURE)
    for kind, authority, alternative, begin, end in (
        ("good", "ca", names, "20200101000000Z", "20990101000000Z"),
        ("expired", "ca", names, "20100101000000Z", "20200101000000Z"),
        ("early", "ca", names, "20900101000000Z", "20990101000000Z"),
        ("other", "ca", "DNS:parking.example", "20200101000000Z", "20990101000000Z"),
        ("inspection", "box", names, "20200101000000Z", "20990101000000Z"),
    ):
        openssl(
            "req",
            *key,
            "-keyout",
            f"{kind}.key",
            "-out",
            f"{kind}.csr",
            "-subj",
            f"/CN={kind}",
            "-addext",
            f"subjectAltName={alternative}",
        )
        openssl("ca", "-batch", "-notext", "-config", f"{authority}.cnf", "-keyfile", f"{authority}.key", "-cert", f"{authority}.pem",
                "-startdate", begin, "-enddate", end, "-in", f"{kind}.csr", "-out", f"{kind}.pem")  # fmt: skip
    return folder


@pytest.fixture
def visit(tmp_path: Path, certificates: Path) -> Visit:
    """Run chapter 1 in this internet; words are given to the command, variables to the learner's
    terminal.
    """

    def run(today: Internet, *words: str, **variables: str) -> Said:
        names = today.names if today.only_these_names else {**NAMES, **today.names}
        (tmp_path / "resolv.conf").write_text(
            "nameserver 127.0.0.1\noptions timeout:2 attempts:2\n", encoding="utf-8"
        )
        (tmp_path / "hosts").write_text(f"127.0.0.1 localhost\n{today.hosts}\n", encoding="utf-8")
        spec = {
            "names": names, "pages": today.pages, "shown": today.shown, "proxy": today.proxy, "plain": today.plain,
            "addresses": sorted({*NAMES.values(), *(one for one in names.values() if one.startswith(("198.", "10.")))}),
            "certificates": str(certificates), "resolv": str(tmp_path / "resolv.conf"), "hosts": str(tmp_path / "hosts"),
            "log": str(tmp_path / "visits"),
        }  # fmt: skip
        (tmp_path / "spec.json").write_text(json.dumps(spec), encoding="utf-8")
        play = [
            sys.executable,
            str(Path(__file__).with_name("internet.py")),
            str(tmp_path / "spec.json"),
        ]
        command = [
            sys.executable,
            "-I",
            "-m",
            "envcheck",
            "chapter1",
            *words,
            "--python",
            sys.executable,
        ]
        command += [] if "--format" in words else ["--format", "json"]
        environ = {
            "HOME": str(tmp_path),
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "SSL_CERT_FILE": str(certificates / "ca.pem"),
            **variables,
        }
        done = subprocess.run(
            ["unshare", "-n", "-m", *play, *command],
            env=environ,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        if "--format" in words:
            return Said(done.returncode, {"text": done.stdout})
        assert done.stdout, done.stderr
        visits = (tmp_path / "visits").read_text(encoding="utf-8").splitlines()
        return Said(done.returncode, json.loads(done.stdout), tuple(visits))

    return run


def test_the_story_knows_the_whole_chapter() -> None:
    """A link that the course changes is changed here too."""
    assert [check.id for check in CHECKS] == [*REQUIRED, *BONUS]
    assert [check.required for check in CHECKS] == [True] * 2 + [False] * 4


def test_everything_is_reachable(visit: Visit) -> None:
    """One polite request a link, no more, and nobody else is asked."""
    said = visit(Internet())
    assert (said.code, said.codes()) == (0, [])
    assert set(said.statuses().values()) == {"pass"}
    assert "no display" in said.words("watch-pipelines")
    assert "no display" not in said.words("read-data-mesh")
    assert sorted(one.split()[1] for one in said.visits) == [
        "http://hdrobotic.com/videos",
        "https://abdullin.com/child-friendly-hobby/",
        "https://abdullin.com/dive-into-fpga/",
        "https://abdullin.com/running-on-a-real-fpga/",
        "https://martinfowler.com/articles/data-monolith-to-mesh.html",
        "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D16uU_Aaxp9Y",
    ]
    assert all(one.startswith("HEAD ") and " envcheck/" in one for one in said.visits)


@pytest.mark.whole
def test_one_link_alone_is_asked_for_when_only_that_is_wanted(visit: Visit) -> None:
    said = visit(Internet(), "--only", "read-data-mesh")
    assert len(said.visits) == 1


@pytest.mark.parametrize(
    "names",
    [{}, whole({"*": "SERVFAIL"}), whole({"*": "REFUSED"})],
    ids=["nxdomain", "servfail", "refused"],
)
def test_offline_is_a_skip_with_the_reason(names: dict[str, str], visit: Visit) -> None:
    """No name is found at all: nothing is proved, nobody is blamed."""
    said = visit(Internet(names, only_these_names=True))
    assert (said.codes(), set(said.statuses().values())) == ([], {"skip"})
    assert said.words("read-data-mesh").startswith("this machine is offline")
    assert said.code == 3


def test_offline_because_it_was_asked_for(visit: Visit) -> None:
    said = visit(Internet(), "--offline")
    assert set(said.statuses().values()) == {"skip"}
    assert said.visits == ()


@pytest.mark.parametrize(
    ("names", "case"),
    [({"*": "SILENT"}, "the name server"), (dict.fromkeys(NAMES, "203.0.113.9"), "every site")],
    ids=["names", "sites"],
)
def test_a_network_that_swallows_everything_ends_within_the_bounds(
    names: dict[str, str], case: str, visit: Visit
) -> None:
    """Nothing is answered by the name server or by any site: offline, within 8 seconds."""
    said = visit(Internet(names, only_these_names=True))
    assert (said.codes(), set(said.statuses().values())) == ([], {"skip"}), case
    assert said.report["seconds"] < within(SECONDS)
    assert "offline" in said.words("watch-haddington")


@pytest.mark.whole
def test_sites_that_accept_and_say_nothing_end_within_the_bounds(visit: Visit) -> None:
    said = visit(Internet(pages={"https://*": {"silent": True}, "http://*": {"silent": True}}))
    assert set(said.statuses().values()) == {"skip"}
    assert said.report["seconds"] < within(SECONDS)


@pytest.mark.parametrize("status", [404, whole(410)])
def test_a_dead_link_is_the_courses_fault(status: int, visit: Visit) -> None:
    """Required or not, and with --strict too: nothing about it makes the machine not ready."""
    said = visit(Internet(pages={"https://martinfowler.com": {"status": status}}), "--strict")
    assert (said.code, said.codes()) == (0, [])
    assert said.statuses()["read-data-mesh"] == "skip"
    assert said.words("read-data-mesh").startswith("the course's link is dead: martinfowler.com")


def test_a_video_that_is_gone(visit: Visit) -> None:
    """The page of a removed video is still there: YouTube is asked about the video itself."""
    said = visit(Internet(pages={"https://www.youtube.com/oembed": {"status": 404}}))
    assert said.statuses()["watch-pipelines"] == "skip"
    assert "the course's link is dead" in said.words("watch-pipelines")


def test_a_page_that_has_moved(visit: Visit) -> None:
    """Readable at its new place: it passes, and says where it is now. Sent to a front page, it is
    gone.
    """
    there = {"status": 301, "headers": {"Location": "https://new.example.org/mesh"}}
    gone = {"status": 301, "headers": {"Location": "https://new.example.org/"}}
    said = visit(
        Internet(pages={"https://martinfowler.com": there, "http://hdrobotic.com": gone}),
        "--strict",
    )
    assert (said.code, said.codes()) == (0, [])
    assert said.words("read-data-mesh").endswith(
        "the page has moved to https://new.example.org/mesh"
    )
    assert "front page of new.example.org" in said.words("watch-haddington")


@pytest.mark.parametrize("status", [whole(401), 403, whole(429), whole(503)])
def test_a_site_that_does_not_answer_programs_is_reached(status: int, visit: Visit) -> None:
    said = visit(Internet(pages={"https://abdullin.com": {"status": status}}))
    assert said.codes() == []
    assert said.statuses()["read-fpga"] == "pass"
    assert f"HTTP {status}" in said.words("read-fpga")


@pytest.mark.parametrize("head", [whole(403), whole(404), 405, whole(501)])
def test_a_site_that_knows_no_head_is_asked_for_the_page(head: int, visit: Visit) -> None:
    said = visit(
        Internet(pages={"https://martinfowler.com": {"head": head}}), "--only", "read-data-mesh"
    )
    assert said.statuses()["read-data-mesh"] == "pass"
    assert [one.split()[0] for one in said.visits] == ["HEAD", "GET"]


@pytest.mark.whole
def test_a_site_out_of_order_is_nobodys_fault_here(visit: Visit) -> None:
    said = visit(Internet(pages={"https://martinfowler.com": {"status": 500}}), "--strict")
    assert (said.code, said.codes()) == (0, [])
    assert "out of order" in said.words("read-data-mesh")


@pytest.mark.whole
@pytest.mark.parametrize(
    "names",
    [
        {"www.youtube.com": "0.0.0.0"},
        whole({"www.youtube.com": "10.9.8.7"}),
        {"www.youtube.com": "REFUSED"},
        whole({"www.youtube.com": "SERVFAIL"}),
    ],
)
def test_a_name_that_is_held_back(names: dict[str, str], visit: Visit) -> None:
    """To nowhere, to a page of the network, or to no answer, while other names are found."""
    said = visit(Internet(names, shown={"www.youtube.com": "inspection"}))
    assert (said.code, said.codes()) == (0, ["name-blocked"])
    assert said.statuses()["watch-pipelines"] == "warn"
    assert "www.youtube.com" in said.report["diagnoses"][0]["evidence"]["found"]


@pytest.mark.whole
def test_a_name_in_the_hosts_file(visit: Visit) -> None:
    """Two sites are held back by one cause."""
    said = visit(Internet(hosts="0.0.0.0 www.youtube.com abdullin.com"))
    assert said.codes() == ["name-blocked"]
    assert len(said.report["diagnoses"][0]["checks"]) == 4


@pytest.mark.whole
def test_a_name_that_is_gone_may_be_the_courses_fault(visit: Visit) -> None:
    """It cannot be told from a filter: both are said, and neither counts."""
    said = visit(Internet({"martinfowler.com": "NXDOMAIN"}), "--strict")
    assert (said.code, said.codes()) == (0, [])
    assert "dead, or this network keeps it away" in said.words("read-data-mesh")


def test_a_login_page_comes_first(visit: Visit) -> None:
    """Plain pages are sent on to it, secure ones are let fall: one cause, and no plain page is
    taken for the real one.
    """
    portal = {"status": 302, "headers": {"Location": "http://portal.campus/login"}}
    said = visit(
        Internet(
            pages={"http://portal.campus": {}, "http://*": portal}, plain=tuple(NAMES.values())
        )
    )
    assert said.codes() == ["login-page-first"]
    assert said.statuses() == dict.fromkeys([*REQUIRED, *BONUS], "warn")
    assert (
        said.report["diagnoses"][0]["evidence"]["found"]
        == "http://example.com leads to portal.campus"
    )


@pytest.mark.whole
def test_a_login_page_without_a_redirect(visit: Visit) -> None:
    """Its own page under every name, and its own certificate."""
    said = visit(
        Internet(
            pages={"http://*": {"text": "log in"}, "http://example.com": {"text": "log in"}},
            shown={"*": "inspection"},
        )
    )
    assert said.codes() == ["login-page-first"]
    assert said.statuses()["watch-haddington"] == "warn"


@pytest.mark.whole
def test_a_login_page_that_says_so(visit: Visit) -> None:
    said = visit(Internet(pages={"http://*": {"status": 511}}, shown={"*": "inspection"}))
    assert said.codes() == ["login-page-first"]


@pytest.mark.whole
def test_a_proxy_that_lets_everything_through(visit: Visit) -> None:
    said = visit(Internet(proxy={}), **PROXY)
    assert (said.code, said.codes()) == (0, [])
    assert "through the proxy" in said.words("read-hobby")
    assert "CONNECT martinfowler.com:443" in said.visits


@pytest.mark.parametrize(
    ("refuses", "code", "checks"),
    [
        ({"www.youtube.com": 403, "hdrobotic.com": 403}, "proxy-refuses-site", 2),
        whole({"*": 503}, "proxy-refuses-site", 6),
        ({"*": 407}, "proxy-wants-password", 6),
    ],
)
def test_a_proxy_that_refuses(
    refuses: dict[str, int], code: str, checks: int, visit: Visit
) -> None:
    """One cause, however many sites it keeps away."""
    said = visit(Internet(proxy=refuses), **PROXY)
    assert said.codes() == [code]
    assert len(said.report["diagnoses"][0]["checks"]) == checks


@pytest.mark.whole
def test_a_proxy_that_is_not_there(visit: Visit) -> None:
    """The steps of its fix are taken, and everything is reachable."""
    said = visit(Internet(), **PROXY)
    assert said.codes() == ["proxy-unreachable"]
    fix = said.report["diagnoses"][0]["fixes"][0]
    assert fix["automatic"]
    gone = {step["name"] for step in fix["steps"] if step["do"] == "unset-env"}
    mended = visit(Internet(), **{name: value for name, value in PROXY.items() if name not in gone})
    assert (mended.code, mended.codes()) == (0, [])
    assert set(mended.statuses().values()) == {"pass"}


@pytest.mark.whole
def test_a_proxy_without_a_network_behind_it(visit: Visit) -> None:
    """It tries, and comes to nothing: the site may be gone."""
    said = visit(Internet(proxy={"*": 502}), **PROXY)
    assert said.codes() == []
    assert set(said.statuses().values()) == {"skip"}


def test_inspected_connections(visit: Visit) -> None:
    """All of them, or those to one site: signed by somebody that nobody here knows."""
    everywhere = visit(Internet(shown={"*": "inspection"}))
    assert everywhere.codes() == ["site-certificate-not-trusted"]
    assert len(everywhere.report["diagnoses"][0]["checks"]) == 5
    assert visit(Internet(shown={"www.youtube.com": "inspection"})).codes() == [
        "site-certificate-not-trusted"
    ]


@pytest.mark.whole
@pytest.mark.parametrize("kind", ["expired", "other"])
def test_a_certificate_that_is_the_sites_own_trouble(kind: str, visit: Visit) -> None:
    said = visit(Internet(shown={"martinfowler.com": kind}), "--strict")
    assert (said.code, said.codes()) == (0, [])
    assert "tell the course's authors" in said.words("read-data-mesh")


@pytest.mark.whole
def test_a_clock_that_is_wrong(visit: Visit) -> None:
    """No certificate is valid on the day that the clock shows, and other answers have
    another date.
    """
    late = {"headers": {"Date": "Sat, 07 Mar 2093 12:00:00 GMT"}}
    said = visit(
        Internet(
            pages={"http://*": late, "http://example.com": {**late, "text": "Example Domain"}},
            shown={"*": "early"},
        )
    )
    assert said.codes() == ["clock-wrong"]
    assert "days behind" in said.report["diagnoses"][0]["evidence"]["found"]


def test_a_video_needs_a_browser(visit: Visit, tmp_path: Path) -> None:
    """With a display and no browser, the video warns and the article does not."""
    (tmp_path / "bin").mkdir()
    for name in ("unshare", "ip", "mount"):
        (tmp_path / "bin" / name).symlink_to(shutil.which(name) or name)
    said = visit(Internet(), DISPLAY=":0", PATH=str(tmp_path / "bin"), XDG_DATA_DIRS=str(tmp_path))
    assert said.codes() == ["browser-missing"]
    assert said.statuses()["watch-pipelines"] == "warn"
    assert said.statuses()["read-data-mesh"] == "pass"
    assert said.code == 0
