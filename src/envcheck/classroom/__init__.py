"""A class from its reports: who is ready, who is stuck on what, who is silent."""
