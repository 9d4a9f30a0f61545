"""Addresses of captures in web archives: the Wayback Machine's, and others of the same layout."""

import re
from dataclasses import dataclass

from policy_archive.sources.urls import NO_URL, CleanUrl, clean
from policy_archive.text.dates import timestamp

_WAYBACK = re.compile(
    r"https?://(?:(?:web|wayback|www|web-beta)\.)?archive\.org"
    r"(?::[0-9]+)?/(?:web/)?(?P<digits>[0-9]{1,14})(?P<flag>[a-z]{2}_)?/(?P<target>.+)",
    re.IGNORECASE | re.DOTALL,
)
_OTHERS = re.compile(
    r"https?://[^/?#]+(?:/[\w.-]+){0,4}?/(?P<digits>[0-9]{14})(?P<flag>[a-z]{2}_)?/"
    r"(?P<target>https?(?:%3a|:).+)",
    re.IGNORECASE | re.DOTALL,
)
_ENCODED = re.compile(r"https?%3a", re.IGNORECASE)
_ESCAPE = re.compile(r"%([0-7][0-9A-Fa-f])")


@dataclass(frozen=True, slots=True)
class Memento:
    """What the address of a capture says; empty where it says nothing."""

    digits: str = ""
    """The timestamp as it stands in the address, at any length."""
    captured: str = ""
    """The same as 14 or 8 digits; empty when it is less precise or no real date."""
    memento_url: str = ""
    raw_url: str = ""
    original: CleanUrl = NO_URL


NO_MEMENTO = Memento()
"""Where nothing is said."""


def parse(url: str) -> Memento | None:
    """Read the address of a capture; None when `url` does not have the form of one.

    Wayback addresses are brought into one form, with the target decoded; those of other archives
    are kept as given, since each has rules of its own.
    """
    if match := _WAYBACK.fullmatch(url.strip()):
        digits, original = match["digits"], _target(match["target"])
        base = f"https://web.archive.org/web/{digits}"
        target = original.url
        return Memento(
            digits,
            timestamp(digits),
            f"{base}/{target}" if target else "",
            f"{base}id_/{target}" if target else "",
            original,
        )
    if match := _OTHERS.fullmatch(url.strip()):
        given = clean(url).url
        raw = given if (match["flag"] or "").lower() == "id_" else ""
        return Memento(
            match["digits"], timestamp(match["digits"]), given, raw, _target(match["target"])
        )
    return None


def _target(text: str) -> CleanUrl:
    if _ENCODED.match(text):
        # Encoded as a whole, so decoded once as a whole; `%25` gives back the page's own escapes.
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    if not re.match(r"[a-z][a-z0-9+.-]*:(?![0-9])", text, re.IGNORECASE):
        text = "http://" + text  # the form that the Wayback Machine itself gives such addresses
    return clean(text)
