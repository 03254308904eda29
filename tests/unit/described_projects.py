"""Projects of each manager as files: one declares pandas, which needs numpy, and not seaborn."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from envcheck import Environment
from envcheck.target.interpreter import Distribution, Interpreter
from envcheck.testing import described, interpreter

PEP_621 = """[project]
name = "my-work"
version = "0"
dependencies = ["Pandas>=2"]
[project.optional-dependencies]
plots = ["matplotlib"]
"""
UV_LOCK = """[[package]]
name = "pandas"
version = "2.2.0"
dependencies = [{ name = "numpy" }]
[[package]]
name = "numpy"
version = "2.0.0"
[[package]]
name = "matplotlib"
version = "3.9.0"
dependencies = [{ name = "pillow" }, { name = "numpy" }]
[[package]]
name = "pillow"
version = "10.0.0"
"""
POETRY = """[tool.poetry]
package-mode = false
[tool.poetry.dependencies]
python = "^3.10"
pandas = "^2"
[tool.poetry.group.plots]
optional = true
[tool.poetry.group.plots.dependencies]
matplotlib = "*"
"""
POETRY_LOCK = """[[package]]
name = "pandas"
version = "2.2.0"
groups = ["main"]
[package.dependencies]
numpy = ">=1.26"
[[package]]
name = "numpy"
version = "2.0.0"
groups = ["main"]
[[package]]
name = "matplotlib"
version = "3.9.0"
"""
PDM_LOCK = """[[package]]
name = "pandas"
version = "2.2.0"
groups = ["default"]
dependencies = ["numpy>=1.26"]
[[package]]
name = "numpy"
version = "2.0.0"
"""
PIPFILE = '[packages]\npandas = "*"\n[dev-packages]\nmatplotlib = "*"\n'
PIPFILE_LOCK = {
    "default": {"pandas": {"version": "==2.2.0"}, "numpy": {"version": "==2.0.0"}},
    "develop": {"matplotlib": {"version": "==3.9.0"}},
}
PIXI = '[workspace]\nname = "w"\n[dependencies]\npandas = "*"\n[feature.plots.dependencies]\nmatplotlib = "*"\n'
PIXI_LOCK = """packages:
- conda: https://conda.anaconda.org/conda-forge/linux-64/pandas-2.2.0-py312_1.conda
- conda: https://conda.anaconda.org/conda-forge/linux-64/numpy-2.0.0-py312_1.conda
"""
RYE = PEP_621 + "[tool.rye]\nmanaged = true\n"
HATCH = '[project]\nname = "w"\nversion = "0"\ndependencies = ["pandas"]\n[tool.hatch.envs.default]\ndependencies = ["numpy"]\n'
# By program: the files of the project, the environment's place below the root, and its kind.
FILES: Mapping[str, Mapping[str, str]] = {
    "uv": {"pyproject.toml": PEP_621, "uv.lock": UV_LOCK},
    "poetry": {"pyproject.toml": POETRY, "poetry.lock": POETRY_LOCK},
    "pdm": {"pyproject.toml": PEP_621, "pdm.lock": PDM_LOCK},
    "pipenv": {"Pipfile": PIPFILE, "Pipfile.lock": json.dumps(PIPFILE_LOCK)},
    "pixi": {"pixi.toml": PIXI, "pixi.lock": PIXI_LOCK},
    "rye": {"pyproject.toml": RYE, "requirements.lock": "pandas==2.2.0\nnumpy==2.0.0\n"},
    "hatch": {"pyproject.toml": HATCH},
}
KINDS = {"uv": "uv", "pixi": "conda-env"}


def digest(folder: Path) -> str:
    return urlsafe_b64encode(hashlib.sha256(str(folder).encode()).digest())[:8].decode()


def place(program: str, project: Path, home: Path) -> Path:
    """Where that manager keeps this project's environment."""
    return {
        "poetry": home / ".cache" / "pypoetry" / "virtualenvs" / f"w-{digest(project)}-py3.12",
        "pipenv": home / ".local" / "share" / "virtualenvs" / "work-abc",
        "pixi": project / ".pixi" / "envs" / "default",
        "hatch": home
        / ".local"
        / "share"
        / "hatch"
        / "env"
        / "virtual"
        / "w"
        / digest(project)
        / "w",
    }.get(program, project / ".venv")


def made(
    program: str,
    root: Path,
    packages: Mapping[str, str] | None = None,
    *,
    has_program: bool = True,
    standing: str = "project",
) -> tuple[Environment, Interpreter]:
    """A learner in the folder `standing` with such a project and its environment, which the manager
    `program` has made.
    """
    project, home, bin_ = root / "project", root / "home", root / "bin"
    prefix = place(program, project, home)
    for folder in (prefix, project, home, bin_, root / standing):
        folder.mkdir(parents=True, exist_ok=True)
    for name, text in FILES[program].items():
        (project / name).write_text(text, encoding="utf-8")
    if program == "pipenv":
        (prefix / ".project").write_text(str(project), encoding="utf-8")
    if program == "pdm":
        (project / ".pdm-python").write_text(str(prefix / "bin" / "python"), encoding="utf-8")
    if program == "rye":
        (prefix / "rye-venv.json").write_text("{}", encoding="utf-8")
    if has_program:
        (bin_ / program).write_text("#!/bin/sh\n", encoding="utf-8")
        (bin_ / program).chmod(0o755)
    python = interpreter(kind=KINDS.get(program, "virtualenv"), prefix=str(prefix))
    rows = tuple(
        Distribution(name, version, str(prefix / "site"), f"{name}-{version}.dist-info")
        for name, version in (packages or {}).items()
    )
    python = replace(python, distributions=rows)
    variables = {"PATH": str(bin_), "HOME": str(home), "USERPROFILE": str(home)}
    env = described(python=python, variables=variables, folder=root / standing)
    return env, python
