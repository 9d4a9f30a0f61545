"""Whose text it is, when it was captured and where, from all that is said of it.

The first part that says something wins: front matter, then a header or a comment, then a first
line that is a URL. What a repository says fills in what the text leaves open, and the path what is
still open then. Where two disagree both are named in a doubt; what nobody says stays unknown.
"""

from collections.abc import Iterator, Sequence

from policy_archive.model import PRIVACY_POLICY, Notice, Snapshot
from policy_archive.sources.capture_urls import NO_MEMENTO
from policy_archive.sources.provenance import front_matter
from policy_archive.sources.provenance.claims import Claims
from policy_archive.sources.provenance.path import site_in_name
from policy_archive.sources.urls import NO_URL, same_page, same_site, without_www
from policy_archive.text.dates import written


def merge(
    said: Sequence[Claims], path: str, named: Claims, recorded: Claims | None = None
) -> tuple[Snapshot, tuple[Notice, ...]]:
    """The snapshot that the claims speak of, and every doubt about them.

    `said` is what the text says, what is believed first before the rest; `named` what its path
    says, and `recorded` what the repository does that it comes from.
    """
    claims = [*said, recorded] if recorded else list(said)
    addressed = [it for it in said if it.original.url or it.memento.memento_url] or claims
    site, doubts = _site(said, addressed, path, named, recorded)
    captured, more = _captured(said, path, named, recorded)
    doubts += more
    owner = next((it for it in addressed if it.original.url), None)
    original = owner.original if owner else NO_URL
    memento = next((it.memento for it in addressed if it.memento.memento_url), NO_MEMENTO)
    doubts += _urls_differ(claims)
    if owner and "." in site and not same_site(site, original.host):
        message = (
            f"It is archived under {site}, but the captured page is on "
            f"{without_www(original.host)}."
        )
        doubts.append(Notice("domain-differs", message, line=owner.line))
    doubts += _recorded_gaps(captured) if recorded else _gaps(said, path, named)
    snapshot = Snapshot(
        path=path,
        site=site,
        kind=next((it.kind for it in claims if it.kind), PRIVACY_POLICY),
        captured=captured,
        original_url=original.url,
        memento_url=memento.memento_url,
        raw_url=memento.raw_url,
        collection=next((it.collection for it in claims if it.collection), ""),
    )
    own = [notice for it in claims for notice in it.notices]
    return snapshot, tuple(dict.fromkeys([*own, *doubts]))


def _site(
    said: Sequence[Claims],
    addressed: Sequence[Claims],
    path: str,
    named: Claims,
    recorded: Claims | None,
) -> tuple[str, list[Notice]]:
    outright = [it for it in said if it.site]
    hosted = [it for it in addressed if it.original.host]
    # A repository's domain is its path's and yields; the service it names is a statement.
    yields = recorded and "." in recorded.site and any(it.site or it.original.host for it in said)
    if recorded and recorded.site and not yields:
        outright.append(recorded)
    if outright:
        first = outright[0]
        site = first.site
    elif hosted:
        first = hosted[0]
        site = without_www(first.original.host)
    else:
        return named.site, []
    doubts = [
        _differ("sites", first, site, other, other.site)
        for other in outright[1:]
        if other.site.casefold() != site.casefold()
    ]
    in_name = site_in_name(path)
    if in_name and "." in site and not same_site(in_name, site):
        message = f"The file is named after {in_name}, but its provenance says {site}."
        doubts.append(Notice("sites-differ", message, line=first.line))
    return site, doubts


def _captured(
    said: Sequence[Claims], path: str, named: Claims, recorded: Claims | None
) -> tuple[str, list[Notice]]:
    moments = [(moment, it) for it in said for moment in _moments(it)]
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
    maintained = claims.place == front_matter.PLACE
    return claims.moments[::-1] if maintained else claims.moments


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


def _recorded_gaps(captured: str) -> Iterator[Notice]:
    if not captured:
        yield Notice("no-date", "Neither the text nor its commit says when it was captured.")


def _differ(what: str, one: Claims, first: str, other: Claims, second: str) -> Notice:
    place = "a second statement there" if other.place == one.place else other.place
    nouns = {"dates": "date of capture", "sites": "site", "urls": "address"}
    message = f"Two values for the {nouns[what]}: {first} in {one.place}, {second} in {place}."
    if what == "dates" and other is one:
        message = f"Two dates of capture: {first} and {second}, both in {one.place}."
    return Notice(f"{what}-differ", message + " The first is used.", line=other.line)
