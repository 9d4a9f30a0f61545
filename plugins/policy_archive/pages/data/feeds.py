"""Atom feeds (RFC 4287) of changes: of everything, of one policy, of one topic."""

import uuid
from collections.abc import Iterator, Sequence
from html import escape

from policy_archive import __version__
from policy_archive.catalogue.digests import digest
from policy_archive.catalogue.questions import timeline
from policy_archive.catalogue.questions.contents import PolicyRow
from policy_archive.catalogue.questions.timeline import Changed
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import topic_place
from policy_archive.pages.change_rows import feed_place, size
from policy_archive.pages.data.files import GeneratedFile
from policy_archive.pages.html import diff_html
from policy_archive.pages.kinds import kind_name
from policy_archive.pages.language import current, gettext, ngettext
from policy_archive.pages.publication import Publication

_NEWEST = 50
_NAMESPACE = uuid.UUID("3f2b1d0c-7a94-5d8e-9c61-0e5a4b7f2d13")
"""Ours alone: with it, the same change has the same id wherever an archive is published."""

Changes = Sequence[Changed]


def files(publication: Publication) -> Iterator[GeneratedFile]:
    """The feeds of all changes and of topics; none without absolute addresses or changes."""
    if not (publication.addresses.site_url and publication.changes):
        return
    site = publication.name
    title = gettext("%(name)s: changes", name=site)
    yield from _with_years(publication, "changes/", title, "")
    for topic, name in publication.context.topics:
        if topic in publication.topics_with_changes:
            title = gettext("%(name)s: changes on %(topic)s", name=site, topic=name)
            yield from _with_years(publication, topic_place(topic), title, topic)


def _with_years(
    publication: Publication, place: str, title: str, topic: str
) -> Iterator[GeneratedFile]:
    """The feed of the newest changes, and of each year's all."""
    found = publication.changes_on(topic)
    yield _file(publication, place, title, topic=topic, key=found)
    for year in publication.change_years:
        own = [it for it in found if it[0].startswith(year.encode())]
        if own:
            yield _file(publication, place, f"{title}, {year}", topic=topic, year=year, key=own)


def of_policy(row: PolicyRow, publication: Publication) -> Iterator[GeneratedFile]:
    """The feed of a policy, if it has one."""
    if publication.addresses.site_url and any(change.counts for change in row.changes):
        title = gettext("%(site)s, %(kind)s: changes", site=row.site, kind=kind_name(row.kind))
        yield _file(publication, row.url, title, policy=row.id, key=row.shown)


def _file(
    publication: Publication,
    place: str,
    title: str,
    *,
    key: object,
    topic: str = "",
    policy: int = 0,
    year: str = "",
) -> GeneratedFile:
    def made() -> bytes:
        most = -1 if year else _NEWEST  # of a year all
        found = timeline.newest_changes(publication.catalogue, most, topic, policy, year)
        return _feed(publication, place, title, list(found), year)

    return GeneratedFile(feed_place(place, year), made, (title, digest(key)))


def _feed(publication: Publication, place: str, title: str, changes: Changes, year: str) -> bytes:
    own = publication.addresses.absolute(feed_place(place, year))
    page = publication.addresses.absolute(place)
    entries = "\n".join(_entry(publication, change) for change in changes)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{current().code}">
<id>{escape(own)}</id>
<title>{_xml(title)}</title>
<updated>{_moment(changes[0])}</updated>
<author><name>{_xml(publication.name)}</name></author>
<link rel="self" type="application/atom+xml" href="{escape(own)}"/>
<link rel="alternate" type="text/html" href="{escape(page)}"/>
<generator version="{escape(__version__)}">policy-archive</generator>
{entries}
</feed>
""".encode()


def _entry(publication: Publication, change: Changed) -> str:
    url = escape(publication.addresses.absolute(change.place))
    known = dict(publication.context.topics)
    topics = [known[t.topic] for t in change.summary.topics if t.topic in known]
    categories = "".join(f'<category term="{_xml(name)}"/>' for name in topics)
    title = f"{change.site}, {kind_name(change.kind)}: {size(change.summary)}"
    return f"""<entry>
<id>urn:uuid:{_id(change)}</id>
<title>{_xml(title)}</title>
<updated>{_moment(change)}</updated>
<link rel="alternate" type="text/html" href="{url}"/>
{categories}<content type="html" xml:base="{url}">{_xml(_content(change, topics))}</content>
</entry>"""


def _content(change: Changed, topics: Sequence[str]) -> str:
    between = [capture_time.shown(it) for it in (change.since, change.captured)]
    lead = gettext("Changed between %(first)s and %(last)s.", first=between[0], last=between[1])
    if topics:
        named = ", ".join(topics)
        lead += " " + gettext("On %(topics)s.", topics=named)
    passages = "".join(
        f"<blockquote>{diff_html.inline_html(diff_html.readable(spans))}</blockquote>"
        for spans in change.summary.excerpts
    )
    rest = change.summary.passages - len(change.summary.excerpts)
    more = f"<p>{ngettext('And %(num)s more.', 'And %(num)s more.', rest)}</p>" if rest > 0 else ""
    return f"<p>{escape(lead)}</p>{passages}{more}"


def _id(change: Changed) -> uuid.UUID:
    return uuid.uuid5(
        _NAMESPACE, "\n".join((change.site, change.kind, change.segment, change.texts))
    )


def _moment(change: Changed) -> str:
    iso = capture_time.iso(change.captured)
    return iso if "T" in iso else f"{iso}T00:00:00Z"


def _xml(text: str) -> str:
    """Escaped, without characters that XML does not have."""
    return escape("".join(c for c in text if c in "\t\n\r" or (ord(c) >= 32 and _legal(c))))


def _legal(character: str) -> bool:
    return not "\ud800" <= character <= "\udfff" and character not in "\ufffe\uffff"
