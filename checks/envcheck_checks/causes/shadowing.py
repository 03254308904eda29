"""Files of the learner's that have the name of a module: Python takes them instead of the real one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, Rename, fail, warn


def hides_a_module(env: Environment, hiding: Sequence[tuple[str, str]], files: Sequence[str]) -> Diagnosis | None:
    """The file of the learner's folder that an import met. `hiding` are (module, file); `files` the frames of a failure."""
    in_folder = [file for file in files if Path(file).parent == env.folder or env.folder in Path(file).parents]
    met = [*(file for _, file in hiding), *(file for file in in_folder if "site-packages" not in file)]
    if not met:
        return None
    path = own_path(env, met[0])
    name = path.name.removesuffix(".py")
    return fail(
        "file-hides-module",
        f"your {'folder' if path.is_dir() else 'file'} `{path.name}` has the name of the module `{name}` and hides (shadows) it",
        rename(env, path),
        found=str(path),
        wanted=f"the real `{name}`",
        looked_in=str(env.folder),
        note="Python looks in the folder of the notebook first",
    )


def harmless_so_far(env: Environment, names: Sequence[tuple[str, str]]) -> list[Diagnosis]:
    """Names that hide a module of the chapter or of Python while everything still works: (module, path)."""
    said = []
    for module, file in names[:3]:
        path = own_path(env, file)
        said.append(
            warn(
                "file-may-hide-module",
                f"your {'folder' if path.is_dir() else 'file'} `{path.name}` has the name of the module `{module}` and can hide (shadow) it",
                rename(env, path),
                found=str(path),
                wanted="another name",
                looked_in=str(env.folder),
            )
        )
    return said


def rename(env: Environment, path: Path) -> Fix:
    stem, suffix = path.name.removesuffix(".py"), ".py" if path.name.endswith(".py") else ""
    free = next(name for number in range(1, 1000) if not (path.parent / (name := f"my_{stem}{'' if number == 1 else number}{suffix}")).exists())
    return Fix(f"rename it to `{free}`, then restart the kernel", (Rename(str(path), str(path.parent / free)),))


def own_path(env: Environment, file: str) -> Path:
    """The entry of the learner's folder that a file belongs to: itself, or the folder it lies in."""
    path = Path(file)
    try:
        return env.folder / path.relative_to(env.folder).parts[0]
    except ValueError:
        return path
