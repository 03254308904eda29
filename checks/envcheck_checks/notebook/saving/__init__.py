"""Notebooks in the learner's folder: saved there, listed there, and those that are there already."""
