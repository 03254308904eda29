"""Names and versions of distributions by the packaging standards."""

from __future__ import annotations

import pytest

from envcheck.versions import allows, at_least, extras_of, normal_name, requirement


@pytest.mark.parametrize("name", ["Ruamel.Yaml", "ruamel_yaml", "ruamel--yaml", "RUAMEL-._yaml"])
def test_one_name_for_all_spellings(name: str) -> None:
    """As PEP 503 compares them."""
    assert normal_name(name) == "ruamel-yaml"


@pytest.mark.parametrize(
    ("specifier", "version", "expected"),
    [
        (">=3.10", "3.10", True),
        (">=3.10", "3.9.18", False),
        (">=3.10", "3.14.0rc1", True),
        ("==2.*", "2.1.3", True),
        ("", "1", True),
        (">=1", "unknown", False),
    ],
)
def test_which_versions_are_taken(specifier: str, version: str, expected: bool) -> None:
    """A pre-release counts, and what is no version is taken by nothing."""
    assert allows(specifier, version) is expected


@pytest.mark.parametrize(
    ("version", "bound"),
    [("1.21.*", ">=1.21"), ("2.1.0+cpu", ">=2.1.0"), ("1!2.0rc1", ">=1!2.0rc1"), ("1.21.x", "")],
)
def test_a_version_and_every_newer_one(version: str, bound: str) -> None:
    """Builds have no order; what is no version has none either."""
    assert at_least(version) == bound


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("pandas>=2", "pandas"),
        ('pandas; python_version >= "3.10"', "pandas"),
        ('pandas; python_version < "3.10"', None),
        ('pandas; extra == "test"', None),
        ("not a requirement", None),
        ('pandas; nonsense == "x"', None),
    ],
)
def test_which_requirements_apply(text: str, name: str | None) -> None:
    """What does not apply here, or cannot be read, is nothing."""
    read = requirement(text, {"python_version": "3.12", "extra": ""})
    assert (read.name if read else None) == name


@pytest.mark.parametrize(
    ("text", "extras"),
    [
        ("dask", ()),
        ("dask>=2; extra == '[x]'", ()),
        ("dask[Data_Frame, complete]>=2", ("data-frame", "complete")),
        ("dask [complete] >= 2", ("complete",)),
        ("dask[]", ()),
    ],
)
def test_the_extras_of_a_requirement(text: str, extras: tuple[str, ...]) -> None:
    assert extras_of(text) == extras
