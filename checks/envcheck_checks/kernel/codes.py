"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code, Severity

EVERY_KERNEL = ("kernel-starts", "snippets", "tutorial")

IPYTHON_CONFIG_BREAKS = Code(
    "ipython-config-breaks",
    "A setting of IPython keeps kernels from starting",
    EVERY_KERNEL,
    automatic=True,
)
IPYTHON_CONFIG_IGNORED = Code(
    "ipython-config-ignored",
    "A settings file of IPython is ignored, since Python cannot read it",
    "kernel-starts",
    severity=Severity.WARNING,
    automatic=True,
)
IPYTHON_FOLDER_BLOCKED = Code(
    "ipython-folder-blocked",
    "A file stands where IPython's folder belongs",
    "kernel-starts",
    automatic=True,
)
IPYTHON_FOLDER_UNWRITABLE = Code(
    "ipython-folder-unwritable",
    "IPython may not write into your profile",
    "kernel-starts",
    automatic=True,
)
IPYTHON_STARTUP_BREAKS = Code(
    "ipython-startup-breaks",
    "A start-up file of IPython breaks every kernel",
    EVERY_KERNEL,
    automatic=True,
)
IPYTHON_STARTUP_LEADS_AWAY = Code(
    "ipython-startup-leads-away",
    "A start-up file of IPython goes to another folder",
    "kernel-starts",
    severity=Severity.WARNING,
    automatic=True,
)
IPYTHON_STARTUP_RAISES = Code(
    "ipython-startup-raises",
    "A start-up file of IPython gives an error at each start",
    "kernel-starts",
    severity=Severity.WARNING,
    automatic=True,
)
KERNEL_DIED = Code("kernel-died", "The kernel dies while it starts", "kernel-starts")
KERNEL_HANGS = Code("kernel-hangs", "The kernel starts and never answers", "kernel-starts")
KERNEL_NOT_REGISTERED = Code(
    "kernel-not-registered",
    "Jupyter finds no kernel for Python",
    "kernel-registered",
)
KERNEL_RUNS_ELSEWHERE = Code(
    "kernel-runs-elsewhere",
    "The kernel that Jupyter starts runs another Python than yours",
    ("kernel-starts", "notebook-launches"),
)
KERNEL_SLOW_START = Code(
    "kernel-slow-start", "The kernel starts very slowly", "kernel-starts", severity=Severity.WARNING
)
KERNELSPEC_BROKEN_FILE = Code(
    "kernelspec-broken-file",
    "The file that describes the kernel cannot be read",
    "kernel-registered",
    automatic=True,
)
KERNELSPEC_DEAD_INTERPRETER = Code(
    "kernelspec-dead-interpreter",
    "The kernelspec starts a Python that does not exist",
    "kernel-registered",
    automatic=True,
)
KERNELSPEC_OTHER_PYTHON = Code(
    "kernelspec-other-python",
    "The kernelspec starts another Python than yours",
    "kernel-registered",
    automatic=True,
)
KERNELSPEC_VARIABLES_BREAK = Code(
    "kernelspec-variables-break",
    "The kernelspec sets variables or options that break the kernel",
    EVERY_KERNEL,
    automatic=True,
)
IPYTHON_START_INCOMPLETE = Code(
    "ipython-start-incomplete",
    "Something that IPython is told to load at each start fails",
    "kernel-starts",
    severity=Severity.WARNING,
    automatic=True,
)
