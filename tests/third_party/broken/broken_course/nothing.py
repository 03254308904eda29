"""It has something else under that name."""

COURSE = "not a course"
