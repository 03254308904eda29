"""Packages that are missing, damaged, of another version or another machine."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from tests.stories.broken.story import Story, play, told
from tests.stories.machine import Machine, MakeMachine
from tests.stories.new_terminal import Terminal, check_in_a_new_terminal, write_start_up_file
from tests.stories.uv_links import linked

pytestmark = pytest.mark.slow


def first(machine: Machine, pattern: str) -> Path:
    return next(machine.site.glob(pattern))


def two_libraries_gone(machine: Machine) -> None:
    machine.remove("@site/numpy*", "@site/seaborn*")


def seaborn_folder_gone(machine: Machine) -> None:
    machine.remove("@site/seaborn")


def source_of_an_editable_install_gone(machine: Machine) -> None:
    machine.remove("@site/seaborn")
    entry = first(machine, "seaborn-*.dist-info")
    machine.write("@site/__editable__.seaborn.pth", f"{machine.root}/src/seaborn\n")
    machine.write(
        f"{entry}/RECORD",
        f"__editable__.seaborn.pth,,\n{entry.name}/METADATA,,\n{entry.name}/RECORD,,\n",
    )


def fonts_gone(machine: Machine) -> None:
    machine.remove("@site/matplotlib/mpl-data/fonts")


def a_font_cut_short(machine: Machine) -> None:
    """The one that every picture is written with."""
    font = machine.site / "matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf"
    machine.write(str(font), font.read_bytes()[:300_000])


def default_settings_of_matplotlib_gone(machine: Machine) -> None:
    machine.remove("@site/matplotlib/mpl-data/matplotlibrc")


def extension_cut_short(machine: Machine) -> None:
    file = first(machine, "pandas/_libs/lib.*.so")
    machine.write(str(file), file.read_bytes()[: file.stat().st_size // 2])


def extension_full_of_zeros(machine: Machine) -> None:
    file = first(machine, "PIL/_imaging.*.so")
    machine.write(str(file), b"\0" * file.stat().st_size)


def bytecode_cut_short(machine: Machine, module: str = "pandas/__init__") -> None:
    """As when the power goes during an installation: it has a whole beginning, and zeros follow."""
    package, _, name = module.rpartition("/")
    file = first(machine, f"{package}/__pycache__/{name}.cpython-*.pyc")
    data = file.read_bytes()
    machine.write(str(file), data[:16] + b"\0" * (len(data) - 16))


def left_of_pyarrow(machine: Machine) -> None:
    """What its uninstallation did not list."""
    machine.write("@site/pyarrow/include/arrow/api.h", "// made by a build\n")


def left_of_numexpr(machine: Machine) -> None:
    machine.write("@site/numexpr/.benchmarks/1.json", "{}")


def extension_of_another_processor(machine: Machine) -> None:
    file = first(machine, "kiwisolver/_cext.*.so")
    data = bytearray(file.read_bytes())
    data[18:20] = struct.pack("<H", 183 if data[18] == 62 else 62)
    machine.write(str(file), bytes(data))


def numpy_of_another_python(machine: Machine) -> None:
    for file in [*machine.site.glob("numpy/**/*.cpython-3*.so")]:
        file.rename(file.with_name(file.name.replace("cpython-3", "cpython-23")))
    record = first(machine, "numpy-*.dist-info") / "RECORD"
    machine.write(str(record), record.read_text().replace(".cpython-3", ".cpython-23"))


def blas_gone(machine: Machine) -> None:
    machine.remove("@site/numpy.libs")


def pillow_without_its_heart(machine: Machine) -> None:
    machine.remove("@site/PIL/_imaging.*.so")


def dateutil_gone(machine: Machine) -> None:
    machine.remove("@site/dateutil", "@site/python_dateutil-*")


def kiwisolver_gone(machine: Machine) -> None:
    machine.remove("@site/kiwisolver*")


def pandas_edited(machine: Machine) -> None:
    file = machine.site / "pandas/core/frame.py"
    machine.write(str(file), "import this is not python\n" + file.read_text())


def numpy_emptied(machine: Machine) -> None:
    machine.write("@site/numpy/__init__.py", "")


def zeros(machine: Machine, file: Path) -> None:
    """As a disk leaves a file that was being written when the power went."""
    machine.write(str(file), bytes(file.stat().st_size))


def filled_with_zeros(machine: Machine) -> None:
    zeros(machine, machine.site / "seaborn/__init__.py")
    zeros(machine, first(machine, "seaborn-*.dist-info") / "RECORD")


def list_filled_with_zeros(machine: Machine) -> None:
    zeros(machine, first(machine, "pandas-*.dist-info") / "RECORD")


def pyplot_emptied(machine: Machine) -> None:
    """It can be imported, by seaborn too, and has nothing in it."""
    machine.write("@site/matplotlib/pyplot.py", "")


def a_function_of_matplotlib_changed(machine: Machine) -> None:
    """Everything can be imported, and no picture is drawn."""
    file = machine.site / "matplotlib/figure.py"
    machine.write(
        str(file),
        file.read_text().replace("def draw(self, renderer):", "def draw(self, renderer, what):"),
    )


def an_older_seaborn(machine: Machine) -> None:
    """0.9 needs scipy, which nobody has: still it is its age that is to be mended."""
    machine.pip("install", "--no-deps", "seaborn==0.9.0")


def an_older_version_that_imports(machine: Machine) -> None:
    code = (machine.site / "seaborn/__init__.py").read_text()
    machine.write("@site/seaborn/__init__.py", code + "\n__version__ = '0.10.1'\n")
    entry = first(machine, "seaborn-*.dist-info")
    machine.write(f"{entry}/METADATA", "Metadata-Version: 2.1\nName: seaborn\nVersion: 0.10.1\n")
    entry.rename(entry.with_name("seaborn-0.10.1.dist-info"))


def seaborn_half_removed(machine: Machine) -> None:
    machine.remove("@site/seaborn/*.py")


def edited_and_without_its_list_of_files(machine: Machine) -> None:
    """pip refuses to take such a one away: uninstall-no-record-file."""
    machine.remove_list_of_files("seaborn")
    machine.write("@site/seaborn/__init__.py", "import this is not python\n")


def an_old_pandas_beside_a_missing_seaborn(machine: Machine) -> None:
    machine.remove("@site/seaborn*")
    machine.write(
        "@site/pandas/_version_meson.py", "__version__ = '0.25.3'\n__git_version__ = ''\n"
    )
    entry = first(machine, "pandas-*.dist-info")
    machine.write(f"{entry}/METADATA", "Metadata-Version: 2.1\nName: pandas\nVersion: 0.25.3\n")
    entry.rename(entry.with_name("pandas-0.25.3.dist-info"))


def links_into_a_cache_that_was_cleaned(machine: Machine) -> None:
    """As uv leaves them with `--link-mode=symlink`, after `uv cache clean`."""
    for file in [*(machine.site / "seaborn").rglob("*"), *(machine.site / "pandas").rglob("*")]:
        if file.is_file():
            file.unlink()
            file.symlink_to(f"/gone/cache/uv/archive-v0/{file.relative_to(machine.site)}")


def numpy_half_upgraded(machine: Machine) -> None:
    """pip was ended while it replaced numpy: what it had put aside still lies there, with a wave in
    front.
    """
    for path in [*machine.site.glob("numpy*")]:
        path.rename(path.with_name("~" + path.name[1:]))


def an_empty_folder_in_place_of_a_dependency(machine: Machine) -> None:
    """`import dateutil` works all the same, and gives a module with nothing in it."""
    machine.remove("@site/dateutil")
    (machine.site / "dateutil").mkdir()


def pandas_for_another_c_library(machine: Machine) -> None:
    file = first(machine, "pandas/_libs/lib.*.so")
    machine.write(str(file), file.read_bytes().replace(b"libc.so.6\0", b"libc.musl-"))


def an_older_numpy_in_pythonpath(machine: Machine) -> None:
    machine.write("old/numpy/__init__.py", "__version__ = '1.11.0'\n")
    machine.variables["PYTHONPATH"] = str(machine.root / "old")


def notes_of_two_versions(machine: Machine) -> None:
    machine.write(
        "@site/pandas-1.5.3.dist-info/METADATA",
        "Metadata-Version: 2.1\nName: pandas\nVersion: 1.5.3\n",
    )


def notes_without_a_version(machine: Machine) -> None:
    machine.write(
        f"{first(machine, 'seaborn-*.dist-info')}/METADATA",
        "Metadata-Version: 2.1\nName: seaborn\n",
    )


def notes_that_are_links_into_a_cleaned_cache(machine: Machine) -> None:
    """As uv's symlinks are after `uv cache clean`: Jupyter looks in them for what starts kernels."""
    entry = first(machine, "jupyter_client-*.dist-info")
    for file in [file for file in entry.iterdir() if file.is_file()]:
        file.unlink()
        file.symlink_to(f"/gone/cache/{file.name}")


