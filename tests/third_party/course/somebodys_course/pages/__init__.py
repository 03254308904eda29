"""What `envcheck explain` shows about this course's codes."""
