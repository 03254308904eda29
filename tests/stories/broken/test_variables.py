"""Variables of the learner's terminal that break Python, the kernel, the pictures or the server."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.stories.broken.story import Story, play, told
from tests.stories.machine import Machine, MakeMachine

pytestmark = pytest.mark.slow


def a_numpy_of_their_own_on_pythonpath(machine: Machine) -> None:
    machine.write("lib/numpy/__init__.py", "__version__ = '1.6'\nfrom . import core\n")
    machine.variables["PYTHONPATH"] = str(machine.root / "lib")


def certificates_of_where_it_was_built(machine: Machine) -> None:
    """A Python that looks where this system has none, as python.org's for macOS does at first."""
    machine.asks_the_public_index()
    places = {"SSL_CERT_FILE": "/opt/built/ssl/cert.pem", "SSL_CERT_DIR": "/opt/built/ssl/certs"}
    lines = [f"os.environ.setdefault({name!r}, {place!r})" for name, place in places.items()]
    machine.write("@site/built.pth", f"import os; {'; '.join(lines)}\n")
    machine.variables.update(dict.fromkeys(places, "(unset)"))


def settings_that_openssl_refuses(machine: Machine) -> None:
    """As advice for old certificates has it, half-followed: older ciphers are added, and the usual ones are
    not asked for any more.
    """
    file = machine.write(
        "home/legacy/openssl.cnf",
        "openssl_conf = all\n[all]\nproviders = both\n[both]\nlegacy = on\n[on]\nactivate = 1\n",
    )
    machine.variables["OPENSSL_CONF"] = str(file)


def another_traitlets_on_pythonpath(machine: Machine) -> None:
    machine.write("robot/traitlets/__init__.py", "class HasTraits: pass\n")
    machine.variables["PYTHONPATH"] = f"{machine.root}/robot:"


def a_startup_file_that_never_ends(machine: Machine) -> None:
    machine.variables["PYTHONSTARTUP"] = str(
        machine.write("home/.pystartup", "import time\nwhile True:\n    time.sleep(1)\n")
    )


def a_startup_file_that_exits(machine: Machine) -> None:
    machine.variables["PYTHONSTARTUP"] = str(
        machine.write("home/.pystartup", "import os\nos._exit(4)\n")
    )


def a_home_without_a_library(machine: Machine) -> None:
    (machine.root / "empty").mkdir()
    machine.variables["PYTHONHOME"] = str(machine.root / "empty")


def a_home_of_another_build(machine: Machine) -> None:
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    machine.write(f"other/lib/{version}/os.py")
    machine.write(f"other/lib/{version}/encodings/__init__.py", "import no_such_codec\n")
    machine.variables["PYTHONHOME"] = str(machine.root / "other")


def c_libraries_of_another_program(machine: Machine) -> None:
    machine.write("matlab/lib/libstdc++.so.6", "not a library\n")
    machine.variables["LD_LIBRARY_PATH"] = str(machine.root / "matlab" / "lib")