def no_list_of_files(machine: Machine) -> None:
    machine.remove_list_of_files("seaborn")


def pillow_noted_down_as_an_old_one(machine: Machine) -> None:
    entry = first(machine, "pillow-*.dist-info")
    record = (entry / "RECORD").read_text().replace(entry.name, "pillow-5.0.dist-info")
    entry = entry.rename(entry.with_name("pillow-5.0.dist-info"))
    machine.write(f"{entry}/METADATA", "Metadata-Version: 2.1\nName: pillow\nVersion: 5.0\n")
    machine.write(f"{entry}/RECORD", record)


def a_pandas_for_an_older_numpy(machine: Machine) -> None:
    """It asks for numpy 1.21 or newer, and was built before numpy 2."""
    machine.pip("install", "--no-deps", "pandas==2.0.3", "pytz")


def an_older_numpy_in_the_user_site(machine: Machine) -> None:
    """What `pip install --user` brought comes before the packages of a Python that is no venv."""
    version = next(machine.prefix.glob("lib/python3*")).name
    machine.write(
        f"home/.local/lib/{version}/site-packages/numpy/__init__.py", "__version__ = '1.11.0'\n"
    )


def a_matplotlibrc_with_a_bad_value(machine: Machine) -> None:
    machine.write("home/.config/matplotlib/matplotlibrc", "lines.linewidth: thick\n")


