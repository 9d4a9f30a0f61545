"""What a commit's message says of the texts that it recorded."""

import json
import re

from policy_archive.sources.provenance import Claims
from policy_archive.sources.urls import clean

_TECHNICAL = re.compile(
    r"(?:re-?filter|(?:apply|record|refilter)\b.{0,40}\b(?:technical|declaration)\b.{0,20}upgrade"
    r"|(?:technical|declaration) upgrade)\b",
    re.IGNORECASE,
)
"""First line of a commit that extracted an old record anew: the archive changed, not the site."""

_RECORD = re.compile(
    r"(?:extracting|filtering)\b.{0,20}?\bsnapshots?:?\s{0,3}-?\s{0,3}"
    r"(?P<url>https://\S{1,300}/commit/[0-9a-f]{7,64})(?=\s|$)",
    re.IGNORECASE | re.DOTALL,
)
"""What Open Terms Archive writes of the page that it took a version from."""

_LONGEST = 100_000

_KEYS = {
    "captured": ("captured", "archived", "timestamp", "snapshot_timestamp", "archive_date", "date"),
    "original_url": ("original_url", "policy_url", "url"),
    "memento_url": ("memento_url", "policy_snapshot_url", "snapshot_url", "wayback_url",
                    "archive_url"),
}  # fmt: skip


def is_technical(message: str) -> bool:
    """Whether the archive's own tools caused the commit, by its first line."""
    return _TECHNICAL.match(message) is not None


def claims(message: str) -> Claims:
    """What a message says that is, or ends in, one JSON object, or is Open Terms Archive's."""
    found = Claims("the commit")
    if record := _RECORD.search(message, 0, _LONGEST):
        found.record_url = clean(record["url"]).url
    start = message.find("{")
    if start < 0:
        return found
    try:
        said, _ = json.JSONDecoder().raw_decode(message[start : start + _LONGEST])
    except (ValueError, RecursionError):
        return found

    def value(name: str) -> str:
        values = (said.get(key) for key in _KEYS[name])
        return next((str(it) for it in values if isinstance(it, str | int) and str(it)), "")

    if text := value("original_url"):
        found.say_original(text, 1)
    if text := value("memento_url"):
        found.say_memento(text, 1)
    if text := value("captured"):
        found.say_captured(text, 1)
    return found
