"""The checks of chapter 2 as an instructor would write them with pytest-testinfra: everything
through `host`.

The cells run with `jupyter nbconvert --execute`, since testinfra has no kernel client; for the same
reason no cell is run through the server. So it proves a little less than `envcheck chapter2`.
"""

import os
import secrets
from pathlib import Path

import pytest

PYTHON = os.environ["BENCHMARK_TARGET"]
PIP = str(Path(PYTHON).parent / "pip")
WORK = os.environ["BENCHMARK_WORK"]
TOKEN = secrets.token_hex(16)


def test_python(host):
    code = "import sys, struct, ssl, sqlite3, ctypes, venv; print(sys.version_info >= (3, 8), struct.calcsize('P'))"
    said = host.run(f'{PYTHON} -c "{code}"')
    assert said.rc == 0
    assert said.stdout.split() == ["True", "8"]


def test_pip(host):
    said = host.run(f"{PYTHON} -m pip --version")
    assert said.rc == 0
    assert str(Path(PYTHON).parent.parent) in said.stdout


@pytest.mark.parametrize(
    "name, version",
    [("numpy", (1, 20)), ("pandas", (1, 3)), ("matplotlib", (3, 4)), ("seaborn", (0, 11))],
)
def test_package(host, name, version):
    package = host.pip(name, pip_path=PIP)
    assert package.is_installed
    assert tuple(int(word) for word in package.version.split(".")[:2]) >= version


def test_imports(host):
    assert host.run(f"{PYTHON} -c 'import numpy, pandas, matplotlib.pyplot, seaborn'").rc == 0


def test_jupyter(host):
    assert host.exists("jupyter")
    assert host.pip("notebook", pip_path=PIP).is_installed


def test_kernelspec(host):
    said = host.run(f"{PYTHON} -m jupyter kernelspec list --json")
    assert said.rc == 0
    assert '"python3"' in said.stdout


def test_room(host):
    assert host.run("test $(df --output=avail -k . | tail -1) -gt 1000000").rc == 0
    assert host.run("touch written && rm written").rc == 0


def test_cells(host):
    convert = f"{PYTHON} -m jupyter nbconvert --to notebook --output-dir . --output done.ipynb"
    said = host.run(f"{convert} --execute {WORK}/chapter2.ipynb")
    assert said.rc == 0, said.stderr
    assert host.file("done.ipynb").contains("image/png")


@pytest.fixture
def server(host):
    start = f"{PYTHON} -m notebook --no-browser --port=0 --allow-root >server.log 2>&1 & echo $!"
    pid = host.run(
        f"mkdir -p runtime; JUPYTER_RUNTIME_DIR=$PWD/runtime JUPYTER_TOKEN={TOKEN} sh -c '{start}'"
    ).stdout.strip()
    yield pid
    host.run(f"kill {pid}")


def test_server(host, server):
    wait = f"for i in $(seq 900); do ls runtime/jpserver-{server}.json 2>/dev/null && exit 0; sleep 0.05; done; exit 1"
    assert host.run(wait).rc == 0
    said = host.file(f"runtime/jpserver-{server}.json").content_string
    port = said.partition('"port": ')[2].partition(",")[0]
    url, right = f"http://127.0.0.1:{port}", f"curl -s -H 'Authorization: token {TOKEN}'"
    assert "<html" in host.run(f"{right} {url}/tree").stdout
    refused = host.run(
        f"curl -s -o /dev/null -w '%{{http_code}}' -H 'Authorization: token wrong' {url}/api/contents"
    )
    assert refused.stdout == "403"
    assert '"name": "python3"' in host.run(f"{right} -X POST {url}/api/kernels").stdout
    assert host.run(f"{right} -X POST {url}/api/shutdown").rc == 0
    ended = f"for i in $(seq 200); do test -e runtime/jpserver-{server}.json || exit 0; sleep 0.05; done; exit 1"
    assert host.run(ended).rc == 0
