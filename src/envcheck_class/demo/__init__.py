"""A class of people who do not exist, to see in ten seconds what a class with a server gives."""
