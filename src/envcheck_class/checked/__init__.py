"""What a report must be before it is kept, and the part of it that a class's page needs."""
