"""The name of `envcheck.fixes.advice` that course authors import; it stays until 1.0."""

from envcheck.fixes.advice import (
    activation,
    ask_teacher,
    install,
    install_command,
    installer,
    new_environment,
    restore,
    set_in,
    tell,
    use,
    uv_command,
)

__all__ = [
    "activation",
    "ask_teacher",
    "install",
    "install_command",
    "installer",
    "new_environment",
    "restore",
    "set_in",
    "tell",
    "use",
    "uv_command",
]
