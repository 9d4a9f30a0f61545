"""Where a text comes from, when it was captured, and how sure we can be.

A file may speak of its own provenance in several places: front matter, a header above the text, a
comment that a browser left, a first line that is a URL, and its path with the date in it. The
first that says something wins, in that order. Where two disagree both are named in a doubt; what
nobody says stays unknown.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from policy_archive.model import PRIVACY_POLICY, Notice, Snapshot
from policy_archive.sources.provenance import front_matter, header
from policy_archive.sources.provenance.claims import Claims
from policy_archive.sources.provenance.path import captured_in_path, site_from_path, site_in_name
from policy_archive.sources.urls import same_page, same_site, without_www
from policy_archive.text.dates import written


@dataclass(frozen=True, slots=True)
class Origin:
    """A snapshot's provenance, and its text without it."""

    snapshot: Snapshot
    body: str
    """The text with the provenance header blanked out, so that line numbers still hold."""
    notices: tuple[Notice, ...]


def parse(text: str, path: str, outside: Claims | None = None) -> Origin:
    """Read the provenance of the decoded `text` of the file at `path`.

    `outside` is what a repository says of it: it fills in what the text leaves open.
    """
    claims, body = _collect(text.removeprefix("\ufeff"))
    if outside:
        claims = [*claims, _without(outside, claims, captured_in_path(path))]
    site, notices = _site(claims, path)
    captured, more = _captured(claims, path)
    notices += more
    original = next((claim for claim in claims if claim.original_url), None)
    memento = next((claim for claim in claims if claim.memento_url), None)
    notices += _urls(claims)
    if original and "." in site and not same_site(site, original.host):
        message = (
            f"It is archived under {site}, but the captured page is on "
            f"{without_www(original.host)}."
        )
        notices.append(Notice("domain-differs", message, line=original.line))
    notices += _gaps(claims, path, site) if outside is None else ()
    snapshot = Snapshot(
        path=path,
        site=site,
        kind=next((claim.kind for claim in claims if claim.kind), PRIVACY_POLICY),
        captured=captured,
        original_url=original.original_url if original else "",
        memento_url=memento.memento_url if memento else "",
        raw_url=memento.raw_url if memento else "",
        collection=next((claim.collection for claim in claims if claim.collection), ""),
    )
    own = [notice for claim in claims for notice in claim.notices]
    return Origin(snapshot, body, tuple(dict.fromkeys([*own, *notices])))


def _without(outside: Claims, claims: list[Claims], in_path: str) -> Claims:
    """`outside` without what the text itself says: a commit's date is that of the archiving."""
    dated = any(moment for claim in claims for moment in _moments(claim))
    sited = any(claim.site or claim.host for claim in claims)
    addressed = any(claim.original_url or claim.memento_url for claim in claims)
    if addressed:
        outside = replace(outside, original_url="", host="", memento_url="", raw_url="")
    return replace(
        outside,
        # A name's date is nearer to the text than the day on which somebody committed it.
        captured="" if dated or (in_path and not outside.memento_captured) else outside.captured,
        memento_captured="" if dated else outside.memento_captured,
        site="" if sited and "." in outside.site else outside.site,
    )


def _collect(text: str) -> tuple[list[Claims], str]:
    claims: list[Claims] = []
    if found := front_matter.read(text):
        claims.append(found[0])
        text = found[1]
    if found := header.from_paragraph(text):
        claims.append(found[0])
        return claims, found[1]
    comments, text = header.from_comments(text)
    if comments:
        return [*claims, *comments], text
    if found := header.from_first_line(text):
        claims.append(found[0])
        text = found[1]
    return claims, text


def _site(claims: list[Claims], path: str) -> tuple[str, list[Notice]]:
    notices = []
    named = [claim for claim in claims if claim.site]
    for claim in named[1:]:
        if claim.site.casefold() != named[0].site.casefold():
            notices.append(_differ("sites", named[0], named[0].site, claim, claim.site))
    hosted = next((claim for claim in claims if claim.host), None)
    if named:
        site, line = named[0].site, named[0].line
    elif hosted:
        site, line = without_www(hosted.host), hosted.line
    else:
        return site_from_path(path), notices
    in_path = site_in_name(path)
    if in_path and "." in site and not same_site(in_path, site):
        message = f"The file is named after {in_path}, but its provenance says {site}."
        notices.append(Notice("sites-differ", message, line=line))
    return site, notices


def _captured(claims: list[Claims], path: str) -> tuple[str, list[Notice]]:
    said = [(moment, claim) for claim in claims for moment in _moments(claim) if moment]
    in_path = captured_in_path(path)
    if not said:
        return in_path, _of_name(in_path, path)
    best, owner = said[0]
    notices = []
    # A name may be that of a download, so it does not even add the time to a day.
    if in_path and not _agree(in_path, best):
        named = Claims("the file’s name", owner.line)
        notices.append(_differ("dates", owner, written(best), named, written(in_path)))
    for moment, claim in said[1:]:
        if not _agree(moment, best):
            notices.append(_differ("dates", owner, written(best), claim, written(moment)))
        elif len(moment) > len(best):
            best = moment
    return best, notices


def _agree(one: str, other: str) -> bool:
    """Whether two moments are the same as far as both go."""
    common = min(len(one), len(other))
    return one[:common] == other[:common]


def _of_name(captured: str, path: str) -> list[Notice]:
    if not captured:
        return []
    message = (
        f"The date of capture, {written(captured)}, is that in the file’s name, {path}; "
        "nothing in the file itself says when."
    )
    return [Notice("date-of-name", message)]


def _moments(claim: Claims) -> tuple[str, ...]:
    # A header's date was drawn from the capture's address; a maintainer's was meant to overrule it.
    if claim.place == front_matter.PLACE:
        return claim.captured, claim.memento_captured
    return claim.memento_captured, claim.captured


def _urls(claims: list[Claims]) -> Iterator[Notice]:
    said = [(url, c) for c in claims for url in (c.original_url, c.memento_target) if url]
    for url, claim in said[1:]:
        if not same_page(url, said[0][0]):
            yield _differ("urls", said[0][1], said[0][0], claim, url)
    captures = [(claim.memento_url, claim) for claim in claims if claim.memento_url]
    for url, claim in captures[1:]:
        if url != captures[0][0]:
            yield _differ("urls", captures[0][1], captures[0][0], claim, url)


def _gaps(claims: list[Claims], path: str, site: str) -> Iterator[Notice]:
    dated = captured_in_path(path)
    said = [c for c in claims if c.site or c.host or c.captured or c.memento_url]
    if not said:
        message = (
            "Nothing in the file says where this text comes from"
            f"{'' if dated else ' or when it was captured'}; "
            f"it is filed under {site} because of its path, {path}."
        )
        yield Notice("no-provenance", message)
        return
    line = said[0].line
    if not dated and not any(claim.captured or claim.memento_captured for claim in claims):
        yield Notice("no-date", "Nothing in the file says when it was captured.", line=line)
    if not any(claim.original_url for claim in claims):
        message = "Nothing in the file says at which address the text was published."
        yield Notice("no-url", message, line=line)


def _differ(what: str, one: Claims, first: str, other: Claims, second: str) -> Notice:
    place = "a second statement there" if other.place == one.place else other.place
    nouns = {"dates": "date of capture", "sites": "site", "urls": "address"}
    message = f"Two values for the {nouns[what]}: {first} in {one.place}, {second} in {place}."
    if what == "dates" and other is one:
        message = f"Two dates of capture: {first} and {second}, both in {one.place}."
    return Notice(f"{what}-differ", message + " The first is used.", line=other.line)
