"""The probe runs on every Python that a learner may have, whatever that Python prints, and leaves
no trace.
"""

from __future__ import annotations

import ast
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from envcheck.environment import Environment
from envcheck.target import interpreter as facts
from envcheck.target import probe
from envcheck.target.interpreter import Interpreter, Trouble, Unusable
from envcheck.target.script import source_of

pytestmark = pytest.mark.slow

Around = Callable[..., Environment]
VERSIONS = sorted(
    Path(os.environ.get("PYENV_ROOT", "/root/.pyenv"), "versions").glob("*/bin/python")
)
SITE = {
    "prints": "import sys; print('hello', '{}'); sys.stderr.write('noise\\n' * 500)",
    "prints a marker": "import sys; sys.stdout.write('--envcheck-0--{}--envcheck-0--')",
    "prints bytes": "import os; os.write(1, b'\\xff\\xfe\\x00')",
    "raises": "raise RuntimeError('sitecustomize')",
    "registers an exit": "import atexit; atexit.register(lambda: print('bye'))",
    "turns warnings on": "import warnings; warnings.simplefilter('error')",
}


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment of its own, without pip: 0.1 s."""
    folder = tmp_path_factory.mktemp("probe") / "ümläut und space"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    return folder / "bin" / "python"


def answered(env: Environment) -> Interpreter:
    found = facts.target(env)
    assert isinstance(found, Interpreter), found
    return found


@pytest.mark.parametrize("python", VERSIONS, ids=[path.parent.parent.name for path in VERSIONS])
@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"PYTHONINSPECT": "1", "PYTHONOPTIMIZE": "2"},
        {"PYTHONWARNINGS": "error"},
        {"LC_ALL": "C"},
        {"PYTHONIOENCODING": "utf-16"},
    ],
    ids=["plain", "inspect and optimize", "warnings", "locale", "encoding"],
)
def test_every_python(python: Path, variables: dict[str, str], around: Around) -> None:
    """Any version, under any variables, says who it is."""
    found = answered(around(python, **variables))
    assert found.version == python.parent.parent.name
    assert Path(found.prefix) == python.parent.parent
    assert found.bits in (32, 64)


@pytest.mark.parametrize("what", SITE)
def test_site_hooks(what: str, around: Around, tmp_path: Path) -> None:
    """Whatever a site hook prints or does, the answer is found between the markers."""
    (tmp_path / "hooks").mkdir()
    (tmp_path / "hooks" / "sitecustomize.py").write_text(SITE[what])
    assert answered(around(sys.executable, PYTHONPATH=str(tmp_path / "hooks"))).version.startswith(
        "3."
    )


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "nonsense"])
def test_paths_beyond_ascii(environment: Path, around: Around, locale: str) -> None:
    """An environment under a name with umlauts and spaces is described as it is, in
    every locale.
    """
    found = answered(around(environment, LC_ALL=locale))
    assert Path(found.prefix) == environment.parent.parent
    assert found.kind == "venv"


def test_name_that_is_not_utf8(environment: Path, around: Around, tmp_path: Path) -> None:
    """A folder whose name no encoding explains is described, and can be opened again."""
    folder = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9")
    try:
        shutil.copytree(environment.parent.parent, folder, symlinks=True)
    except OSError:
        pytest.skip("this file system refuses such names")
    assert Path(answered(around(Path(folder, "bin", "python"))).prefix).is_dir()


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file below, with the hash of its content and its time of change."""
    return {
        str(path): f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.stat().st_mtime_ns}"
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def test_it_writes_nothing(environment: Path, around: Around, tmp_path: Path) -> None:
    """The environment, the work folder and the home are byte for byte the same afterwards."""
    site = next(environment.parent.parent.glob("lib/python*/site-packages"))
    (site / "lazy.pth").write_text("import lazy_module\n")
    (site / "lazy_module.py").write_text("x = 1\n")
    env = around(environment)
    before = (
        fingerprint(environment.parent.parent),
        fingerprint(tmp_path / "folder"),
        sorted(tmp_path.glob(".*")),
    )
    answered(env)
    assert before == (
        fingerprint(environment.parent.parent),
        fingerprint(tmp_path / "folder"),
        sorted(tmp_path.glob(".*")),
    )


