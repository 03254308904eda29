"""A constraints file that leaves no version of what is to be installed."""

from __future__ import annotations

from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet
from tests.unit.described_machines import file_at, on

from envcheck_checks.index.config_files import Setting
from envcheck_checks.pip.constraints import forbidding, is_impossible


@pytest.mark.parametrize(
    "both",
    [
        ">=0.11,<0.11",
        ">=2,<2",
        "==1.0,>=1.1",
        "==1.0,==1.1",
        ">1.0,<=1.0",
        ">=2.0,<1.9",
        "!=1.0,==1.0",
        "~=1.4,>=2",
        ">=3,==2.*",
    ],
)
def test_no_version_fits(both: str) -> None:
    assert is_impossible(SpecifierSet(both))


@pytest.mark.parametrize(
    "both",
    [
        "",
        ">=0.11",
        "<0.11",
        ">=1,<2",
        "==1.0,>=1.0",
        ">=1.4,<1.5",
        ">1.0,<1.1",
        "~=1.4",
        "==2.*,>=2.5",
        ">=1,!=1",
    ],
)
def test_some_version_fits(both: str) -> None:
    assert not is_impossible(SpecifierSet(both))


@pytest.mark.parametrize(
    ("lines", "forbids"),
    [
        ("seaborn<0.11", True),
        ("Seaborn == 0.9.0  # for the robots", True),
        ("# seaborn<0.11", False),
        ("seaborn<0.11; python_version < '3.0'", False),
        ("seaborn<0.11; python_version >= '3.0'", True),
        ("seaborn<1", False),
        ("pandas<0.1", False),
        ("--no-binary :all:\n\nthis is no requirement at all\nseaborn<0.11", True),
    ],
)
def test_what_a_file_forbids(tmp_path: Path, lines: str, forbids: bool) -> None:
    """Only what is to be installed counts, on this Python, and lines that are none are
    passed over.
    """
    setting = Setting(str(file_at(tmp_path / "c.txt", f"{lines}\n")), "PIP_CONSTRAINT")
    found = forbidding(
        on("linux", tmp_path),
        {"constraint": setting},
        ["python", "-m", "pip", "install", "seaborn>=0.11"],
    )
    assert found == ([setting] if forbids else [])


def test_where_the_file_is(tmp_path: Path) -> None:
    """Beside the learner's work, as an address, one of several; one that is gone is met
    by trying.
    """
    file = file_at(tmp_path / "work/my limits.txt", "seaborn<0.11\n")
    env = on("linux", tmp_path)

    def found(value: str) -> bool:
        return bool(
            forbidding(env, {"constraint": Setting(value, "PIP_CONSTRAINT")}, ["seaborn>=0.11"])
        )

    file_at(tmp_path / "work/c.txt", "seaborn<0.11\n")
    assert found("c.txt")
    assert found(file.as_uri())
    assert found(f"/nowhere/at-all.txt {tmp_path}/work/c.txt")
    assert not found("/nowhere/at-all.txt")
    assert forbidding(env, {}, ["seaborn>=0.11"]) == []
