"""A real JupyterHub with configurable-http-proxy on loopback. In place of an image each user has an
environment; the proxy is a program of its own, as in a cluster, so that the hub can be started again
while servers run.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.kept import kept
from tests.pace import within
from tests.ports import free_ports
from tests.recipes import UV, Recipe, python_of
from tests.stories.machine import SYSTEM_PATH, clone
from tests.stories.marked import VARIABLE, end, new_mark

PROXY = Path(__file__).parents[2] / ".test-tools/node_modules/.bin/configurable-http-proxy"
NEWEST = "6.1.1"
OLDER = {"1.5.1": ("sqlalchemy<2", "jinja2<3.2"), "2.3.1": ("sqlalchemy<2",)}
TOKEN = "a-token-of-the-tests-which-is-no-secret"
SCOPES = ("list:users", "servers", "tokens")  # as docs/hubs.md says
SECONDS = 60.0

CONFIG = """
import contextlib, json, pathlib, socket
from jupyterhub.spawner import LocalProcessSpawner

given = json.loads({given!r})

def free_now(ports):
    while True:
        port = ports.pop()
        with contextlib.suppress(OSError), socket.socket() as one:
            one.bind(("127.0.0.1", port))
            return port

class OneEnvironmentEach(LocalProcessSpawner):
    def make_preexec_fn(self, name):
        return None  # all of them are the user who runs the tests

    def user_env(self, env):
        name = self.user.name
        home = pathlib.Path(given["folder"], "homes", name)
        python = pathlib.Path(given["users"][name])
        env.update(HOME=str(home), USER="jovyan", SHELL="/bin/sh", TMPDIR=given["temporary"])
        env["PATH"] = f"{{python.parent}}:{system_path}"
        return {{**env, **given["variables"]}}

    async def start(self):
        name = self.user.name
        home = pathlib.Path(given["folder"], "homes", name)
        home.mkdir(parents=True, exist_ok=True)
        self.cmd = [given["users"][name], "-m", "jupyterhub.singleuser"]
        self.args = ["--allow-root"]
        self.notebook_dir = str(home)
        self.port = free_now(given["ports"])
        return await super().start()

