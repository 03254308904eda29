"""What is taken for a credential in a line of text, and what is not. No value stands here whole:
this file is searched too.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import Any

import pytest

import envcheck_checks.in_target

INSIDE = Path(next(iter(envcheck_checks.in_target.__path__)))
HEX = "9f3c7ae1b2d84650"


def inside(*names: str) -> dict[str, Any]:
    """The scripts' names, as the target has them: one text."""
    known: dict[str, Any] = {}
    for name in names:
        exec(
            compile(
                (INSIDE / name).read_text().replace("from __future__ import annotations\n", ""),
                name,
                "exec",
            ),
            known,
        )  # as the target does
    return known


KNOWN = inside("credentials.py", "secrets_in_history.py")
kinds = KNOWN["kinds"]

REAL = {
    "aws": "AKIA" + "2B7QX4N9ZT5LM3VC",
    "github": "ghp_" + "9fK2mQ7xR4tW8zB3nL6vH1pD5sJ0cYgAeUiO",
    "github, fine-grained": "github_pat_" + "11AB7Q2XI0mK4vR9sT5wZ8_" + HEX * 3,
    "gitlab": "glpat-" + "x7Kq2mZ9vT4wR8nB3sLp",
    "slack": "xoxb-" + "2381947561-8472910384-k3Jd9sLq2Mx8Zv5T",
    "slack webhook": "https://hooks.slack.com/services/"
    + "T8K2M4Q7X/B3N9V5W1Z/q7XkP2mR9tW4zL8vB3nH6sD1",
    "openai": "sk-proj-" + "k3Jd9sLq2Mx8Zv5TbN7wRp4F",
    "anthropic": "sk-ant-" + "api03-k3Jd9sLq2Mx8Zv5TbN7wRp4F",
    "hugging face": "hf_" + "kJdLqMxZvTbNwRpFgHsYcUeAoIi4Xz2Bq7",
    "google": "AIza" + "SyD3kJ9sLq2Mx8Zv5TbN7wRp4FgH1cYeUoA",
    "pypi": "pypi-" + "AgEIcHlwaS5vcmc" + HEX * 4,
    "address": "postgresql://ann:" + "vT9rq2Lw8x@db.school.org/course",
    "assignment": "password = '" + "vT9!rq2Lw8'",
    "keyword": "connect(user='ann', password=\"" + 'vT9rq2Lw8")',
    "json": '"api_key": "' + HEX + '",',
    "environ": "os.environ['SERVICE_TOKEN'] = '" + HEX + "'",
    "in a notebook's file": '    "db_password = \\"' + 'vT9rq2Lw8x\\"\\n",',
    "settings": "export DB_PASSWORD=" + "vT9rq2Lw8x",
    "notebook's own": "%env SERVICE_TOKEN=" + HEX,
    "shell, in a notebook's file": '   "!export DB_PASSWORD=' + 'vT9rq2Lw8x\\n",',
    "long word": "secret = '" + "correcthorsebatterystaple'",
}


@pytest.mark.parametrize("line", REAL.values(), ids=REAL)
def test_a_credential_is_seen(line: str) -> None:
    """Each is seen alone and in the middle of a line, and its kind says nothing of its value."""
    assert kinds(line)
    assert kinds(line if "=v" in line.replace(" ", "") or "%env" in line else f"x = 1; {line}")
    assert not [kind for kind in kinds(line) if HEX in kind or "vT9" in kind]


@pytest.mark.parametrize(
    "line",
    [
        "AKIAIOSFODNN7EXAMPLE",
        "password = 'changeme'",
        "password = '<your password here>'",
        "password = 'short1'",
        "password = 'your-password-123'",
        "password = os.environ['DB_PASSWORD']",
        "password = getpass('Password: ')",
        "api_key = 'YOUR_API_KEY'",
        "api_key_variable = 'OPENAI_API_KEY'",
        'token = "access_token"',
        "tokenizer = 'bert-base-uncased-v2'",
        "pad_token = '<|endoftext|>'",
        "token = '[MASK]'",
        "key = 'a1b2c3d4e5'",
        "secret = 'xxxxxxxxxxxxxxxx'",
        "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "sk-learn-contrib-something-else",
        "risk-adjusted-returns-of-portfolios",
        "https://user:password@example.com/",
        "postgresql://postgres:${PASSWORD}@localhost/db",
        "https://example.com:8080/path@2x.png",
        "git@github.com:ann/course.git",
        "open(os.path.join(pwd, './data/set-1.csv'))",
        "publicKeyToken=\"b77a5c561934e089\"",
        "-----BEGIN PRIVATE KEY-----",
        "The password is asked for when the notebook starts",
        "sha256:" + "9f3c7ae1b2d84650" * 4,
        "DB_PASSWORD=changeme",
        "API_KEY = load_key_from_file('a')",
        "PASSWORD = None",
    ],
)  # fmt: skip
def test_what_only_looks_like_one(line: str) -> None:
    """Placeholders, examples, names, short words, hashes and prose are no alarm."""
    assert kinds(line) == []


def test_a_private_key_has_a_body() -> None:
    """The first line alone is in every manual; with a line of the body it is a key. In a notebook
    both are one JSON line each.
    """
    begin, body = "-----BEGIN RSA " + "PRIVATE KEY-----", "MIIEpAIBAAKCAQEA7bq9" * 3
    keys = KNOWN["Keys"]()
    assert [keys.line(one) for one in (begin, body, body)] == [False, True, False]
    assert [keys.line(one) for one in (f'"{begin}\\n",', f'  "{body}\\n",')] == [False, True]
    assert [keys.line(one) for one in (begin, "...", begin, "your key here")] == [False] * 4
    assert keys.line(f"{begin}\\n{body}")


def test_a_picture_in_a_line_is_no_alarm() -> None:
    """Megabytes of base64 are passed over in a moment."""
    assert kinds('"image/png": "' + "iVBORw0KGgoAAAANSUhEUgAA" * 100_000 + '"') == []


def test_lines_of_a_merge_are_counted() -> None:
    """`git log -p --cc`: the line's number in the file is told, and what was only taken away is
    not.
    """
    reader = KNOWN["Reader"]()
    for line in ["\x01abcdef1 2026-01-02", "message", "diff --cc a.txt", "--- a/a.txt", "+++ b/a.txt", "@@@ -1,1 -1,1 +7,3 @@@", "  plain",
                 "- gone", "++" + REAL["assignment"]]:  # fmt: skip
        reader.line(line)
    assert list(reader.places.values()) == [
        ["abcdef1", "2026-01-02", "a.txt", 8, "a value given to a name like `password`"]
    ]


def test_reading_ends_in_time() -> None:
    """A git that never ends is stopped, and the answer says that not all was read."""
    said = KNOWN["follow"]([sys.executable, "-c", "import time; time.sleep(60)"], 0.5)
    assert (said["whole"], said["commits"]) == (False, 0)


def test_the_scripts_run_on_old_pythons() -> None:
    """They are sent to the target: their syntax is that of Python 3.7."""
    for name in ("credentials.py", "secrets_in_notebooks.py", "secrets_in_history.py"):
        ast.parse((INSIDE / name).read_text(), feature_version=(3, 7))
