"""Why something failed: the causes that every check may ask, and the one order in which they are
asked.
"""
