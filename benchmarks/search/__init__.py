"""Full-text search: its index, and what a reader downloads of it."""
