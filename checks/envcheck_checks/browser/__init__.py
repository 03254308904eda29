"""Browsers: which ones this machine has, and a headless one that opens a page, clicks, types and
reads.
"""
