"""A package whose courses are broken in three ways."""
