"""Fixes: made, allowed, carried out, recorded, taken back."""
