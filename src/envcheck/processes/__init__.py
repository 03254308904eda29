"""Programs: started, watched, ended; what they print, read."""
