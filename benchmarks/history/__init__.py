"""Histories and changes, measured against git and wdiff."""
