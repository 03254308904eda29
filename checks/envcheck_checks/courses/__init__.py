"""Bundled courses: lists of checks, no logic."""