def kernels_of_a_python_that_is_gone(machine: Machine) -> None:
    words = ["/opt/gone/bin/python", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": words, "display_name": "Python 3", "language": "python"}
    machine.write("other/kernels/python3/kernel.json", spec)
    machine.variables["JUPYTER_PATH"] = str(machine.root / "other")


def a_configuration_of_another_course(machine: Machine) -> None:
    machine.write("other/jupyter_server_config.py", "c.ServerApp.root_dir = '/no/such/folder'\n")
    machine.variables["JUPYTER_CONFIG_DIR"] = str(machine.root / "other")


def settings_of_matplotlib_that_ask_for_latex(machine: Machine) -> None:
    machine.write("home/.config/matplotlib/matplotlibrc", "text.usetex: True\n")


def a_lab_extension_whose_notes_are_empty(machine: Machine) -> None:
    machine.write("home/.local/share/jupyter/labextensions/theme/package.json", "")


def a_runtime_folder_below_a_file(machine: Machine) -> None:
    machine.write("home/tmp", "a file\n")
    machine.variables["JUPYTER_RUNTIME_DIR"] = str(machine.home / "tmp" / "jupyter")


def a_data_folder_of_another_user(machine: Machine) -> None:
    machine.write("shared/readme", "")
    (machine.root / "shared").chmod(0o555)
    machine.as_a_plain_user()
    machine.variables["JUPYTER_DATA_DIR"] = str(machine.root / "shared" / "jupyter")


def a_token_file_that_is_gone(machine: Machine) -> None:
    machine.variables["JUPYTER_TOKEN_FILE"] = str(machine.home / "token")


def packages_of_another_python_on_pythonpath(machine: Machine) -> None:
    machine.write("old/lib/python3.6/site-packages/harmless.py", "answer = 42\n")
    machine.variables["PYTHONPATH"] = str(machine.root / "old/lib/python3.6/site-packages")


def a_terminal_of_ascii_alone(machine: Machine) -> None:
    """Python helps itself since 3.7, unless it is told not to."""
    machine.variables.update(LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")


def a_browser_that_is_gone(machine: Machine) -> None:
    machine.write("venv/bin/firefox", "#!/bin/sh\n", 0o755)
    machine.variables.update(BROWSER="/opt/google/chrome-80/chrome", DISPLAY=":9")


def warned_of(name: str, value: str, code: str) -> Story:
    """A variable that stops nothing of the chapter itself; a proxy stands on the way to the index."""

    def set_it(machine: Machine) -> None:
        machine.asks_the_public_index()
        machine.variables[name] = value

    return Story(
        set_it,
        code,
        (name,),
        warns=True,
        fixed=True,
    )


def set_to(name: str, value: str) -> Story:
    """A variable that alone ends Python before its first line."""
    return Story(
        lambda machine: machine.variables.update({name: value}),
        "variable-breaks-python",
        (name,),
        fixed=True,
    )


def picture_drawn_by(backend: str) -> Story:
    return Story(
        lambda machine: machine.variables.update(MPLBACKEND=backend),
        "mplbackend-set",
        ("MPLBACKEND", backend),
        fixed=True,
    )


STORIES = {
    "JUPYTER_PATH leads to a dead kernel": Story(
        kernels_of_a_python_that_is_gone, "variable-breaks-python", ("JUPYTER_PATH",), fixed=True
    ),
    "JUPYTER_CONFIG_DIR leads to another course's settings": Story(
        a_configuration_of_another_course,
        "variable-breaks-python",
        ("JUPYTER_CONFIG_DIR", "another folder"),
        fixed=True,
        server=True,
    ),
    "a matplotlibrc that asks for LaTeX": Story(
        settings_of_matplotlib_that_ask_for_latex,
        "matplotlibrc-breaks",
        ("latex",),
        fixed=True,
    ),
    "a lab extension whose notes are empty": Story(
        a_lab_extension_whose_notes_are_empty,
        "lab-extension-breaks",
        ("theme",),
        fixed=True,
        server=True,
    ),
    "a numpy of their own on PYTHONPATH": Story(
        a_numpy_of_their_own_on_pythonpath,
        "pythonpath-breaks",
        ("PYTHONPATH",),
        fixed=True,
    ),
    "another traitlets on PYTHONPATH": Story(
        another_traitlets_on_pythonpath, "pythonpath-breaks", ("PYTHONPATH",), fixed=True
    ),
    "packages of another Python on PYTHONPATH": Story(
        packages_of_another_python_on_pythonpath,
        "pythonpath-foreign",
        ("python3.6",),
        warns=True,
        fixed=True,
    ),
    "a terminal of ASCII alone": Story(
        a_terminal_of_ascii_alone, "locale-not-utf8", ("PYTHONUTF8=0",), warns=True, fixed=True
    ),
    "BROWSER that is gone": Story(
        a_browser_that_is_gone, "browser-variable-broken", ("chrome-80",), warns=True, fixed=True
    ),
    "HTTPS_PROXY that refuses": warned_of("HTTPS_PROXY", "http://127.0.0.1:9", "proxy-unreachable"),
    "keys for Wireshark in a folder that is gone": Story(
        lambda machine: machine.variables.update(SSLKEYLOGFILE="/gone/course/keys.log"),
        "key-log-blocked",
        ("/gone/course/keys.log",),
        warns=True,
        fixed=True,
    ),
    "settings that OpenSSL refuses": Story(
        settings_that_openssl_refuses,
        "python-opens-no-https",
        ("OPENSSL_CONF=", "legacy/openssl.cnf"),
        warns=True,
        fixed=True,
    ),
    "certificates where this Python was built": Story(
        certificates_of_where_it_was_built,
        "python-without-certificates",
        ("/opt/built/ssl/cert.pem",),
        warns=True,
        fixed=True,
    ),
    "PIP_INDEX_URL that refuses": warned_of(
        "PIP_INDEX_URL", "http://127.0.0.1:9/simple", "index-unreachable"
    ),
    "PYTHONSTARTUP that never ends": Story(
        a_startup_file_that_never_ends, "pythonstartup-breaks", ("PYTHONSTARTUP",), fixed=True
    ),
    "PYTHONSTARTUP that exits": Story(
        a_startup_file_that_exits, "pythonstartup-breaks", ("PYTHONSTARTUP",), fixed=True
    ),
    "PYTHONHOME without a library": Story(
        a_home_without_a_library, "pythonhome-set", ("PYTHONHOME",), fixed=True, always=True
    ),
    "PYTHONHOME of another build": Story(
        a_home_of_another_build, "pythonhome-set", ("PYTHONHOME",), fixed=True
    ),
    "PYTHONPLATLIBDIR of another system": set_to("PYTHONPLATLIBDIR", "lib64x"),
    "PYTHONEXECUTABLE of a program that is gone": set_to(
        "PYTHONEXECUTABLE", "/opt/ide/bin/python3"
    ),
    "PYTHONEXECUTABLE of the system's Python": set_to("PYTHONEXECUTABLE", "/usr/bin/python3"),
    "PYTHONHASHSEED that is no number": set_to("PYTHONHASHSEED", "yes"),
    "PYTHONIOENCODING that does not exist": set_to("PYTHONIOENCODING", "utf8-unicode"),
    "PYTHONUTF8 that is neither 0 nor 1": set_to("PYTHONUTF8", "true"),
    "PYTHONMALLOC that does not exist": set_to("PYTHONMALLOC", "fast"),
    "MPLBACKEND=Agg": picture_drawn_by("Agg"),
    "MPLBACKEND=TkAgg": picture_drawn_by("TkAgg"),
    "MPLBACKEND of a module that is gone": picture_drawn_by("module://backend_gone"),
    "LD_LIBRARY_PATH of another program": Story(
        c_libraries_of_another_program, "library-path-leak", ("LD_LIBRARY_PATH",), fixed=True
    ),
    "JUPYTER_RUNTIME_DIR below a file": Story(
        a_runtime_folder_below_a_file,
        "jupyter-folder-blocked",
        ("a file stands",),
        fixed=True,
        server=True,
    ),
    "JUPYTER_DATA_DIR of another user": Story(
        a_data_folder_of_another_user,
        "jupyter-folder-unwritable",
        ("JUPYTER_DATA_DIR",),
        fixed=True,
        server=True,
    ),
    "a variable that nobody knows": Story(
        lambda machine: machine.variables.update(
            PANDAS_FUTURE_INFER_STRING="yes", EDITOR="vi", LESS="-R", COURSE_KEY="7"
        ),
        "variable-breaks-python",
        ("PANDAS_FUTURE_INFER_STRING",),
        fixed=True,
    ),
    "JUPYTER_PORT that is no number": Story(
        lambda machine: machine.variables.update(JUPYTER_PORT="8888/lab"),
        "jupyter-port-invalid",
        ("8888/lab",),
        fixed=True,
        server=True,
    ),
    "JUPYTER_PORT that is set to nothing": Story(
        lambda machine: machine.variables.update(JUPYTER_PORT=""),
        "jupyter-port-invalid",
        fixed=True,
        server=True,
    ),
    "JUPYTER_TOKEN_FILE that is gone": Story(
        a_token_file_that_is_gone,
        "jupyter-config-names-missing-file",
        ("JUPYTER_TOKEN_FILE",),
        fixed=True,
        server=True,
    ),
}


@told(STORIES)
def test_a_variable_that_breaks(story: Story, make_machine: MakeMachine, wheels: Path) -> None:
    """The variable is named, and taking it out makes the machine ready."""
    # Variables that concern the server are marked; the others end Python, the kernel or the
    # pictures before, which the server's do not.
    play(story, make_machine, wheels, without_server=True, without_cells=story.server)
