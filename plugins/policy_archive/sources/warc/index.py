"""Which records a WARC file has, and where each of them begins."""

import contextlib
import io
import logging
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from msgspec import Struct, msgpack

from policy_archive.errors import SourceError
from policy_archive.sources.warc.container import members, opened
from policy_archive.sources.warc.payload import LARGEST, TooLargeError
from policy_archive.text.dates import moment

log = logging.getLogger(__name__)

_LONGEST = 4_000
"""Characters of a header's value."""

MISSING = (
    "WARC and WACZ files need warcio, which is not installed: pip install "
    "'mkdocs-policy-archive[warc]'"
)


class Record(Struct, frozen=True):
    """What a record says of itself; `""` where it does not."""

    file: str
    """Of the file that it is in, as found."""
    member: str
    """Of the WARC in a WACZ file."""
    offset: int
    size: int
    """Bytes of its block, as it says."""
    type: str
    """`response`, `resource` or `revisit`."""
    url: str
    captured: str
    """14 digits."""
    status: int = 0
    content_type: str = ""
    transfer: str = ""
    content: str = ""
    location: str = ""
    digest: str = ""
    refers_to: str = ""
    refers_at: str = ""


class Index(Struct, frozen=True):
    """The records of a file that may hold a page, and why there are no more."""

    records: list[Record]
    fault: str = ""


def index(file: Path, kept: Path | None = None) -> Index:
    """The records of the WARC or WACZ `file`; with `kept`, a file, they are remembered there.

    Raises:
        SourceError: warcio is not installed, or the file is none of these.
        OSError: the file cannot be read.
    """
    found = file.stat()
    stamp = f"1 {found.st_size} {found.st_mtime_ns}"
    if kept and (known := _remembered(kept, stamp)):
        return known
    records: list[Record] = []
    fault = ""
    for member in members(file):
        try:
            records += _records(file, member)
        except (OSError, SourceError):
            raise
        except _DamagedError as error:
            records += error.before
            fault = f"it is damaged behind its record {len(error.before)}: {error}"
    made = Index(records, fault)
    if kept:
        _remember(kept, stamp, made)
    return made


def _remembered(kept: Path, stamp: str) -> Index | None:
    try:
        known, found = msgpack.decode(kept.read_bytes(), type=tuple[str, Index])
    except Exception:  # not there, of another version, or damaged: it is made anew
        return None
    return found if known == stamp else None


def _remember(kept: Path, stamp: str, made: Index) -> None:
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(msgpack.encode((stamp, made)))
    except OSError as error:
        log.warning("%s: the list of records is not kept: %s", kept, error)


class _DamagedError(Exception):
    """Reading ended before the file did."""

    def __init__(self, before: list[Record], why: object) -> None:
        super().__init__(" ".join(str(why).split())[:200])
        self.before = before


def _records(file: Path, member: str) -> list[Record]:
    found: list[Record] = []
    iterator = _archive_iterator()
    with opened(file, member) as stream, _quiet():
        try:
            walk = iterator(stream)
            for record in walk:
                offset = walk.offset
                if made := _record(record, file.name, member, offset):
                    found.append(made)
        except (OSError, SourceError):
            raise
        except Exception as error:  # whatever a damaged file may do to a library that is not ours
            raise _DamagedError(found, error or type(error).__name__) from error
    return found


def _record(record: Any, file: str, member: str, offset: int) -> Record | None:
    head, http = record.rec_headers, record.http_headers
    url = _value(head, "WARC-Target-URI").strip("<>")
    if record.rec_type not in ("response", "resource", "revisit") or not url.startswith("http"):
        return None
    resource = record.rec_type == "resource"
    status = 200 if resource else _status(http)
    return Record(
        file=file,
        member=member,
        offset=offset,
        size=int(record.length or 0),
        type=record.rec_type,
        url=url,
        captured=moment(_value(head, "WARC-Date")),
        status=status,
        content_type=_value(head if resource else http, "Content-Type"),
        transfer="" if resource else _value(http, "Transfer-Encoding"),
        content="" if resource else _value(http, "Content-Encoding"),
        location="" if resource else _value(http, "Location"),
        digest=_value(head, "WARC-Payload-Digest"),
        refers_to=_value(head, "WARC-Refers-To-Target-URI").strip("<>"),
        refers_at=moment(_value(head, "WARC-Refers-To-Date")),
    )


def _value(headers: Any, name: str) -> str:
    found = headers.get_header(name) if headers else None
    return str(found or "").strip()[:_LONGEST]


def _status(http: Any) -> int:
    code = http.get_statuscode() if http else ""
    return int(code) if str(code).isdecimal() else 0


def block(file: Path, record: Record) -> bytes:
    """What stands behind the head of the HTTP answer in `record`, or all of a resource.

    Raises:
        TooLargeError: it is longer than any policy.
        SourceError: nothing of the kind is there.
        OSError: the file cannot be read.
    """
    if record.size > LARGEST:
        raise TooLargeError
    with opened(file, record.member, record.offset) as stream, _quiet():
        try:
            found = next(islice(_archive_iterator()(stream), 1))
            parts, size = [], 0
            while part := found.raw_stream.read(1 << 16):
                size += len(part)
                if size > LARGEST:
                    raise TooLargeError
                parts.append(part)
            return b"".join(parts)
        except (OSError, SourceError, TooLargeError):
            raise
        except Exception as error:
            what = f"{file}: the record at {record.offset} is damaged: {error}"
            raise SourceError(what) from error


def _archive_iterator() -> Any:
    try:
        from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise SourceError(MISSING) from error
    return ArchiveIterator


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """What warcio prints is left unsaid: what matters of it shows in what is read."""
    with contextlib.redirect_stderr(io.StringIO()):
        yield
