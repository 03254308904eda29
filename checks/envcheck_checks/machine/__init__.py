"""The machine below every Python: limits, disks, files that may not be read, loopback."""
