"""Cells run in the learner's kernel, with the results that they must give."""
