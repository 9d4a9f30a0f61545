"""`index.md` beside a snapshot's page: its provenance as front matter, and its cleaned text."""

import re

from policy_archive.catalogue.rows import Quotes
from policy_archive.model import Record
from policy_archive.pages import capture_time
from policy_archive.pages.data import markdown_text

NAME = "index.md"
PART = "markdown"
"""The name under which visits keep it."""

_QUOTED = re.compile(r'["\\]')


def made(record: Record, _: Quotes) -> bytes:
    """The whole file; what front matter has no key for stands in comments."""
    snapshot = record.snapshot
    keys = {
        "site": snapshot.site,
        "kind": snapshot.kind,
        "captured": capture_time.iso(snapshot.captured),
        "original_url": snapshot.original_url,
        "memento_url": snapshot.memento_url,
        "collection": snapshot.collection,
    }
    comments = {
        "title": record.document.title,
        "language": record.language,
        "sha256": record.sha256,
        "revision": snapshot.revision,
        "licence": snapshot.licence,
    }
    lines = [
        "---",
        "# The cleaned text of an archived document; beside it lies its source, `source.txt`.",
        *(f"# {name}: {_scalar(value)}" for name, value in comments.items() if value),
        *(f"{name}: {_scalar(value)}" for name, value in keys.items() if value),
        "---",
        "",
        markdown_text.document(record.document),
    ]
    return "\n".join(lines).encode("utf-8", "replace")


def _scalar(value: str) -> str:
    """A double-quoted scalar of YAML, on one line."""
    shown = _QUOTED.sub(r"\\\g<0>", value)
    if not shown.isprintable():
        shown = "".join(it if it.isprintable() else f"\\U{ord(it):08x}" for it in shown)
    return f'"{shown}"'
