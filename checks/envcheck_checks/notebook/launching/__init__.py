"""The launch as a whole: what is asked first, what is done with the server, and what stands behind a failure."""
