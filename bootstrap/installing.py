"""envcheck is installed into an environment: by uv or by pip, with the learner's way to the index."""

import ast
import io
import json
import os
import re

from bootstrap.cache import stamp, what_to_install
from bootstrap.constants import (
    AWAY,
    DISTRIBUTION,
    FULL,
    HOST_OPTIONS,
    HOSTS,
    INDEX,
    MARKER,
    NETWORK,
    TEACHER,
    UNREACHABLE,
    Failed,
    NoEnvironment,
    numbers,
)
from bootstrap.course import CHAPTER
from bootstrap.programs import python_in, run, say


def with_uv(host, environment, uv, variables):
    folder = variables["TMPDIR"]
    python = host["executable"] if host else "%d.%d" % (HOSTS[0], HOSTS[1] + 2)
    must(
        [uv, "venv", "--quiet", "--no-project", "--python", python, environment], variables, folder
    )
    # Without `--reinstall-package` uv would take an older build of the same checkout out of its cache.
    options = [
        "--quiet",
        "--compile-bytecode",
        "--reinstall-package",
        DISTRIBUTION,
        "--python",
        python_in(environment),
    ]
    must([uv, "pip", "install"] + options + [what_to_install()], variables, folder)


def with_pip(host, environment, _, variables):
    """The host's own pip installs from outside; where it is too old for that, the environment gets one."""
    folder, python = variables["TMPDIR"], host["executable"]
    must([python, "-I", "-B", "-m", "venv", "--without-pip", environment], variables, folder)
    pip = [python, "-m", "pip", "--python", python_in(environment)]
    if numbers(host["pip"] or "0") < (22, 3):
        must([python_in(environment), "-B", "-m", "ensurepip", "--default-pip"], variables, folder)
        python = python_in(environment)
        pip = [python, "-m", "pip"]
    options = [
        "--quiet",
        "--no-input",
        "--disable-pip-version-check",
        "--no-cache-dir",
        "--prefer-binary",
    ]
    problems = []
    for settings in pip_settings(python, variables):
        try:
            must(pip + ["install"] + options + [what_to_install()], settings, folder)
            return
        except Failed as failure:
            problems.append(failure)
    raise problems[0]


def pip_settings(python, variables):
    """The learner's own way to the index; then, where they have set one, without it; then also without their proxy."""
    found = learners_pip_settings(python, variables)
    base = dict(variables, PIP_CONFIG_FILE=os.devnull, PIP_RETRIES="1")
    tries = [INDEX + NETWORK, NETWORK, tuple(name for name in NETWORK if name != "proxy")]
    seen = []
    for names in tries:
        settings = dict(base)
        for name in names:
            if name in found:
                settings["PIP_" + name.upper()] = str(found[name]).replace("\n", " ")
        if names is tries[-1]:
            for name in [name for name in settings if name.lower().endswith("_proxy")]:
                del settings[name]
        if settings not in seen:
            seen.append(settings)
            yield settings


def learners_pip_settings(python, variables):
    """What `pip config list` says in the learner's variables, by name."""
    learners = dict(variables)
    for name, value in os.environ.items():
        if name.upper().startswith("PIP_"):
            learners[name] = value
    listing = run([python, "-m", "pip", "config", "list"], learners, variables["TMPDIR"])
    lines = re.findall(r"^(?:global|install|:env:)\.([\w-]+)=(.+)$", listing.output, re.MULTILINE)
    return dict((name.replace("-", "_").lower(), ast.literal_eval(value)) for name, value in lines)


def prove(environment, variables):
    """envcheck starts there and finds its course; only then does the environment count."""
    listed_there = must(
        [python_in(environment)] + HOST_OPTIONS + ["-m", "envcheck", "list"],
        variables,
        variables["TMPDIR"],
    )
    if CHAPTER not in listed_there.output:
        raise NoEnvironment(
            "this copy of envcheck does not know %s: %s" % (CHAPTER, listed_there.last_words),
            TEACHER,
        )
    made = run(
        [
            python_in(environment),
            "-I",
            "-c",
            "import sys; print('%d.%d.%d' % sys.version_info[:3])",
        ],
        variables,
    )
    text = json.dumps({"stamp": stamp(environment), "version": made.output.strip()})
    with io.open(os.path.join(environment, MARKER), "w", encoding="utf-8") as file:
        file.write(text if str is not bytes else text.decode("ascii"))


def must(words, variables, folder):
    """Run it; raises Failed with its last words."""
    next_news = [15]

    def news(seconds):
        if seconds > next_news[0]:
            say("still at it after %d s: the network or the disk is slow" % seconds)
            next_news[0] += 15

    finished = run(words, variables, folder, 600.0, news)
    if finished.code != 0:
        full, away = FULL.search(finished.output), AWAY.search(finished.output)
        raise Failed(full.group() if full else UNREACHABLE if away else finished.last_words)
    return finished
