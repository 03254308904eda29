"""What must not leave the machine does not."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck.model import Diagnosis, Evidence, Fix, Run, Status, Tell, Write
from envcheck.privacy import Scrubber, scrubber_for
from envcheck.run.result import CheckResult
from envcheck.run.scrub import scrubbed

ANN = Scrubber("/home/ann", "ann", "annsbox")
NAME = (
    st.text(st.sampled_from("abcxyzAB09_-. é"), min_size=3, max_size=10)
    .map(str.strip)
    .filter(lambda name: len(name) > 2 and name[0] not in ".-")
)


@given(
    NAME,
    st.lists(st.text(max_size=12), max_size=5),
    st.sampled_from([" ", "\n", "'", '"', ":", "=", ",", ";", "(", "["]),
)
def test_home_never_appears(name: str, parts: list[str], before: str) -> None:
    """As a path of its own or the beginning of one, the home is never in the text, whatever stands
    around it.
    """
    home = f"/home/{name}"
    scrubber = Scrubber(home, "", "")
    for after in ("", "/", "/x", "'", '"', ":", "\n", ").", ". ", ",", "\\"):
        text = scrubber.text("".join(parts) + before + home + after)
        assert not re.search(re.escape(before + home + after), text)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("in /home/ann/ml and /home/ann.", "in ~/ml and ~."),
        ("/home/ann", "~"),
        (
            "/home/anna/x /home/ann-old /home/ann.bak/y",
            "/home/anna/x /home/ann-old /home/ann.bak/y",
        ),
        ("/mnt/home/ann/x", "/mnt/home/USER/x"),
        ("PATH=/home/ann/bin:/home/ann/x", "PATH=~/bin:~/x"),
        ("file:///home/ann/x.html", "file://~/x.html"),
        ("gcc -I/home/ann/include", "gcc -I~/include"),
        ("('/home/ann/x',)", "('~/x',)"),
        ("/media/ann/stick", "/media/USER/stick"),
        ("/media/ann.", "/media/USER."),
        ("banner, annotation, Joann and ann", "banner, annotation, Joann and ann"),
        ("ann@annsbox:/srv", "USER@HOST:/srv"),
        ("//annsbox/share", "//HOST/share"),
        ("annsboxes", "annsboxes"),
    ],
)
def test_names(text: str, clean: str) -> None:
    """Home, user and host go where they are a whole segment or field, and stay where they are part
    of a word.
    """
    assert ANN.text(text) == clean


@pytest.mark.parametrize("user", ["bin", "usr", "python", "tmp"])
def test_names_that_are_everybodys(user: str) -> None:
    """A user whose name is a folder of every system does not turn paths into paths that lead
    nowhere.
    """
    text = "/usr/bin/python /tmp/y"
    assert Scrubber("/home/x", user, "localhost").text(text) == text


@pytest.mark.parametrize(
    "secret",
    [
        "http://ann:s3cret@proxy:8080/",
        "https://s3cret@index.example.org/simple",
        "http://ann:p/s3cret@proxy"[:0] + "http://ann:x@s3cret@proxy:8080",
        "socks5h://a:s3cret@h",
        "http://127.0.0.1:8888/?token=s3cret",
        "GITHUB_TOKEN=s3cret",
        "access_token: s3cret",
        '{"token": "s3cret"}',
        "password = 's3cret'",
        "--api-key=s3cret",
        "Authorization: Bearer s3cret-s3cret-s3cret",
    ],
)
def test_secrets(secret: str) -> None:
    """Passwords of proxies and indexes, tokens and keys are never shown; where they belonged still
    is.
    """
    assert "s3cret" not in ANN.text(f"before {secret} after")
    assert ANN.text(f"before {secret} after").startswith("before ")


def test_what_only_looks_like_a_secret() -> None:
    """Addresses without a password and words that contain `token` stay."""
    for text in (
        "https://pypi.org/simple",
        "tokenizer = x",
        "write to ann.teacher@example.org",
        "git@github.com:x/y.git",
    ):
        assert Scrubber("/home/ann").text(text) == text


def test_windows() -> None:
    """Windows paths are found in either slash, doubled as in JSON, and in any case."""
    scrubber = Scrubber(r"C:\Users\Ann", "Ann", "ANNSBOX")
    assert scrubber.text(r"C:\Users\Ann\ml and c:\users\ann\x") == r"~\ml and ~\x"
    assert scrubber.text("C:/Users/Ann/ml") == "~/ml"
    assert scrubber.text(r"'C:\\Users\\Ann\\ml'") == r"'~\\ml'"
    assert scrubber.text(r"D:\data\Ann\x") == r"D:\data\USER\x"
    assert scrubber.text(r"C:\Users\Anna") == r"C:\Users\Anna"


def test_home_in_an_address() -> None:
    """A home in a file address is found in its escaped spelling too."""
    assert (
        Scrubber("/home/jörg müller").text("file:///home/j%C3%B6rg%20m%C3%BCller/x") == "file://~/x"
    )


def test_home_through_a_link(tmp_path: Path) -> None:
    """A home that is a link is taken out under both of its names."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    scrubber = Scrubber(str(tmp_path / "link"))
    assert scrubber.text(f"{tmp_path}/link/a {tmp_path}/real/b") == "~/a ~/b"


