"""Knowledge: facts of a machine mapped to a named cause. Nothing here starts a program of the chapter."""
