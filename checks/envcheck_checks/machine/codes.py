"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code, Severity
from envcheck_checks.interference.codes import COMMON_ORDER

EVERY_PROGRAM = (*COMMON_ORDER, "python", "pip", "interface", "room")

DISK_FULL = Code("disk-full", "The disk is full", (*COMMON_ORDER, "python", "pip", "room"))
DISK_LOW = Code("disk-low", "There is little disk space left", "room", severity=Severity.WARNING)
FILE_SIZE_LIMIT_TOO_LOW = Code(
    "file-size-limit-too-low", "Programs of this terminal may write small files only", "room"
)
FOLDER_IN_CLOUD = Code(
    "folder-in-cloud", "The course's files are kept in a cloud", "room", severity=Severity.WARNING
)
HOME_MISSING = Code(
    "home-missing",
    "Your home folder is not there, or is not yours",
    ("pip", "kernel-registered", "kernel-starts", "notebook-launches"),
    automatic=True,
)
LOCALHOST_ELSEWHERE = Code(
    "localhost-elsewhere",
    "The name localhost leads to another machine",
    ("network", "notebook-launches"),
    severity=None,
)
LOOPBACK_DOWN = Code(
    "loopback-down",
    "This machine cannot talk to itself",
    (*COMMON_ORDER, "interface"),
)
MEMORY_LIMIT_TOO_LOW = Code(
    "memory-limit-too-low", "Programs of this terminal may use too little memory", EVERY_PROGRAM
)
MEMORY_LOW = Code("memory-low", "There is little free memory", "room", severity=None)
OPEN_FILES_LIMIT_TOO_LOW = Code(
    "open-files-limit-too-low", "Programs of this terminal may open too few files", EVERY_PROGRAM
)
PROCESSOR_TIME_LIMIT_TOO_LOW = Code(
    "processor-time-limit-too-low", "Programs of this terminal are ended after a short time", "room"
)
PROGRAM_LIMIT_TOO_LOW = Code(
    "program-limit-too-low", "You may run hardly any more programs", "room"
)
SELINUX_DENIES = Code(
    "selinux-denies", "SELinux refuses a folder that is yours", "notebook-launches"
)
WINDOWS_FOLDER_IN_WSL = Code(
    "windows-folder-in-wsl",
    "This Linux terminal is in one of Windows' own folders",
    "room",
    severity=Severity.WARNING,
)
WINDOWS_PATHS_TOO_LONG = Code(
    "windows-paths-too-long", "A path is longer than Windows allows", "pip", automatic=True
)
WORK_FOLDER_READ_ONLY = Code(
    "work-folder-read-only", "You may not write into this folder", ("room", "notebook-launches")
)
WORK_FOLDER_UNREADABLE = Code(
    "work-folder-unreadable",
    "You may not look into the folder that you work in",
    ("room", "notebook-launches"),
)
