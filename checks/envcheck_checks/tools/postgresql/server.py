"""A PostgreSQL server of our own: made in a throw-away folder, started on loopback, asked and
stopped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from envcheck import Environment, foreign_file
from envcheck.processes.process import Ending, Finished
from envcheck.processes.running import Running
from envcheck_checks.interference.trials import told_by
from envcheck_checks.machine.loopback import HERE, on_free_port
from envcheck_checks.tools.framework.plain_user import PlainUser, lent
from envcheck_checks.tools.framework.remote_call import home_in
from envcheck_checks.tools.postgresql.discovery import client

FILL = "create table sums as select n, n * n as square from generate_series(1, 100) as n"
ASK = "select count(*), sum(square) from sums"
EXPECTED = "100|338350"
# These say which server the learner's own work goes to, and how: not to ours, which is on loopback
# and has no certificate.
ELSEWHERE = (
    "PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSFILE", "PGSERVICE", "PGSERVICEFILE", "PGSYSCONFDIR",
    "PGSSLMODE", "PGSSLNEGOTIATION", "PGSSLCERT", "PGSSLKEY", "PGSSLROOTCERT", "PGSSLCRL", "PGREQUIRESSL", "PGREQUIREPEER",
    "PGREQUIREAUTH", "PGCHANNELBINDING", "PGGSSENCMODE", "PGKRBSRVNAME", "PGTARGETSESSIONATTRS", "PGDATA",
)  # fmt: skip
SECONDS = 45.0  # for making the database
# For a short life: nothing is kept safe on the disk, and little memory is taken.
SETTINGS = (
    "fsync=off",
    "dynamic_shared_memory_type=mmap",
    "max_connections=10",
    "shared_buffers=16MB",
)
QUIET = tuple(word for setting in SETTINGS for word in ("-c", setting))


@dataclass(frozen=True)
class Served:
    """How far it came: the step that was the last, how that ended, and what SQL answered."""

    step: str
    finished: Finished
    answer: str = ""

    @property
    def fine(self) -> bool:
        """Whether SQL gave the right sum, and the server stopped."""
        return self.answer == EXPECTED and self.finished.ok

    @property
    def worked(self) -> bool | None:
        """`fine`, as a trial says it: None where it was given up."""
        return told_by(self.finished, works=self.fine)


@dataclass(frozen=True)
class Server:
    """A server in one folder. `user` is who owns it, `variables` what is changed in
    the learner's, `port` where it is to listen.
    """

    env: Environment
    binaries: Path
    folder: Path
    user: PlainUser
    variables: Mapping[str, str | None] = field(default_factory=dict)
    port: int = 0

    @property
    def data(self) -> str:
        """The folder of the server's database."""
        return str(self.folder / "data")

    def run(self, program: str, *words: str, timeout: float = 10.0) -> Finished:
        """How one of the server's programs ended, run as its user for at most `timeout` seconds."""
        argv = [*self.user.command, str(self.binaries / program), *words]
        return self.env.run(
            argv, timeout=timeout, cwd=self.folder, variables=self.variables, low_priority=True
        )

    def make(self) -> Finished:
        """How the making of an empty database in the folder ended."""
        words = ("--no-locale", "-E", "UTF8", "--auth=trust", "--no-sync")
        return self.run("initdb", "-D", self.data, "-U", "envcheck", *words, timeout=SECONDS)

    def start(self) -> Running:
        """Start the server on loopback; OSError where it cannot be started. It is stopped when the
        run ends.
        """
        where = ("-D", self.data, "-h", HERE, "-p", str(self.port), "-k", "")
        argv = [*self.user.command, str(self.binaries / "postgres"), *where, *QUIET]
        running = self.env.start(argv, cwd=self.folder, variables=self.variables, low_priority=True)
        # Killed, it would leave a piece of shared memory.
        self.env.on_close(lambda: _ended(self.stop()))
        return running

    def ready(self, running: Running) -> bool:
        """Whether it gets ready within 10 seconds: it writes its state into the eighth line of
        `postmaster.pid`.
        """
        for _ in range(100):
            if running.wait(0.1):
                return False
            lines = _lines(Path(self.data) / "postmaster.pid")
            if len(lines) > 7 and lines[7].strip() == "ready":
                return True
        return False

    def ask(self) -> Finished:
        """From the learner's own account and with their variables, as they would."""
        where = ("-h", HERE, "-p", str(self.port), "-U", "envcheck", "-d", "postgres")
        plain = ("-X", "-A", "-t", "-q", "-w", "-v", "ON_ERROR_STOP=1")
        argv = [client(self.env, self.binaries), *plain, *where, "-c", FILL, "-c", ASK]
        return self.env.run(
            argv, timeout=15, cwd=self.folder, variables=self.variables, low_priority=True
        )

    def stop(self) -> Finished:
        """How it was stopped, without waiting for its clients."""
        return self.run("pg_ctl", "stop", "-D", self.data, "-m", "fast", "-t", "10", timeout=15)


def serve(
    env: Environment, binaries: Path, user: PlainUser, name: str, more: Mapping[str, str | None]
) -> Served:
    """What a server said that was made in a folder of this name, asked once and stopped; `more` are
    further variables of it.
    """
    folder = env.new_folder(name)
    variables = {**home_in(env, folder), **dict.fromkeys(ELSEWHERE), **more}
    lent(env, folder, user)
    server = Server(env, binaries, folder, user, variables)
    made = server.make()
    if not made.ok:
        return Served("initdb", made)
    return on_free_port(
        lambda port: _asked(replace(server, port=port)), lambda served: served.finished.stderr
    )


def _asked(server: Server) -> Served:
    """What the server said, started, asked once and stopped."""
    try:
        running = server.start()
    except OSError as error:
        return Served("postgres", Finished((), Ending.NOT_STARTED, None, "", str(error), 0.0))
    try:
        if not server.ready(running):
            return Served("postgres", _so_far(running))
        asked = server.ask()
        stopped = server.stop()
    finally:
        running.end()
    return Served(
        "stop" if asked.ok else "psql", stopped if asked.ok else asked, asked.stdout.strip()
    )


def _so_far(running: Running) -> Finished:
    """A server that did not get ready, as if it had been run to its end."""
    ending = Ending.EXITED if running.wait(0) else Ending.TIMED_OUT
    running.end()
    return Finished(
        running.argv, ending, running.code, running.stdout.text(), running.stderr.text(), 10.0
    )


def _ended(_: Finished) -> None:
    """What a second order to stop gives does not matter."""


def _lines(file: Path) -> list[str]:
    try:
        return foreign_file.text(file).splitlines()
    except OSError:
        return []