def test_distributions(environment: Path, around: Around, tmp_path: Path) -> None:
    """Installed distributions come with version, requirements and folder; the first on the path
    wins; damage is survived.
    """
    site = next(environment.parent.parent.glob("lib/python*/site-packages"))
    first, second, damaged = (
        site / "Foo_Bar-1.0.dist-info",
        tmp_path / "foo_bar-2.0.dist-info",
        site / "hurt-3.dist-info",
    )
    for folder in (first, second, damaged):
        folder.mkdir(exist_ok=True)
    (first / "METADATA").write_text(
        "Name: Foo.Bar\nVersion: 1.0\nRequires-Dist: numpy>=1\nRequires-Dist: x; extra == 'y'\n\nName: not me\n"
    )
    (second / "METADATA").write_bytes(b"Name: foo-bar\nVersion: 2.0\nAuthor: caf\xe9\n")
    found = answered(around(environment, PYTHONPATH=str(tmp_path)))
    rows = [one for one in found.distributions if one.name == "foo-bar"]
    assert [one.version for one in rows] == ["2.0", "1.0"]
    assert rows[1].requires == ("numpy>=1",)
    assert found.installed["foo-bar"].version == "2.0"
    assert found.installed["hurt"].version is None
    shutil.rmtree(first)
    shutil.rmtree(damaged)


def test_gap_in_the_standard_library(around: Around, tmp_path: Path) -> None:
    """A part of the standard library that cannot be loaded is named with the reason."""
    (tmp_path / "hooks").mkdir()
    (tmp_path / "hooks" / "_sqlite3.py").write_text("raise ImportError('no sqlite here')")
    found = answered(around(sys.executable, PYTHONPATH=str(tmp_path / "hooks")))
    assert dict(found.gaps) == {"_sqlite3": "ImportError: no sqlite here"}


