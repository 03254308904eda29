"""Apache Beam: words of a file are counted into a file, on the runner that needs no download; the
default one is named.
"""

from __future__ import annotations

from typing import Any

from envcheck import Check, Cost
from envcheck.target.home import home_of
from envcheck_checks.tools.framework.remote_call import Work
from envcheck_checks.tools.framework.tool import Tool, works

TOOL = Tool(
    "beam",
    "Apache Beam",
    ("apache-beam",),
    490,
    "pipelines over data, the same on one machine and on many",
)
EXPECTED = {"words": 600, "pipelines": 200, "counted": 100}
PRISM = (".apache_beam", "cache", "prism", "bin")


def work(folder: str) -> dict[str, Any]:
    import inspect
    import os

    import apache_beam as beam
    from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
    from apache_beam.runners.direct import direct_runner
    from apache_beam.runners.portability.fn_api_runner import FnApiRunner

    text, counts = os.path.join(folder, "words.txt"), os.path.join(folder, "counts")
    with open(text, "w") as file:
        file.write("pipelines carry words\npipelines are counted\n" * 100)
    # Explicit options: by default they are taken from the command line.
    with beam.Pipeline(runner=FnApiRunner(), options=PipelineOptions([])) as pipeline:
        words = pipeline | beam.io.ReadFromText(text) | beam.FlatMap(lambda line: line.split())
        lines = words | beam.combiners.Count.PerElement() | beam.Map(lambda pair: "%s %d" % pair)
        lines | beam.io.WriteToText(counts, shard_name_template="")
    with open(counts) as file:
        by_word = {word: int(count) for word, count in (line.split() for line in file)}
    prism = StandardOptions.DEFAULT_RUNNER == "DirectRunner" and "PrismRunner" in inspect.getsource(
        direct_runner
    )
    cache = os.path.expandvars("$ENVCHECK_PRISM")
    binaries = os.listdir(cache) if os.path.isdir(cache) else []
    cached = any("v%s-" % beam.__version__ in name for name in binaries)
    by_word.update(
        words=sum(by_word.values()), version=beam.__version__, prism=prism, cached=cached
    )
    return by_word


def beam(needs: tuple[Check, ...] = ()) -> Check:
    """600 words go from a file through a pipeline, and their counts into another file."""
    return works(
        TOOL,
        work,
        EXPECTED,
        needs=needs,
        proves="a pipeline reads 600 words from a file and writes how often each one came into another, on FnApiRunner",
        variables=lambda env: {"ENVCHECK_PRISM": str(home_of(env.variables).joinpath(*PRISM))},
        settings=("BEAM_",),
        timeout=90.0,
        cost=Cost(4.0, 250),
        summary=summary,
    )


def summary(done: Work) -> str:
    """Which runner did it, and which one a program gets that names none. Prism is looked for and
    never fetched.
    """
    if not done.values["prism"]:
        default = "the default runner is of this kind too"
    elif done.values["cached"]:
        default = "the default runner first takes Prism, which is on this machine"
    else:
        default = "the default runner first downloads Prism from GitHub, and goes on like this one when it cannot"
    return f"{done.values['words']} words counted on FnApiRunner; {default}"
