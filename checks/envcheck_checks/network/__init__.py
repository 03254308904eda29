"""The network between this machine and its package index."""
