"""What can be said without envcheck."""

import io
import json
import sys
import time

from bootstrap.asked import LINKS, RefusedWords, parse_words, shown_words
from bootstrap.compatibility import to_bytes, to_text, write_to_stdout
from bootstrap.constants import UNDETERMINED, USAGE
from bootstrap.course import page_of
from bootstrap.errors import NoEnvironment
from bootstrap.privacy import is_learners_own, scrubbed
from bootstrap.programs import say
from bootstrap.report import for_reader, make_report
from bootstrap.secret_shapes import without_secrets
from bootstrap.target import locate_target
from bootstrap.text import whole_text
from bootstrap.typed import typed_words


def answer_without_envcheck(why, words):
    """What can be said, or why these words are refused. Returns the exit code."""
    if words[:1] == ["explain"] and len(words) == 2 and page_of(words[1]):
        return show_page(page_of(words[1]))
    try:
        options = parse_words(words)
    except RefusedWords as problem:
        say(str(problem))
        return USAGE
    if options is None:
        say(
            "%s. `%s` needs the whole envcheck.\nNext step: %s"
            % (why.fact, shown_words(words), why.step)
        )
        return UNDETERMINED
    return print_report(why, options)


def print_report(why, options):
    """Examine Python and pip and print the report. Returns 1 when something fails, else 3."""
    begun, typed = time.time(), typed_words("envcheck")
    report = make_report(locate_target(options["--python"]), why, options, begun)
    own = is_learners_own(sys.stdout) and not options["--output"] and options["--format"] == "text"
    scrub = without_secrets if own else scrubbed
    shown = dict(for_reader(report, scrub), alias=options.get("--as"))
    text = (
        json.dumps(shown, indent=1) + "\n"
        if options["--format"] == "json"
        else whole_text(
            shown,
            NoEnvironment(why.fact, scrub(why.step)),
            [to_text(scrub(word)) for word in typed],
        )
    )
    if options["--output"]:
        with io.open(options["--output"], "w", encoding="utf-8") as file:
            file.write(to_text(text))
    else:
        write_to_stdout(to_bytes(text, "replace"))
    if any(name in options for name in LINKS):
        say("the report was not sent to your class: that needs the whole envcheck")
    return report["exit_code"]


def show_page(path):
    """Print a page. Returns the exit code."""
    with open(path, "rb") as file:
        write_to_stdout(file.read())
    return 0
