"""Whose text it is, when it was captured and where, from all that is said of it.

Who is believed goes by who could have written it. Front matter and the place where the archive
keeps the text (a repository's path and commit; a folder or file named after the site) are the
archive's own word. A header, a comment or a first line stands among the archived words, which
anybody can write: it says more, and goes before a commit's date, where it agrees with the archive
on whose text it is, or where the archive does not say. Otherwise the archive's word is used, and
the other is named in a doubt. What nobody says stays unknown.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policy_archive.model import PRIVACY_POLICY, Notice, Snapshot
from policy_archive.sources.capture_urls import NO_MEMENTO
from policy_archive.sources.provenance.claims import Claims
from policy_archive.sources.provenance.path import site_in_name
from policy_archive.sources.urls import NO_URL, same_page, same_site, without_www
from policy_archive.text.dates import written


class _Site(NamedTuple):
    """A site, and who says so."""

    name: str
    said: Claims


def merge(
    said: Sequence[Claims], path: str, named: Claims, recorded: Claims | None = None
) -> tuple[Snapshot, tuple[Notice, ...]]:
    """The snapshot that the claims speak of, and every doubt about them.

    `said` is what the text says, what is believed first before the rest; `named` what its path
    says, and `recorded` what the repository does that it comes from.
    """
    above = [it for it in said if it.own]
    inside = [it for it in said if not it.own]
    filed = _of_archive(above, named, recorded)
    agreed = [it for it in inside if not (filed and _contradicts(it, filed.name))]
    strangers = [it for it in inside if it not in agreed]
    # Where a repository files a text under one site, what speaks of another says nothing of it.
    heard = [*above, *agreed, *(strangers if not filed or filed.said is not recorded else ())]
    claims = [*heard, recorded] if recorded else heard
    site = filed or _of_text(agreed) or _Site(named.site, named)
    captured, doubts = _captured(heard, path, named, recorded)
    owner = next((it for it in claims if it.original.url), None)
    original = owner.original if owner else NO_URL
    memento = next((it.memento for it in claims if it.memento.memento_url), NO_MEMENTO)
    doubts = [*_sites_differ(site, [*claims, *strangers], path), *doubts, *_urls_differ(claims)]
    if owner and "." in site.name and not same_site(site.name, original.host):
        message = (
            f"It is archived under {site.name}, but the captured page is on "
            f"{without_www(original.host)}."
        )
        doubts.append(Notice("domain-differs", message, line=owner.line))
    doubts += _recorded_gaps(captured, recorded) if recorded else _gaps(said, path, named)
    snapshot = Snapshot(
        path=path,
        site=site.name,
        kind=next((it.kind for it in [*claims, named] if it.kind), PRIVACY_POLICY),
        captured=captured,
        original_url=original.url,
        memento_url=memento.memento_url,
        raw_url=memento.raw_url,
        collection=next((it.collection for it in claims if it.collection), ""),
        record_url=recorded.record_url if recorded else "",
        licence=recorded.licence if recorded else "",
        document=next((it.document for it in said if it.document), ""),
    )
    own = [notice for it in (*said, recorded) if it for notice in it.notices]
    return snapshot, tuple(dict.fromkeys([*own, *doubts]))


def _of_archive(above: Sequence[Claims], named: Claims, recorded: Claims | None) -> _Site | None:
    """The site by the archive's own word; None where it does not say."""
    outright = [it for it in above if it.site]
    hosts = [_Site(without_www(it.original.host), it) for it in above if it.original.host]
    place = recorded if recorded and recorded.site else named
    places = [place] if place is recorded or place.firm else []
    # A service's name cannot be had from an address; of two domains that of the page is meant.
    services = [it for it in places if "." not in it.site]
    found = [_Site(it.site, it) for it in (*outright, *services)] + hosts
    found += [_Site(it.site, it) for it in places]
    if recorded and recorded.original.host:
        found.append(_Site(without_www(recorded.original.host), recorded))
    return found[0] if found else None


def _of_text(inside: Sequence[Claims]) -> _Site | None:
    named = [_Site(it.site, it) for it in inside if it.site]
    hosts = [_Site(without_www(it.original.host), it) for it in inside if it.original.host]
    return next(iter([*named, *hosts]), None)


