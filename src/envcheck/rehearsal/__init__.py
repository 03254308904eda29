"""Tomorrow's class, tonight: a course installed and run in throw-away folders, as a learner would."""
