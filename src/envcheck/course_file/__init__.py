"""`envcheck.toml`: a course that is described by a table and needs no code."""
