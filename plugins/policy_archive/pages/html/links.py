"""Links in archived text: robust ones to replays, never scripts, never our own pages by accident.

A link goes to the replay of its URL at the capture's time, and says so with the attributes of
https://robustlinks.mementoweb.org/spec/; the live URL stays readable. What is no web or mail
address is text and nothing else.
"""

import re
from collections.abc import Mapping
from html import escape
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

from policy_archive.model import Snapshot
from policy_archive.pages import capture_time
from policy_archive.sources import capture_urls
from policy_archive.text.words import slug

_REPLAYED_MAIL = re.compile(r"(?:https?://[^/?#]+)?/web/\d{4,14}(?:[a-z]{2}_)?/(?=mailto:)")
_OF_AN_ARCHIVE = re.compile(
    r"archive|/\d{14}|\.pt/|cache|perma|webcitation|megalodon", re.IGNORECASE
)
"""What any address has that is one of a web archive; most have not."""
_ARCHIVES_OWN = re.compile(r"/?|/(?:web|save)(?:/[^/]*)?/?")
"""Paths on an archive's host that are its own pages, and of no archived site."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]+")
"""Never part of an address; browsers skip some of them, so that what is checked must lack them."""
_UNSAFE = "%/:=&?~#+!$,;@()*[]|"
"""Kept as they are in a URL; everything else is percent-encoded, quotes and brackets too."""


class ArchivedLinks:
    """Makes the attributes of links in one snapshot's text."""

    def __init__(self, snapshot: Snapshot, sections: Mapping[str, str]) -> None:
        """`sections` maps the ids of the document's sections to themselves or to new ids."""
        self._captured = snapshot.captured
        self._base = web_url(snapshot.original_url)
        self._sections = sections
        self._known: dict[str, str | None] = {}

    def attributes(self, href: str) -> str | None:
        """The attributes of the `a` element for `href`, escaped; None: print the text alone."""
        if href not in self._known:
            self._known[href] = self._attributes(href)
        return self._known[href]

    def _attributes(self, href: str) -> str | None:
        href = _REPLAYED_MAIL.sub("", _CONTROLS.sub("", href).strip())
        if href in ("", "#"):  # the top of its own page
            return None
        if re.match(r"mailto:[^/]", href, re.IGNORECASE):
            mail = escape("mailto:" + quote(href[7:], safe=_UNSAFE))
            return f'href="{mail}" rel="nofollow noreferrer"'
        url, moment = self._resolve(href)
        if not url:
            return self._local(href[1:]) if href.startswith("#") else None
        page, fragment = urldefrag(url)
        if fragment and self._base and page == urldefrag(self._base)[0]:
            return self._local(fragment)
        return _robust(url, moment)

    def _resolve(self, href: str) -> tuple[str, str]:
        """The live URL that `href` means, and the moment that it is best replayed from.

        A replay rewrites the links of a page, and converters resolve what it left as if the page
        were the archive's own; the address is the one that the page's reader had.
        """
        try:
            url = urljoin(self._base, href) if self._base else href
        except ValueError:
            return "", ""
        capture = capture_urls.parse(url) if _OF_AN_ARCHIVE.search(url) else None
        if capture is None or (capture.memento_url == url and not capture.original.url):
            return web_url(url), self._captured
        if capture.original.url:
            partial = capture.digits if 4 <= len(capture.digits) < 8 else ""
            return web_url(capture.original.url), capture.captured or partial or self._captured
        if capture.digits:  # of a script, say
            return "", ""
        parts = urlsplit(url)
        if self._base and not _ARCHIVES_OWN.fullmatch(parts.path):
            url = urljoin(self._base, parts._replace(scheme="", netloc="").geturl())
        return web_url(url), self._captured

    def _local(self, fragment: str) -> str | None:
        name = unquote(fragment)
        for candidate in (name, name.casefold(), slug(name)):
            if candidate in self._sections:
                return f'href="#{escape(quote(self._sections[candidate]))}"'
        return None


def web_url(url: str) -> str:
    """`url` percent-encoded, if it is one of the web; else empty."""
    try:
        parts = urlsplit(url)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return quote(url, safe=_UNSAFE) if valid else ""


def _robust(url: str, moment: str) -> str:
    live = escape(url)
    rel = 'rel="nofollow noopener noreferrer"'
    if not moment:
        return f'href="{live}" data-originalurl="{live}" {rel}'
    day = capture_time.iso(moment)[:10] if len(moment) >= 8 else moment[:4]
    return (
        f'href="https://web.archive.org/web/{moment}/{live}" title="{live}" '
        f'data-originalurl="{live}" data-versiondate="{day}" {rel}'
    )


def replay_url(snapshot: Snapshot) -> str:
    """The replay of the snapshot itself, if it is a web address."""
    return web_url(snapshot.memento_url)


def raw_url(snapshot: Snapshot) -> str:
    """The capture's raw bytes, if that is a web address."""
    return web_url(snapshot.raw_url)


def record_url(snapshot: Snapshot) -> str:
    """Where the archive that it comes from shows what it took it from, if on the web."""
    return web_url(snapshot.record_url)


def original_url(snapshot: Snapshot) -> str:
    """Where the policy was published, if that is a web address."""
    return web_url(snapshot.original_url)


def captures_url(snapshot: Snapshot) -> str:
    """All captures of the original URL at the Wayback Machine."""
    url = original_url(snapshot)
    return f"https://web.archive.org/web/*/{url}" if url else ""


def without_scheme(url: str, limit: int = 64) -> str:
    """A URL for reading: no scheme, no `www.`, cut in the middle when it is long."""
    text = re.sub(r"^https?://(www\.)?", "", url).rstrip("/")
    return text if len(text) <= limit else f"{text[: limit // 2]}…{text[1 - limit // 2 :]}"
