"""What can be said without envcheck."""

import io
import json
import time

from bootstrap.compatibility import to_bytes, to_text, write_to_stdout
from bootstrap.constants import UNDETERMINED
from bootstrap.course import CHAPTER, page_of
from bootstrap.programs import say
from bootstrap.report import make_report
from bootstrap.target import locate_target
from bootstrap.text import whole_text


def answer_without_envcheck(why, words):
    """What can be said without envcheck. Gives the exit code: 1 when something fails, else 3, never 0."""
    if words[:1] == ["explain"] and len(words) == 2 and page_of(words[1]):
        return show_page(page_of(words[1]))
    asked = parse_words(words)
    if asked is None:
        say(
            "%s. `%s` needs the whole envcheck.\nNext step: %s"
            % (why.fact, " ".join(words), why.step)
        )
        return UNDETERMINED
    begun = time.time()
    report = make_report(locate_target(asked["--python"]), why, "--strict" in asked, begun)
    text = (
        json.dumps(report, indent=1) + "\n"
        if asked["--format"] == "json"
        else whole_text(report, why)
    )
    if asked["--output"]:
        with io.open(asked["--output"], "w", encoding="utf-8") as file:
            file.write(to_text(text))
    else:
        write_to_stdout(to_bytes(text, "replace"))
    return report["exit_code"]


def parse_words(words):
    """The options that can be honoured here, or None when something else was asked for."""
    asked, left, names = (
        {"--format": "text", "--output": "", "--python": "", "--timeout": "", "--jobs": ""},
        list(words),
        [],
    )
    while left:
        name, separator, value = left.pop(0).partition("=")
        if name in asked and (separator or left):
            asked[name] = value if separator else left.pop(0)
        elif name == "--strict":
            asked[name] = "yes"
        elif name not in ("--quick", "--deep", "--offline", "--verbose", "--no-color"):
            names.append(name)
    return (
        asked if names in ([CHAPTER], ["all"]) and asked["--format"] in ("text", "json") else None
    )


def show_page(path):
    with open(path, "rb") as file:
        write_to_stdout(file.read())
    return 0
