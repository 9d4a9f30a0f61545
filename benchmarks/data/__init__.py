"""What the archive as a dataset costs."""
