"""Files beside the pages: archived bytes, data, TimeMaps, stable addresses of the newest.

They are made when they are written, one at a time, and are never held in memory.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from html import escape

from policy_archive.catalogue.archive import Entry
from policy_archive.catalogue.questions.contents import PolicyRow
from policy_archive.catalogue.rows import Quotes, quotes
from policy_archive.model import Record
from policy_archive.pages.addresses import snapshot_place
from policy_archive.pages.data import annotations, memento, snapshot_json, snapshot_markdown
from policy_archive.pages.language import current, gettext
from policy_archive.pages.publication import Publication

_PASSAGES = "passages.json"
"""The old name of `index.json` of a policy's newest snapshot; it has the same for one release."""


@dataclass(frozen=True, slots=True)
class GeneratedFile:
    """A file beside the pages: where it stands, how it is made, what it depends on."""

    place: str
    make: Callable[[], bytes]
    depends: tuple[str, ...] | None = None
    """None: it is small, and made every time."""


def files_of(row: PolicyRow, publication: Publication) -> Iterator[GeneratedFile]:
    """Every static file that belongs to a policy."""
    for position, snapshot in enumerate(row.snapshots):
        place = snapshot_place(row.url, snapshot.segment)
        yield GeneratedFile(
            f"{place}source.txt",
            partial(_source, publication, row.id, position),
            (snapshot.sha256,),
        )
        if publication.documents:
            yield from _document(publication, row.id, position, place)
        made = partial(_json, publication, row.id, position)
        yield GeneratedFile(f"{place}{snapshot_json.NAME}", made, (snapshot.shown,))
        if publication.data:
            made = partial(_markdown, publication, row.id, position)
            yield GeneratedFile(f"{place}{snapshot_markdown.NAME}", made, (snapshot.shown,))
            made = partial(_annotations, publication, row.id, position)
            yield GeneratedFile(f"{place}{annotations.NAME}", made, (snapshot.shown,))
        if snapshot.segment == row.speaking:
            made = partial(_json, publication, row.id, position)
            yield GeneratedFile(f"{place}{_PASSAGES}", made, (snapshot.shown,))
    # HTML and no page of MkDocs, so that it stays out of sitemap and search.
    latest = f"{row.url}latest/index.html"
    yield GeneratedFile(latest, partial(_latest, publication, row), (row.site, row.newest))
    if memento.timemap_exists(row, publication.addresses):
        made = partial(_timemap, publication, row.id)
        yield GeneratedFile(row.url + memento.TIMEMAP, made, (row.shown,))
        made = partial(_json_timemap, publication, row.id)
        yield GeneratedFile(row.url + memento.JSON_TIMEMAP, made, (row.shown,))


def _document(
    publication: Publication, policy: int, position: int, place: str
) -> Iterator[GeneratedFile]:
    """The document that a text was taken out of."""
    entry = publication.history(policy).entries[position]
    if file := publication.documents.get(entry.name):
        yield GeneratedFile(f"{place}source{file.suffix.lower()}", file.read_bytes)


def _source(publication: Publication, policy: int, position: int) -> bytes:
    return publication.source_bytes(publication.history(policy).entries[position])


def _json(publication: Publication, policy: int, position: int) -> bytes:
    history = publication.history(policy)
    entry = history.entries[position]
    make = partial(snapshot_json.made, publication.order.settings.topics)
    made = _part(publication, entry, snapshot_json.PART, make)
    return snapshot_json.with_addresses(made, publication.addresses, history, position)


def _markdown(publication: Publication, policy: int, position: int) -> bytes:
    entry = publication.history(policy).entries[position]
    return _part(publication, entry, snapshot_markdown.PART, snapshot_markdown.made)


def _part(
    publication: Publication, entry: Entry, name: str, make: Callable[[Record, Quotes], bytes]
) -> bytes:
    """What the visit to a text has made, or the same anew where that is lost."""
    if kept := publication.part(entry, name):
        return kept
    record = publication.record(entry)
    return make(record, quotes(record))


def _annotations(publication: Publication, policy: int, position: int) -> bytes:
    entry = publication.history(policy).entries[position]
    make = partial(annotations.made, publication.context)
    return _part(publication, entry, annotations.PART, make)


def _timemap(publication: Publication, policy: int) -> bytes:
    return memento.timemap(publication.history(policy).policy, publication.addresses).encode()


def _json_timemap(publication: Publication, policy: int) -> bytes:
    return memento.json_timemap(publication.history(policy).policy, publication.addresses).encode()


def _latest(publication: Publication, policy: PolicyRow) -> bytes:
    """A page that leads to the newest snapshot, without a server's help."""
    here, target = f"{policy.url}latest/", snapshot_place(policy.url, policy.newest)
    url = escape(publication.addresses.relative(target, here))
    canonical = publication.addresses.absolute(target)
    link = f'<link rel="canonical" href="{escape(canonical)}">\n' if canonical else ""
    title = escape(gettext("%(site)s: newest snapshot", site=policy.site))
    said = escape(gettext("The newest snapshot of %(site)s", site=policy.site))
    return f"""<!doctype html>
<html lang="{current().code}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'">
<meta name="referrer" content="same-origin">
<title>{title}</title>
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="0; url={url}">
{link}</head>
<body>
<p><a href="{url}">{said}</a></p>
</body>
</html>
""".encode()
