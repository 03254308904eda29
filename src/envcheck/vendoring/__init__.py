"""A course carries envcheck: what is put into its repository, and how it is kept up to date."""
