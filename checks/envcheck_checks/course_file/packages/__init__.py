"""The packages of a chapter: installed, imported, and where they come from."""
