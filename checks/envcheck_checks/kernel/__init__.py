"""The kernel: registered, started, answering."""
