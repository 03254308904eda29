"""Which index, proxy and certificates pip or uv would use: from variables and settings files, on
every system.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from envcheck.target.interpreter import Distribution
from envcheck.testing import described, interpreter
from envcheck_checks.index.config_files import Setting, config_files, read
from envcheck_checks.index.settings import Settings, index_settings, of_pip, of_uv, proxies_of
from envcheck_checks.network.session import is_left_out

PYTHON = interpreter(prefix="/v")


def settings(variables: dict[str, str], *texts: str, folder: Path) -> Settings:
    files = []
    for number, text in enumerate(texts):
        file = folder / f"pip{number}.conf"
        file.write_text(text, encoding="utf-8")
        files.append(str(file))
    return of_pip(variables, read(files), PYTHON)


@pytest.mark.parametrize(
    ("system", "variables", "home", "expected"),
    [
        (
            "linux",
            {},
            "/h",
            [
                "/etc/xdg/pip/pip.conf",
                "/etc/pip.conf",
                "/h/.pip/pip.conf",
                "/h/.config/pip/pip.conf",
                "/v/pip.conf",
            ],
        ),
        (
            "linux",
            {"XDG_CONFIG_DIRS": "/a:/b", "XDG_CONFIG_HOME": "/x"},
            "/h",
            [
                "/a/pip/pip.conf",
                "/b/pip/pip.conf",
                "/etc/pip.conf",
                "/h/.pip/pip.conf",
                "/x/pip/pip.conf",
                "/v/pip.conf",
            ],
        ),
        (
            "darwin",
            {},
            "/h",
            [
                "/Library/Application Support/pip/pip.conf",
                "/h/.pip/pip.conf",
                "/h/.config/pip/pip.conf",
                "/v/pip.conf",
            ],
        ),
        (
            "win32",
            {"APPDATA": r"C:\Users\ada\AppData\Roaming", "ProgramData": r"C:\ProgramData"},
            r"C:\Users\ada",
            [
                r"C:\ProgramData\pip\pip.ini",
                r"C:\Users\ada\pip\pip.ini",
                r"C:\Users\ada\AppData\Roaming\pip\pip.ini",
                r"\v\pip.ini",
            ],
        ),
        ("linux", {"PIP_CONFIG_FILE": "/dev/null"}, "/h", []),
        (
            "linux",
            {"PIP_CONFIG_FILE": __file__},
            "/h",
            ["/etc/xdg/pip/pip.conf", "/etc/pip.conf", "/v/pip.conf", __file__],
        ),
    ],
)
def test_where_pip_looks(
    system: str, variables: dict[str, str], home: str, expected: list[str]
) -> None:
    assert list(config_files(variables, home, "/v", system)) == expected


def test_the_mac_folder_counts_when_it_is_there(tmp_path: Path) -> None:
    library = tmp_path / "Library/Application Support/pip"
    library.mkdir(parents=True)
    assert str(library / "pip.conf") in config_files({}, str(tmp_path), "/v", "darwin")


@pytest.mark.parametrize("brew", ["/opt/homebrew", "/usr/local"])
def test_a_brewed_python_reads_homebrews_file_too(brew: str) -> None:
    """The first of all, so that every other wins; an environment made from it does not."""
    prefix = f"{brew}/opt/python@3.13/Frameworks/Python.framework/Versions/3.13"
    first = f"{brew}/share/pip/pip.conf"
    assert config_files({}, "/h", prefix, "darwin")[0] == first
    assert first not in config_files({}, "/h", prefix, "linux")
    assert first not in config_files({}, "/h", "/Users/ada/ml/.venv", "darwin")


def test_a_variable_wins_over_install_over_global_and_the_later_file_over_the_earlier(
    tmp_path: Path,
) -> None:
    both = "[global]\nindex-url = https://g/simple\n[install]\nindex_url = https://i/simple\n"
    assert settings({"PIP_INDEX_URL": "https://v/"}, both, folder=tmp_path).index == Setting(
        "https://v/", "PIP_INDEX_URL"
    )
    of_install = settings(
        {"PIP_INDEX_URL": ""}, both, "[global]\nindex-url = https://later/\n", folder=tmp_path
    ).index
    assert of_install is not None
    assert of_install.value == "https://i/simple"
    of_later = settings(
        {},
        "[global]\nindex-url = https://g/\n",
        "[global]\nindex-url = https://later/\n",
        folder=tmp_path,
    ).index
    assert of_later is not None
    assert (of_later.value, of_later.alone, of_later.source) == (
        "https://later/",
        True,
        f"index-url in {tmp_path / 'pip1.conf'}",
    )


def test_several_extra_indexes_and_hosts_are_split(tmp_path: Path) -> None:
    found = settings(
        {},
        "[global]\nextra-index-url =\n  https://a/\n  https://b/\ntrusted-host = a b\n",
        folder=tmp_path,
    )
    assert [one.value for one in found.extra] == ["https://a/", "https://b/"]
    assert found.trusted == ("a", "b")


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("true", True), ("0", False), ("no", False), ("", False)]
)
def test_no_index_is_read_as_pip_reads_it(value: str, expected: bool, tmp_path: Path) -> None:
    assert bool(settings({"PIP_NO_INDEX": value}, folder=tmp_path).no_index) is expected
    assert (
        bool(settings({}, f"[global]\nno-index = {value}\n", folder=tmp_path).no_index) is expected
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"index-url = https://ada:hunter2@m/\n", "line 1 cannot"),
        (b"[global]\nindex-url\n", "line 2 cannot"),
        (b"[global]\na = 1\na = 2\n", "line 3 cannot"),
        (b"\xff\xfe[\x00g\x00", "characters"),
    ],
)
def test_a_file_that_is_no_settings_is_named_without_its_text(
    text: bytes, reason: str, tmp_path: Path
) -> None:
    file = tmp_path / "pip.conf"
    file.write_bytes(text)
    values, broken = read([str(tmp_path / "absent.conf"), str(file)])
    assert not values
    assert broken[0].path == str(file)
    assert reason in broken[0].reason
    assert "hunter2" not in broken[0].reason


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, None),
        ({"SSL_CERT_FILE": "/s"}, "SSL_CERT_FILE"),
        ({"SSL_CERT_FILE": "/s", "PIP_CERT": "/p"}, "PIP_CERT"),
        ({"PIP_CERT": "/p", "CURL_CA_BUNDLE": "/c"}, "CURL_CA_BUNDLE"),
        ({"CURL_CA_BUNDLE": "/c", "REQUESTS_CA_BUNDLE": "/r"}, "REQUESTS_CA_BUNDLE"),
    ],
)
def test_which_certificates_decide(
    variables: dict[str, str], expected: str | None, tmp_path: Path
) -> None:
    found = settings(variables, folder=tmp_path)
    assert (found.bundle.variable if found.bundle else None) == expected
    assert {one.variable for one in found.bundles} == set(variables)


@pytest.mark.parametrize(
    ("pip", "version", "variables", "own"),
    [
        ("23.2", "3.12.1", {}, True),
        ("24.2", "3.12.1", {}, False),
        ("24.2", "3.9.1", {}, True),
        ("25.0", "3.12.1", {"PIP_USE_DEPRECATED": "legacy-certs"}, True),
    ],
)
def test_an_older_pip_goes_by_its_own_certificates(
    pip: str, version: str, variables: dict[str, str], own: bool, tmp_path: Path
) -> None:
    file = tmp_path / "pip/_vendor/certifi/cacert.pem"
    file.parent.mkdir(parents=True)
    file.touch()
    python = replace(
        interpreter(version), distributions=(Distribution("pip", pip, str(tmp_path), "pip"),)
    )
    found = of_pip(variables, ({}, ()), python).bundle
    assert (found.value if found else "") == (str(file) if own else "")


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"HTTP_PROXY": "a", "http_proxy": "b", "HTTPS_PROXY": "c"}, {"http": "b", "https": "c"}),
        ({"HTTP_PROXY": "a", "http_proxy": ""}, {}),
        ({"ALL_PROXY": "a", "no_proxy": "x", "FTP_PROXY": "f", "_PROXY": "y"}, {"all": "a"}),
    ],
)
def test_proxies_as_python_finds_them(
    variables: dict[str, str], expected: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("envcheck_checks.index.settings._of_system", dict)
    assert {scheme: one.value for scheme, one in proxies_of(variables).items()} == expected


def test_a_proxy_for_pip_alone_goes_before_the_variables(tmp_path: Path) -> None:
    found = settings({"PIP_PROXY": "http://p:1", "https_proxy": "http://q:2"}, folder=tmp_path)
    assert {one.variable for one in found.proxies.values()} == {"PIP_PROXY"}


@pytest.mark.parametrize(
    ("host", "no_proxy", "expected"),
    [
        ("localhost", "localhost,127.0.0.1", True),
        ("localhost", "", False),
        ("localhost", "127.0.0.1", False),
        ("pypi.org", "*", True),
        ("files.example.org", ".example.org", True),
        ("files.example.org", "example.org", True),
        ("notexample.org", "example.org", False),
        ("10.1.2.3", "10.0.0.0/8", True),
        ("11.1.2.3", "10.0.0.0/8", False),
        ("host", "host:80", True),
    ],
)
def test_who_is_left_out_of_the_proxy(host: str, no_proxy: str, expected: bool) -> None:
    assert is_left_out(host, 80, no_proxy) is expected


def test_uv_has_settings_of_its_own() -> None:
    variables = {
        "UV_INDEX_URL": "https://u/",
        "UV_INDEX": "named=https://n/ https://o/",
        "PIP_INDEX_URL": "https://p/",
        "PIP_CERT": "/x",
    }
    found = of_uv(variables)
    assert (found.main.value, [one.value for one in found.extra], found.bundle) == (
        "https://u/",
        ["https://n/", "https://o/"],
        None,
    )
    assert (
        of_uv({**variables, "UV_DEFAULT_INDEX": "https://d/"}).main.variable == "UV_DEFAULT_INDEX"
    )


def test_uv_counts_where_there_is_no_pip(tmp_path: Path) -> None:
    uv = tmp_path / "uv"
    uv.write_text("#!/bin/sh\n", encoding="utf-8")
    uv.chmod(0o755)
    python = replace(PYTHON, distributions=())
    env = described(
        python=python,
        variables={"PATH": str(tmp_path), "UV_INDEX_URL": "https://u/", "HOME": str(tmp_path)},
    )
    assert index_settings(env).tool == "uv"


def test_no_home_at_all(tmp_path: Path) -> None:
    env = described(
        python=interpreter(prefix=str(tmp_path)), variables={"PIP_INDEX_URL": "https://m/"}
    )
    assert index_settings(env).main.value == "https://m/"
