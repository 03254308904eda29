"""The notebooks of a chapter: the kernels that they name, and the work that they do."""
