"""What scripts/build-bootstrap makes `run-envcheck.py` from, for Python 2.7 and newer."""
