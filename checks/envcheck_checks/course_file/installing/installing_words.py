"""Whether a line for the shell installs something: its words, and the table of installers."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from itertools import pairwise

from envcheck_checks.course_file.installing.installers import (
    ALWAYS,
    CHANGES,
    EITHER,
    INSTALLS,
    OF_ANY,
    OF_FILES,
    READS,
)
from envcheck_checks.course_file.installing.installers import words as words_of

APART = ";&|()`"
# What stands in front of a program: the shell's own words, and programs that run another one.
BEFORE = words_of(
    "! if then else elif do while until { time timeit system sx command exec env nohup nice sudo doas "
    "stdbuf xargs timeout builtin call"
)
SHELLS = frozenset(("sh", "bash", "zsh", "dash", "cmd", "powershell", "pwsh", "eval"))
LOADERS = frozenset(("curl", "wget", "iwr", "irm", "invoke-webrequest", "invoke-restmethod"))
READERS = frozenset((*SHELLS, "python", "iex", "invoke-expression")) - {"cmd", "eval"}
SETTING = re.compile(r"^\w+=")
VALUE = re.compile(r"^[\d.]+[smhd]?$")  # of `timeout 60` or `nice -n 5`
PYTHON = re.compile(r"^(?:i?python|pypy|py)[\d.]*w?$|^[{$]|executable|^-m")
NUMBERED = re.compile(r"^(pip|easy_install)[\d.]*(?:-[\d.]+)?$")
# A script that is all for installing, by its name.
SCRIPT = re.compile(
    r"^(?:install|uninstall)|[-_]install(?:er)?\.|^(?:mini|ana)conda.*\.sh|^(?:mini|mamba)forge|"
    r"^get[-_]pip|^rustup|^get-(?:poetry|platformio)",
    re.IGNORECASE,
)
# Installing by a call of another language, in a text for R or Julia.
OF_LANGUAGES = re.compile(
    r"\binstall\.packages\s*\(|\b(?:BiocManager|remotes|devtools|pak|renv)::+\w*(?:install|restore|update)|"
    r"\bPkg\.(?:add|rm|update|instantiate|build|develop|resolve|up)\b|\bpkg\"\s*(?:add|rm|up)"
)
# What an environment that is thrown away can bear: what is put into it, and into its home.
INSIDE = frozenset(("pip", "easy_install", "ensurepip", "spacy", "setup.py", "pip-sync"))
RUNS = frozenset(("run", "runpip", "exec", "dlx"))  # a program that stands behind it
WITHIN = frozenset(("--sys-prefix", "--user"))  # of Jupyter's programs
OUTSIDE = re.compile(r"^(?:--target|--prefix|--root|--break-system-packages|-t|--system)(?:=|$)")


def installs(line: str, *, thrown_away: bool = False) -> bool:
    """Whether it changes what is installed; where the environment is `thrown_away`, elsewhere than there."""
    commands = _commands(line)
    if any(_is_loaded(*pair) for pair in pairwise(commands)):
        return True
    return any(_installs(words, thrown_away) for words in commands)


def of_language(text: str) -> bool:
    """Whether R or Julia installs something in this text."""
    return bool(OF_LANGUAGES.search(text))


def plain_name(word: str) -> str:
    """A program's plain name: without its folder, its ending and its number."""
    last = re.split(r"[/\\]", word)[-1].lower()
    plain = re.sub(r"\.(?:exe|bat|cmd)$", "", last)
    return numbered[1] if (numbered := NUMBERED.match(plain)) else plain


def commands_of(line: str) -> list[list[str]]:
    """The words of each command, from its program on."""
    return [_from_program(words) for words in _commands(line)]


def _commands(line: str) -> list[list[str]]:
    lexer = shlex.shlex(line, posix=True, punctuation_chars=APART)
    lexer.whitespace_split, lexer.commenters, lexer.escape = True, "", ""
    try:
        words = list(lexer)
    except ValueError:  # a quote that is not closed
        words = re.sub(rf"([{APART}]+)", r" \1 ", line).replace('"', " ").replace("'", " ").split()
    made: list[list[str]] = [[]]
    for word in words:
        if word.startswith("#"):
            break
        if word.strip(APART):
            made[-1].append(word)
        else:
            made.append([])
    return [words for words in made if words]


