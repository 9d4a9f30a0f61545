"""policy-archive: archived privacy policies as a website people can trust."""

__version__ = "0.1.0"

PIPELINE_VERSION = "10"
"""Told to readers beside each text: equal where texts are read, cleaned and labelled alike."""
