"""A Jupyter server of the learner's: how it is started, and how it is spoken with."""
