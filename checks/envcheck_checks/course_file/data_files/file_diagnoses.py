"""What is said of a file that is not there, or is not what its name says, and what to do."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from envcheck import Diagnosis, Environment, Fix, Tell, fail
from envcheck.fixes.advice import tell, typed
from envcheck.sentences import listed
from envcheck.target.interpreter import interpreter
from envcheck_checks.course_file.codes import (
    FILE_COLUMNS,
    FILE_EMPTY,
    FILE_MISSING,
    FILE_NAME_CASE,
    FILE_OTHER_CONTENT,
    FILE_PACKED,
    FILE_STAND_IN,
    FILE_UNFINISHED,
)
from envcheck_checks.course_file.data_files import data_file, file_search
from envcheck_checks.course_file.variables.variable_fixes import AGAIN, rename
from envcheck_checks.tools.framework.program import find

CAUSES: dict[str, str] = {
    FILE_MISSING: "it is not there",
    FILE_NAME_CASE: "its name is written with other capitals",
    FILE_PACKED: "it is still in an archive",
    FILE_UNFINISHED: "its download did not come to its end",
    FILE_EMPTY: "it is empty",
    FILE_STAND_IN: "a pointer lies in its place, as Git LFS leaves one",
    FILE_OTHER_CONTENT: "it holds something else, such as a web page",
    FILE_COLUMNS: "its table has other columns",
}
FEW = 8  # columns that are shown


def about(env: Environment, path: Path, root: Path) -> Diagnosis | None:
    """What is wrong with it; None where it looks as its name says. Raises OSError."""
    if not os.path.lexists(path):
        return _missing(env, path, root)
    if not os.path.exists(path):
        return _stand_in(path, root, "a link that leads nowhere")
    trouble = data_file.trouble(path)
    if not trouble:
        return None
    if trouble == data_file.EMPTY:
        return fail(
            FILE_EMPTY, f"`{path.name}` is empty", _again(path), found=f"nothing in {path.name}",
            wanted="its data", looked_in=path,
        )  # fmt: skip
    if trouble in (data_file.STAND_IN, data_file.ANNEXED, data_file.LINK):
        return _stand_in(path, root, trouble)
    return fail(
        FILE_OTHER_CONTENT,
        f"`{path.name}` holds something else than its name says",
        _again(path),
        found=f"{path.name} is {trouble}",
        wanted="the data itself",
        looked_in=path,
        note="a link to a page about a file, saved as the file, gives such a web page"
        if trouble == data_file.WEB_PAGE
        else "",
    )


def about_columns(path: Path, wanted: tuple[str, ...], actual: list[str]) -> Diagnosis | None:
    """The columns that are missing, and what there is."""
    missing = [name for name in wanted if name not in actual]
    if not missing:
        return None
    shown = ", ".join(name[:40] for name in actual[:FEW]) + (", ..." if len(actual) > FEW else "")
    one_cell = len(actual) == 1 and any(mark in actual[0] for mark in ";\t|")
    return fail(
        FILE_COLUMNS,
        f"the table `{path.name}` lacks columns: {listed(missing[:FEW])}",
        _again(path),
        found=shown[:300] or "no columns",
        wanted=", ".join(wanted),
        looked_in=path,
        note="its columns are separated by another sign: a spreadsheet may have saved it anew"
        if one_cell
        else "",
    )


def _missing(env: Environment, path: Path, root: Path) -> Diagnosis:
    seen = file_search.instead(path, root)
    kind = seen.kind if seen else ""
    if seen and kind == file_search.CASE:
        return _other_capitals(seen.path, path)
    if seen and kind == file_search.PACKAGE:
        return fail(
            FILE_PACKED, f"`{path.name}` is not unpacked", _unpack(env, seen, path), found=seen.path,
            wanted=path, looked_in=seen.path.parent,
        )  # fmt: skip
    if seen and kind == file_search.PART:
        return fail(
            FILE_UNFINISHED, f"`{path.name}` was not downloaded to its end", _again(path),
            found=seen.path, wanted=path, looked_in=path.parent,
        )  # fmt: skip
    fix = _get(env, path, root)
    if seen and kind == file_search.ELSEWHERE:
        fix = tell("put it where the notebook looks", f"Copy {seen.path} to {path}.", AGAIN)
    return fail(
        FILE_MISSING,
        f"`{path.name}`, which a notebook reads, is not there",
        fix,
        found=seen.path if seen else "",
        wanted=path,
        looked_in=path.parent if kind != file_search.ELSEWHERE else root,
    )


def _other_capitals(seen: Path, path: Path) -> Diagnosis:
    return fail(
        FILE_NAME_CASE,
        f"`{path.name}` is there with other capitals in its path",
        rename(seen, path),
        found=seen,
        wanted=path,
        looked_in=path.parent,
        note="Windows and macOS do not care for capitals; Linux and many servers do",
    )


def _stand_in(path: Path, root: Path, what: str) -> Diagnosis:
    line = "git annex get ." if what == data_file.ANNEXED else "git lfs pull"
    by_git = what in (data_file.STAND_IN, data_file.ANNEXED)
    fix = (
        tell(f"fetch {path.name} itself", typed(line, f"In the folder {root} type:"), AGAIN)
        if by_git
        else _again(path)
    )
    return fail(
        FILE_STAND_IN,
        f"`{path.name}` is not the data itself, and only points to it",
        fix,
        found=what,
        wanted="the data itself",
        looked_in=path,
        note="where git does not know `lfs`, it comes from https://git-lfs.com" if by_git else "",
    )


def _again(path: Path) -> Fix:
    return tell(
        f"get {path.name} once more",
        f"Get {path.name} once more, as the course says, and put it into {path.parent}.",
        AGAIN,
    )


def _get(env: Environment, path: Path, root: Path) -> Fix:
    """By git, where the course's own history has it."""
    git = find(env, "git") if os.path.exists(root / ".git") else ""
    words = [git, "-C", str(root), "ls-files", "--error-unmatch", "--", str(path)]
    if git and env.run(words, timeout=8, low_priority=True).ok:
        line = typed(f'git -C "{root}" restore -- "{path}"')
        return tell(f"take {path.name} out of git again", line, AGAIN)
    return tell(
        f"get {path.name}", f"Get {path.name}, as the course says, and put it into {path.parent}.",
        AGAIN,
    )  # fmt: skip


def _unpack(env: Environment, seen: file_search.Instead, path: Path) -> Fix:
    """By Python's own unpacker, where that puts the file to its place."""
    inside = PurePosixPath(seen.member).parts
    if inside and path.parts[-len(inside) :] == inside:
        folder, python = path.parents[len(inside) - 1], interpreter(env).executable
        line = f'"{python}" -m zipfile -e "{seen.path}" "{folder}"'
        return tell(f"unpack {seen.path.name}", typed(line), AGAIN)
    step = Tell(f"Unpack {seen.path} so that {path} is there.")
    return tell(f"unpack {seen.path.name}", step, AGAIN)
