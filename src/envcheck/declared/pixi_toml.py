"""pixi's tables: pixi.toml, or [tool.pixi] in pyproject.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from envcheck.declared import own_index
from envcheck.declared.declared import Declared, Group, Row, Unread
from envcheck.declared.environment_yml import conda_row
from envcheck.declared.poetry_versions import pep440
from envcheck.declared.requirement_text import composed
from envcheck.declared.source import Source, Unreadable, line_of, table


def read(source: Source, group: str = "") -> Iterator[Row]:
    """What the environment `default` has; with a `group` what that feature adds."""
    try:
        text, values = source.toml()
    except Unreadable as problem:
        yield problem.unread
        return
    features = table(values, "feature")
    if group and group not in features:
        yield Unread(f"it has no feature `{group}`", source.name)
        return
    asked = (
        rows(source, text, table(features, group)) if group else of_default(source, text, values)
    )
    given = [*own_index.marked(asked, *own_index.of_pixi(values))]
    if not group:
        yield from (
            Group(name, source.name, line_of(text, f"[feature.{name}")) for name in features
        )
    yield from given or [Unread("it has no [dependencies]", source.name, of_another_purpose=True)]


def of_default(source: Source, text: str, pixi: Mapping[str, Any]) -> Iterator[Row]:
    """Its own packages, with those of the features that the environment `default` is made of."""
    yield from rows(source, text, pixi)
    default = table(pixi, "environments").get("default", [])
    named = default.get("features", []) if isinstance(default, dict) else default
    for name in named if isinstance(named, list) else []:
        if isinstance(name, str):
            yield from rows(source, text, table(pixi, "feature", name))


def rows(source: Source, text: str, pixi: Mapping[str, Any]) -> Iterator[Row]:
    """conda's packages and pip's of a feature, or of all, with those for one platform alone."""
    yield from _rows(source, text, pixi)
    for platform in table(pixi, "target"):
        for row in _rows(source, text, table(pixi, "target", platform)):
            marker = _marker(platform)
            if isinstance(row, Declared) and marker:
                yield replace(row, requirement=f"{row.requirement}; {marker}")


SYSTEMS = {"linux": "linux", "osx": "darwin", "win": "win32"}
MACHINES: dict[str, tuple[str, ...]] = {
    "aarch64": ("aarch64", "arm64", "ARM64"),
    "arm64": ("arm64", "ARM64", "aarch64"),
}
MACHINES |= {"64": ("x86_64", "AMD64", "amd64"), "ppc64le": ("ppc64le",)}


def _marker(platform: str) -> str:
    """What PEP 508 calls it: `linux-64`, `osx`, `unix`; empty where it has no name for it."""
    system, _, machine = platform.partition("-")
    if platform == "unix":
        return 'sys_platform != "win32"'
    if system not in SYSTEMS or (machine and machine not in MACHINES):
        return ""
    each = " or ".join(f'platform_machine == "{name}"' for name in MACHINES.get(machine, ()))
    return f'sys_platform == "{SYSTEMS[system]}"' + (f" and ({each})" if each else "")


def _rows(source: Source, text: str, pixi: Mapping[str, Any]) -> Iterator[Row]:
    for name, wanted in table(pixi, "dependencies").items():
        line, versions = line_of(text, name, "="), _version(wanted)
        if versions is None:
            yield Unread(f"`{name}` has versions that cannot be read", source.name, line)
        else:
            yield conda_row(source, f"{name} {versions}".strip(), line)
    for name, wanted in table(pixi, "pypi-dependencies").items():
        line, versions = line_of(text, name, "="), _version(wanted)
        yield composed(
            source, name, wanted, line, pep440(versions) if versions is not None else None
        )


def _version(wanted: Any) -> str | None:  # any value of TOML
    """`"1.2.*"` or `{ version = "1.2.*" }`; None for what has no text of versions."""
    written = wanted.get("version", "*") if isinstance(wanted, dict) else wanted
    if not isinstance(written, str):
        return None
    return "" if written.strip() == "*" else written.strip()
