"""Captures of a crawl's files as sources of an archive, read in place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from policy_archive.errors import SourceError
from policy_archive.model import Notice
from policy_archive.sources.files import Source
from policy_archive.sources.forms import DOCUMENTS
from policy_archive.sources.kinds import kind_of
from policy_archive.sources.provenance import Claims
from policy_archive.sources.urls import clean, without_www
from policy_archive.sources.warc import container
from policy_archive.sources.warc import crawl as crawls
from policy_archive.sources.warc.crawl import Crawl, Page
from policy_archive.sources.warc.index import Record
from policy_archive.sources.warc.payload import Payload, TooLargeError

_PLACE = "the crawl’s record"


@dataclass(frozen=True, slots=True)
class CrawledPage(Source):
    """The page in one record of a WARC file; `file` is that which holds its bytes."""

    holder: Record | None = None
    """The record with the bytes; None: there are none to read, and `problem` says why."""
    captured: str = ""
    url: str = ""
    site: str = ""
    kind: str = ""

    def read(self) -> bytes:
        """The page's bytes, chunks and compression undone.

        Raises:
            OSError: they cannot be read, or are more than any policy has.
        """
        return self._payload().data

    def stamp(self) -> str:
        """As of any file, and of which record in it."""
        own = Source.stamp(self)
        place = self.holder and (self.holder.member, self.holder.offset)
        return f"{own} {place} {self.captured} {self.url} {self.site} {self.kind}" if own else ""

    def claims(self) -> Claims:
        """What the record says, which is the archive's own word."""
        claims = Claims(_PLACE, own=True, captured=self.captured, kind=self.kind, site=self.site)
        claims.say_original(self.url, 1)
        if self.holder:
            claims.encoding = crawls.charset_of(self.holder.content_type)
            if doubt := self._payload().doubt:
                claims.doubt("doubtful-capture", doubt, 1)
        return claims

    def _payload(self) -> Payload:
        assert self.holder
        try:
            return _payload(self.file, self.holder)
        except (SourceError, TooLargeError) as error:
            raise OSError(str(error)) from error


@lru_cache(maxsize=1)
def _payload(file: Path, holder: Record) -> Payload:
    """Bytes and doubts of a page are asked for one after the other."""
    return crawls.payload(file, holder)


def find(path: Path, match: Sequence[str] = (), kept: Path | None = None) -> list[Source]:
    """Every page in the WARC or WACZ file at `path`, or in those below it, that `match` names.

    With `kept`, a folder, lists of records are remembered there. What is damaged, and documents
    whose text has to be taken out, are sources with a problem.

    Raises:
        SourceError: a file cannot be read as one of a crawl.
        OSError: a file cannot be read.
    """
    crawl = Crawl(container.crawls(path), kept)
    found: list[Source] = list(_sources(crawl, match, path))
    for fault in crawl.faults:
        problem = Notice("unreadable", f"{fault}. What stands before that is read.", "problem")
        found.append(CrawledPage(path.name, path, problem=problem))
    return found


def _sources(crawl: Crawl, match: Sequence[str], path: Path) -> Iterator[Source]:
    taken: dict[str, int] = {}
    for page in crawl.pages(match):
        if crawls.why_not(page) or not page.ending:
            continue
        found = _source(crawl, page, path)
        number = taken[found.path] = taken.get(found.path, 0) + 1
        if number > 1:
            stem, _, ending = found.path.rpartition(".")
            found = _source(crawl, page, path, f"{stem}-{number}.{ending}")
        yield found


def _source(crawl: Crawl, page: Page, path: Path, shown: str = "") -> CrawledPage:
    url = clean(page.record.url)
    site, kind = without_www(url.host), kind_of(url.url)
    problem = None
    if page.ending in DOCUMENTS:
        message = (
            "It is a document whose text has to be taken out first; `policy-archive add` does so."
        )
        problem = Notice("not-read", message)
    return CrawledPage(
        shown or f"{path.name}/{site}/{kind}/{page.record.captured}{page.ending}",
        crawl.file(page.holder),
        problem=problem,
        holder=page.holder,
        captured=page.record.captured,
        url=url.url,
        site=site,
        kind=kind,
    )
