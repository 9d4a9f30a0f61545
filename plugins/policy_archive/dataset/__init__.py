"""The archive as a dataset: tables for other programs, in files that any of them can read."""
