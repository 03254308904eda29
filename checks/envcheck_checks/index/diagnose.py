"""Settings of pip or uv that cannot work, whatever the network says."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from envcheck import Diagnosis, Fix, fail, warn
from envcheck.fixes.advice import tell
from envcheck.fixes.backup import move_aside
from envcheck_checks.index.codes import (
    CERTIFICATE_FILE_MISSING,
    INDEX_NOT_SECURE,
    PIP_CONFIG_BROKEN,
    PIP_NO_INDEX,
)
from envcheck_checks.index.config_files import BrokenFile, Setting, address
from envcheck_checks.index.facts import is_here, taken_out
from envcheck_checks.index.settings import Settings

VALUABLE = {
    "index-url",
    "extra-index-url",
    "proxy",
    "cert",
    "client-cert",
    "trusted-host",
    "find-links",
}


def of_settings(settings: Settings) -> list[Diagnosis]:
    """What is wrong whatever the network says; then there is no point in asking."""
    missing = [setting for setting in settings.bundles if not os.path.exists(setting.value)]
    diagnoses = [broken_config(setting) for setting in settings.broken[:1]]
    diagnoses += [_bundle_missing(missing, settings.tool)] if missing else []
    if settings.no_index:
        return [*diagnoses, no_index(settings, settings.no_index)]
    return [
        *diagnoses,
        *(
            [_not_secure(settings.index)]
            if settings.index and _is_ignored(settings, settings.index)
            else []
        ),
    ]


def broken_config(broken: BrokenFile, speak: Callable[..., Diagnosis] = warn) -> Diagnosis:
    """pip does nothing at all, not even `pip --version`, while one of its settings files cannot be
    read.
    """
    valuable = VALUABLE & set(broken.keys)
    fix = (
        tell(
            "correct the file",
            f"Open {broken.path} and correct it: {broken.reason}. A settings file begins with [global].",
        )
        if valuable
        else Fix("move the file aside", (move_aside(broken.path),))
    )
    return speak(
        PIP_CONFIG_BROKEN,
        "a settings file of pip cannot be read: pip stops at once, whatever you ask of it",
        fix,
        found=broken.reason,
        wanted="[global] and lines of the form name = value",
        looked_in=broken.path,
    )


def _bundle_missing(missing: Sequence[Setting], tool: str) -> Diagnosis:
    names = " and ".join(setting.source for setting in missing)
    return warn(
        CERTIFICATE_FILE_MISSING,
        f"{names} names a file of CA certificates (CA bundle) that does not exist: {tool} and other programs cannot connect to any https address",
        taken_out(*missing),
        found=", ".join(dict.fromkeys(setting.value for setting in missing)),
        wanted="a file that exists, or no such setting",
        looked_in=missing[0].looked_in,
    )


def no_index(
    settings: Settings, setting: Setting, what: str = "", fix: Fix | None = None
) -> Diagnosis:
    """The warning that the settings name no index; an error, when `what` cannot be done because of
    it.
    """
    only = (
        f"takes packages only from {', '.join(settings.find_links)}"
        if settings.find_links
        else "can install nothing by name"
    )
    speak = fail if what else warn
    return speak(
        PIP_NO_INDEX,
        f"{what}: " * bool(what)
        + f"{setting.source} is set: {settings.tool} asks no package index, as if it were offline, and {only}",
        fix or taken_out(setting),
        found=f"{setting.source} = {setting.value}",
        wanted="not set, unless your teacher gave you the packages as files",
        looked_in=setting.looked_in,
    )


def _is_ignored(settings: Settings, index: Setting) -> bool:
    """pip passes over an index by plain http, except on this machine or where its host is named as
    trusted.
    """
    parts = address(index.value)
    host = parts.hostname or ""
    trusted = {host, parts.netloc.rpartition("@")[2]} & set(settings.trusted)
    return settings.tool == "pip" and parts.scheme == "http" and not trusted and not is_here(host)


def _not_secure(index: Setting) -> Diagnosis:
    return warn(
        INDEX_NOT_SECURE,
        "the package index is set to an address that begins with http://, and pip passes over such an index",
        tell(
            "use its https address",
            f"Change http:// to https:// in {index.source}, or take that setting out to use pypi.org.",
        ),
        found=index.place,
        wanted="an address that begins with https://",
        looked_in=index.source,
    )
