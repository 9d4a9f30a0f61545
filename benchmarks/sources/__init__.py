"""Histories read from git, measured against git itself."""
