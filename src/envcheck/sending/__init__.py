"""A learner's report on its way to the class: shown, agreed to, sent, and kept where it could not be."""
