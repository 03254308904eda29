"""How the pip (or uv) of the target would look for packages: index, proxy and certificates, and
where each setting stands.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from envcheck import Environment, fact
from envcheck.fixes.advice import uv_command
from envcheck.target.home import home_of
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck_checks.index.config_files import (
    BrokenFile,
    Config,
    Setting,
    config_files,
    netrc_of,
    read,
)

DEFAULT_INDEX = "https://pypi.org/simple/"
YES = {"y", "yes", "t", "true", "on", "1"}
CA_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PIP_CERT", "SSL_CERT_FILE")


@dataclass(frozen=True)
class Settings:
    """What pip or uv goes by. `index` is None for the default one; `bundle` is the file of
    certificates that decides.
    """

    tool: str = "pip"
    index: Setting | None = None
    extra: tuple[Setting, ...] = ()
    no_index: Setting | None = None
    find_links: tuple[str, ...] = ()
    trusted: tuple[str, ...] = ()
    proxies: Mapping[str, Setting] = field(default_factory=dict)
    proxy_variables: tuple[Setting, ...] = ()
    no_proxy: str = ""
    no_proxy_variables: tuple[str, ...] = ()
    bundle: Setting | None = None
    bundles: tuple[Setting, ...] = ()
    broken: tuple[BrokenFile, ...] = ()
    speaks_socks: bool = False
    netrc: str = ""

    @property
    def main(self) -> Setting:
        """The index that is asked first: the one that is set, or PyPI's."""
        return self.index or Setting(DEFAULT_INDEX)


@fact
def index_settings(env: Environment) -> Settings:
    """The settings of the tool that installs into the target."""
    return settings_under(env, env.variables)


def settings_under(env: Environment, variables: Mapping[str, str]) -> Settings:
    """What they would be if the terminal had these variables."""
    python = interpreter(env)
    if "pip" not in python.installed and uv_command(env):
        return of_uv(variables)
    files = config_files(variables, str(home_of(variables)), python.prefix, sys.platform)
    return of_pip(variables, read(files), python)


def of_pip(variables: Mapping[str, str], config: Config, python: Interpreter) -> Settings:
    """What pip goes by, in its own order: a variable wins over [install], that over [global]; empty
    values do not count.
    """
    values, broken = config

    def get(key: str) -> Setting | None:
        name = f"PIP_{key.upper().replace('-', '_')}"
        own = Setting(variables[name], name) if variables.get(name) else None
        return own or values.get(f"install.{key}") or values.get(f"global.{key}")

    no_index, proxy, cert = get("no-index"), get("proxy"), get("cert")
    deprecated = get("use-deprecated")
    legacy = bool(deprecated and "legacy-certs" in deprecated.value)
    named = {name: Setting(variables[name], name) for name in CA_VARIABLES if variables.get(name)}
    bundles = [*named.values(), *([cert] if cert and not cert.variable else [])]
    return Settings(
        index=get("index-url"),
        extra=_each(get("extra-index-url")),
        no_index=no_index if no_index and no_index.value.strip().lower() in YES else None,
        find_links=tuple(setting.value for setting in _each(get("find-links"))),
        trusted=tuple(setting.value for setting in _each(get("trusted-host"))),
        proxies={"http": proxy, "https": proxy} if proxy else proxies_of(variables),
        proxy_variables=(proxy,) if proxy else proxy_variables_of(variables),
        no_proxy=no_proxy_of(variables),
        no_proxy_variables=_no_proxy_variables(variables),
        bundle=_deciding_bundle(named, cert, _own_certificates(python, legacy=legacy)),
        bundles=tuple(bundles),
        broken=broken,
        speaks_socks="pysocks" in python.installed,
        netrc=netrc_of(variables),
    )


def _deciding_bundle(
    named: Mapping[str, Setting], cert: Setting | None, own: Setting | None
) -> Setting | None:
    """The file of certificates that pip goes by: in `requests`, its two variables win over pip's
    option.
    """
    return (
        named.get("REQUESTS_CA_BUNDLE")
        or named.get("CURL_CA_BUNDLE")
        or cert
        or own
        or named.get("SSL_CERT_FILE")
    )


