"""A learner's envcheck and the server of a class, both as they are started: from `class open` to
`class forget`.
"""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from tests.stories.class_commands import opened, served, typed
from tests.stories.machine import Machine
from tests.unit.class_server.web.running import Browser, Running

from envcheck.classroom.handed_in import receipt
from envcheck_class.store import database
from envcheck_class.store.classes import Codes

pytestmark = pytest.mark.slow
DEAD_KERNEL = {
    "argv": ["/nowhere/bin/python", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    "display_name": "Python 3",
    "language": "python",
}
PRIVATE = "xyzzy plugh"
NOBODYS_BUSINESS = (
    "EDITOR",
    "DATABASE_URL",
    "COURSE_PHRASE",
    "AWS_PROFILE",
    "JUPYTER_X",
    "LC_ALL_X",
)
HINT = "Row 3: choose the other kernel.\nThen run the line again."


def run(machine: Machine, link: str, *more: str) -> subprocess.CompletedProcess[str]:
    """The learner's line, where nobody is at the terminal to be asked."""
    words = ("chapter2", "--quick", "--as", "fox", "--join", link, "--send-without-asking")
    return machine.run(*words, "--format", "json", *more)


def told_receipt(stderr: str) -> str:
    [given] = re.findall(r"Receipt (\w{8}): read it", stderr.replace("\n", " "))
    return str(given)


@pytest.mark.whole
def test_from_open_to_forget(machine: Machine, tmp_path: Path) -> None:
    """A learner who is stuck sends, is helped by a hint, sends again; what they read out is what
    stands on the page, in the export and in `class show`; nothing is left at the end.
    """
    machine.write("@site/../../../share/jupyter/kernels/python3/kernel.json", DEAD_KERNEL)
    machine.variables.update({name: f"{name} {PRIVATE}" for name in NOBODYS_BUSINESS})
    data = tmp_path / "data"
    codes = opened(data)
    with served("--data", data) as (_, url):
        link, port = f"{url}/{codes.learner}", int(url.rpartition(":")[2])
        first = run(machine, link)
        assert first.returncode == 1 and "instructor |" not in first.stderr
        [code] = [one["code"] for one in json.loads(first.stdout)["diagnoses"]]
        ada = Browser(Running(port, Codes("", "", ""), database.in_folder(data)))
        ada.log_in(codes.instructor, "Ada")
        assert told_receipt(first.stderr) in ada.get("/").text
        assert ada.submit("/hint", code=code, text=HINT).status == 303
        second = run(machine, link)
        assert second.returncode == 1
        assert json.loads(second.stdout)["diagnoses"] and "instructor" not in second.stdout
        lines = second.stderr.splitlines()
        assert [line for line in lines if line.startswith("instructor | ")] == [
            f"instructor | {line}" for line in HINT.splitlines()
        ]
        receipts = [told_receipt(one.stderr) for one in (second, first)]
        assert receipts == [receipt(one.stdout.encode()) for one in (second, first)]
        page = ada.get("/learner/1").text
        assert all(one in page for one in receipts)
        assert receipts[0] in ada.get("/class.csv").text
        exported = tmp_path / "monday.zip"
        typed("export", "monday", "--output", exported, "--data", data)
        with zipfile.ZipFile(exported) as archive:
            sent = {archive.read(name) for name in archive.namelist() if "reports/" in name}
        assert not any(PRIVATE.encode() in one for one in sent)
        assert sent == {first.stdout.encode(), second.stdout.encode()}
        shown = " ".join(typed("show", exported, code=1).split())
        assert f"receipt {receipts[0]}, before {receipts[1]}" in shown
        file = machine.write("work/report.json", second.stdout)
        asked = ("send", file.name, "--join", link, "--send-without-asking")
        again = machine.run(*asked)
        assert (again.returncode, told_receipt(again.stderr)) == (0, receipts[0])
        typed("close", "monday", "--data", data)
        assert machine.run(*asked).returncode == 1
        refused = run(machine, link)
        assert refused.returncode == 1 and "takes no more reports" in refused.stderr
        typed("forget", "monday", "--data", data)
    assert "No class is kept here" in typed("list", "--data", data)
    left = b"".join(file.read_bytes() for file in data.iterdir() if file.is_file())
    assert b"fox" not in left and code.encode() not in left and HINT[:20].encode() not in left
