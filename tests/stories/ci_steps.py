"""The shell steps of the files for CI, run as they stand: what the CI system does around them."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
KEPT = ("PIP_CERT", "PIP_FIND_LINKS", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "PIP_INDEX_URL")
# What GitHub and GitLab start bash with.
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")


def read(place: str) -> list[Any]:
    """The documents of a YAML file of the repository."""
    return [*yaml.safe_load_all((ROOT / place).read_text(encoding="utf-8"))]


@dataclass
class Job:
    """A job of a CI system in `folder`; `known` are the values of its expressions, by their names,
    and grow with the outputs of its steps.
    """

    folder: Path
    variables: Mapping[str, str]
    known: dict[str, str]

    def filled(self, text: object) -> str:
        """The text with its expressions, of GitHub's kind or GitLab's, replaced. KeyError for one
        that nobody has given: a misspelled name is empty there, and silent.
        """
        return re.sub(
            r"\$\{\{\s*(.+?)\s*\}\}|\$\[\[\s*(.+?)\s*\]\]",
            lambda hit: self.known[hit[1] or hit[2]],
            str(text),
        )

    def shell(
        self, script: str, more: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """bash, with the job's variables and these."""
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        return subprocess.run(
            [*BASH, script],
            env={**kept, "LANG": "C.UTF-8", **self.variables, **(more or {})},
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=400,
            check=False,
        )

    def step(
        self, step: Mapping[str, Any], env: Mapping[str, Any]
    ) -> subprocess.CompletedProcess[str]:
        """A step of GitHub's with `run`; its outputs are known to those that follow."""
        assert step["shell"] == "bash"
        output = self.folder.parent / "github-output"
        output.write_text("")
        own = {name: self.filled(value) for name, value in {**env, **step.get("env", {})}.items()}
        done = self.shell(self.filled(step["run"]), {**own, "GITHUB_OUTPUT": str(output)})
        for line in output.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            self.known[f"steps.{step['id']}.outputs.{name}"] = value
        return done