def of_uv(variables: Mapping[str, str]) -> Settings:
    """What uv goes by: its own variables; it reads none of pip's."""

    def first(*names: str) -> Setting | None:
        return next((Setting(variables[name], name) for name in names if variables.get(name)), None)

    no_index, bundle = first("UV_NO_INDEX"), first("SSL_CERT_FILE")
    return Settings(
        tool="uv",
        index=first("UV_DEFAULT_INDEX", "UV_INDEX_URL"),
        extra=(*_each(first("UV_INDEX"), named=True), *_each(first("UV_EXTRA_INDEX_URL"))),
        no_index=no_index if no_index and no_index.value.lower() in YES else None,
        find_links=tuple(setting.value for setting in _each(first("UV_FIND_LINKS"))),
        trusted=tuple(setting.value for setting in _each(first("UV_INSECURE_HOST"))),
        proxies=proxies_of(variables),
        proxy_variables=proxy_variables_of(variables),
        no_proxy=no_proxy_of(variables),
        no_proxy_variables=_no_proxy_variables(variables),
        bundle=bundle,
        bundles=(bundle,) if bundle else (),
        speaks_socks=True,
        netrc=netrc_of(variables),
    )


def _own_certificates(python: Interpreter, *, legacy: bool) -> Setting | None:
    """The certificates that pip brings, where it goes by them: before 24.2, or on Python before
    3.10. Later ones ask the system, and SSL_CERT_FILE: None.
    """
    pip = python.installed.get("pip")
    version = pip.parsed_version if pip else None
    modern = version is None or (
        (version.major, version.minor) >= (24, 2) and python.version_info >= (3, 10)
    )
    file = Path(pip.folder if pip else "", "pip/_vendor/certifi/cacert.pem")
    if (modern and not legacy) or not os.path.isfile(file):
        return None
    return Setting(str(file), key="the certificates that come with pip")


def _each(setting: Setting | None, *, named: bool = False) -> tuple[Setting, ...]:
    """The words of a setting that may hold several; with `named`, each may be NAME=VALUE."""
    words = setting.value.split() if setting else []
    values = [
        word.partition("=")[2] if named and "=" in word.partition("://")[0] else word
        for word in words
    ]
    return tuple(replace(setting, value=value) for value in values) if setting else ()


def no_proxy_of(variables: Mapping[str, str]) -> str:
    """The hosts that are asked without a proxy, as they are written; small letters win."""
    return variables.get("no_proxy") or variables.get("NO_PROXY") or ""


def _no_proxy_variables(variables: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in ("no_proxy", "NO_PROXY") if name in variables)


def proxies_of(variables: Mapping[str, str]) -> dict[str, Setting]:
    """Proxy by scheme, as Python finds them: small letters win, and an empty one switches off. Else
    the system's own.
    """
    proxies: dict[str, Setting] = {}
    for name in sorted(filter(_names_a_proxy, variables), key=str.islower):
        scheme = name.lower().removesuffix("_proxy")
        if variables[name]:
            proxies[scheme] = Setting(variables[name], name)
        elif name.islower():
            proxies.pop(scheme, None)
    return proxies or {
        scheme: Setting(value) for scheme, value in _of_system().items() if scheme != "no"
    }


def _names_a_proxy(name: str) -> bool:
    return name.lower().endswith("_proxy") and name.lower().removesuffix("_proxy") in (
        "http",
        "https",
        "all",
    )


def proxy_variables_of(variables: Mapping[str, str]) -> tuple[Setting, ...]:
    """All of them, those too that another one hides: taking one out brings the other back."""
    return tuple(
        Setting(variables[name], name)
        for name in variables
        if variables[name] and _names_a_proxy(name)
    )


def _of_system() -> dict[str, str]:
    """What is set in the control panel of Windows or macOS."""
    if sys.platform not in ("win32", "darwin"):
        return {}
    from urllib.request import getproxies

    return getproxies()
