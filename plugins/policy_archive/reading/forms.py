"""Which reader a file is for, by its name; and texts that no reader can take."""

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from policy_archive.reading import Reading, html, markdown, plain
from policy_archive.reading.limits import BeyondLimitsError, as_it_stands

Reader = Callable[[str], Reading]

READERS: Mapping[str, Reader] = {
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": html.read,
    ".htm": html.read,
}
"""By file suffix; any other text is read as plain text."""


def reader_of(path: str) -> Reader:
    """The reader for the file at `path`, whose suffix tells the form of its text."""
    return READERS.get(PurePosixPath(path).suffix.lower(), plain.read)


def read(text: str, path: str) -> Reading:
    """What the file at `path` holds; all of its `text` as it stands where it is beyond limits."""
    try:
        return reader_of(path)(text)
    except BeyondLimitsError as error:
        return as_it_stands(text, str(error))
    except RecursionError:  # in a library: what our own code makes of a text is never so deep
        return as_it_stands(text, "it nests too deep")