c.JupyterHub.spawner_class = OneEnvironmentEach
c.JupyterHub.authenticator_class = "jupyterhub.auth.DummyAuthenticator"
c.Authenticator.allowed_users = set(given["users"])
c.JupyterHub.bind_url = given["address"]
c.JupyterHub.hub_port = given["hub_port"]
c.ConfigurableHTTPProxy.should_start = False
c.ConfigurableHTTPProxy.api_url = given["proxy"]
c.ConfigurableHTTPProxy.auth_token = "of-the-proxy"
c.JupyterHub.cleanup_servers = False
c.JupyterHub.db_url = "sqlite:///" + given["folder"] + "/hub.sqlite"
c.JupyterHub.cookie_secret_file = given["folder"] + "/cookie"
c.Spawner.env_keep = ["LANG"]
c.Spawner.http_timeout = c.Spawner.start_timeout = 60
c.JupyterHub.services = [{{"name": "envcheck", "api_token": given["token"]{admin}}}]
"""
PAGE = Path(__file__).parents[2] / "docs" / "hubs.md"


@dataclass
class RunningHub:
    """`users` are their Pythons; `more` is further configuration."""

    folder: Path
    users: Mapping[str, Path]
    version: str = NEWEST
    scopes: tuple[str, ...] = SCOPES
    more: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
    mark: str = field(default_factory=new_mark)
    ports: list[int] = field(default_factory=lambda: free_ports(3))
    _programs: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.ports[0]}"

    @property
    def temporary(self) -> Path:
        """Where the users' servers keep what is temporary."""
        return self.folder / "temporary"

    @property
    def log(self) -> str:
        return (self.folder / "hub.log").read_text(encoding="utf-8", errors="replace")

    def start_proxy(self) -> None:
        ip = ["--ip", "127.0.0.1", "--port", str(self.ports[0])]
        api = ["--api-ip", "127.0.0.1", "--api-port", str(self.ports[1])]
        target = ["--error-target", f"http://127.0.0.1:{self.ports[2]}/hub/error"]
        self._start("proxy", [str(PROXY), *ip, *api, *target])

    def start(self) -> None:
        """Start the hub, once more with all that it knew; it answers when this ends."""
        hub = python_of(
            Recipe(f"jupyterhub-{self.version}", requirements(self.version), maker="uv")
        )
        self.temporary.mkdir(exist_ok=True)
        (self.folder / "config.py").write_text(self._config(), encoding="utf-8")
        argv = [str(hub), "-m", "jupyterhub", "-f", str(self.folder / "config.py")]
        self._start("hub", argv)
        self._answers("/")

    def stop(self) -> None:
        """The hub alone; servers and the proxy go on."""
        program = self._programs.pop("hub")
        program.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            program.wait(within(5))
        program.kill()
        program.wait(within(10))

    def ask(self, method: str, path: str) -> tuple[int, Any]:
        """What the hub answers; 0 where nothing comes."""
        request = urllib.request.Request(
            f"{self.address}/hub/api{path}",
            method=method,
            headers={"Authorization": f"token {TOKEN}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            return error.code, None
        except OSError:
            return 0, None

    def running(self) -> set[str]:
        """Whose server the hub knows of."""
        return {user["name"] for user in self._answers("/users") if user["servers"]}

    def _answers(self, path: str) -> Any:
        """What the hub answers, which may be away or busy for a while."""
        deadline = time.monotonic() + within(SECONDS)
        while (got := self.ask("GET", path))[0] != 200:
            assert time.monotonic() < deadline, self.log[-3000:]
            time.sleep(0.2)
        return got[1]

    def begin(self, user: str) -> bool:
        """Ask for this user's server, which may be refused while another starts; whether it is ready."""
        _, seen = self.ask("GET", f"/users/{user}")
        server = seen["servers"].get("") if seen else None
        if server is None:
            self.ask("POST", f"/users/{user}/server")
        return bool(server and server["ready"])

    def put_back(self) -> None:
        """No server runs any more, and nothing lies where they keep what is temporary."""
        deadline = time.monotonic() + within(SECONDS)
        while users := self.running():
            assert time.monotonic() < deadline, self.log[-3000:]
            for user in users:
                self.ask("DELETE", f"/users/{urllib.parse.quote(user)}/server")
            time.sleep(0.5)
        for left in self.temporary.iterdir():
            shutil.rmtree(left, ignore_errors=True)

    def close(self) -> None:
        """The hub, the proxy, and every server that was ever started."""
        for program in self._programs.values():
            program.kill()
            program.wait(within(10))
        end(self.mark)

    def _config(self) -> str:
        given = json.dumps(
            {
                "folder": str(self.folder),
                "temporary": str(self.temporary),
                "users": {name: str(python) for name, python in self.users.items()},
                "address": f"{self.address}/",
                "proxy": f"http://127.0.0.1:{self.ports[1]}",
                "hub_port": self.ports[2],
                "token": TOKEN,
                "variables": {**self.variables, VARIABLE: self.mark},
                "ports": free_ports(40),
            }
        )
        old = self.version.startswith("1.")
        config = CONFIG.format(
            given=given, system_path=SYSTEM_PATH, admin=', "admin": True' if old else ""
        )
        return config + ("" if old else _of_the_page(self.scopes)) + self.more

    def _start(self, name: str, argv: list[str]) -> None:
        variables = {
            "CONFIGPROXY_AUTH_TOKEN": "of-the-proxy",
            "ENVCHECK_TOKEN": TOKEN,
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
        }
        with (self.folder / f"{name}.log").open("ab") as log:
            self._programs[name] = subprocess.Popen(
                argv,
                env=variables,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                cwd=self.folder,
            )


@contextlib.contextmanager
def running(hub: RunningHub) -> Iterator[RunningHub]:
    try:
        hub.start_proxy()
        hub.start()
        yield hub
    finally:
        hub.close()


def _of_the_page(scopes: tuple[str, ...]) -> str:
    """What docs/hubs.md says to put into the configuration, with these scopes in place of all."""
    (lines,) = re.findall(r"(?ms)^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"))
    told = json.dumps([*SCOPES])
    assert told in lines
    return str(lines.replace(told, json.dumps([*scopes])))


def requirements(version: str) -> tuple[str, ...]:
    return (f"jupyterhub=={version}", *OLDER.get(version, ()))


def environments(healthy: Path) -> dict[str, Path]:
    """The Pythons of users in which all works, and in which pandas is missing; each can be a server of
    a hub.
    """

    def make(place: Path) -> None:
        whole = clone(healthy.parent.parent, place / "whole")
        pip = [UV, "pip", "install", "-q", "--compile-bytecode", "--python", str(whole)]
        subprocess.run([*pip, f"jupyterhub=={NEWEST}"], check=True, timeout=300)
        lacking = clone(place / "whole", place / "lacking")
        pip = [UV, "pip", "uninstall", "-q", "--python", str(lacking), "pandas", "seaborn"]
        subprocess.run(pip, check=True, timeout=60)

    place = kept(f"hub-users-{NEWEST}-{healthy.parents[1].name}", make)
    return {name: place / name / "bin" / "python" for name in ("whole", "lacking")}
