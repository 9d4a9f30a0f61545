"""Where a text comes from, when it was captured, and how sure we can be.

Each part of the evidence (`front_matter`, `header`, `path`; a commit's is in `sources/git`) says
what it says as `Claims`, without looking at the others; `merge` decides.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from policy_archive.model import Notice, Snapshot
from policy_archive.sources.forms import HTML, form
from policy_archive.sources.provenance import front_matter, header, page_savers
from policy_archive.sources.provenance import path as path_claims
from policy_archive.sources.provenance.claims import Claims
from policy_archive.sources.provenance.merge import merge

__all__ = ["Claims", "Provenance", "read"]


_SAVED = re.compile(r"\s*<(?:!doctype\s+html|html)\b|(?:From|MIME-Version): ", re.IGNORECASE)
"""What a page or a browser's archive of one begins with, whatever its file is called."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """A snapshot's provenance, and its text without it."""

    snapshot: Snapshot
    body: str
    """The text with all provenance blanked out, so that line numbers still hold."""
    notices: tuple[Notice, ...]


def read(text: str, path: str, recorded: Claims | None = None) -> Provenance:
    """The provenance of the decoded `text` of the file at `path`.

    `recorded` is what a repository, or a file beside the text, says of it.
    """
    text = text.removeprefix("\ufeff")
    above = front_matter.read(text)
    said = [above] if above else []
    inside = header.read(text, above.span[1] if above else 0)
    if recorded and recorded.kind and form(path) not in HTML:
        # What a crawler wrote out as text has no comments and begins with no address of its own.
        inside = [it for it in inside if it.site]
    elif form(path) in (*HTML, "") or _SAVED.match(text):
        inside += page_savers.read(text)
    said += sorted(inside, key=_says_of_capture)
    if recorded and recorded.own:
        said, recorded = [recorded, *said], None
    snapshot, notices = merge(said, path, path_claims.read(path), recorded)
    return Provenance(snapshot, _blanked(text, (it.span for it in said)), notices)


def _says_of_capture(claims: Claims) -> int:
    """What is believed first: a header that names the site, then who knows of a capture."""
    return 0 if claims.site else 1 if claims.memento.captured or claims.captured else 2


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` without what stands in `spans` (from, to); its line breaks stay."""
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + "\n" * text.count("\n", start, end) + text[end:]
    return text
