"""Where records lie: in a WARC file, or in the WARCs of a WACZ file."""

import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from policy_archive.errors import SourceError

_WARC = (".warc", ".warc.gz")
WACZ = ".wacz"


def is_crawl(path: Path) -> bool:
    """Whether the file is named as one that holds records."""
    return path.name.lower().endswith((*_WARC, WACZ))


def crawls(path: Path) -> list[Path]:
    """The file at `path`, or every one below it, by name.

    Of a collection of Browsertrix that lies there as WARCs and packed as WACZ, the WARCs.
    """
    if path.is_file():
        return [path]
    found = sorted(it for it in path.rglob("*") if is_crawl(it) and it.is_file())
    return [it for it in found if not (it.suffix == WACZ and _unpacked(it))]


def _unpacked(file: Path) -> bool:
    folder = file.parent / "archive"
    return folder.is_dir() and any(map(is_crawl, folder.iterdir()))


def members(path: Path) -> list[str]:
    """The WARCs in a WACZ file; one empty name for a WARC itself.

    Raises:
        SourceError: the WACZ file is damaged.
        OSError: it cannot be read.
    """
    if not path.name.lower().endswith(WACZ):
        return [""]
    try:
        with zipfile.ZipFile(path) as packed:
            return [it for it in packed.namelist() if it.lower().endswith(_WARC)]
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise SourceError(f"{path}: not a WACZ file, or damaged ({error})") from error


@contextmanager
def opened(path: Path, member: str, offset: int = 0) -> Iterator[IO[bytes]]:
    """The WARC at `path`, or that called `member` in it, from `offset` on.

    Raises:
        SourceError: the WACZ file is damaged.
        OSError: it cannot be read.
    """
    if not member:
        with path.open("rb") as stream:
            stream.seek(offset)
            yield stream
        return
    try:
        with zipfile.ZipFile(path) as packed:
            start = _start(path, packed.getinfo(member)) if offset else None
            if start is None:
                with packed.open(member) as stream:
                    stream.seek(offset)
                    yield stream
            else:
                with path.open("rb") as stream:
                    stream.seek(start + offset)
                    yield stream
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError) as error:
        raise SourceError(f"{path}: not a WACZ file, or damaged ({error})") from error


def _start(path: Path, info: zipfile.ZipInfo) -> int | None:
    """Where the bytes of a member that is merely stored begin, as those of WARCs are.

    `zipfile` would read all that comes before the place that is sought.
    """
    if info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 1:
        return None
    with path.open("rb") as stream:
        stream.seek(info.header_offset + 26)  # APPNOTE.TXT 4.3.7
        name, extra = struct.unpack("<HH", stream.read(4))
    return info.header_offset + 30 + int(name) + int(extra)
