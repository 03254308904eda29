"""How a program is asked for its version, and what its answers tell: that it runs, that it cannot, or
neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from envcheck import Environment
from envcheck.processes.process import Ending, Finished
from envcheck_checks.tools.framework.banner import version_said

SECONDS = 8.0
# How nearly all are asked. A word without a dash may mean a file, a host or a user to a program: it is
# said to those that are known to take it, or list it in their usage.
USUAL = (("--version",), ("-version",), ("-V",))
MOST_QUESTIONS = len(USUAL) + 1
OWN = {
    **dict.fromkeys(("java", "javac", "ffmpeg", "ffprobe", "ffplay"), ("-version",)),
    **dict.fromkeys(("kubectl", "oc", "argocd"), ("version", "--client")),
    **dict.fromkeys(("go", "hadoop", "hdfs", "helm", "hugo", "k3d", "minikube"), ("version",)),
    **dict.fromkeys(("openssl", "istioctl", "kustomize", "skaffold", "eksctl"), ("version",)),
    **dict.fromkeys(("unzip", "zip", "lua"), ("-v",)),
    **dict.fromkeys(("ssh", "tmux"), ("-V",)),
    **dict.fromkeys(("7z", "7za", "7zz"), ("i",)),
    "exiftool": ("-ver",),
}
LISTS_VERSION = re.compile(r"^[ \t]+version\b|\bversion\b[^\n]{0,40}\bprint", re.MULTILINE)
# Of a program that runs, and does not know what it was asked
OF_USAGE = re.compile(
    r"(?:unknown|unrecogni[sz]ed|illegal|invalid|bad|no such|unexpected|unsupported)\s+"
    r"(?:command[ -]line\s+)?(?:option|flag|argument|command|switch|parameter)"
    r"|not defined: -|^[ \t]*usage:",
    re.I | re.MULTILINE,
)
STUB = re.compile(
    r"unable to locate a java|no developer tools|xcode-select|run without arguments to install",
    re.I,
)
BROKEN = re.compile(
    r"loading shared libraries|cannot open shared object|library not loaded|\bGLIBC\w*_\d"
    r"|exec format error|bad interpreter|cannot execute|command not found|^Traceback "
    r"|ModuleNotFoundError|ImportError|cannot find module|could not create the java"
    r"|could not find or load main class|UnsupportedClassVersionError|no default toolchain",
    re.I | re.MULTILINE,
)
NEVER_RAN = (126, 127, 9009)  # of shells, for what they cannot start


def ask(env: Environment, command: str, path: str) -> list[Finished]:
    """What it answers, up to the first answer that has its version. Asked for the first time, a program
    may wait until a guard has looked at it: a late answer is waited for once more.
    """
    answers: list[Finished] = []
    for words in _questions(command, answers):
        answers.append(_answer(env, path, words))
        if answers[-1].late:
            answers.append(_answer(env, path, words))
        if answers[-1].late or version_of(command, answers[-1]):
            break
    return answers


def version_of(command: str, answer: Finished) -> str:
    """The version that this answer tells; empty for none."""
    return version_said(command, answer.stdout, answer.stderr) if answer.ok else ""


def runs(answer: Finished) -> bool:
    """It did what it was asked, or was at work and did not know the question."""
    exited = answer.ending is Ending.EXITED and not is_broken(answer)
    return answer.ok or (exited and bool(OF_USAGE.search(_words(answer))))


def is_broken(answer: Finished) -> bool:
    """It cannot run: not started, killed, without a library, or a stub in its place."""
    if answer.ending is Ending.NOT_STARTED:
        return True
    if answer.ok or answer.ending is not Ending.EXITED or answer.code is None:
        return False
    killed = answer.code < 0 or answer.code > 0xC0000000 or answer.code in NEVER_RAN
    return killed or is_stub(answer) or bool(BROKEN.search(_words(answer)))


def is_stub(answer: Finished) -> bool:
    """What lies there only says how to get the program."""
    return bool(STUB.search(_words(answer)))


def _questions(command: str, answers: list[Finished]) -> Iterator[tuple[str, ...]]:
    bare = re.sub(r"\.exe$", "", command, flags=re.I)
    if bare in OWN:
        yield OWN[bare]
        yield USUAL[0]
        return
    yield from USUAL
    if any(runs(answer) and LISTS_VERSION.search(_words(answer)) for answer in answers):
        yield ("version",)


def _answer(env: Environment, path: str, words: tuple[str, ...]) -> Finished:
    return env.run([path, *words], timeout=SECONDS, low_priority=True)


def _words(answer: Finished) -> str:
    return f"{answer.stdout}\n{answer.stderr}"
