"""What was asked for, as far as it can be honoured without envcheck; refused where the engine
refuses it.
"""

from bootstrap.compatibility import to_bytes, to_native, to_text
from bootstrap.course import CHAPTER

LONGEST_ALIAS = 64  # characters
# What steers a terminal and is not read, as in src/envcheck/printable.py: code points, both ends.
STEERING_RANGES = (
    (0x00, 0x08), (0x0B, 0x1F), (0x7F, 0x9F), (0x61C, 0x61C), (0x200E, 0x200F), (0x2028, 0x202E),
    (0x2066, 0x206F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xD800, 0xDFFF), (0xFFFE, 0xFFFF),
)  # fmt: skip
NUMBERS = {"--timeout": (float, 1, "a number of seconds"), "--jobs": (int, 1, "a number")}
VALUED = ("--output", "--python", "--timeout", "--jobs", "--format", "--as", "--join", "--submit")
LINKS = ("--join", "--submit")  # their values are secrets
CUT_SHORT = ("--quick", "--deep", "--offline")


class RefusedWords(Exception):
    """What was typed is no option's value, and why."""


def parse_words(words):
    """The options that can be honoured here, or None when something else was asked for. Raises
    RefusedWords.
    """
    options = dict.fromkeys(("--output", "--python", "--timeout", "--jobs"), "")
    options["--format"] = "text"
    left, names = list(words), []
    while left:
        name, separator, value = left.pop(0).partition("=")
        if name in VALUED and (separator or left):
            options[name] = value if separator else left.pop(0)
        elif name in CUT_SHORT or name in ("--strict", "--send-without-asking"):
            options[name] = "yes"
        elif name not in ("--verbose", "--no-color"):
            names.append(name)
    if names not in ([CHAPTER], ["all"]) or options["--format"] not in ("text", "json"):
        return None
    for name in NUMBERS:
        if options[name]:
            refuse_other_numbers(name, options[name])
    if "--as" in options:
        options["--as"] = chosen_alias(options["--as"])
    return options


def shown_words(words):
    """What was typed, for people."""
    return " ".join(hidden_words(words))


def hidden_words(words):
    """What was typed, without the code of a class, which is a secret."""
    before, shown = [""] + list(words), []
    for place, word in enumerate(words):
        name, separator, _ = word.partition("=")
        hidden = name + "=***" if name in LINKS and separator else word
        shown += ["***" if before[place] in LINKS else hidden]
    return shown


def chosen_alias(text):
    """The alias that these words mean, as src/envcheck/run/alias.py has it. Raises RefusedWords."""
    alias = " ".join(to_text(text).split())
    if not alias or len(alias) > LONGEST_ALIAS or any(map(steers, alias)):
        shown = to_native(to_bytes(to_text(text)[:LONGEST_ALIAS], "replace"))
        raise RefusedWords(
            "--as %r: it takes a name of 1 to %d letters, such as --as anna"
            % (shown, LONGEST_ALIAS)
        )
    return alias


def steers(sign):
    """Whether a character steers a terminal instead of being read."""
    return any(low <= ord(sign) <= high for low, high in STEERING_RANGES)


def refuse_other_numbers(name, text):
    """Raises RefusedWords for what is no number, or too small a one."""
    kind, least, wanted = NUMBERS[name]
    try:
        fits = kind(text) >= least
    except ValueError:
        fits = False
    if not fits:
        raise RefusedWords("%s %s: it takes %s, %d or more" % (name, text, wanted, least))
