"""`envcheck adopt`: from a repository of notebooks to an `envcheck.toml`. It reads, and runs nothing."""
