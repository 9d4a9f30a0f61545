"""Markdown, as HTML-to-text converters leave it, to blocks."""

from policy_archive.reading.markdown.reader import read

__all__ = ["read"]
