"""What is only warned of while the page works: the address that is printed, and the file that opens."""

from __future__ import annotations

import asyncio
from functools import partial

from envcheck_checks.notebook.page.opened import Opened
from envcheck_checks.notebook.page.opened_file import missing_file
from envcheck_checks.notebook.page.printed import trouble_of_printed
from envcheck_checks.notebook.server.client import Client, aside


async def told_aside(client: Client, opens: Opened) -> tuple[str, str]:
    """What is wrong with the address that is printed, and which file that opens is missing."""
    return await asyncio.gather(
        aside(client, partial(trouble_of_printed, opened=opens)),
        aside(client, partial(missing_file, opened=opens)),
    )
