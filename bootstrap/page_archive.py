"""The long pages are one file of a wheel: by itself each of three hundred would take longer to install
than to read, and more room for its name than for its text.
"""

import io
import re
import zipfile

PAGES = "envcheck_checks/pages.zip"
PAGE = re.compile(r"envcheck_checks/((?:.+/)?pages/[^/]+\.md)$")
DATE = (2020, 2, 2, 0, 0, 0)  # the same for the same files


def page_name(member):
    """The name in the archive of a file of a wheel; empty for what is no page."""
    page = PAGE.match(member)
    return str(page.group(1)) if page else ""


def page_archive(pages):
    """The archive of these pages, names and contents. Stored, so that the wheel packs all of it at once."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(pages):
            member = zipfile.ZipInfo(name, DATE)
            member.create_system, member.external_attr = 3, 0o100644 << 16
            archive.writestr(member, content)
    return made.getvalue()
