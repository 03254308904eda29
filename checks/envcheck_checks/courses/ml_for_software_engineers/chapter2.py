"""Chapter 2, "Data Science is done in Python": install Python and Jupyter, launch the notebook, run
snippets in it.
"""

from envcheck_checks.browser.check import interface
from envcheck_checks.browser.installed import browser
from envcheck_checks.cells.snippets import snippets
from envcheck_checks.cells.tutorial import tutorial
from envcheck_checks.jupyter.check import jupyter
from envcheck_checks.kernel.registered import kernel_registered
from envcheck_checks.kernel.starts import kernel_starts
from envcheck_checks.machine.check import room
from envcheck_checks.network.check import network
from envcheck_checks.notebook.check import notebook_launches
from envcheck_checks.packages.check import packages
from envcheck_checks.pip.check import pip
from envcheck_checks.pip.venv import new_environment
from envcheck_checks.python.check import python
from envcheck_checks.stack import Package, Stack

# The oldest with which the whole chapter was seen to work (docs/adr/0006): on Python 3.6 the pip
# that comes with it takes no current wheels, and Notebook 6.5, the oldest that the course still
# allows, needs 3.7.
PYTHONS = ">=3.7"
STACK = Stack(
    (
        Package("numpy>=1.17"),
        Package("pandas>=1.0"),
        Package("matplotlib>=3.1", "matplotlib.pyplot"),
        Package("seaborn>=0.11"),
    )
)

PYTHON = python(PYTHONS, STACK.everything)
_pip = pip(STACK, needs=(PYTHON,))
_packages = packages(STACK, needs=(PYTHON,), explained_by=(_pip,))
_jupyter = jupyter(STACK, needs=(PYTHON,), explained_by=(_pip,))
_registered = kernel_registered(STACK, needs=(_jupyter,))
_starts = kernel_starts(STACK, needs=(PYTHON,), explained_by=(_jupyter, _registered))
_snippets = snippets(needs=(_starts,), explained_by=(_packages,), packages=STACK.packages)
_notebook = notebook_launches(STACK, needs=(PYTHON,), explained_by=(_jupyter, _registered, _starts))
_tutorial = tutorial(needs=(_snippets,), explained_by=(_packages,))

CHECKS = [
    PYTHON,
    _pip,
    new_environment(needs=(_pip,)),
    _packages,
    _jupyter,
    _registered,
    _starts,
    _snippets,
    _notebook,
    _tutorial,
    browser(needs=(PYTHON,)),
    interface(STACK, needs=(_notebook,)),
    room(needs=(PYTHON,)),
    network(needs=(PYTHON,)),
]
