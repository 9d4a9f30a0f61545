"""Plain text to blocks."""

from policy_archive.reading.plain.reader import read

__all__ = ["read"]
