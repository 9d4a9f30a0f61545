"""What programs that save pages write into them: where a page was, and when it was saved.

Browsers' own comments are read with the headers (`header.py`), since they stand before the markup.
The forms are those that the programs write: SingleFile, Save Page WE, WebScrapBook, HTTrack, the
Wayback Machine's comments (of all its years) and toolbar, archive.today, and MHTML's headers (RFC
2557). Readers see none of it, but for that head, which is no part of the page.
"""

import html
import re
from collections.abc import Callable, Iterator

from policy_archive.sources import capture_urls
from policy_archive.sources.provenance.claims import Claims, line_at
from policy_archive.text.dates import MONTHS

_LONGEST_TAG = 20_000

_SINGLE_FILE = re.compile(
    r"<!--\s{0,9}Page saved with SingleFile\b[^\n]{0,99}\n\s{0,9}url: ?(?P<url>\S{1,4000})[^\n]*\n"
    r"(?:\s{0,9}saved date: ?(?P<date>[^\n]{1,200}))?"
)
_HTTRACK = re.compile(
    r"<!-- Mirrored from (?P<url>\S{1,4000}) by HTTrack Website Copier/[^,>]{0,99},"
    r" (?P<date>[^>]{1,99}?) -->"
)
_SCRAPBOOK = re.compile(
    r"\bdata-scrapbook-(?P<name>source|create)=(?P<q>[\"'])(?P<value>.{0,4000}?)(?P=q)"
)
_HTML_TAG = re.compile(rf"<html\b[^<>]{{1,{_LONGEST_TAG}}}>", re.IGNORECASE)
_SAVE_PAGE = re.compile(
    r"<meta name=(?P<q>[\"'])savepage-(?P<name>url|from|date)(?P=q)"
    r" content=(?P<r>[\"'])(?P<value>.{0,4000}?)(?P=r)",
)
_WAYBACK_TIME = re.compile(
    r"FILE ARCHIVED ON (?P<date>[0-9]{14}|[0-9:]{8} [A-Z][a-z]{2} [0-9]{1,2}, [0-9]{4})"
    r" AND RETRIEVED FROM THE\s"
)
_WAYBACK_PAGE = re.compile(
    r"__wm\.wombat\(\"(?P<url>https?:[^\"]{1,4000})\",\s{0,9}\"(?P<digits>[0-9]{14})\""
    r"|var sWayBackCGI = \"(?P<prefix>https?://web\.archive\.org/web/(?P<digits2>[0-9]{14})/)\""
    r"|var wbCurrentUrl = \"(?P<current>https?:[^\"]{1,4000})\""
)
_OF_CAPTURE = re.compile(
    r"<(?:link rel=[\"']?(?:bookmark|canonical)[\"']? href"
    r"|meta property=[\"']?og:url[\"']? content)=(?P<q>[\"'])(?P<url>https?:.{1,4000}?)(?P=q)",
    re.IGNORECASE,
)
_MHTML = re.compile(r"(?:[A-Z][\w-]{1,60}:[^\n]{0,4000}\n(?:[ \t][^\n]{0,4000}\n){0,20}){2,40}\n")
_HEADER = re.compile(r"(?m)^(?P<name>[A-Z][\w-]{1,60}): ?(?P<value>[^\n]*(?:\n[ \t][^\n]*)*)")

_DATE = re.compile(
    r"(?:[A-Z][a-z]{2},? )?"
    r"(?:(?P<month>[A-Z][a-z]{2}) (?P<day>[0-9]{1,2})"
    r"|(?P<day1>[0-9]{1,2}) (?P<month1>[A-Z][a-z]{2}))"
    r",? (?P<year>[0-9]{4}) (?P<time>[0-9]{2}:[0-9]{2}:[0-9]{2})"
    r"(?: (?:GMT|UTC)?(?P<zone>[+-][0-9]{4})?)?(?: \(.*)?"
)
_TIME_FIRST = re.compile(r"(?P<time>[0-9:]{8}) (?P<date>.*)")


def read(text: str) -> list[Claims]:
    """What page savers wrote into the page `text`, the archive's before the reader's program."""
    readers: tuple[Callable[[str], Claims | None], ...] = (
        _wayback, _of_capture, _single_file, _save_page, _scrapbook, _httrack, _mhtml,
    )  # fmt: skip
    found = (reader(text) for reader in readers)
    return [it for it in found if it and (it.moments or it.original.url or any(it.span))]


