"""What is installed in the target, and what is wrong with it."""