@pytest.mark.parametrize(("wheel", "whole"), [("pip-24.0-py3-none-any.whl", True), ("", False)])
def test_the_pip_for_new_environments(tmp_path: Path, wheel: str, whole: bool) -> None:
    """ensurepip may be there without it, as where a distribution keeps it in a package of its own."""
    bundled = tmp_path / "ensurepip" / "_bundled"
    bundled.mkdir(parents=True)
    (bundled / (wheel or "setuptools-65.5.0-py3-none-any.whl")).touch()
    said = subprocess.run(
        [sys.executable, "-c", f"import probe; print(probe.bundled_pip({str(tmp_path)!r}))"],
        cwd=Path(facts.__file__).parent,
        env={**os.environ, "PYTHONPATH": str(Path(facts.__file__).parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    elsewhere = Path("/usr/share/python-wheels").exists()
    assert said.stdout.strip() == str(whole or elsewhere)


@pytest.mark.parametrize(
    ("script", "trouble"),
    [
        ("exit 0", Trouble.NOT_PYTHON),
        ("echo pyenv: python: command not found >&2; exit 127", Trouble.FAILS),
        ("echo '--envcheck'", Trouble.NOT_PYTHON),
        ("kill -SEGV $$", Trouble.FAILS),
    ],
)
def test_what_is_not_a_python(
    script: str, trouble: Trouble, around: Around, tmp_path: Path
) -> None:
    """A dead shim, a store stub and anything else that gives no answer is a record with what it
    said.
    """
    shim = tmp_path / "python"
    shim.write_text(f"#!/bin/sh\n{script}\n")
    shim.chmod(0o755)
    found = facts.target(around(shim))
    assert isinstance(found, Unusable)
    assert found.trouble is trouble


@pytest.mark.parametrize(
    ("built", "said"),
    [
        ("macosx-10.13-universal2", "macosx-10.13-arm64"),
        ("macosx-11.0-arm64", "macosx-11.0-arm64"),
        ("macosx-10.9-x86_64", "macosx-10.9-x86_64"),
        ("linux-x86_64", "linux-x86_64"),
        ("win-amd64", "win-amd64"),
    ],
)
def test_the_processor_of_a_build_for_several(
    built: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """python.org's and Apple's: only the system knows which half runs, and Rosetta's is another."""
    monkeypatch.setattr(os, "uname", lambda: ("Darwin", "mac", "24", "", "arm64"))
    machine: Callable[[str], str] = probe.machine
    assert machine(built) == said


def test_missing_and_forbidden(around: Around, tmp_path: Path) -> None:
    """A path that leads nowhere, in a circle too, and a file without the right to execute are told
    apart.
    """
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    (tmp_path / "circle").symlink_to("round")
    (tmp_path / "round").symlink_to("circle")
    (tmp_path / "round-folder").symlink_to("round-folder")
    names = ("nothing", "link", "circle", "round-folder/python", "file")
    troubles = [facts.question(around(), (str(tmp_path / name),)) for name in names]
    assert [one.trouble for one in troubles if isinstance(one, Unusable)] == [
        *[Trouble.MISSING] * 4,
        Trouble.NOT_ALLOWED,
    ]


def test_nothing_new_is_imported_before_the_version_is_known() -> None:
    """At the top the probe imports only what every Python has, and uses no syntax that an old one
    refuses.
    """
    tree = ast.parse(source_of("envcheck.target", "probe.py"))
    top = [name.name for node in tree.body if isinstance(node, ast.Import) for name in node.names]
    assert top == ["os", "struct", "sys"]
    assert not [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr | ast.AnnAssign | ast.NamedExpr | ast.Match)
    ]


@pytest.mark.parametrize(
    ("there", "trusts"),
    [
        ((), False),
        (("cert.pem",), True),
        (("certs/002c0b4f.0",), True),
        (("certs/ca-bundle.crt",), False),  # OpenSSL goes by the hashed names alone
    ],
)
def test_certificates_that_are_trusted(
    there: tuple[str, ...], trusts: bool, around: Around, tmp_path: Path
) -> None:
    """As OpenSSL itself counts them, which decides whether anything is trusted."""
    (tmp_path / "certs").mkdir()
    for name in there:
        (tmp_path / name).write_text("")
    file, folder = str(tmp_path / "cert.pem"), str(tmp_path / "certs")
    found = answered(around(sys.executable, SSL_CERT_FILE=file, SSL_CERT_DIR=folder))
    assert found.no_certificates == (() if trusts else (file, folder))


TRUSTS_OTHERS = (
    "import ssl; ssl._create_default_https_context = lambda: ssl.create_default_context(cafile='x')",
    "import ssl; ssl.SSLContext = type('SSLContext', (ssl.SSLContext,), {'__module__': 'truststore'})",
)


@pytest.mark.parametrize(
    ("code", "alarms"), [*((one, False) for one in TRUSTS_OTHERS), ("import ssl", True)]
)
def test_who_is_told_otherwise_whom_to_trust(
    code: str, alarms: bool, around: Around, tmp_path: Path
) -> None:
    """A start-up file of somebody's (astral-sh/python-build-standalone#259), or truststore."""
    (tmp_path / "hooks").mkdir()
    (tmp_path / "hooks" / "sitecustomize.py").write_text(code)
    nowhere = dict.fromkeys(("SSL_CERT_FILE", "SSL_CERT_DIR"), str(tmp_path / "none"))
    found = answered(around(sys.executable, PYTHONPATH=str(tmp_path / "hooks"), **nowhere))
    assert bool(found.no_certificates) is alarms
