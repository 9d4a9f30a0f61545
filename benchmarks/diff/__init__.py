"""Changes, measured against git and wdiff."""
