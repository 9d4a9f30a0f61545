"""Which reader a text is for, by its file's name and by what it holds.

What a text holds decides where it contradicts the name beyond doubt: crawlers have kept pages as
`.txt`, and saved what a server sent as text as `.html`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from policy_archive.model import Notice
from policy_archive.reading import Reading, html, markdown, plain
from policy_archive.reading.limits import BeyondLimitsError, as_it_stands

Reader = Callable[[str], Reading]

READERS: Mapping[str, Reader] = {
    **dict.fromkeys((".md", ".markdown"), markdown.read),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".xht", ".mhtml", ".mht"), html.read),
}
"""By file suffix; any other text is read as plain text."""

_NAMES: Mapping[Reader, str] = {
    markdown.read: "Markdown",
    html.read: "HTML",
    plain.read: "plain text",
}

_PAGE = re.compile(
    r"\s*(?:<\?xml[^<>]{0,200}\?>\s*)?(?:<!--.{0,4000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_BLOCK_TAG = re.compile(
    r"</?(?:address|article|blockquote|body|center|dd|div|dl|dt|footer|form|h[1-6]|header|html|li|main"
    r"|nav|ol|p|section|ul)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_BREAK_OR_CELL = re.compile(
    r"</?(?:br|hr|table|tbody|td|th|tr)(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE
)
"""What converters leave in Markdown."""
_ANY_TAG = re.compile(r"<(?:/?[A-Za-z][\w:-]*(?:\s[^<>]*)?/?|!--)|&(?:#\d+|[A-Za-z]+);")
_MARKDOWN = re.compile(r"^(?:#{1,6} |[*+-] |\d{1,3}\. |> )|\]\(|\*\*", re.MULTILINE)
_SURELY_MARKDOWN = re.compile(r"^#{1,6} \S|\]\(https?:|^\*\*\S.*\*\*", re.MULTILINE)

_FEWEST_TAGS = 4
_MOST_BETWEEN = 600
"""Characters to each tag in a text that is a page without its head."""
_LEAST_WITHIN = 0.6
"""Share of it from the first of them to the last."""


def reader_of(path: str) -> Reader:
    """The reader for the file at `path`, whose suffix tells the form of its text."""
    return READERS.get(PurePosixPath(path).suffix.lower(), plain.read)


def read(text: str, path: str) -> Reading:
    """What the file at `path` holds; all of its `text` as it stands where it is beyond limits."""
    named = reader_of(path)
    reader = _by_content(text, named)
    try:
        reading = reader(text)
    except BeyondLimitsError as error:
        return as_it_stands(text, str(error))
    except RecursionError:  # in a library: what our own code makes of a text is never so deep
        return as_it_stands(text, "it nests too deep")
    if reader is named:
        return reading
    message = f"Its name says {_NAMES[named]}, but it holds {_NAMES[reader]}, and is read as that."
    return replace(reading, notices=(Notice("other-form", message), *reading.notices))


def _by_content(text: str, named: Reader) -> Reader:
    """The reader for what `text` is beyond doubt, else that for what it is `named`."""
    if named is html.read:
        if not text.strip() or _ANY_TAG.search(text):
            return named
        return markdown.read if _SURELY_MARKDOWN.search(text) else plain.read
    if _PAGE.match(text):
        return html.read
    tags = list(_BLOCK_TAG.finditer(text))
    if named is not markdown.read:
        tags = sorted([*tags, *_BREAK_OR_CELL.finditer(text)], key=re.Match.start)
    if len(tags) < _FEWEST_TAGS or len(tags) * _MOST_BETWEEN < len(text):
        return named
    within = tags[-1].end() - tags[0].start() > _LEAST_WITHIN * len(text.strip())
    marks = len(_MARKDOWN.findall(text)) if named is markdown.read else 0
    return html.read if within and marks * 4 < len(tags) else named
