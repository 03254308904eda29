"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code

DOCKER_NO_PERMISSION = Code("docker-no-permission", "You may not use Docker's engine", "docker")
DOCKER_NOT_RUNNING = Code("docker-not-running", "Docker's engine does not run", "docker")
DOCKER_RUN_FAILS = Code(
    "docker-run-fails", "Docker's engine answers, and a container does not run", "docker"
)
DOCKER_WRONG_ADDRESS = Code(
    "docker-wrong-address", "Docker is sent to the wrong place", "docker", automatic=True
)
