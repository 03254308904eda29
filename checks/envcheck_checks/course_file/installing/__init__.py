"""Cells that install something, and the files that cells run: what does, and what is left without it."""
