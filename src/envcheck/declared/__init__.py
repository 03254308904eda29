"""What a course's own files declare: read, never run, and never copied."""
