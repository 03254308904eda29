"""Scripts that run inside the target: standard library and the learner's own packages, nothing of
ours.
"""
