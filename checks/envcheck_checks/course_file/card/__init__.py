"""The graphics card of a course: its driver, its library, and whether a number comes out right."""
