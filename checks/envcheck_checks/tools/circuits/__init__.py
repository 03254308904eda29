"""Circuits: simulated, synthesized, placed."""
