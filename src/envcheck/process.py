"""The name of `envcheck.processes.process` that course authors import; it stays until 1.0."""

from envcheck.processes.process import Ending, Finished, Processes, how_it_ended
from envcheck.processes.running import Running
from envcheck.processes.tree import kill_tree

__all__ = [
    "Ending",
    "Finished",
    "Processes",
    "Running",
    "how_it_ended",
    "kill_tree",
]
