"""The package index that pip and conda ask: its settings, and what is wrong with them."""
