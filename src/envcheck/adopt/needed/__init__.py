"""What each chapter needs by the name that is installed, and all that was read of a course together."""
