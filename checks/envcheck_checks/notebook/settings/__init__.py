"""The learner's configuration of Jupyter: its files, and the port, address, token and password in them."""
