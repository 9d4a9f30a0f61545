"""What comes of an address that a web archive is asked for."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from policy_archive.intake.capture import Capture, Document, IntakeError
from policy_archive.intake.documents import extract
from policy_archive.intake.events import Event, Known, LeftOut, Remark, Total
from policy_archive.intake.folder import Folder
from policy_archive.intake.wayback.archive import Fetched, UnavailableError, WebArchive
from policy_archive.intake.wayback.history import choose
from policy_archive.sources.forms import DOCUMENTS
from policy_archive.sources.kinds import kind_of
from policy_archive.sources.urls import clean, same_page, without_www
from policy_archive.sources.warc.crawl import charset_of, ending_of


class Asked(NamedTuple):
    """An address, and which of its captures are wanted."""

    url: str
    first: str = ""
    """14 digits, or empty; so is `last`."""
    last: str = ""
    every: str = "change"
    moment: str = ""
    """Of a single capture: 14 digits, or fewer for the nearest; empty: the history is wanted."""
    site: str = ""
    kind: str = ""
    memento_url: str = ""
    """The capture's own address, where it was named by that."""
    before: str = ""
    """The digest of the newest capture that is there."""

    @property
    def own_site(self) -> str:
        """Whose it is: as was said, else the host."""
        return self.site or without_www(clean(self.url).host)

    @property
    def own_kind(self) -> str:
        """Which kind of terms: as was said, else as the address tells."""
        return self.kind or kind_of(self.url)


def events(asked: Asked, archive: WebArchive, folder: Folder) -> Iterator[Event]:
    """What comes of `asked`.

    Raises:
        IntakeError: the archive cannot be asked.
    """
    return _single(asked, archive, folder) if asked.moment else _history(asked, archive, folder)


def _single(asked: Asked, archive: WebArchive, folder: Folder) -> Iterator[Event]:
    yield Total(1)
    moment = f"{asked.moment}{'00000101000000'[len(asked.moment) :]}"
    named = asked.memento_url or archive.memento_url(moment, asked.url)
    if folder.has(asked.own_site, asked.own_kind, named):
        yield Known(named)
        return
    try:
        found = archive.get(asked.url, moment, nearest=len(asked.moment) < 14)
        yield _event(asked, found, archive, "", asked.memento_url)
    except UnavailableError as error:
        yield LeftOut(named, str(error), failed=True)


def _history(asked: Asked, archive: WebArchive, folder: Folder) -> Iterator[Event]:
    rows = archive.list(asked.url, asked.first, asked.last)
    chosen = choose(rows, asked.every, asked.before)
    if not rows and not asked.before:
        yield LeftOut(asked.url, f"{archive.replay} lists no capture of it", failed=True)
    yield Total(len(chosen.rows) + len(chosen.errors))
    for row in chosen.errors:
        name = archive.memento_url(row.moment, row.url)
        yield LeftOut(name, f"the archived answer is an error ({row.status})")
    elsewhere: dict[str, str] = {}
    for row in chosen.rows:
        name = archive.memento_url(row.moment, row.url)
        if folder.has(asked.own_site, asked.own_kind, name):
            yield Known(name)
            continue
        try:
            found = archive.get(row.url, row.moment)
            event = _event(asked, found, archive, row.digest)
        except UnavailableError as error:
            event = LeftOut(name, str(error))
        if isinstance(event, Capture) and not same_page(event.original_url, clean(asked.url).url):
            elsewhere.setdefault(event.original_url, event.captured)
        yield event
    for url, moment in islice(elsewhere.items(), 5):
        day = f"{moment[:4]}-{moment[4:6]}-{moment[6:8]}"
        yield Remark(f"on {day} it led to {url}; add that address, too, for its own history")


def _event(
    asked: Asked, found: Fetched, archive: WebArchive, digest: str, memento_url: str = ""
) -> Event:
    """The capture that was found, or why it is left out."""
    name = archive.memento_url(found.moment, found.url)
    if found.status >= 400:
        return LeftOut(name, f"the archived answer is an error ({found.status})")
    ending = ending_of(found.content_type) if found.content_type else ".html"
    if not ending:
        return LeftOut(name, f"it is no text ({found.content_type})")
    data: bytes = found.data
    document: Document | None = None
    if ending in DOCUMENTS:
        try:
            data, ending, document = extract(data, ending)
        except IntakeError as error:
            return LeftOut(name, str(error), failed=True)
    # Named by its own address, it keeps that, whichever service gave it back.
    named = memento_url if memento_url and not found.redirects else name
    return Capture(
        data,
        ending,
        asked.own_site,
        kind=asked.own_kind,
        captured=found.moment,
        original_url=clean(found.url).url,
        memento_url=named,
        encoding=charset_of(found.content_type),
        status=str(found.status),
        content_type=found.content_type,
        digest=f"sha1:{digest}" if digest and not found.redirects else "",
        redirects=found.redirects,
        source=found.source,
        document=document,
        doubt=found.doubt,
    )
