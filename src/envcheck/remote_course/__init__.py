"""A course at an address: fetched within bounds, shown, and used once the learner has said yes."""
