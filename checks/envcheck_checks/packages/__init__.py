"""The chapter's packages are imported, and are new enough."""
