"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code, Severity

# The check of a command has the command's name in its id, so no check is named here.
COMMAND_MISSING = Code("command-missing", "A command that the course uses is not found", ())
COMMAND_DOES_NOT_RUN = Code(
    "command-does-not-run", "A command that the course uses is there, and does not run", ()
)
COMMAND_OTHER_VERSION = Code(
    "command-other-version", "A command is of a version that the course does not take", ()
)
COURSE_ENVIRONMENT_NOT_ACTIVE = Code(
    "course-environment-not-active",
    "Another environment is active than the one that the course has you make",
    (),
    automatic=True,
)
COURSE_ENVIRONMENT_NOT_MADE = Code(
    "course-environment-not-made",
    "The conda environment that the course has you make is not there",
    (),
)
VARIABLE_UNSET = Code("variable-unset", "A variable that the course uses is not set", ())
VARIABLE_EMPTY = Code("variable-empty", "A variable that the course uses is set, and empty", ())
VARIABLE_PLACEHOLDER = Code(
    "variable-placeholder", "A variable still has the value of the course's example", ()
)
VARIABLE_ODD_ENDS = Code(
    "variable-odd-ends", "Quotes or blanks are a part of a variable's value", (), Severity.WARNING
)
ENV_FILE_MISNAMED = Code("env-file-misnamed", "The file of variables has another name", ())
ENV_FILE_MISPLACED = Code(
    "env-file-misplaced", "The file of variables lies where nobody looks for it", ()
)
ENV_FILE_NOT_READ = Code(
    "env-file-not-read", "The file of variables cannot be read by the programs that need it", ()
)
PORT_TAKEN = Code("port-taken", "Another program has a port that the course uses", ())
PORT_RESERVED = Code("port-reserved", "Windows keeps back a port that the course uses", ())
SERVICE_SILENT = Code("service-silent", "A service that the course uses does not answer", ())
SERVICE_HANGS_UP = Code(
    "service-hangs-up", "A service that the course uses ends connections at once", ()
)
DISK_TOO_SMALL = Code("disk-too-small", "There is less free disk than the course needs", ())
MEMORY_TOO_SMALL = Code("memory-too-small", "There is less memory than the course needs", ())
PROOF_FAILS = Code("proof-fails", "A program of the course's own ends with an error", ())
PROOF_PRINTS_OTHER = Code(
    "proof-prints-other", "A program of the course's own prints something else", ()
)
PROOF_HANGS = Code("proof-hangs", "A program of the course's own does not end in time", ())
FILE_MISSING = Code("file-missing", "A file that a notebook reads is not there", ())
FILE_NAME_CASE = Code("file-name-case", "A file is there with other capitals in its name", ())
FILE_PACKED = Code("file-packed", "A file that a notebook reads is still in an archive", ())
FILE_UNFINISHED = Code("file-unfinished", "A file was not downloaded to its end", ())
FILE_EMPTY = Code("file-empty", "A file that a notebook reads is empty", ())
FILE_STAND_IN = Code("file-stand-in", "A pointer lies in the place of a file", ())
FILE_OTHER_CONTENT = Code(
    "file-other-content", "A file holds something else than its name says", ()
)
FILE_COLUMNS = Code("file-columns", "A table lacks columns that the course uses", ())
NOTEBOOK_KERNEL_MISSING = Code(
    "notebook-kernel-missing",
    "Jupyter has no kernel of the name that a notebook asks for",
    (),
    severity=None,
)
NOTEBOOK_KERNEL_OTHER_PYTHON = Code(
    "notebook-kernel-other-python",
    "The kernel that a notebook asks for starts another Python than yours",
    (),
    automatic=True,
)
NOTEBOOK_KERNEL_DEAD = Code(
    "notebook-kernel-dead", "The kernel that a notebook asks for cannot start", (), automatic=True
)
NOTEBOOK_CELL_FAILS = Code(
    "notebook-cell-fails", "A cell of the course's notebooks ends with an error", ()
)
NOTEBOOK_KERNEL_DIES = Code(
    "notebook-kernel-dies", "The kernel ends while it runs the course's notebook", ()
)
GPU_NO_CARD = Code("gpu-no-card", "There is no graphics card that can compute", (), severity=None)
GPU_NO_DRIVER = Code(
    "gpu-no-driver", "The driver of the graphics card does not answer", (), severity=None
)
GPU_DRIVER_TOO_OLD = Code(
    "gpu-driver-too-old",
    "The driver of the graphics card is too old for the library",
    (),
    severity=None,
)
GPU_PROCESSOR_ONLY = Code(
    "gpu-processor-only", "The library was built for the processor alone", (), severity=None
)
GPU_OUT_OF_MEMORY = Code(
    "gpu-out-of-memory", "The memory of the graphics card is full", (), severity=None
)
GPU_TAKEN = Code("gpu-taken", "Other programs have the graphics card", (), severity=None)
GPU_OTHER_GENERATION = Code(
    "gpu-other-generation",
    "The library was built for other generations of graphics cards",
    (),
    severity=None,
)
GPU_NOT_USABLE = Code(
    "gpu-not-usable", "The library does not come to the graphics card", (), severity=None
)
GPU_WRONG_NUMBER = Code("gpu-wrong-number", "The graphics card computes a wrong number", ())
