"""The learner's Python and machine: found, questioned, described."""