def _wayback(text: str) -> Claims | None:
    time = _WAYBACK_TIME.search(text)
    pages = list(_first_of_each(_WAYBACK_PAGE.finditer(text)))
    first = time or next(iter(pages), None)
    if first is None:
        return None
    claims = Claims("the Wayback Machine’s own words", line_at(text, first.start()))
    said: dict[str, str] = {}
    for match in pages:
        said |= {name: value for name, value in match.groupdict().items() if value}
    digits = said.get("digits") or said.get("digits2") or ""
    page = said.get("url") or said.get("current") or ""
    if page and capture_urls.parse(page):
        claims.say_memento(page, claims.line)
    elif page and digits:
        claims.say_memento(f"https://web.archive.org/web/{digits}/{page}", claims.line)
    elif page:
        claims.say_original(page, claims.line)
    if written := time["date"] if time else digits:
        claims.say_captured(_iso(written), claims.line)
    return claims


def _first_of_each(matches: Iterator[re.Match[str]]) -> Iterator[re.Match[str]]:
    seen: set[str | None] = set()
    for match in matches:
        if match.lastgroup not in seen:
            seen.add(match.lastgroup)
            yield match


def _of_capture(text: str) -> Claims | None:
    """A capture's page that names its own address, as archive.today's do."""
    for match in _OF_CAPTURE.finditer(text, 0, _LONGEST_TAG):
        url = html.unescape(match["url"])
        found = capture_urls.parse(url)
        if found and found.original.url:
            claims = Claims("the archive’s own address", line_at(text, match.start()))
            claims.say_memento(url, claims.line)
            return claims
    return None


def _single_file(text: str) -> Claims | None:
    match = _SINGLE_FILE.search(text)
    return _saved(text, match, "SingleFile’s comment") if match else None


def _httrack(text: str) -> Claims | None:
    match = _HTTRACK.search(text)
    if not match:
        return None
    url = match["url"]
    url = url if url.startswith(("http:", "https:")) else f"http://{url}"
    return _saved(text, match, "HTTrack’s comment", url)


def _saved(text: str, match: re.Match[str], place: str, url: str = "") -> Claims:
    claims = Claims(place, line_at(text, match.start("url")), match.span())
    end = text.find("-->", match.end() - 3)
    claims.span = (match.start(), end + 3 if end >= 0 else match.end())
    return _say(claims, url or match["url"], match["date"] or "")


def _save_page(text: str) -> Claims | None:
    matches = list(_first_of_each_name(_SAVE_PAGE.finditer(text)))
    return _of_pairs(text, matches, "Save Page WE’s elements", ("from", "url"), "date")


def _scrapbook(text: str) -> Claims | None:
    tag = _HTML_TAG.search(text, 0, 2 * _LONGEST_TAG)
    matches = list(_SCRAPBOOK.finditer(text, tag.start(), tag.end())) if tag else []
    return _of_pairs(text, matches, "WebScrapBook’s attributes", ("source",), "create")


def _first_of_each_name(matches: Iterator[re.Match[str]]) -> Iterator[re.Match[str]]:
    seen: set[str] = set()
    for match in matches:
        if match["name"] not in seen:
            seen.add(match["name"])
            yield match


def _of_pairs(
    text: str, matches: list[re.Match[str]], place: str, urls: tuple[str, ...], date: str
) -> Claims | None:
    said = {match["name"]: html.unescape(match["value"]) for match in matches}
    url = next((said[name] for name in urls if said.get(name)), "")
    if not url:
        return None
    return _say(Claims(place, line_at(text, matches[0].start())), url, said.get(date, ""))


def _mhtml(text: str) -> Claims | None:
    head = _MHTML.match(text)
    if not head or "mime-version:" not in head[0].lower():
        return None
    said = {it["name"].lower(): " ".join(it["value"].split()) for it in _HEADER.finditer(head[0])}
    url = said.get("snapshot-content-location") or said.get("content-location") or ""
    claims = Claims("the MHTML file’s head", span=head.span())
    return _say(claims, url, said.get("date", ""))


def _say(claims: Claims, url: str, date: str) -> Claims:
    if url:
        claims.say_original(url, claims.line)
    # Of a page that was saved from an archive, the date of saving is none of capture.
    if date and not claims.memento.digits and not claims.memento.memento_url:
        claims.say_captured(_iso(date), claims.line)
    return claims


def _iso(written: str) -> str:
    """A date as programs write it, as `moment` reads it; as it stands where it has no known form.

    `Mon May 03 2021 11:09:39 GMT+0200 (…)` (JavaScript), `Wed, 21 May 2014 17:33:13 GMT` (RFC
    5322), `17:33:13 May 21, 2014` (the Wayback Machine, UTC), `20210503090939123` (WebScrapBook).
    """
    text = " ".join(written.split())
    if text.isascii() and text.isdigit() and 15 <= len(text) <= 17:
        return text[:14]
    if first := _TIME_FIRST.fullmatch(text):
        text = f"{first['date']} {first['time']}"
    match = _DATE.fullmatch(text)
    month = MONTHS.get((match["month"] or match["month1"]).lower()) if match else None
    if not match or not month:
        return text
    day = int(match["day"] or match["day1"])
    return f"{match['year']}-{month:02}-{day:02}T{match['time']}{match['zone'] or 'Z'}"
