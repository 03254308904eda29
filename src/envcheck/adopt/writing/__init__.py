"""The course file: a new one, or what one lacks that is there. What its author wrote stays."""
