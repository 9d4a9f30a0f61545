"""What a commit's message says of the texts that it recorded."""

import json
import re

from policy_archive.sources.provenance import Claims

_TECHNICAL = re.compile(
    r"(?:re-?filter|(?:apply|record|refilter)\b.{0,40}\b(?:technical|declaration)\b.{0,20}upgrade"
    r"|(?:technical|declaration) upgrade)\b",
    re.IGNORECASE,
)
"""First line of a commit that extracted an old record anew: the archive changed, not the site."""

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
    """What a message that is, or ends in, one JSON object says; nothing where it is none."""
    found = Claims("the commit")
    start = message.find("{")
    if start < 0:
        return found
    try:
        said, _ = json.JSONDecoder().raw_decode(message[start : start + 100_000])
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
