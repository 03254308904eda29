"""The page that a learner gets: which one opens, and whether it shows a notebook."""
