"""Jupyter's small databases on a disk of the network: locking them there is slow, and sometimes
never ends.
"""

from __future__ import annotations

import re
from dataclasses import replace

from envcheck import Diagnosis, Environment, Severity, fact, fail, places
from envcheck.fixes.advice import tell, typed
from envcheck.processes.seen import seen
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.jupyter.facts import learners_jupyter
from envcheck_checks.machine.system import system
from envcheck_checks.notebook.codes import JUPYTER_FOLDER_ON_NETWORK

KINDS = (
    "nfs",
    "nfs4",
    "cifs",
    "smb2",
    "smb3",
    "smbfs",
    "afs",
    "fuse.sshfs",
    "fuse.glusterfs",
    "ceph",
    "lustre",
    "beegfs",
    "9p",
    "afpfs",  # macOS' own, beside smbfs
    "webdav",
)
# A share by its own name; `\\?\UNC\` and `\\.\` are Windows' other spellings, of any place.
SHARE = re.compile(r"\\\\(?:\?\\UNC\\|(?![?.]\\))[^\\]")
DRIVE = (
    "a drive of the network"  # psutil's `remote`: what the server keeps its files on is no matter
)
SLOW_SECONDS = 15.0


@fact
def mounts(_: Environment) -> tuple[tuple[str, str], ...]:
    """Every mounted folder and its kind of file system; read only when something was slow."""
    import psutil

    disks = seen(lambda: psutil.disk_partitions(all=True), ())
    return tuple(
        (disk.mountpoint, DRIVE if "remote" in disk.opts.split(",") else disk.fstype)
        for disk in disks
    )


def warnings(env: Environment, seconds: float) -> list[Diagnosis]:
    """The server worked, after so many seconds."""
    place = on_network(env) if seconds >= SLOW_SECONDS else None
    if place is None:
        return []
    return [
        replace(
            _to_diagnosis(place, f"the notebook server was slow, {seconds:.0f} s"),
            severity=Severity.WARNING,
        )
    ]


def find_network_disk(env: Environment, failure: Failure) -> Diagnosis | None:
    """The server did not come up in its time, and its databases lie on a disk of the network."""
    place = on_network(env) if failure.hung else None
    if place is None:
        return None
    return _to_diagnosis(place, "the notebook server did not come up")


def on_network(env: Environment) -> tuple[str, str] | None:
    """Jupyter's data folder and what it lies on, when that is a disk of the network."""
    folder = learners_jupyter(env).user_data
    if not folder:
        return None
    if system(env).is_windows and SHARE.match(folder):
        return folder, "a share of a server"
    above = [
        (place, kind)
        for place, kind in mounts(env)
        if places.lies_in(folder, place, system(env).name)
    ]
    kind = max(above, key=lambda mount: len(mount[0]))[1] if above else ""
    return (folder, kind) if kind in (*KINDS, DRIVE) else None


def _to_diagnosis(place: tuple[str, str], what: str) -> Diagnosis:
    folder, kind = place
    return fail(
        JUPYTER_FOLDER_ON_NETWORK,
        f"{what}: Jupyter's small databases lie on a disk of the network, where locking a file can take minutes",
        tell(
            "keep those databases in memory",
            typed(
                'c.NotebookNotary.db_file = ":memory:"',
                "Put this line into ~/.jupyter/jupyter_server_config.py:",
            ),
            typed(
                'c.HistoryManager.hist_file = ":memory:"',
                "Put this one into ~/.ipython/profile_default/ipython_config.py:",
            ),
        ),
        found=f"a file system of the kind {kind}" if kind in KINDS else kind,
        wanted="a disk of this computer",
        looked_in=folder,
    )
