"""Secrets: files, notebooks and git history that should hold none."""
