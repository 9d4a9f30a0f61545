"""The pages in a crawl's files: which record holds the bytes of each, and which are left out."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

import msgspec

from policy_archive.sources.urls import clean
from policy_archive.sources.warc import index as records
from policy_archive.sources.warc.index import Record
from policy_archive.sources.warc.payload import Payload, differs, unpacked

ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
"""Content types of what may be a policy, and the ending that its file gets."""

_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_WILD = re.compile(r"[*?\[]")


class Page(NamedTuple):
    """A capture in a crawl: the record that stands for it, and the one that holds its bytes."""

    record: Record
    holder: Record

    @property
    def ending(self) -> str:
        """Of a file of this content type; empty where it is no text."""
        return ending_of(self.holder.content_type)

    @property
    def status(self) -> int:
        """Of its own answer: one that says that nothing is new repeats the answer before."""
        own = self.record.status
        return self.holder.status if own in (0, 304) else own


class Crawl:
    """What the WARC and WACZ files of one crawl hold."""

    def __init__(self, files: Iterable[Path], kept: Path | None = None) -> None:
        """With `kept`, a folder, lists of records are remembered there.

        Raises:
            SourceError: a file cannot be read as one of a crawl, or warcio is not installed.
            OSError: a file cannot be read.
        """
        self._files = {str(at): file for at, file in enumerate(files)}
        self.faults: list[str] = []
        self.records: list[Record] = []
        for at, file in self._files.items():
            found = records.index(file, kept and kept / f"{_name(file)}.msgpack")
            self.records += [_of_file(it, at) for it in found.records]
            if found.fault:
                self.faults.append(f"{file.name}: {found.fault}")
        whole = [it for it in self.records if it.type != "revisit"]
        self._by_digest = {it.digest.lower(): it for it in reversed(whole) if it.digest}
        self._by_moment = {(it.url, it.captured): it for it in reversed(whole)}

    def pages(self, match: Sequence[str] = ()) -> Iterator[Page]:
        """Every capture of an address that `match` names, by moment; all without it.

        Of a repetition whose first capture is in none of the files, `holder` is the record itself.
        """
        ordered = sorted(self.records, key=lambda it: (it.captured, it.url, it.file, it.offset))
        for record in ordered:
            if clean(record.url).url and matches(record.url, match):
                yield Page(record, self._holder(record) or record)

    def _holder(self, record: Record) -> Record | None:
        if record.type != "revisit":
            return record
        refers = (record.refers_to or record.url, record.refers_at)
        return self._by_moment.get(refers) or self._by_digest.get(record.digest.lower())

    def file(self, record: Record) -> Path:
        """The file that a record is in."""
        return self._files[record.file]

    def payload(self, page: Page) -> Payload:
        """The page's bytes, chunks and compression undone; with a doubt where they do not add up.

        Raises:
            TooLargeError: there are more of them than any policy has.
            SourceError: the record is damaged.
            OSError: its file cannot be read.
        """
        return payload(self.file(page.holder), page.holder)


def payload(file: Path, holder: Record) -> Payload:
    """The bytes of the page in the record `holder` of `file`.

    Raises:
        TooLargeError: there are more of them than any policy has.
        SourceError: the record is damaged.
        OSError: the file cannot be read.
    """
    found = unpacked(records.block(file, holder), holder.transfer, holder.content)
    doubt = found.doubt
    if not doubt and holder.digest and differs(holder.digest, found.forms):
        doubt = "The digest that its record states is not that of its bytes."
    return found._replace(doubt=doubt)


def why_not(page: Page) -> str:
    """Why a capture is not taken, as far as its head tells; empty where it is."""
    status = page.status
    if page.holder.type == "revisit":
        return "it repeats a capture that is in none of the files"
    if not page.record.captured:
        return "its record has no date"
    if 300 <= status < 400:
        return f"it is a redirect ({status}) to {page.record.location or 'nowhere'}"
    if status != 200:
        return f"the archived answer is an error ({status})" if status else "it has no status"
    return ""


def ending_of(content_type: str) -> str:
    """The ending of a file with this `Content-Type`; empty where it is no text."""
    return ENDINGS.get(content_type.partition(";")[0].strip().lower(), "")


def charset_of(content_type: str) -> str:
    """The encoding that a `Content-Type` declares; empty without one."""
    found = _CHARSET.search(content_type)
    return found[1].lower() if found else ""


def matches(url: str, patterns: Sequence[str]) -> bool:
    """Whether one of `patterns` names `url`: all of it with `*` and `?`, or else a part of it."""
    if not patterns:
        return True
    bare = url.partition("://")[2]
    return any(
        fnmatchcase(url, it) or fnmatchcase(bare, it) if _WILD.search(it) else it in url
        for it in patterns
    )


def _of_file(record: Record, at: str) -> Record:
    return msgspec.structs.replace(record, file=at)


def _name(file: Path) -> str:
    return hashlib.sha256(str(file.resolve()).encode()).hexdigest()[:16]