def _is_loaded(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether a shell is given a script that was fetched just now: `curl ... | sh`."""
    own, reader = _from_program(first), _from_program(second)
    if not own or not reader or plain_name(own[0]) not in LOADERS:
        return False
    rest = [word for word in reader[1:] if not word.startswith("-")]
    return not rest and re.sub(r"[\d.]+$", "", plain_name(reader[0])) in READERS


def _installs(words: Sequence[str], thrown_away: bool) -> bool:
    own = _from_program(words)
    if any(_installs_itself(tail, words, False) for tail in _behind(own)):
        return True
    return _installs_itself(own, words, thrown_away)


def _behind(own: Sequence[str]) -> Iterator[Sequence[str]]:
    """What `conda run` and the like run; where that begins their options hide, so each end of the line."""
    if own and plain_name(own[0]) in READS:
        place = next((number for number, word in enumerate(own) if word in RUNS), len(own))
        yield from (own[begin:] for begin in range(place + 1, len(own)))


def _installs_itself(own: Sequence[str], words: Sequence[str], thrown_away: bool) -> bool:
    sudo = any(plain_name(word) in ("sudo", "doas") for word in words)
    for place, word, is_first in _programs(own):
        rest = own[place + 1 :]
        # Behind another program, as `conda run` or `ssh`, it may be of any environment.
        is_own = is_first or [*map(plain_name, own[:place])] == ["uv"]
        inside = thrown_away and is_own and not sudo and _is_inside(word, rest)
        if _changes(word, rest, is_first) and not inside:
            return True
    if own and plain_name(own[0]) in ("r", "rscript", "julia") and of_language(" ".join(own)):
        return True
    if _is_script(own):
        return True
    inner = own[1:] if own and plain_name(own[0]) in SHELLS else ()
    return any(installs(word, thrown_away=thrown_away) for word in inner if " " in word)


def _from_program(words: Sequence[str]) -> list[str]:
    """Without what stands in front of it."""
    rest = list(words)
    while rest:
        first = rest[0].lstrip("!")
        if first and plain_name(first) not in BEFORE and not SETTING.match(first):
            return [first, *rest[1:]]
        rest = rest[1:]
        while first and rest and not rest[0].startswith("-m") and _is_option(rest[0]):
            rest = rest[1:]
    return rest


def _is_script(words: Sequence[str]) -> bool:
    """Whether a script is run whose name says that it installs."""
    if not words or any(word.startswith(("-m", "-c")) for word in words):
        return False
    first = plain_name(words[0])
    if first in SHELLS or first in (".", "source") or PYTHON.search(first):
        rest = [word for word in words[1:] if not word.startswith("-")]
        return bool(rest) and " " not in rest[0] and bool(SCRIPT.search(plain_name(rest[0])))
    return "." in first and bool(SCRIPT.search(first))


def _is_option(word: str) -> bool:
    return word.startswith("-") or bool(VALUE.match(word))


def _programs(words: Sequence[str]) -> Iterator[tuple[int, str, bool]]:
    """Each word that may be a program, with its place, and whether it is the command's own."""
    python = bool(words) and bool(PYTHON.search(plain_name(words[0])))
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        if word.startswith("-m") and len(word) > 2:
            yield place, word[2:], python
        else:
            yield place, plain_name(word), place == 0 or (python and (before == "-m" or place == 1))


def _changes(program: str, rest: Sequence[str], is_first: bool) -> bool:
    if not is_first:
        if program in READS:
            verb = next((word for word in rest if not word.startswith("-")), "")
            return verb in CHANGES or (
                verb in _groups(program) and bool(CHANGES.intersection(rest))
            )
        return program == "setup.py" and bool(INSTALLS[program].intersection(rest))
    if program in READS:
        return not _reads(program, rest)
    if program.endswith(".install"):  # `python -m bash_kernel.install`
        return True
    tool, _, group = program.partition("-")
    own = INSTALLS.get(program) or INSTALLS.get(tool if group else "")
    if own and any(_of_its_verbs([group, *rest] if group else rest, own)):
        return True
    verb = next((word for word in rest if not word.startswith("-")), "")
    if program in OF_FILES or PYTHON.search(program):
        return False
    return verb in OF_ANY or "--sys-prefix" in rest


def _of_its_verbs(verbs: Sequence[str], own: frozenset[str]) -> Iterator[bool]:
    yield bool(own.intersection(verbs))
    for first, second in pairwise(verbs):
        yield f"{first}:{second}" in own or f":{second}" in own


def _reads(program: str, rest: Sequence[str]) -> bool:
    reads = READS[program] | ALWAYS
    if not rest:
        return bool(READS[program]) and program not in ("yarn",)  # its help
    if EITHER.issuperset(rest):
        return True
    if next(word for word in rest if word in READS[program] or word not in EITHER) in reads:
        return True
    plain = [word for word in rest if not word.startswith("-")]
    groups = _groups(program)
    place = next((n for n, word in enumerate(plain) if word in reads | groups | CHANGES), 0)
    verb = plain[place] if plain else ""
    if verb in groups:
        verb = ":".join(plain[place : place + 2])
    return verb in reads


def _groups(program: str) -> frozenset[str]:
    return frozenset(verb.partition(":")[0] for verb in READS[program] if ":" in verb)


def _is_inside(program: str, rest: Sequence[str]) -> bool:
    if any(OUTSIDE.match(word) for word in rest):
        return False
    return (
        program in INSIDE
        or (program == "uv" and next(iter(rest), "") == "pip")
        or bool(WITHIN.intersection(rest))
    )
