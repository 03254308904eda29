"""`gh` for tests: the five commands that examples/ci/nightly.yml uses, strict about their words, with
the issues in the file GH_STAND_IN. Like gh it refuses a label that there is not and an issue that is
not there.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path


def parser() -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(prog="gh", allow_abbrev=False)
    nouns = words.add_subparsers(dest="noun", required=True)
    issue = nouns.add_parser("issue").add_subparsers(dest="verb", required=True)
    listed = issue.add_parser("list", allow_abbrev=False)
    listed.add_argument("--state", choices=["open", "closed", "all"], required=True)
    listed.add_argument("--label", required=True)
    listed.add_argument("--limit", type=int, required=True)
    listed.add_argument("--json", choices=["number"], required=True)
    listed.add_argument("--jq", choices=[".[].number"], required=True)
    made = issue.add_parser("create", allow_abbrev=False)
    for name in ("--title", "--label", "--body-file"):
        made.add_argument(name, required=True)
    edited = issue.add_parser("edit", allow_abbrev=False)
    edited.add_argument("number", type=int)
    edited.add_argument("--body-file", required=True)
    closed = issue.add_parser("close", allow_abbrev=False)
    closed.add_argument("number", type=int)
    closed.add_argument("--comment", required=True)
    label = nouns.add_parser("label").add_subparsers(dest="verb", required=True)
    created = label.add_parser("create", allow_abbrev=False)
    created.add_argument("name")
    created.add_argument("--force", action="store_true", required=True)
    created.add_argument("--color", required=True)
    created.add_argument("--description", required=True)
    return words


def main() -> None:
    assert os.environ["GH_TOKEN"] and os.environ["GH_REPO"].count("/") == 1
    asked = parser().parse_args()
    file = Path(os.environ["GH_STAND_IN"])
    kept = json.loads(file.read_text()) if file.exists() else {"labels": [], "issues": []}
    kept.setdefault("asked", []).append(f"{asked.noun} {asked.verb}")
    issues = kept["issues"]
    if (asked.noun, asked.verb) == ("label", "create"):
        assert len(asked.name) <= 50 and len(asked.description) <= 100
        int(asked.color, 16)
        kept["labels"] = sorted({*kept["labels"], asked.name})
    elif asked.verb == "list":
        numbers = [
            number
            for number, one in enumerate(issues, 1)
            if one["label"] == asked.label and asked.state in ("all", one["state"])
        ]
        sys.stdout.writelines(f"{number}\n" for number in numbers[: asked.limit])
    elif asked.verb == "create":
        if asked.label not in kept["labels"]:
            sys.exit(f"could not add label: '{asked.label}' not found")
        body = Path(asked.body_file).read_text(encoding="utf-8")
        issues.append({"title": asked.title, "label": asked.label, "body": body, "state": "open"})
    else:
        issue = issues[asked.number - 1]
        assert issue["state"] == "open"
        if asked.verb == "edit":
            issue["body"] = Path(asked.body_file).read_text(encoding="utf-8")
        else:
            issue.update(state="closed", comment=asked.comment)
    file.write_text(json.dumps(kept))


if __name__ == "__main__":
    main()
