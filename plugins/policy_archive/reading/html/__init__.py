"""Saved HTML to blocks, by a parser that is loaded with the first page: most builds read none."""

from policy_archive.reading import Reading


def read(text: str) -> Reading:
    """Read the policy from a page as a browser or an archive saved it; see `page.py`."""
    from policy_archive.reading.html import page  # noqa: PLC0415

    return page.read(text)
