"""Programs that install, and what each of them only reads or runs: a closed table. A verb that is not in it
is one that changes something.
"""

from __future__ import annotations

from collections.abc import Mapping


def words(text: str) -> frozenset[str]:
    """Those of a text, each once."""
    return frozenset(text.split())


ALWAYS = words("--version --help -h version help")
EITHER = words("-v -V")  # a program's version where nothing follows, else how much it says
_OF_CONDA = (
    "list info search run activate deactivate compare doctor notices package export repoquery shell "
    "env:list env:export env:config"
)
_OF_APT = "list show search policy depends rdepends changelog check indextarget"
_OF_NODE = (
    "list ls ll view info show search run run-script test start outdated audit exec why bin root ping init "
    "create dlx pack query fund explain whoami docs doctor"
)
_OF_DNF = "list info search repolist provides history check-update deplist repoquery"


def _table(rows: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {name: words(reads) for names, reads in rows.items() for name in words(names)}


# The verbs that leave the machine as it is, or run something that stands behind them and is read by
# itself; `a:b` is a verb of the group `a`.
READS = _table(
    {
        "pip": "list show freeze check index search inspect debug hash download wheel completion",
        "pip-sync easy_install ensurepip": "",
        "pipx": "list run environment runpip",
        "conda mamba micromamba conda-env": _OF_CONDA,
        "uv": "run tree version init lock build export format venv pip:list pip:show pip:freeze "
        "pip:check pip:tree pip:compile python:list python:find python:dir tool:run tool:list "
        "tool:dir cache:dir",
        "poetry": "show check run version about build export search lock new init env:info env:list",
        "pdm": "list show info run search lock build",
        "pixi": "list info run search tree init task",
        "pipenv": "run graph check requirements --venv --where --py",
        "apt apt-get aptitude": _OF_APT,
        "dpkg": "-l -s -L -S -V --list --status --listfiles --search --print-architecture",
        "dnf yum microdnf": _OF_DNF,
        "zypper": "search se info if list-updates lu repos lr packages pa",
        "pacman": "-Q -Qi -Ql -Qe -Qs -Ss -Si",
        "apk": "info list search policy version stats dot",
        "brew": "list ls info search deps desc config doctor leaves outdated uses cat --prefix --cellar",
        "port": "list installed info search deps contents",
        "snap": "list find info run version",
        "flatpak": "list info search run",
        "choco scoop winget": "list search show info status which find",
        "npm pnpm yarn bun": _OF_NODE,
        "gem": "list search info environment env which contents",
        "tlmgr": "list info search show",
    }
)
# Programs of other work, by the verbs with which they install; `:a` is one of any group.
INSTALLS = _table(
    {
        "spacy": "download",
        "setup.py": "install develop",
        "jupyter": ":install :uninstall :enable :disable :update :link :develop :remove lab:build",
        "r": "CMD:INSTALL CMD:REMOVE",
        "dotnet": "tool:install tool:update",
        "rustup": "update default toolchain:install component:add target:add",
        "go": "get",
        "cmake": "--install",
    }
)
# Of any program that is not one for files; so is the option --sys-prefix.
OF_ANY = frozenset(("install", "uninstall"))
OF_FILES = words(
    "cat cd chmod cp du echo find git grep head ls less man mkdir more mv printf rm rmdir sed tail "
    "tar test touch tree unzip wc wget which whereis curl type zip ["
)
# Told apart from words that stand there by chance, where a program's name is not in front.
CHANGES = words(
    "install uninstall add remove update upgrade sync create develop download clone rename "
    "install-all full-upgrade dist-upgrade autoremove purge"
)
