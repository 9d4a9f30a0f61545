"""Addresses of captures in web archives: the Wayback Machine's, and others'.

Where the address of a capture holds the address of the page or the moment, both are taken from it.
Forms and flags: the Wayback Machine's own (`/web/<digits><flag>_/<page>`), pywb's, which most
archives run, and those that archive.today, WebCite, Perma.cc and search engines document.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

from policy_archive.sources.urls import NO_URL, CleanUrl, clean
from policy_archive.text.dates import moment, timestamp

_WAYBACK = re.compile(
    r"https?://(?:(?:web|wayback|www|web-beta|replay|liveweb)\.)?archive\.org"
    r"(?::[0-9]+)?/(?:(?:web|wayback|save)/)?(?:_embed/)?"
    r"(?:(?P<digits>[0-9]{1,14})?(?P<several>\*)?(?P<flag>[a-z]{2}_)?/)?"
    r"(?P<target>(?:https?(?:%3a|:)|(?<=[0-9_*]/)).+)",
    re.IGNORECASE | re.DOTALL,
)
_OTHERS = re.compile(
    r"https?://[^/?#]+(?:/[\w.+-]+){0,4}?/(?P<digits>[0-9]{14}|[0-9]{4}\.[0-9]{2}\.[0-9]{2}-[0-9]{6})"
    r"(?P<flag>[a-z]{2}_)?/(?P<target>https?(?:%3a|:).+)",
    re.IGNORECASE | re.DOTALL,
)
_UNDATED = re.compile(
    r"https?://[^/?#]+(?:/[\w.+*-]+){1,4}?/(?P<target>https?(?:%3a|:).+)", re.IGNORECASE | re.DOTALL
)
"""On a host that replays: the newest capture of a page (`/+/`, `/newest/`), or all (`/*/`)."""

_CACHED = re.compile(r"cache:(?:[\w-]{8,14}:)?(?P<target>[^\s+]+)", re.IGNORECASE)
_ENCODED = re.compile(r"https?%3a", re.IGNORECASE)
_ESCAPE = re.compile(r"%([0-7][0-9A-Fa-f])")

_REPLAY = re.compile(
    r"(?:web|wayback|web-beta|replay|liveweb)\.archive\.org|(?:wayback|partner)\.archive-it\.org"
    r"|archive\.(?:today|ph|is|li|vn|fo|md)|webarchive\.nationalarchives\.gov\.uk"
    r"|(?:www\.)?webarchive\.org\.uk|webcache\.googleusercontent\.com|cc\.bingj\.com"
    r"|perma-archives\.(?:org|cc)|(?:www\.)?webcitation\.org|(?:[a-z]+\.)?ghostarchive\.org"
    r"|megalodon\.jp|(?:www\.)?arquivo\.pt|perma\.cc"
)
"""Hosts whose pages are captures of others'."""

_OWN_PAGES = re.compile(r"(?:(?:www\.)?arquivo\.pt|perma\.cc|(?:www\.)?webarchive\.org\.uk)")
"""Of these, those that are also known for pages of their own."""

_KEYED = re.compile(
    r"https?://perma\.cc/[A-Za-z0-9]{4}-[A-Za-z0-9]{4}(?:[/?]|$)"
    r"|https?://(?:www\.)?webcitation\.org/(?:query|[A-Za-z0-9]{9}$)"
    r"|https?://archive\.[a-z]+/(?:o/)?[A-Za-z0-9]{5}(?:/|$)"
)
"""A capture's short name on Perma.cc, WebCite and archive.today."""

_MOST_NESTED = 8


@dataclass(frozen=True, slots=True)
class Memento:
    """What the address of a capture says; empty where it says nothing."""

    digits: str = ""
    """The timestamp as it stands in the address, at any length."""
    captured: str = ""
    """The same as 14 or 8 digits; empty when it is less precise or no real date."""
    memento_url: str = ""
    """Empty where the address is not that of one capture, but of the newest, or a list."""
    raw_url: str = ""
    original: CleanUrl = NO_URL


NO_MEMENTO = Memento()
"""Where nothing is said."""


def is_replay(host: str) -> bool:
    """Whether the pages on `host` are captures of other sites' pages, and little else."""
    return bool(_REPLAY.fullmatch(host)) and not _OWN_PAGES.fullmatch(host)


def parse(url: str) -> Memento | None:
    """Read the address of a capture; None when `url` does not have the form of one.

    Wayback addresses are brought into one form, with the target decoded; those of other archives
    are kept as given, since each has rules of its own. Of a capture of a capture, the inner one
    counts: it is the one that was taken of the page.
    """
    found = _parse(url)
    for _ in range(_MOST_NESTED):
        inner = _parse(found.original.url) if found and found.original.url else None
        if inner is None:
            return found
        found = inner
    return replace(NO_MEMENTO, original=CleanUrl(fault="is a capture of captures without end"))


def _parse(url: str) -> Memento | None:
    url = url.strip()
    if match := _WAYBACK.fullmatch(url):
        return _wayback(match)
    if match := _OTHERS.fullmatch(url):
        digits = re.sub(r"[^0-9]", "", match["digits"])
        given = clean(url).url
        raw = given if (match["flag"] or "").lower() == "id_" else ""
        return Memento(digits, timestamp(digits), given, raw, _target(match["target"]))
    cleaned = clean(url)
    if _REPLAY.fullmatch(cleaned.host) or "/search?q=cache:" in cleaned.url:
        return next(_replayed(cleaned), None)
    return None


def _wayback(match: re.Match[str]) -> Memento:
    digits, original = match["digits"] or "", _target(match["target"])
    if not digits or match["several"]:
        return Memento(digits, original=original)
    base = f"https://web.archive.org/web/{digits}"
    return Memento(
        digits,
        timestamp(digits),
        f"{base}/{original.url}" if original.url else "",
        f"{base}id_/{original.url}" if original.url else "",
        original,
    )


def _replayed(given: CleanUrl) -> Iterator[Memento]:
    """What an address on an archive's host says that has none of the common forms."""
    parts = urlsplit(given.url)
    asked = parse_qs(parts.query)
    if cached := _CACHED.match(asked.get("q", [""])[0]):
        yield Memento(original=_target(cached["target"]))
    if page := asked.get("url", [""])[0]:
        captured = moment(asked.get("date", [""])[0])
        yield Memento(captured, captured, given.url, original=_target(page))
    if match := _UNDATED.fullmatch(given.url):
        own = given.url if _KEYED.match(given.url) else ""
        yield Memento(memento_url=own, original=_target(match["target"]))
    if _KEYED.match(given.url):
        yield Memento(memento_url=given.url)
    if is_replay(given.host):
        fault = "is an address of an archive, and of no capture"
        yield Memento(original=CleanUrl(fault=fault))


def _target(text: str) -> CleanUrl:
    if _ENCODED.match(text):
        # Encoded as a whole, so decoded once as a whole; `%25` gives back the page's own escapes.
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    if not re.match(r"[a-z][a-z0-9+.-]*:(?![0-9])", text, re.IGNORECASE):
        text = "http://" + text  # the form that the Wayback Machine itself gives such addresses
    return clean(text)
