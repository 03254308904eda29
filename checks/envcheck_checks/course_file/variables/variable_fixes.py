"""What a learner does about a variable. A person does it: nobody else has the value."""

from __future__ import annotations

from pathlib import Path

from envcheck import Confidence, Environment, Fix, Rename, Tell
from envcheck.fixes.advice import tell, typed
from envcheck_checks.machine.system import system

AGAIN = "Then run envcheck again."


def set_in_terminal(env: Environment, name: str) -> Fix:
    """The line of this system's usual shell, for a person to complete."""
    windows = system(env).is_windows
    line = f'$env:{name} = "..."' if windows else f"export {name}='...'"
    lead = "Type this in PowerShell," if windows else "Type this,"
    step = typed(line, f"{lead} with your own value between the quotes:")
    return Fix(
        f"set {name}", (step, Tell("Then run envcheck again in the same terminal.")), Confidence.ASK
    )


def own_value(name: str, file: Path) -> Fix:
    return tell(
        f"write your own value into {file.name}",
        f"Open {file} in an editor and give {name} your own value there. {AGAIN}",
    )


def write_line(name: str, file: Path) -> Fix:
    return tell(
        f"add {name} to {file.name}",
        f"Open {file} in an editor and add a line {name}=, with your own value behind the sign. {AGAIN}",
    )


def make_file(name: str, file: Path, example: Path | None) -> Fix:
    """From the example that the course brings, where there is one."""
    if example is not None:
        return tell(
            f"make {file.name} from the example",
            f"Copy {example} to {file}, and give {name} your own value there. {AGAIN}",
        )
    return tell(
        f"make {file.name}",
        f"Make a text file {file} with a line {name}=, and your own value behind the sign. {AGAIN}",
    )


def make_room(name: str, file: Path) -> Fix:
    """A person decides what becomes of what lies there: it may be an environment."""
    return tell(
        f"make room for {file.name}",
        f"Give what lies at {file} another name, or delete it if it is empty. Then make a text file {file} "
        f"with a line {name}=, and your own value behind the sign. {AGAIN}",
    )


def rename(file: Path, to: Path) -> Fix:
    """Nothing is lost by it; still a person decides, since the file is theirs."""
    return Fix(f"rename it to {to}", (Rename(str(file), str(to)),), Confidence.LIKELY)


def copy_line(name: str, file: Path, to: Path) -> Fix:
    """The file stays: the programs of its own folder may read it."""
    return tell(
        f"copy {name} to {to}",
        f"Copy the line of {name} from {file} into a text file {to} of its own. Leave {file} where it is: "
        f"other programs may read it. {AGAIN}",
    )


def save_as_utf8(file: Path) -> Fix:
    return tell(
        f"save {file.name} as UTF-8",
        f"Open {file} in an editor, choose UTF-8 as its encoding, and save it. PowerShell's > "
        f"writes UTF-16. {AGAIN}",
    )
