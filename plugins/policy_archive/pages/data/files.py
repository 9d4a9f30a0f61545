"""Files beside the pages: archived bytes, data, TimeMaps, stable addresses of the newest.

They are made when they are written, one at a time, and are never held in memory.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from html import escape

from policy_archive.catalogue.archive import Policy
from policy_archive.pages.addresses import snapshot_place
from policy_archive.pages.data import memento
from policy_archive.pages.data.passages import passages_json
from policy_archive.pages.publication import Publication


@dataclass(frozen=True, slots=True)
class GeneratedFile:
    """A file beside the pages: where it stands, how it is made, what it depends on."""

    place: str
    make: Callable[[], bytes]
    depends: tuple[str, ...] | None = None
    """None: it is small, and made every time."""


def files_of(policy: Policy, publication: Publication) -> Iterator[GeneratedFile]:
    """Every static file that belongs to `policy`."""
    for entry in policy.entries:
        source = f"{snapshot_place(policy, entry)}source.txt"
        yield GeneratedFile(
            source, partial(publication.archive.source_bytes, entry), (entry.sha256,)
        )
    newest = policy.newest
    passages = f"{snapshot_place(policy, newest)}passages.json"
    yield GeneratedFile(
        passages,
        partial(_passages, publication, policy),
        (policy.site, *publication.archive.result(newest)),
    )
    # HTML and no page of MkDocs, so that it stays out of sitemap and search.
    latest = f"{policy.url}latest/index.html"
    yield GeneratedFile(
        latest, partial(_latest, publication, policy), (policy.site, newest.segment)
    )
    if memento.has_timemap(policy, publication.addresses):
        entries = (v for e in policy.entries for v in (*publication.archive.result(e), e.segment))
        yield GeneratedFile(
            policy.url + memento.TIMEMAP, partial(_timemap, publication, policy), (*entries,)
        )


def _passages(publication: Publication, policy: Policy) -> bytes:
    newest = policy.newest
    return passages_json(publication, policy, newest, publication.archive.record(newest)).encode()


def _timemap(publication: Publication, policy: Policy) -> bytes:
    return memento.timemap(policy, publication.addresses).encode()


def _latest(publication: Publication, policy: Policy) -> bytes:
    """A page that leads to the newest snapshot, without a server's help."""
    here, target = f"{policy.url}latest/", snapshot_place(policy, policy.newest)
    url = escape(publication.addresses.relative(target, here))
    canonical = publication.addresses.absolute(target)
    link = f'<link rel="canonical" href="{escape(canonical)}">\n' if canonical else ""
    site = escape(policy.site)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'">
<meta name="referrer" content="same-origin">
<title>{site}: newest snapshot</title>
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="0; url={url}">
{link}</head>
<body>
<p><a href="{url}">The newest snapshot of {site}</a></p>
</body>
</html>
""".encode()
