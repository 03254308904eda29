"""Diagnoses and fixes as the report has them (DESIGN.md, section 4)."""

import os
import re
import subprocess

from bootstrap.constants import WINDOWS


def make_diagnosis(code, summary, fixes, severity="error", note=None, **evidence):
    """A diagnosis for the report; `evidence` is what was found, wanted and looked in."""
    kept = dict((side, text) for side, text in evidence.items() if text)
    return {
        "code": code,
        "severity": severity,
        "summary": summary,
        "note": note,
        "evidence": kept,
        "checks": [],
        "fixes": fixes,
    }


def make_fix(title, confidence, steps):
    """A fix for the report; one that is sure counts as automatic."""
    return {
        "title": title,
        "confidence": confidence,
        "automatic": confidence == "sure",
        "steps": steps,
    }


def make_tell_fix(title, *sentences):
    """A fix that a person carries out, one step for each sentence."""
    return make_fix(title, "ask", [{"do": "tell", "text": sentence} for sentence in sentences])


def make_run_fix(title, *argv):
    """A fix that is one command."""
    return make_fix(title, "sure", [{"do": "run", "argv": list(argv)}])


def shell_lines(commands):
    """Commands as lines for each shell."""
    shells = ("posix", "fish", "powershell", "cmd")
    return dict(
        (shell, "\n".join(shell_line(argv, shell) for argv in commands)) for shell in shells
    )


def shell_line(argv, shell):
    """One command with the quoting of a shell; a leading ~/ stays outside the quotes."""
    if shell == "cmd":
        return subprocess.list2cmdline(
            [
                word.replace("~", "%USERPROFILE%", 1) if word.startswith("~") else word
                for word in argv
            ]
        )
    if shell == "powershell":
        special = r"[ '\"$`;&|<>(){}\[\]@,#]"
        words = [
            '"$HOME%s"' % word[1:]
            if word.startswith("~/")
            else "'%s'" % word.replace("'", "''")
            if re.search(special, word)
            else word
            for word in argv
        ]
        return ("& " if words[0][0] in "'\"" else "") + " ".join(words)
    return " ".join(posix_word(word) for word in argv)


def posix_word(word):
    """A word as a POSIX shell and fish read it."""
    home = word[:2] if word.startswith("~/") else ""
    rest = word[len(home) :]
    plain = re.match(r"[\w@%+=:,./-]+$", rest)
    return home + (rest if plain else "'%s'" % rest.replace("'", "'\"'\"'"))


def learners_shell():
    """The shell in which this file was started, as src/envcheck/target/shells.py tells it."""
    if not WINDOWS or os.environ.get("MSYSTEM"):
        return "fish" if os.path.basename(os.environ.get("SHELL", "")) == "fish" else "posix"
    home = os.environ.get("USERPROFILE", "").lower()
    paths = os.environ.get("PSMODULEPATH", "").lower().split(";")
    own = [path for path in paths if (home and path.startswith(home)) or "\\documents\\" in path]
    return "powershell" if own else "cmd"


def as_failure(diagnosis):
    """What a check returns that failed for one reason: the summary and the diagnoses."""
    return diagnosis["summary"], [diagnosis]


def join_names(names):
    """The names as in a sentence: "a, b and c"."""
    return names[0] if len(names) == 1 else "%s and %s" % (", ".join(names[:-1]), names[-1])