def a_matplotlibrc_of_root(machine: Machine) -> None:
    """Left by one `sudo`: matplotlib reads it as it is imported, and ends there."""
    machine.write("home/.config/matplotlib/matplotlibrc", "figure.figsize: 4, 3\n").chmod(0)
    machine.as_a_plain_user()


def a_style_in_another_encoding(machine: Machine) -> None:
    """matplotlib.pyplot reads all styles as it is imported, and reads them as UTF-8."""
    style = "# f\u00fcr den Kurs\nlines.linewidth: 3\n".encode("latin-1")
    machine.write("home/.config/matplotlib/stylelib/course.mplstyle", style)


def a_style_of_root(machine: Machine) -> None:
    file = machine.write("home/.config/matplotlib/stylelib/course.mplstyle", "figure.dpi: 90\n")
    file.chmod(0)
    machine.as_a_plain_user()


def a_package_may_not_be_read(machine: Machine) -> None:
    machine.at("@site/seaborn").chmod(0)
    machine.as_a_plain_user()


STORIES = {
    "numpy and seaborn missing": Story(
        two_libraries_gone, "packages-missing", ("numpy and seaborn",), fixed=True, always=True
    ),
    "seaborn's folder deleted, its metadata left": Story(
        seaborn_folder_gone, "package-incomplete", ("seaborn",), fixed=True
    ),
    "source of an editable installation deleted": Story(
        source_of_an_editable_install_gone, "package-damaged", ("seaborn",), fixed=True
    ),
    "matplotlib without its fonts": Story(
        fonts_gone, "package-incomplete", ("matplotlib",), fixed=True
    ),
    "a font of matplotlib's cut short": Story(
        a_font_cut_short, "package-damaged", ("matplotlib", "DejaVuSans.ttf"), fixed=True
    ),
    "matplotlib without its default settings": Story(
        default_settings_of_matplotlib_gone, "package-damaged", ("matplotlib",), fixed=True
    ),
    "extension of pandas cut short": Story(
        extension_cut_short, "package-incomplete", ("pandas",), fixed=True
    ),
    "extension full of zeros": Story(
        extension_full_of_zeros, "package-damaged", ("pillow",), fixed=True
    ),
    "bytecode of pandas full of zeros": Story(
        bytecode_cut_short, "package-damaged", ("marshal data", "pandas/__pycache__"), fixed=True
    ),
    "bytecode of the kernel full of zeros": Story(
        lambda machine: bytecode_cut_short(machine, "ipykernel/kernelapp"),
        "package-damaged",
        ("marshal data", "ipykernel/__pycache__"),
        fixed=True,
    ),
    "bytecode of pip full of zeros": Story(
        lambda machine: bytecode_cut_short(machine, "pip/_internal/cli/main"),
        "package-damaged",
        ("marshal data", "pip/_internal/cli/__pycache__"),
        fixed=True,
    ),
    "what an uninstalled pyarrow left": Story(
        left_of_pyarrow, "package-damaged", ("`pyarrow`", "was left there"), fixed=True
    ),
    "what an uninstalled numexpr left": Story(
        left_of_numexpr, "package-damaged", ("`numexpr`", "was left there"), fixed=True
    ),
    "extension of another processor": Story(
        extension_of_another_processor, "package-other-architecture", ("kiwisolver",), fixed=True
    ),
    "numpy copied from another Python": Story(
        numpy_of_another_python, "package-other-python", ("numpy",), fixed=True
    ),
    "numpy without its BLAS": Story(blas_gone, "package-incomplete", ("numpy",), fixed=True),
    "pillow without its compiled part": Story(
        pillow_without_its_heart, "package-incomplete", ("pillow",), fixed=True
    ),
    "dateutil missing": Story(
        dateutil_gone, "dependency-missing", ("dateutil", "pandas"), fixed=True
    ),
    "kiwisolver missing": Story(
        kiwisolver_gone, "dependency-missing", ("kiwisolver", "matplotlib"), fixed=True
    ),
    "a line typed into pandas": Story(pandas_edited, "package-damaged", ("pandas",), fixed=True),
    "files of seaborn filled with zeros": Story(
        filled_with_zeros,
        "package-incomplete",
        ("seaborn", "RECORD is filled with zeros"),
        fixed=True,
    ),
    "matplotlib's links into a cache that was cleaned": Story(
        lambda machine: linked(machine, "matplotlib", "seaborn"),
        "package-incomplete",
        ("matplotlib, seaborn", "METADATA is a link to a place that is gone"),
        fixed=True,
    ),
    "every link into a cache that was cleaned": Story(
        lambda machine: linked(machine, "*"),
        "package-incomplete",
        ("METADATA is a link to a place that is gone",),
        fixed=True,
    ),
    "a list of files filled with zeros": Story(
        list_filled_with_zeros,
        "metadata-corrupt",
        ("pandas", "RECORD is filled with zeros"),
        warns=True,
        fixed=True,
    ),
    "numpy/__init__.py emptied": Story(numpy_emptied, "package-incomplete", ("numpy",), fixed=True),
    "matplotlib.pyplot emptied": Story(
        pyplot_emptied, "package-incomplete", ("matplotlib", "pyplot.py is empty"), fixed=True
    ),
    "a function of matplotlib changed": Story(
        a_function_of_matplotlib_changed, "package-damaged", ("matplotlib", "figure.py"), fixed=True
    ),
    "seaborn too old": Story(
        an_older_version_that_imports,
        "package-too-old",
        ("seaborn 0.10.1",),
        fixed=True,
    ),
    "seaborn too old to be imported": Story(
        an_older_seaborn, "package-too-old", ("seaborn 0.9.0",), fixed=True
    ),
    "seaborn half removed": Story(
        seaborn_half_removed, "package-incomplete", ("seaborn",), fixed=True
    ),
    "seaborn edited, and no list of its files": Story(
        edited_and_without_its_list_of_files, "package-damaged", ("seaborn",), fixed=True
    ),
    "links into a cache that was cleaned": Story(
        links_into_a_cache_that_was_cleaned, "package-incomplete", ("pandas",), fixed=True
    ),
    "numpy half upgraded": Story(numpy_half_upgraded, "packages-missing", ("numpy",), fixed=True),
    "an empty folder in place of dateutil": Story(
        an_empty_folder_in_place_of_a_dependency, "package-incomplete", ("dateutil",), fixed=True
    ),
    "pandas for another C library": Story(
        pandas_for_another_c_library, "package-other-libc", ("pandas", "musl"), fixed=True
    ),
    "an older numpy in PYTHONPATH": Story(
        an_older_numpy_in_pythonpath, "pythonpath-breaks", ("PYTHONPATH",), fixed=True
    ),
    "a pandas for an older numpy": Story(
        a_pandas_for_an_older_numpy, "numpy-binary-mismatch", ("pandas", "numpy 2"), fixed=True
    ),
    "an older numpy in the user site": Story(
        an_older_numpy_in_the_user_site,
        "user-site-hides-packages",
        ("numpy",),
        fixed=True,
        kind="installation",
    ),
    "a matplotlibrc with a bad value": Story(
        a_matplotlibrc_with_a_bad_value, "matplotlibrc-broken", ("thick",), warns=True, fixed=True
    ),
    "a matplotlibrc of root": Story(
        a_matplotlibrc_of_root,
        "matplotlibrc-unreadable",
        ("matplotlibrc", "Permission denied"),
        fixed=True,
    ),
    "a style of root": Story(
        a_style_of_root,
        "matplotlibrc-unreadable",
        ("course.mplstyle", "Permission denied"),
        fixed=True,
    ),
    "a style in another encoding": Story(
        a_style_in_another_encoding,
        "matplotlibrc-breaks",
        ("your style course.mplstyle", "UnicodeDecodeError"),
        fixed=True,
    ),
    "notes of two versions": Story(
        notes_of_two_versions, "metadata-duplicate", ("pandas-1.5.3",), warns=True, fixed=True
    ),
    "notes without a version": Story(
        notes_without_a_version, "metadata-corrupt", ("seaborn",), warns=True, fixed=True
    ),
    "notes that are links into a cleaned cache": Story(
        notes_that_are_links_into_a_cleaned_cache,
        "package-incomplete",
        ("jupyter-client", "METADATA is a link to a place that is gone"),
        fixed=True,
        server=True,
    ),
    "no list of files": Story(
        no_list_of_files, "metadata-no-record", ("seaborn",), warns=True, fixed=True
    ),
    "a dependency of another version in the notes": Story(
        pillow_noted_down_as_an_old_one,
        "packages-in-conflict",
        ("pillow", "5.0"),
        warns=True,
        fixed=True,
    ),
    "seaborn may not be read": Story(
        a_package_may_not_be_read,
        "package-unreadable",
        ("seaborn", "Permission denied"),
        fixed=True,
    ),
}


@pytest.mark.whole
def test_missing_and_too_old_are_two_things(machine: Machine, wheels: Path) -> None:
    """What is missing and what is too old is one diagnosis each, and the fixes of both make the
    machine ready.
    """
    machine.installs_from(wheels)
    an_old_pandas_beside_a_missing_seaborn(machine)
    write_start_up_file(machine, Terminal("bash"))
    seen = machine.check("--quick")
    assert sorted(seen.errors) == ["package-too-old", "packages-missing"]
    after = machine.check("--fix", "--yes", "--quick")
    assert (after.code, after.errors) == (0, []), after.err[-2000:]
    words = ("--quick", "--only", "packages")
    assert check_in_a_new_terminal(machine, Terminal("bash"), [], *words).errors == []


@told(STORIES)
def test_a_broken_package(story: Story, make_machine: MakeMachine, wheels: Path) -> None:
    """One cause, and reinstalling exactly that package mends it."""
    # The server loads none of these packages: the kernel does.
    play(story, make_machine, wheels, without_server=True)
