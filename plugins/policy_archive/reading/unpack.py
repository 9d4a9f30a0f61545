"""What bytes are, whatever the file is called: a text, a text in a wrapping, or no text at all.

Crawlers keep answers as they came, packed for the way (gzip, Brotli); browsers save a page with
all that belongs to it as MHTML (RFC 2557). What is no text (a PDF, an image, a pointer of Git LFS)
is named, and never read as a policy.
"""

import base64
import binascii
import codecs
import contextlib
import json
import quopri
import re
import zlib
from collections.abc import Callable, Iterator
from email.message import Message
from email.parser import BytesHeaderParser
from typing import NamedTuple

from policy_archive.model import Notice
from policy_archive.reading.evidence import utf_16

LARGEST = 64 << 20
"""Bytes of what was packed; more of them were packed to do harm."""

_LAYERS = 3
"""Wrappings around each other that are taken off."""

_PARTS = 2_000
"""Parts of an MHTML file that are looked at."""

_SAMPLE = 4_096

_STEP = 256

_KINDS = (
    (rb"%PDF-", "a PDF document"),
    (rb"%!PS-Adobe", "a PostScript document"),
    (rb"bplist00", "a property list, such as Safari's archives of pages"),
    (rb"\{\\rtf", "a document of a word processor (RTF)"),
    (rb"PK\x03\x04", "a ZIP archive, or a document of a word processor"),
    (rb"\xd0\xcf\x11\xe0", "a document of Microsoft Office"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF.{4}WEBP|BM.{4}\0{4}", "an image"),
    (rb"WARC/[01]\.", "a WARC file"),
    (rb"SQLite format 3\0", "a database"),
    (rb"\x28\xb5\x2f\xfd|BZh[1-9]|\xfd7zXZ\0|7z\xbc\xaf", "packed in a way that is not read"),
    (rb"version https://git-lfs\.github\.com/spec/",
     "a pointer of Git LFS, without the text; get it with `git lfs pull`"),
    (rb"(?:\.\./)*(?:\.git)?/?annex/objects/",
     "a pointer of git-annex, without the text; get it with `git annex get`"),
)  # fmt: skip
_NAMED = tuple(
    (re.compile(rb"\s*(?:" + pattern + rb")", re.DOTALL), what) for pattern, what in _KINDS
)

_CONTROLS = bytes(b for b in range(0x20) if b not in b"\0\t\n\v\f\r\x1b")
_TOO_FEW = 64
"""Bytes with which nothing can be told."""

_MOST_CONTROLS = 0.05
"""Share of a text's bytes that may be control characters."""

_MHTML = re.compile(
    rb"\s*(?:[A-Za-z][\w-]{0,60}:[^\n]{0,4000}\n(?:[ \t][^\n]{0,4000}\n){0,20}){2,60}\r?\n"
)


_MARKS_OF_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")


class NotTextError(ValueError):
    """The bytes are no text; the message says what they are."""


class Unpacked(NamedTuple):
    """A text's bytes, and what was around them."""

    data: bytes
    wrappings: tuple[str, ...] = ()
    """What was taken off, the outermost first: `gzip`."""
    charset: str = ""
    """What the wrapping says of the encoding."""
    head: str = ""
    """An MHTML file's own head, as a text that ends in an empty line."""
    notices: tuple[Notice, ...] = ()


def unpack(data: bytes) -> Unpacked:
    """The text in `data`, its wrappings taken off.

    Raises:
        NotTextError: it is none, or more than can be unpacked.
    """
    found = Unpacked(data)
    for _ in range(_LAYERS):
        inner = _inner(found.data)
        if inner is None:
            break
        found = Unpacked(
            inner.data,
            (*found.wrappings, *inner.wrappings),
            inner.charset,
            inner.head,
            (*found.notices, *inner.notices),
        )
    if what := _what(found.data):
        raise NotTextError(f"it is {what}")
    return found


def _inner(data: bytes) -> Unpacked | None:
    """What is in the outermost wrapping; None where there is none."""
    if data[:2] == b"\x1f\x8b":
        return _inflated(data)
    if _MHTML.match(data, 0, 200_000):
        return _page_of_mhtml(data)
    return _from_brotli(data) if _is_binary(data) else None


def _inflated(data: bytes) -> Unpacked:
    """The members of a gzip file one after the other; of a damaged one what is there."""
    unpacked, damaged, at = bytearray(), "", 0
    while data.startswith(b"\x1f\x8b", at) and not damaged:
        member = zlib.decompressobj(wbits=31)
        try:
            at = _inflate(member, data, at, unpacked)
            damaged = "" if member.eof else "its end is missing"
        except zlib.error:
            damaged = "it is damaged"
    if damaged and not unpacked:
        raise NotTextError(f"it is packed with gzip, and {damaged}")
    message = f"The file is packed with gzip, and {damaged}: not all of the text is here."
    notices = (Notice("incomplete", message),) if damaged else ()
    return Unpacked(bytes(unpacked), ("gzip",), notices=notices)


def _inflate(member: "zlib._Decompress", data: bytes, at: int, unpacked: bytearray) -> int:
    """Add the member of `data` that begins at `at` to `unpacked`; gives back where it ends.

    It is taken little by little, so that of what is damaged nearly all is there.
    """
    rest = b""
    while not member.eof:
        if not rest:
            rest = data[at : at + _STEP]
            at += len(rest)
        more = member.decompress(rest, _STEP)
        if not (more or rest):
            break
        rest = member.unconsumed_tail
        unpacked += more
        _require_bound(unpacked)
    return at - len(member.unused_data)


def _from_brotli(data: bytes) -> Unpacked | None:
    """Brotli has no mark of its own: it is what unpacks to a text."""
    import brotli  # noqa: PLC0415  # hardly any file is packed so

    decoder = brotli.Decompressor()
    try:
        unpacked = decoder.process(data, output_buffer_limit=LARGEST + 1)
        _require_bound(unpacked)
        whole = decoder.is_finished()
    except brotli.error:
        return None
    return Unpacked(unpacked, ("Brotli",)) if whole and unpacked else None


def _require_bound(unpacked: bytes | bytearray) -> None:
    if len(unpacked) > LARGEST:
        raise NotTextError(f"unpacked, it has more than {LARGEST:,} bytes")


def _page_of_mhtml(data: bytes) -> Unpacked | None:
    """The page that was saved, with the head of the whole."""
    head, body = _headed(data)
    if not {"mime-version", "content-type"} <= set(
        map(str.lower, head)
    ) or not head.get_content_type().startswith(("multipart/", "text/")):
        return None
    parts = list(_parts(head, body, depth=0))
    pages = [it for it in parts if it[0].get_content_type() == "text/html"]
    start = str(head.get_param("start", "") or "")
    first = next((it for it in pages if start and it[0].get("content-id", "") == start), None)
    page = first or next(iter(pages or parts), None)
    if page is None:
        return None
    others = len(pages) - 1
    message = f"{others} more pages were saved with it, in frames of it, and are not shown."
    notices = (Notice("frameset", message),) if others > 0 else ()
    lines = (f"{name}: {' '.join(str(value).split())}\n" for name, value in head.items())
    return Unpacked(
        _transferred(*page),
        ("MHTML",),
        page[0].get_content_charset("") or "",
        "".join(lines) + "\n",
        notices,
    )


def _headed(data: bytes) -> tuple[Message, bytes]:
    """A head of lines, and what follows the empty line behind it."""
    data = data.lstrip()
    end = _EMPTY_LINE.search(data)
    head = BytesHeaderParser().parsebytes(data[: end.start()] if end else data)
    return head, data[end.end() :] if end else b""


def _parts(head: Message, body: bytes, depth: int) -> Iterator[tuple[Message, bytes]]:
    """The parts without further parts, in order; of very deep or very many ones the first."""
    boundary = str(head.get_boundary("") or "").encode("ascii", "replace")
    if head.get_content_maintype() != "multipart" or not boundary or depth > _LAYERS:
        yield head, body
        return
    for part in (b"\n" + body).split(b"\n--" + boundary, _PARTS)[1:]:
        if part.startswith(b"--"):  # the end of them
            return
        _, _, inside = part.partition(b"\n")
        yield from _parts(*_headed(inside), depth + 1)


def _transferred(head: Message, body: bytes) -> bytes:
    """The bytes of a part as they were before it was made fit for mail."""
    encoding = str(head.get("content-transfer-encoding", "")).strip().lower()
    if encoding == "quoted-printable":
        return quopri.decodestring(body)
    if encoding == "base64":
        with contextlib.suppress(binascii.Error):
            return base64.b64decode(body)
    return body


def _what(data: bytes) -> str:
    """What the bytes are, as a noun with its article; empty for a text."""
    start = data[3:] if data.startswith(b"\xef\xbb\xbf") else data
    for pattern, what in _NAMED:
        if pattern.match(start, 0, _SAMPLE):
            return what
    if _is_json(start):
        return "JSON, and no text by itself"
    return "no text" if _is_binary(data) else ""


def _is_json(data: bytes) -> bool:
    """Whether it is one JSON object or list, or one on each line."""
    first = data.lstrip()[:1]
    if first not in (b"{", b"["):
        return False
    loads: Callable[[bytes], object] = json.loads
    try:
        return isinstance(loads(data), dict | list)
    except (ValueError, RecursionError):
        pass
    lines = [line for line in data[: _SAMPLE * 16].split(b"\n")[:3] if line.strip()]
    try:
        return len(lines) > 1 and all(isinstance(loads(line), dict) for line in lines[:2])
    except (ValueError, RecursionError):
        return False


def _is_binary(data: bytes) -> bool:
    """Whether there are control characters as in no text; NULs, of UTF-16 or padding, are."""
    sample = data[:_SAMPLE]
    if len(sample) < _TOO_FEW or data.startswith(_MARKS_OF_WIDE) or utf_16(data):
        return False  # or has control characters by chance
    return len(sample) - len(sample.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(sample)
