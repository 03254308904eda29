"""kubectl and Helm."""
