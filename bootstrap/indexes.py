"""The learner's settings that say how to reach a package index, for pip and for uv; all their others
(target, user, constraints ...) are about other installs.
"""

import ast
import io
import os
import re
import sys

from bootstrap.compatibility import to_text
from bootstrap.constants import WINDOWS
from bootstrap.files import home_folder
from bootstrap.programs import run

INDEX_SETTINGS = ("index_url", "extra_index_url", "find_links", "no_index")
NETWORK_SETTINGS = (
    "proxy",
    "cert",
    "client_cert",
    "trusted_host",
    "timeout",
    "default_timeout",
    "keyring_provider",
)
UV_SETTINGS = (
    "index", "index-url", "extra-index-url", "find-links", "no-index", "index-strategy", "keyring-provider",
    "native-tls", "system-certs", "allow-insecure-host", "http-proxy", "https-proxy", "no-proxy",
    "python-install-mirror", "python-downloads-json-url",
)  # fmt: skip
# Reads uv's files, of which a later one has the last word, by a Python that knows TOML.
UV_READER = """
import json, sys
try:
    import tomllib
except ImportError:
    from pip._vendor import tomli as tomllib

def toml(value):
    if isinstance(value, dict):
        return "{" + ", ".join("%s = %s" % (json.dumps(k), toml(v)) for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)

settings = {}
for path in sys.argv[2:]:
    with open(path, "rb") as file:
        table = tomllib.load(file)
    for part in (table, table.get("pip", {})):
        settings.update((k, v) for k, v in part.items() if k in sys.argv[1].split())
sys.stdout.buffer.write("".join("%s = %s\\n" % (k, toml(v)) for k, v in settings.items()).encode())
"""


def pip_settings(python, variables):
    """Yield variables for pip: the learner's index, the public one, that without their proxy."""
    learners = read_learners_pip_settings(python, variables)
    base = dict(variables, PIP_CONFIG_FILE=os.devnull, PIP_RETRIES="1")
    tries = [
        INDEX_SETTINGS + NETWORK_SETTINGS,
        NETWORK_SETTINGS,
        tuple(name for name in NETWORK_SETTINGS if name != "proxy"),
    ]
    seen = []
    for names in tries:
        settings = dict(base)
        for name in names:
            if name in learners:
                settings["PIP_" + name.upper()] = str(learners[name]).replace("\n", " ")
        if names is tries[-1]:
            for name in [name for name in settings if name.lower().endswith("_proxy")]:
                del settings[name]
        if settings not in seen:
            seen.append(settings)
            yield settings


def read_learners_pip_settings(python, variables):
    """What `pip config list` prints in the learner's variables, by name."""
    learners = dict(variables)
    for name, value in os.environ.items():
        if name.upper().startswith("PIP_"):
            learners[name] = value
    listing = run([python, "-m", "pip", "config", "list"], learners, variables["TMPDIR"])
    lines = re.findall(r"^(?:global|install|:env:)\.([\w-]+)=(.+)$", listing.output, re.MULTILINE)
    return dict((name.replace("-", "_").lower(), ast.literal_eval(value)) for name, value in lines)


def uv_options(python, variables):
    """The options that give uv the learner's settings for an index, read by a Python; none of them
    where it cannot read TOML.
    """
    files = [path for path in uv_files(os.environ) if os.path.isfile(path)]
    words = [python or sys.executable, "-I", "-X", "utf8", "-c", UV_READER, " ".join(UV_SETTINGS)]
    read = run(words + files, variables) if files else None
    if read is None or read.code != 0:
        return ["--no-config"]
    path = os.path.join(variables["TMPDIR"], "uv.toml")
    with io.open(path, "w", encoding="utf-8") as file:
        file.write(to_text(read.output))
    return ["--config-file", path]


def uv_files(variables):
    """Where uv keeps settings: the machine's, the person's, and the one that a variable names."""
    if WINDOWS:
        folders = [variables.get("PROGRAMDATA"), variables.get("APPDATA")]
    else:
        own = variables.get("XDG_CONFIG_HOME") or os.path.join(home_folder(), ".config")
        folders = ["/etc", variables.get("XDG_CONFIG_DIRS", "").split(":")[0] or "/etc/xdg", own]
    files = [os.path.join(folder, "uv", "uv.toml") for folder in folders if folder]
    return files + [variables[name] for name in ("UV_CONFIG_FILE",) if variables.get(name)]
