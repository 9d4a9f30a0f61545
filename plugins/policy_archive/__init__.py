"""policy-archive: archived privacy policies as a website people can trust."""

__version__ = "0.1.0"

PIPELINE_VERSION = "7"
"""Names the reading, cleaning and labelling code; stored results of another version are redone."""
