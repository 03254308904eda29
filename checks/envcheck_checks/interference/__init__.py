"""What disturbs a program of the learner's, found by taking one setting away at a time."""
