"""No credential stands in the course folder's notebooks, neither in what was typed nor in what came
out.
"""

from __future__ import annotations

import json
from pathlib import Path

from envcheck import Check, Cost, Diagnosis, Environment, Outcome, check, fail, ok, unknown
from envcheck.fixes.advice import tell
from envcheck_checks.tools.secrets.codes import SECRET_IN_NOTEBOOK
from envcheck_checks.tools.secrets.places import course_folder, first_lines, look, number

SECONDS = 30.0
SCRIPT = "secrets_in_notebooks.py"
# Put into a throw-away notebook first: the search must find all of them. None is a real one, and
# none stands here whole.
PLANTED = (
    ("AKIA", "2B7QX4N9ZT5LM3VC"),
    ("ghp_", "9fK2mQ7xR4tW8zB3nL6vH1pD5sJ0cYgAeUiO"),
    ("db_password = ", "'vT9!rq2Lw8'"),
)


SAID = {
    "places": [(str, str, str)], "more": bool, "read": int, "unread": [str], "whole": bool,
}  # fmt: skip


def examine(env: Environment) -> Outcome:
    planted = look(env, SCRIPT, str(plant(env)), "10", shape=SAID, timeout=20).first
    if len(planted.get("places") or ()) != len(PLANTED):
        return unknown(
            "the search did not find what was put into a notebook of its own, so it proves nothing"
        )
    folder = course_folder(env)
    answer = look(env, SCRIPT, str(folder), str(SECONDS), shape=SAID, timeout=SECONDS + 10).first
    if not answer:
        return unknown("the search in the notebooks came to no end")
    places = [f"{name}, {where}: {kind}" for name, where, kind in answer["places"]]
    if places:
        return secret_in_notebook(places, bool(answer["more"]), folder)
    read = number(answer, "read")
    if unread := answer["unread"]:
        return unknown(
            f"no credential in {notebooks(read)}; not read, because they are too large or no notebooks: {', '.join(unread)}"
        )
    if not answer["whole"]:
        return unknown(
            f"no credential in the first {read} notebooks; there was no time for the others"
        )
    return ok(
        f"{len(PLANTED)} of {len(PLANTED)} planted ones were found, and none in {notebooks(read)}"
    )


def plant(env: Environment) -> Path:
    """A notebook with one credential in a source, one in an output and one in both parts of an
    output.
    """
    folder = env.new_folder("planted-notebook")
    first, second, third = ("".join(parts) for parts in PLANTED)
    cells = [
        {
            "cell_type": "code",
            "source": [f"key = '{first}'\n"],
            "outputs": [{"output_type": "stream", "text": [second]}],
        },
        {
            "cell_type": "code",
            "source": "1",
            "outputs": [
                {"output_type": "display_data", "data": {"text/html": [f"<b>{third}</b>"]}}
            ],
        },
    ]
    (folder / "planted.ipynb").write_text(
        json.dumps({"cells": cells, "nbformat": 4}), encoding="utf-8"
    )
    return folder


def notebooks(count: int) -> str:
    """The number with its noun: `1 notebook`, `2 notebooks`."""
    return f"{count} notebook{'' if count == 1 else 's'}"


def secret_in_notebook(places: list[str], more: bool, folder: Path) -> Diagnosis:
    """Credentials stand at these places; `more` when there are others beside."""
    return fail(
        SECRET_IN_NOTEBOOK,
        "what looks like a credential stands in a notebook: whoever gets the file can use it",
        tell(
            "make it worthless, then take it out",
            "Withdraw the credential where it was made, and make a new one: it must be taken as known.",
            "Put the new one into a file `.env` that git ignores, and read it in the notebook with os.environ.",
            "Clear the output in the menu of the notebook, and save it.",
        ),
        found=first_lines(places, more),
        wanted="notebooks without credentials",
        looked_in=folder,
        note="envcheck shows the place and never the value",
    )


def secret_notebooks(needs: tuple[Check, ...] = ()) -> Check:
    """Notebooks of the course folder, their sources and outputs, are searched for credentials."""
    return check(
        "secret-notebooks",
        title="Secrets in notebooks",
        needs=needs,
        timeout=75.0,
        proves="a search that finds three planted credentials finds none in the course folder's notebooks, sources and outputs",
        cost=Cost(1.0, 100),
    )(examine)
