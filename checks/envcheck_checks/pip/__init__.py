"""pip belongs to this Python, and could install."""
