"""What the files of a course say, each by itself: notebooks, lessons, scripts and their cells. Read, never run."""
