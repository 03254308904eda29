"""The checks of a course that an `envcheck.toml` describes."""
