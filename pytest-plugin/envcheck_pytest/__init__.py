"""`pytest --envcheck chapter2`: each check of a course's chapter is a test. PYTEST_DONT_REWRITE

Every start of pytest imports this module: it imports nothing until a chapter is asked for.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import pytest


class EnvcheckWarning(UserWarning):
    """What envcheck warns of: `-W error::envcheck_pytest.EnvcheckWarning` makes it fail."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The three options, on the command line and in pytest's own file."""
    group = parser.getgroup("envcheck", "a course's chapter, by envcheck")
    chapters = "chapters whose checks are tests; may be repeated on the command line"
    options = "options for envcheck, as it takes them: --python PATH, --course FILE, --quick, ..."
    command = "how envcheck is started; otherwise the one of this Python, or the one on PATH"
    group.addoption("--envcheck", action="append", default=[], metavar="CHAPTER", help=chapters)
    group.addoption("--envcheck-options", metavar="OPTIONS", help=options)
    group.addoption("--envcheck-command", metavar="COMMAND", help=command)
    parser.addini("envcheck", chapters, type="args", default=[])
    parser.addini("envcheck_options", options, type="args", default=[])
    parser.addini("envcheck_command", command, type="args", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """Load the rest where a chapter or a check is asked for."""
    pasted = any("envcheck::" in str(word) for word in config.args)
    if pasted or config.getoption("envcheck") or config.getini("envcheck"):
        from envcheck_pytest import plugin

        plugin.register(config)
