"""The files that a chapter's notebooks read: there, and what their names say."""
