"""The pages that a chapter asks to read can be reached from here."""
