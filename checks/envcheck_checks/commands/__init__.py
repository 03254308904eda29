"""The commands that the learner types, and which environment each belongs to."""
