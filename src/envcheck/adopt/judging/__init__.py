"""What learners will stumble over, and what is told of a course."""
