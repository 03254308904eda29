"""The two courses here are other people's projects: installed and run by test_third_party.py, not
collected.
"""

collect_ignore = ["course", "broken"]
