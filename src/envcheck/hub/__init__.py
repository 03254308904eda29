"""A JupyterHub's users, each examined in their own server, by an administrator's token."""
