"""Where snapshots come from: files below a folder, later repositories; and their provenance."""