def _contradicts(claims: Claims, site: str) -> bool:
    """Whether they name another site outright."""
    return bool(claims.site) and not _same(claims.site, site)


def _same(one: str, other: str) -> bool:
    if "." in one and "." in other:
        return same_site(one.lower(), other.lower())
    return one.casefold() == other.casefold()


def _sites_differ(site: _Site, claims: Sequence[Claims], path: str) -> Iterator[Notice]:
    for other in claims:
        if other is not site.said and other.site and other.site.casefold() != site.name.casefold():
            yield _differ("sites", site.said, site.name, other, other.site)
    in_name = site_in_name(path)
    if in_name and "." in site.name and not same_site(in_name, site.name.lower()):
        message = f"The file is named after {in_name}, but its provenance says {site.name}."
        yield Notice("sites-differ", message, line=site.said.line)


def _captured(
    heard: Sequence[Claims], path: str, named: Claims, recorded: Claims | None
) -> tuple[str, list[Notice]]:
    moments = [(moment, it) for it in heard for moment in _moments(it)]
    # A commit's date is that of the archiving: the name's is nearer to the text.
    if recorded and not moments and (recorded.memento.captured or not named.captured):
        moments = [(moment, recorded) for moment in recorded.moments]
    if not moments:
        return named.captured, _of_name(named.captured, path)
    best, owner = moments[0]
    doubts = []
    # A name may be that of a download, so it does not even add the time to a day.
    if named.captured and not _agree(named.captured, best):
        beside = Claims(named.place, owner.line)
        doubts.append(_differ("dates", owner, written(best), beside, written(named.captured)))
    for moment, other in moments[1:]:
        if not _agree(moment, best):
            doubts.append(_differ("dates", owner, written(best), other, written(moment)))
        elif len(moment) > len(best):
            best = moment
    return best, doubts


def _moments(claims: Claims) -> tuple[str, ...]:
    # A header's date was drawn from the capture's address; a maintainer's was meant to overrule it.
    return claims.moments[::-1] if claims.own else claims.moments


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


def _urls_differ(claims: Sequence[Claims]) -> Iterator[Notice]:
    pages = [
        (url, it) for it in claims for url in (it.original.url, it.memento.original.url) if url
    ]
    for url, it in pages[1:]:
        if not same_page(url, pages[0][0]):
            yield _differ("urls", pages[0][1], pages[0][0], it, url)
    captures = [(it.memento.memento_url, it) for it in claims if it.memento.memento_url]
    for url, it in captures[1:]:
        if url != captures[0][0]:
            yield _differ("urls", captures[0][1], captures[0][0], it, url)


def _gaps(said: Sequence[Claims], path: str, named: Claims) -> Iterator[Notice]:
    speaking = [
        it for it in said if it.site or it.original.host or it.captured or it.memento.memento_url
    ]
    if not speaking:
        message = (
            "Nothing in the file says where this text comes from"
            f"{'' if named.captured else ' or when it was captured'}; "
            f"it is filed under {named.site} because of its path, {path}."
        )
        yield Notice("no-provenance", message)
        return
    line = speaking[0].line
    if not named.captured and not any(it.moments for it in said):
        yield Notice("no-date", "Nothing in the file says when it was captured.", line=line)
    if not any(it.original.url for it in said):
        message = "Nothing in the file says at which address the text was published."
        yield Notice("no-url", message, line=line)


def _recorded_gaps(captured: str, recorded: Claims) -> Iterator[Notice]:
    if not captured:
        message = recorded.undated or "Neither the text nor its commit says when it was captured."
        yield Notice("no-date", message)


def _differ(what: str, one: Claims, first: str, other: Claims, second: str) -> Notice:
    place = "a second statement there" if other.place == one.place else other.place
    nouns = {"dates": "date of capture", "sites": "site", "urls": "address"}
    message = f"Two values for the {nouns[what]}: {first} in {one.place}, {second} in {place}."
    if what == "dates" and other is one:
        message = f"Two dates of capture: {first} and {second}, both in {one.place}."
    return Notice(f"{what}-differ", message + " The first is used.", line=other.line)
