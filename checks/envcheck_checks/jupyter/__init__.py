"""The Jupyter that the learner starts, and what it resolves."""
