"""The variables of a course, and the files such as `.env` that give them."""
