"""What one part of a file says of its own provenance, before the parts are compared."""

from dataclasses import dataclass, replace

from policy_archive.model import Notice
from policy_archive.sources import capture_urls
from policy_archive.sources.provenance.path import site_name
from policy_archive.sources.urls import clean
from policy_archive.text.dates import moment


@dataclass(frozen=True, slots=True)
class Claims:
    """Statements on provenance, each checked in itself; empty where nothing is said."""

    place: str
    """Where they stand, as a noun with its article: `the header`."""
    line: int = 1
    site: str = ""
    captured: str = ""
    """14 or 8 digits."""
    original_url: str = ""
    host: str = ""
    """Of `original_url`."""
    memento_url: str = ""
    raw_url: str = ""
    memento_captured: str = ""
    """The moment in the memento's address."""
    memento_target: str = ""
    """The page in the memento's address."""
    kind: str = ""
    collection: str = ""
    notices: tuple[Notice, ...] = ()


Found = tuple[Claims, str]
"""Claims, and the text with what made them blanked out."""


def with_site(claims: Claims, written: str) -> Claims:
    """Add the site's domain, or its name."""
    return replace(claims, site=site_name(written))


def with_captured(claims: Claims, written: str, line: int) -> Claims:
    """Add a written date of capture."""
    captured = moment(written)
    if captured:
        return replace(claims, captured=captured)
    return noted(claims, "bad-date", f"“{_short(written)}” in {claims.place} is no real date", line)


def with_original(claims: Claims, raw: str, line: int) -> Claims:
    """Add the address where the page was published; a capture's own address counts as that."""
    if capture_urls.parse(raw):
        return with_memento(claims, raw, line)
    found = clean(raw)
    if found.fault:
        claims = noted(claims, "bad-url", f"“{_short(raw)}” in {claims.place} {found.fault}", line)
    return replace(claims, original_url=found.url, host=found.host)


def with_memento(claims: Claims, raw: str, line: int) -> Claims:
    """Add the address of the capture, and what it says of page and moment."""
    memento = capture_urls.parse(raw)
    if memento is None:
        found = clean(raw)
        if found.fault:
            claims = noted(
                claims, "bad-url", f"“{_short(raw)}” in {claims.place} {found.fault}", line
            )
        return replace(claims, memento_url=found.url)
    if memento.original.fault:
        message = f"the page in the capture's address “{_short(raw)}” {memento.original.fault}"
        claims = noted(claims, "bad-url", message, line)
    if not memento.captured:
        short = len(memento.digits) < 8
        claims = noted(
            claims,
            "short-timestamp" if short else "bad-date",
            f"the timestamp {memento.digits} of the capture's address "
            + ("is less precise than a day" if short else "is no real date and time"),
            line,
        )
    claims = replace(
        claims,
        memento_url=memento.memento_url,
        raw_url=memento.raw_url,
        memento_captured=memento.captured,
        memento_target=memento.original.url,
    )
    if claims.original_url or not memento.original.url:
        return claims
    return replace(claims, original_url=memento.original.url, host=memento.original.host)


def noted(claims: Claims, code: str, message: str, line: int) -> Claims:
    """Add a doubt."""
    return replace(claims, notices=(*claims.notices, Notice(code, message, line=line)))


def blanked(text: str, start: int, end: int) -> str:
    """`text` without what stands between two offsets; its line breaks stay."""
    return text[:start] + "\n" * text.count("\n", start, end) + text[end:]


def line_at(text: str, offset: int) -> int:
    """The number of the line that holds `offset`."""
    return text.count("\n", 0, offset) + 1


def _short(text: str) -> str:
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= 120 else line[:119] + "…"
