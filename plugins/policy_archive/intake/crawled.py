"""Captures from crawls: WARC and WACZ files, and the folders of Browsertrix and ArchiveBox."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from policy_archive.errors import SourceError
from policy_archive.intake import saved
from policy_archive.intake.capture import Capture, Document, IntakeError
from policy_archive.intake.documents import extract
from policy_archive.intake.events import Event, LeftOut, Remark, Total
from policy_archive.intake.saved import Said
from policy_archive.sources.forms import DOCUMENTS
from policy_archive.sources.kinds import kind_of
from policy_archive.sources.urls import clean, without_www
from policy_archive.sources.warc.container import crawls
from policy_archive.sources.warc.crawl import Crawl, Page, charset_of, matches, why_not
from policy_archive.sources.warc.payload import TooLargeError
from policy_archive.text.sentences import counted

_LONGEST_INDEX = 1 << 20
_SAVED = ("singlefile.html", "output.html")
"""What ArchiveBox calls a page beside its WARC, the best first."""


class Boxed(NamedTuple):
    """A snapshot of ArchiveBox: one folder a page."""

    folder: Path
    url: str
    captured: str


def events(path: Path, match: Sequence[str], said: Said) -> Iterator[Event]:
    """What comes of the WARC or WACZ file at `path`, or of all that lie below it.

    Raises:
        IntakeError: a file is none of these, or warcio is not installed.
    """
    try:
        crawl = Crawl(crawls(path))
    except SourceError as error:
        raise IntakeError(str(error)) from error
    pages = list(crawl.pages(match))
    yield Total(len(pages))
    others = 0
    sites: Counter[tuple[str, str]] = Counter()
    seen: set[str] = set()
    for page in pages:
        name = f"{page.record.url} ({page.record.captured})"
        if why := why_not(page):
            yield LeftOut(name, why)
        elif not page.ending:
            others += 1
        else:
            try:
                capture = _capture(crawl, page, said)
            except (IntakeError, SourceError, TooLargeError) as error:
                yield LeftOut(name, str(error), failed=True)
                continue
            if capture.original_url not in seen:
                seen.add(capture.original_url)
                sites[capture.site, capture.kind] += 1
            yield capture
    if others:
        yield Remark(f"{counted(others, 'record')} of pictures, scripts and the like passed over")
    for (site, kind), number in sorted(sites.items()):
        if number > 2:  # one with and one without `www.` or `s` is the rule
            yield Remark(
                f"{number} addresses of {site} stand under one kind, {kind}; choose some with "
                "--match, or add each with a --kind of its own"
            )
    for fault in crawl.faults:
        yield LeftOut(fault.partition(": ")[0], fault.partition(": ")[2], failed=True)


def _capture(crawl: Crawl, page: Page, said: Said) -> Capture:
    url = clean(page.record.url)
    found = crawl.payload(page)
    data, ending = found.data, page.ending
    document: Document | None = None
    if ending in DOCUMENTS:
        data, ending, document = extract(data, ending)
    return Capture(
        data,
        ending,
        said.site or without_www(url.host),
        kind=said.kind or kind_of(url.url),
        captured=page.record.captured,
        original_url=url.url,
        encoding=charset_of(page.holder.content_type),
        status=str(page.status),
        content_type=page.holder.content_type,
        digest=page.holder.digest,
        source=crawl.file(page.record).name,
        document=document,
        doubt=found.doubt,
    )


def boxed(path: Path) -> list[Boxed]:
    """The snapshots of ArchiveBox below the folder `path`, by name; none where it is not its."""
    found = []
    for file in sorted(path.rglob("index.json")):
        try:
            if file.stat().st_size > _LONGEST_INDEX:
                continue
            said = json.loads(file.read_bytes())
            url, moment = said["url"], float(said["timestamp"])
            captured = f"{datetime.fromtimestamp(moment, UTC):%Y%m%d%H%M%S}"
        except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
            continue  # other programs have files of that name
        if isinstance(url, str) and clean(url).url:
            found.append(Boxed(file.parent, clean(url).url, captured))
    return found


def of_boxes(found: Sequence[Boxed], match: Sequence[str], said: Said) -> Iterator[Event]:
    """What comes of snapshots of ArchiveBox: of each the page itself."""
    wanted = [it for it in found if matches(it.url, match)]
    yield Total(len(wanted))
    for box in wanted:
        yield _of_box(box, said)


def _of_box(box: Boxed, said: Said) -> Event:
    try:
        files = crawls(box.folder)
        crawl = Crawl(files)
        for page in crawl.pages():
            if clean(page.record.url).url == box.url and page.ending and not why_not(page):
                return _capture(crawl, page, said)
        for name in _SAVED:
            if (file := box.folder / name).is_file():
                known = Said(said.site, said.kind, said.captured or box.captured, box.url)
                return saved.capture(file, known, name)
    except (IntakeError, SourceError, TooLargeError, OSError) as error:
        return LeftOut(box.url, str(error), failed=True)
    return LeftOut(box.url, "neither its WARC nor a saved page holds it", failed=True)
