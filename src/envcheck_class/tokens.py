"""The codes of a class: what a learner's link ends with, and what instructors and helpers log in
with. Only their hashes are kept.
"""

from __future__ import annotations

import hashlib
import secrets

# Crockford's base 32: no letter that is taken for a digit when it is read out.
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LETTERS = frozenset(DIGITS)
LENGTH = 20  # letters of five bits: 100 bits, which nobody guesses
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})


def new() -> str:
    """A new code of 100 random bits, in letters and digits that are not taken for one another."""
    return "".join(secrets.choice(DIGITS) for _ in range(LENGTH))


def plain(code: str) -> str:
    """A code as it was given out, however it was typed; empty where it is none."""
    letters = code.upper().translate(MISREAD)
    return letters if len(letters) == LENGTH and LETTERS.issuperset(letters) else ""


def hashed(code: str) -> str:
    """What is kept of a code, or of a learner's key: 100 random bits need no salt."""
    return hashlib.sha256(code.encode()).hexdigest()
