"""Chapter 1, "Intro into the Domain": an article to read and a talk to watch; as a bonus, videos
and three blog posts.

The links are those of the course's text, word for word: chapter 1 of its README, and of STUDY.md in
the repository bitgn/ml-pipelines, where it went on. A link that is dead is the course's fault,
never the learner's.
"""

from envcheck_checks.reading.check import Reading, Video, readings

CHECKS = readings(
    Reading(
        "read-data-mesh",
        "Data Mesh",
        "https://martinfowler.com/articles/data-monolith-to-mesh.html",
    ),
    Video("watch-pipelines", "ML pipelines", "https://www.youtube.com/watch?v=16uU_Aaxp9Y"),
    Video("watch-haddington", "Haddington", "http://hdrobotic.com/videos", required=False),
    Reading(
        "read-hobby", "Hobby post", "https://abdullin.com/child-friendly-hobby/", required=False
    ),
    Reading("read-fpga", "FPGA post", "https://abdullin.com/dive-into-fpga/", required=False),
    Reading(
        "read-real-fpga",
        "Real FPGA",
        "https://abdullin.com/running-on-a-real-fpga/",
        required=False,
    ),
)
