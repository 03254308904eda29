"""What is fetched, from a real server of https, and what is not."""

from __future__ import annotations

import time

import pytest
from tests.pace import within
from tests.unit.engine.remote_course.conftest import Site

from envcheck.errors import UsageProblem
from envcheck.remote_course import fetching
from envcheck.remote_course.address import address_of

pytestmark = pytest.mark.slow  # servers are started

COURSE = 'course = "c"\nrequires = ["list.txt"]\n[chapter.a]\nchecks = "own.py:CHECKS"\n'


def fetched(site: Site) -> dict[str, bytes]:
    return fetching.fetch(address_of(site.address), site.variables)


def refused(site: Site) -> str:
    with pytest.raises(UsageProblem) as problem:
        fetched(site)
    return str(problem.value)


def test_the_files_that_it_names(site: Site) -> None:
    """Lists that lists name as well, each once; no other."""
    site.put(envcheck__toml=COURSE, own__py="CHECKS = []\n", other__txt="x\n")
    site.files["/course/list.txt"] = b"numpy\n-r more/base.txt\n"
    site.files["/course/more/base.txt"] = b"-c ../limits.txt\n-r base.txt\n"
    site.files["/course/limits.txt"] = b"numpy<3\n"
    files = fetched(site)
    assert list(files) == ["envcheck.toml", "list.txt", "own.py", "more/base.txt", "limits.txt"]
    assert files["own.py"] == b"CHECKS = []\n"
    assert len(site.asked) == 5


@pytest.mark.parametrize(
    "line",
    [
        "-r ../../secret.txt",
        "-r https://a/b.txt",
        "-c /etc/passwd",
        "-r C:a.txt",
        "-r a\x00b",
        "-r ..",
    ],
)
def test_a_list_that_leads_out(site: Site, line: str) -> None:
    site.put(envcheck__toml=COURSE, own__py="", list__txt=f"numpy\n{line}\n")
    assert "which is not of the same place" in refused(site)
    assert len(site.asked) <= 3


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('course = "c"\nrequires = ["../a.txt"]\n[chapter.a]\n', "2:13: requires: "),
        ('course = "c"\n[chapter.a]\nchecks = "../a.py:X"\n', "3:1: chapter.a.checks: "),
        ('course = "c"\n[chapter.a]\nfolder = "a"\n', "which an address does not bring"),
        ('course = "c"\n[chapters]\nfrom = "ch*"\n', "which an address does not bring"),
        ('course = "c"\n[chapter.a]\nenv = { K = { file = ".env" } }\n', "does not bring"),
        ("<html>", "it is not TOML"),
        ('course = "c"\nchapter = 1\n', "it must be a table"),
    ],
)
def test_a_course_file_that_cannot_be_used(site: Site, text: str, why: str) -> None:
    """With its address in place of a file's name; nothing more is asked of the server."""
    site.put(envcheck__toml=text)
    message = refused(site)
    assert why in message and message.startswith(site.address)
    assert site.asked == ["/course/envcheck.toml"]


def test_what_a_server_may_do(site: Site) -> None:
    """Nothing there, too much of it, somewhere else."""
    assert "the server answers 404" in refused(site)
    site.put(envcheck__toml="#" * 70_000)
    assert "it is larger than 64 KB" in refused(site)
    site.moved["/course/envcheck.toml"] = "https://127.0.0.1:1/envcheck.toml"
    assert "sends to another server, which is not followed" in refused(site)
    site.moved["/course/envcheck.toml"] = site.address.replace("https", "http")
    assert "sends to another server, which is not followed" in refused(site)


def test_too_many_files(site: Site) -> None:
    lists = "".join(f"-r {number}.txt\n" for number in range(30))
    site.put(envcheck__toml=COURSE, own__py="", list__txt=lists)
    site.files |= {f"/course/{number}.txt": b"" for number in range(30)}
    assert "it names more than 20 files" in refused(site)


def test_a_server_that_says_a_byte_now_and_then(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "WHOLE", 1.0)
    site.put(envcheck__toml=COURSE)
    site.slow = 0.3
    begun = time.monotonic()
    assert "did not answer in time" in refused(site)
    assert time.monotonic() - begun < within(8)


def test_a_certificate_of_nobody(site: Site) -> None:
    site.put(envcheck__toml=COURSE)
    site.variables = {}
    assert "the certificate of localhost" in refused(site)
    assert site.asked == []
