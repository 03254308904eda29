"""What a course asks its learners to have: lists of packages, programs, images, what its own checker wants."""
