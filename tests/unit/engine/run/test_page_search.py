"""Words of a message lead to the page of its cause: the first three that are shown hold it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck.run import page_search, pages
from envcheck_checks.courses.ml_for_software_engineers import COURSE

# As programs print them, with what a learner's own machine puts into them.
MESSAGES = [
    ("No module named", "packages-missing"),
    ("No module named 'pandas'", "packages-missing"),
    ("ModuleNotFoundError: No module named 'numpy'", "packages-missing"),
    ("error: externally-managed-environment", "python-externally-managed"),
    ("This environment is externally managed", "python-externally-managed"),
    ("The kernel appears to have died. It will restart automatically.", "kernel-died"),
    ("bash: jupyter: command not found", "scripts-not-on-path"),
    ("'jupyter' is not recognized as an internal or external command", "scripts-not-on-path"),
    ("numpy.dtype size changed, may indicate binary incompatibility", "numpy-binary-mismatch"),
    (
        "A module that was compiled using NumPy 1.x cannot be run in NumPy 2.0.0",
        "numpy-binary-mismatch",
    ),
    (
        "SSL: CERTIFICATE_VERIFY_FAILED certificate verify failed: unable to get local issuer certificate",
        "certificate-not-trusted",
    ),
    (
        "cannot be loaded because running scripts is disabled on this system",
        "powershell-scripts-off",
    ),
    (
        "Python was not found; run without arguments to install from the Microsoft Store",
        "python-store-stub",
    ),
    ("OSError: [Errno 28] No space left on device", "disk-full"),
    (
        "OMP: Error #15: Initializing libiomp5.dylib, but found libomp.dylib already initialized",
        "openmp-twice",
    ),
    (
        "The virtual environment was not created successfully because ensurepip is not available",
        "venv-missing",
    ),
    ("No module named pip", "pip-missing"),
    ("partially initialized module 'random' has no attribute", "file-hides-module"),
    (
        "xcrun: error: invalid active developer path (/Library/Developer/CommandLineTools)",
        "python-xcode-stub",
    ),
    ("Address already in use port 8888", "jupyter-port-taken"),
    ("407 Proxy Authentication Required", "proxy-wants-password"),
    ("Missing dependencies for SOCKS support", "proxy-needs-socks"),
    ("Permission denied: '/home/ann/.local/share/jupyter/runtime'", "jupyter-folder-unwritable"),
    (
        "ImportError: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found",
        "package-other-libc",
    ),
    ("UnicodeEncodeError: 'ascii' codec can't encode character", "locale-not-utf8"),
    ("CondaError: Run 'conda init' before 'conda activate'", "conda-not-on-path"),
    ("blank page white screen notebook windows", "script-type-wrong"),
    ("Cannot connect to the Docker daemon at unix:///var/run/docker.sock", "docker-not-running"),
    ("kernel not found python3 No such kernel named python3", "kernel-not-registered"),
    ("KeyError: 'OPENAI_API_KEY'", "variable-unset"),
    ("CUDA driver version is insufficient for CUDA runtime version", "gpu-driver-too-old"),
    ("FileNotFoundError: [Errno 2] No such file or directory: 'data/train.csv'", "file-missing"),
    ("RuntimeError: CUDA out of memory", "gpu-out-of-memory"),
    (
        "dlopen mach-o file, but is an incompatible architecture (have 'x86_64', need 'arm64')",
        "package-other-architecture",
    ),
    ("pyenv: version `3.9.1' is not installed", "python-dead-shim"),
    ("ConnectionRefusedError: [Errno 111] Connection refused", "loopback-down"),
    ("pip: command not found", "pip-missing"),
    ("zsh: command not found: pip", "pip-missing"),
    ("zsh: command not found: jupyter", "scripts-not-on-path"),
    (
        "ERROR: Could not find a version that satisfies the requirement pandas (from versions: none)",
        "index-answers-web-page",
    ),
    ("ERROR: No matching distribution found for pandas", "index-answers-web-page"),
    ("zmq.error.ZMQError: Address already in use", "jupyter-port-taken"),
    (
        "WARNING: Retrying (Retry(total=4, connect=None, read=None, redirect=None, status=None)) after "
        "connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection "
        "object>: Failed to establish a new connection: [Errno -2] Name or service not known')'",
        "index-unreachable",
    ),
    ("'pip' is not recognized as an internal or external command", "pip-missing"),
    (
        "ReadTimeoutError: HTTPSConnectionPool(host='pypi.org', port=443): Read timed out.",
        "index-unreachable",
    ),
    ("Unexpected error while saving file: Untitled.ipynb Permission denied", "checkpoints-blocked"),
    ("ImportError: numpy.core.multiarray failed to import", "numpy-binary-mismatch"),
    ("zsh: command not found: python", "python-command-missing"),
    ("command not found: python", "python-command-missing"),
    (
        "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: "
        "'/Library/Python/3.9/site-packages'",
        "environment-read-only",
    ),
    (
        "ERROR: Could not install packages due to an OSError: [WinError 5] Access is denied",
        "environment-read-only",
    ),
    (
        "Error executing Jupyter command 'notebook': [Errno 2] No such file or directory",
        "jupyter-not-installed",
    ),
    (
        "PermissionError: [WinError 32] The process cannot access the file because it is being used "
        "by another process",
        "environment-read-only",
    ),
    ("ImportError: DLL load failed while importing _ssl", "python-standard-library-gap"),
    ("error: Microsoft Visual C++ 14.0 or greater is required.", "python-too-new"),
    (
        "The term 'conda' is not recognized as the name of a cmdlet, function, script file",
        "conda-not-on-path",
    ),
    (
        "UnicodeDecodeError: 'charmap' codec can't decode byte 0x9d in position 1234",
        "locale-not-utf8",
    ),
    ("Running as root is not recommended. Use --allow-root to bypass.", "notebook-launches"),
]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Every page of the course, by name."""
    return pages.texts(pages.names([COURSE]), [COURSE])


@pytest.mark.parametrize(("message", "name"), MESSAGES)
def test_a_message_leads_to_its_page(message: str, name: str, texts: dict[str, str]) -> None:
    assert name in page_search.nearest(message, texts, 3)


def test_what_no_page_says() -> None:
    texts = {"disk-full": "# The disk is full\n\nNothing can be written."}
    assert page_search.nearest("a kernel that died", texts, 3) == []
    assert page_search.nearest("THE DISK", texts, 3) == ["disk-full"]
    assert page_search.nearest("", texts, 3) == page_search.nearest("disk", {}, 3) == []


def test_words_that_stand_together_say_more() -> None:
    texts = {
        "apart": "# x\n\nspace was left, no device",
        "together": "# y\n\nno space left, device",
    }
    assert page_search.nearest("no space left", texts, 1) == ["together"]


@given(st.text(max_size=300), st.dictionaries(st.text(), st.text(), max_size=5))
def test_any_words(words: str, texts: dict[str, str]) -> None:
    """Each page at most once, whatever is asked of whatever pages."""
    names = page_search.nearest(words, texts, 3)
    assert len(names) == len({*names}) <= 3 and {*names} <= {*texts}
