"""Tools that pip installs and that work on data: one a file."""
