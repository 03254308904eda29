"""Which lines of a shell install something: by the words of a command, not by a pattern in the line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck_checks.course_file.installing.installers import ALWAYS, INSTALLS, READS
from envcheck_checks.course_file.installing.installing_words import installs, of_language

CHANGING = [
    "conda create -y -n foo python=3.8",
    "conda env create -f environment.yml",
    "conda env remove -n foo",
    "mamba create -n foo",
    "bash -c 'conda create -n x'",
    "python3 -mpip install foo",
    "python -m pip install foo",
    "{sys.executable} -m pip install foo",
    "$(which python) -m pip install foo",
    "-m pip install foo",
    "pip3.11 install foo",
    "/opt/venv/bin/pip install foo",
    r"C:\Python\Scripts\pip.exe install foo",
    "pip --quiet --no-cache-dir install foo",
    "pip -v install foo",
    "python -m pip -v install foo",
    "conda -v install foo",
    "conda -v env create",
    "poetry -v install",
    "brew -v install foo",
    "npm -v i foo",
    "apt-get -V upgrade",
    "pacman -v -Syu",
    "pip config set global.index-url x",
    "PIP_NO_INPUT=1 pip install foo",
    "sudo -H pip install foo",
    "timeout 60 pip install foo",
    "yes | conda install foo",
    "cat r.txt | xargs -n 1 pip install",
    "cd x && pip install -e . && ls",
    "if ! pip install foo; then ls; fi",
    "time pip install foo",
    "!pip install foo",
    "echo 'no end; pip install foo",
    "conda run -n base pip install foo",
    "conda run -n base python -m ipykernel install --user",
    "poetry run python -m spacy download en_core_web_sm",
    "uv run jupyter labextension install x",
    "pipx runpip tool install foo",
    "pixi run -e a R -e 'install.packages(\"x\")'",
    "conda run make install",
    "pipenv install",
    "pip-sync",
    "yarn",
    "easy_install foo",
    "python -m ensurepip --upgrade",
    "python setup.py develop",
    "python setup.py build install",
    "python -m ipykernel install --sys-prefix",
    "python -m bash_kernel.install",
    "python -m spacy download en_core_web_sm",
    "jupyter labextension install x",
    "jupyter nbextension enable x --sys-prefix",
    "jupyter-nbextension enable x",
    "jupyter lab build",
    "yum install -y x",
    "apt-get -o Dpkg::Use-Pty=0 -y install x",
    "dpkg -i x.deb",
    "npm install -g x",
    "npm i x",
    "gem install x",
    "go install x@latest",
    "cargo install x",
    "make install",
    "playwright install chromium",
    "cmake --install build",
    "rustup toolchain install stable",
    "R -e 'install.packages(\"x\")'",
    "R CMD INSTALL x",
    "Rscript -e \"remotes::install_github('a/b')\"",
    "julia -e 'using Pkg; Pkg.add(\"X\")'",
    "curl -LsSf https://astral.sh/uv/install.sh | sh",
    "wget -qO- https://x.org/get.py | python3 -",
    "bash Miniconda3-latest-Linux-x86_64.sh -b -p /usr/local",
    "python get-pip.py",
    "./install.sh",
]
READING = [
    "pip list",
    "pip show numpy",
    "pip --version",
    "pip -v",
    "pip -v list",
    "pip -h install",
    "poetry -V",
    "dpkg -V bash",
    "python -m pip freeze",
    "pip download foo",
    "conda info --envs",
    "conda env list",
    "conda --version",
    "conda",
    "uv run train.py",
    "conda run -n base python -m pip list",
    "conda run -n base jupyter kernelspec list",
    "poetry run python -c 'import install'",
    "pipx runpip tool list",
    "npm run install",
    "uv pip list",
    "apt list --installed",
    "dpkg -l",
    "brew list",
    "npm run build",
    "cargo build",
    "make",
    "ls pip",
    "cd conda",
    "which conda",
    "mkdir install",
    "cat install.sh",
    "git clone https://github.com/pypa/pip",
    "echo 'pip install foo'",
    "ls # pip install foo",
    "jupyter kernelspec list",
    "jupyter labextension list",
    "jupyter nbconvert --to html a.ipynb",
    "python train.py",
    "R -e 'summary(x)'",
    "curl -O https://x.org/data.csv",
    "curl -s https://x.org/a.json | python -m json.tool",
    "bash run.sh",
    "",
]


@pytest.mark.parametrize("line", CHANGING)
def test_what_installs(line: str) -> None:
    assert installs(line)


@pytest.mark.parametrize("line", READING)
def test_what_only_reads_or_works(line: str) -> None:
    assert not installs(line)


@pytest.mark.parametrize(
    ("line", "elsewhere"),
    [
        ("python3 -mpip install foo", False),
        ("easy_install foo", False),
        ("python setup.py develop", False),
        ("python -m spacy download en_core_web_sm", False),
        ("python -m ipykernel install --sys-prefix", False),
        ("python -m ipykernel install", True),
        ("xargs -n 1 pip install", False),
        ("conda run -n base pip install foo", True),
        ("conda run -n base python -m pip install foo", True),
        ("poetry run pip install foo", True),
        ("ssh host pip install foo", True),
        ("docker exec box pip install foo", True),
        ("conda create -n foo", True),
        ("pip install --prefix=/opt foo", True),
        ("uv pip install --system foo", True),
        ("bash -c 'sudo pip install foo'", True),
        ("pip install foo && conda create -n foo", True),
        ("npm install -g x", True),
        ("curl https://x.org | sh", True),
    ],
)
def test_what_is_put_elsewhere_than_into_the_environment(line: str, elsewhere: bool) -> None:
    assert installs(line)
    assert installs(line, thrown_away=True) is elsewhere


@given(
    st.sampled_from(["", "sudo ", "/usr/bin/", "A=1 ", "ls && ", "(", "x | ", "-m ", "-m"]),
    st.sampled_from(sorted(READS)),
    st.sampled_from(["", "-v ", "-V ", "-v -v ", "--quiet ", "-v --quiet "]),
    st.from_regex(r"[a-z]{3,12}", fullmatch=True),
)
def test_any_verb_that_is_not_in_the_table_changes_something(
    before: str, program: str, options: str, verb: str
) -> None:
    """So that nobody has to think of the next one."""
    reads = READS[program] | ALWAYS
    if not (options.strip() in reads or any(verb in word.split(":") for word in reads)):
        assert installs(f"{before}{program} {options}{verb} foo")


@pytest.mark.parametrize("program", sorted(READS))
def test_every_reading_verb_is_run(program: str) -> None:
    for verb in READS[program]:
        assert not installs(f"{program} {verb.replace(':', ' ')}"), verb


@pytest.mark.parametrize("program", sorted(INSTALLS))
def test_every_verb_of_other_programs_is_not(program: str) -> None:
    for verb in INSTALLS[program]:
        group, colon, word = verb.partition(":")
        assert installs(
            f"{program} {group or 'labextension'} {word}" if colon else f"{program} {verb}"
        )


def test_other_languages() -> None:
    assert of_language("if (!x) install.packages('y')")
    assert not of_language("library(ggplot2)")


@given(st.text(max_size=60))
def test_any_line_has_an_answer(line: str) -> None:
    assert installs(line) in (True, False)