def test_home_that_is_everything() -> None:
    """The home `/`, of some containers, is no reason to write `~` everywhere."""
    assert Scrubber("/").text("/usr/bin") == "/usr/bin"


def test_everything_in_a_report_is_scrubbed() -> None:
    """Evidence, steps and notes, as tuples or as an author's lists, however deep."""
    fix = Fix("run /home/ann/x", (Run(["/home/ann/python", "x"]),))  # type: ignore[arg-type]  # authors write lists
    diagnosis = Diagnosis(
        "c", "in /home/ann/y", Evidence(found="/home/ann/z"), (fix,), note="/home/ann"
    )
    result = CheckResult("id", "t", Status.FAIL, 1, "/home/ann/s", diagnoses=(diagnosis,))
    assert "ann" not in str(scrubbed(result, ANN))
    assert scrubbed(result, ANN).status is Status.FAIL


def test_person_without_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without HOME and without a name for the user id, there is simply less to take out."""
    for name in ("HOME", "USER", "LOGNAME", "USERNAME", "USERPROFILE", "LNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.getuid", lambda: 4_000_000)
    assert scrubber_for({}).text("/usr/bin") == "/usr/bin"


def test_fix_that_only_its_owner_can_carry_out() -> None:
    """A path that lost a name leads nowhere: such a fix says so, and is not automatic any more. One
    below home is.
    """
    at_home = Fix("mend", (Run(("/home/ann/ml/.venv/bin/python", "-m", "pip")),))
    elsewhere = Fix("mend", (Run(("/data/ann/.venv/bin/python", "-m", "pip")),))
    assert scrubbed(at_home, ANN) == Fix("mend", (Run(("~/ml/.venv/bin/python", "-m", "pip")),))
    shown = scrubbed(elsewhere, ANN)
    assert shown.steps[0] == Run(("/data/USER/.venv/bin/python", "-m", "pip"))
    assert (shown.automatic, type(shown.steps[-1])) == (False, Tell)


def test_a_home_inside_of_a_written_text_needs_a_person() -> None:
    """Whoever carries out a step puts the home back where a path begins, and nowhere inside a text:
    a pyvenv.cfg would say `home = ~/python`.
    """
    steps = (Write("/home/ann/ml/.venv/pyvenv.cfg", "home = /home/ann/python\n"),)
    shown = scrubbed(Fix("mend", steps), ANN)
    assert shown.steps[0] == Write("~/ml/.venv/pyvenv.cfg", "home = ~/python\n")
    assert not shown.automatic
    plain = (Write("/home/ann/ml/.venv/pyvenv.cfg", "home = /usr/bin\n"),)
    assert scrubbed(Fix("mend", plain), ANN).automatic


APART = unicodedata.normalize("NFD", "Zoë")


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("/Users/Zoë/ml", "~/ml"),
        (f"/Users/{APART}/ml", "~/ml"),
        ("/users/zoë/ml", "~/ml"),
        (f"/System/Volumes/Data/Users/{APART}/ml", "~/ml"),
        ("/Users/Zo\\xeb/ml", "~/ml"),
        ("file:///Users/Zo%C3%AB/ml", "file://~/ml"),
        (f"file:///Users/{quote(APART)}/ml", "file://~/ml"),
        (f"/Volumes/Work/{APART}/ml", "/Volumes/Work/USER/ml"),
        (f"{APART}@zoes-macbook-pro.local", "USER@HOST"),
        ("/Users/Zoë-old/ml", "/Users/Zoë-old/ml"),
        ("/Users/Zoe/ml", "~/ml"),
        ("/Users/Zoey/ml", "/Users/Zoey/ml"),
    ],
)
@pytest.mark.parametrize("letters", ["NFC", "NFD"])
def test_a_home_of_a_mac(text: str, instead: str, letters: Literal["NFC", "NFD"]) -> None:
    """A Mac takes a name in another case, or with its letters taken apart, for the same one; and
    the disk of data has the homes a second time.
    """
    user = unicodedata.normalize(letters, "Zoë")
    scrubber = Scrubber(f"/Users/{user}", user.lower(), "Zoes-MacBook-Pro.local")
    assert scrubber.text(text) == instead
