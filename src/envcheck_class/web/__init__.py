"""What answers over the network: the interface for programs, and the pages for people."""
