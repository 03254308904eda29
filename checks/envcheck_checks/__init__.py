"""Checks for the tools that courses use. A course is a list of calls of these functions."""
