"""The programs of a course: found, of a version that it takes, and proved to work."""
