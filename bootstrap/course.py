"""The bundled course, as the checkout around this file has it."""

import os
import re

from bootstrap.constants import PYTHONS, VERSION
from bootstrap.files import read_text
from bootstrap.head import HERE


def checkout():
    """The folder of envcheck's source around this file; empty when it stands alone."""
    return HERE if os.path.isfile(os.path.join(HERE, "src", "envcheck", "__init__.py")) else ""


COURSE = {
    "id": "ml-for-software-engineers",
    "revision": "2026-11",
    "title": "ML for Software Engineers",
}
CHAPTER = "chapter2"
# What the chapter requires; all but the first two need envcheck itself.
CHECKS = (
    ("python", "Python"),
    ("pip", "pip and venv"),
    ("packages", "Packages"),
    ("jupyter", "Jupyter"),
    ("kernel-registered", "Kernel spec"),
    ("kernel-starts", "Kernel"),
    ("snippets", "Snippets"),
    ("notebook-launches", "Notebook"),
    ("tutorial", "Tutorial"),
    ("room", "Room"),
)

SERVED = ("notebook-launches",)  # what --quick leaves out


def page_of(name):
    """The path of the page of a code or a check in the checkout; empty when there is none."""
    file_name = os.path.basename(name) + ".md"
    for folder, _, names in os.walk(os.path.join(HERE, "checks", "envcheck_checks")):
        if os.path.basename(folder) == "pages" and file_name in names:
            return os.path.join(folder, file_name)
    return ""


def course_file():
    """The text of the chapter's own module in the checkout; empty when this file stands alone."""
    return read_text(
        os.path.join(
            HERE, "checks", "envcheck_checks", "courses", "ml_for_software_engineers", "chapter2.py"
        )
    )


def course_pythons():
    """The versions of Python that the course allows, such as ">=3.7"."""
    line = re.search(r'^PYTHONS = "([^"]+)"', course_file(), re.MULTILINE)
    return str(line.group(1)) if line else PYTHONS


def course_packages():
    """The names of the packages that the chapter needs; none when this file stands alone."""
    return [str(name) for name in re.findall(r'Package\("([\w-]+)', course_file())]


def envcheck_version():
    """The version of the checkout, or of the release when this file stands alone."""
    line = re.search(
        r'^__version__ = "([^"]+)"',
        read_text(os.path.join(HERE, "src", "envcheck", "__init__.py")),
        re.MULTILINE,
    )
    return str(line.group(1)) if line else VERSION
