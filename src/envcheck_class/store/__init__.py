"""What is kept of classes, in SQLite or PostgreSQL."""
