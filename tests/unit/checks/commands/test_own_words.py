"""Which commands have words of their own, and which are as an installer writes them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.unit.described_machines import file_at

from envcheck_checks.commands.facts import Command
from envcheck_checks.commands.own_words import has_own_words

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: scripts are text")

UV = """\
#!/ml/.venv/bin/python
# -*- coding: utf-8 -*-
import sys
from jupyter_core.command import main
if __name__ == "__main__":
    if sys.argv[0].endswith("-script.pyw"):
        sys.argv[0] = sys.argv[0][:-11]
    elif sys.argv[0].endswith(".exe"):
        sys.argv[0] = sys.argv[0][:-4]
    sys.exit(main())
"""
PIP = r"""#!/bin/sh
'''exec' "/my ml/.venv/bin/python" "$0" "$@"
' '''
# -*- coding: utf-8 -*-
import re
import sys
from jupyter_core.command import main
if __name__ == '__main__':
    sys.argv[0] = re.sub(r'(-script\.pyw|\.exe)?$', '', sys.argv[0])
    sys.exit(main())
"""
NEWER_PIP = """\
#!/ml/.venv/bin/python
import sys
from jupyter_core.command import main
if __name__ == '__main__':
    sys.argv[0] = sys.argv[0].removesuffix('.exe')
    sys.exit(main())
"""


def speaks(folder: Path, text: str) -> bool:
    return has_own_words(Command(str(file_at(folder / "jupyter", text)), None, None))


@pytest.mark.parametrize("text", [UV, PIP, NEWER_PIP])
def test_what_installers_write(tmp_path: Path, text: str) -> None:
    assert not speaks(tmp_path, text)


@pytest.mark.parametrize("text", [UV, PIP, NEWER_PIP])
@pytest.mark.parametrize(
    "line",
    ["import os", "sys.path.insert(0, '/lib')", "from os import environ; environ['A'] = 'b'"],
)
def test_any_line_more_is_a_word_of_its_own(tmp_path: Path, text: str, line: str) -> None:
    """Wherever it stands."""
    lines = text.splitlines()
    for number in range(1, len(lines) + 1):
        assert speaks(tmp_path, "\n".join([*lines[:number], line, *lines[number:]]))


@pytest.mark.parametrize("text", ["", "#!/bin/sh\nexec jupyter\n", "\x7fELF", "# " * 20_000])
def test_what_cannot_be_read_as_one(tmp_path: Path, text: str) -> None:
    assert speaks(tmp_path, text)
