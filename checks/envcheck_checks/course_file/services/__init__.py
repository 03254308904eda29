"""What answers at a port of this machine: a service of the course, or somebody else."""
