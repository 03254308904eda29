"""The notebook server: started, used as a page uses it, stopped."""
