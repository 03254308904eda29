"""Jupyter's own folders in the learner's home: there, readable, writable, and on a disk that locks."""
