"""What a caller of this package may catch.

Messages are sentences for the person at the keyboard: what is wrong, where, and what to do.
"""


class ArchiveError(Exception):
    """The archive cannot be read as it was asked for; no other file is to blame."""


class ProjectError(ArchiveError, ValueError):
    """What a project chooses, in `mkdocs.yml` say, cannot be used."""


class SourceError(ArchiveError):
    """A place that archived texts were to be read from is missing, or is nothing of the kind."""
