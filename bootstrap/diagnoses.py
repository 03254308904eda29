"""Diagnoses and fixes as the report has them (DESIGN.md, section 4)."""


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


def as_failure(diagnosis):
    """What a check returns that failed for one reason: the summary and the diagnoses."""
    return diagnosis["summary"], [diagnosis]


def join_names(names):
    """The names as in a sentence: "a, b and c"."""
    return names[0] if len(names) == 1 else "%s and %s" % (", ".join(names[:-1]), names[-1])
