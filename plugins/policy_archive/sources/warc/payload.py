"""From a record's block to the page as its server meant it: chunks and compression undone."""

import base64
import hashlib
import zlib
from collections.abc import Iterator
from typing import NamedTuple

import brotli

LARGEST = 64 << 20
"""Bytes of a payload, packed and unpacked; more of them are no policy."""

_MOST_ENCODINGS = 4
_STEP = 1 << 16


class TooLargeError(ValueError):
    """A payload is larger than any policy."""

    def __init__(self) -> None:
        """The message says how large it may be."""
        super().__init__(f"it is larger than {LARGEST >> 20} MB")


class Payload(NamedTuple):
    """A page's bytes, and why they may not be all of them."""

    data: bytes
    doubt: str = ""
    forms: tuple[bytes, ...] = ()
    """The bytes as they were at each step, since writers digest any of them."""


def unpacked(block: bytes, transfer: str, content: str) -> Payload:
    """The payload in `block`, what stands behind the head of an HTTP answer.

    `transfer` and `content` are its `Transfer-Encoding` and `Content-Encoding`. What does not have
    the form that is declared stands as it is: many writers store what they have decoded.

    Raises:
        TooLargeError: it unpacks to more than any policy is long.
    """
    data, doubt = block, ""
    forms = [block]
    if "chunked" in transfer.lower():
        data, cut = _whole(block)
        doubt = "Its last chunks are missing." if cut else ""
        forms.append(data)
    names = [name.strip().lower() for name in content.split(",") if name.strip()]
    for name in reversed(names[:_MOST_ENCODINGS]):
        data, cut = _decoded(data, name)
        doubt = doubt or (f"Its compressed payload ({name}) is cut off or damaged." if cut else "")
        forms.append(data)
    return Payload(data, doubt, tuple(forms))


def _whole(block: bytes) -> tuple[bytes, bool]:
    """Chunks joined, and whether some are missing."""
    parts: list[bytes] = []
    at = 0
    while at < len(block):
        end = block.find(b"\n", at, at + 4_096)
        try:
            size = int(block[at:end].split(b";")[0].strip() or b"?", 16)
        except ValueError:
            return (b"".join(parts), True) if parts else (block, False)
        if size == 0:
            return b"".join(parts), False
        if size < 0:
            return block, False
        parts.append(block[end + 1 : end + 1 + size])
        at = end + 1 + size
        at += 2 if block[at : at + 2] == b"\r\n" else 1
    return b"".join(parts), True


def _decoded(data: bytes, name: str) -> tuple[bytes, bool]:
    """Unpacked, and whether something is missing."""
    if name in ("gzip", "x-gzip"):
        return _inflated(data, zlib.MAX_WBITS | 16) if data[:2] == b"\x1f\x8b" else (data, False)
    if name == "deflate":
        # Servers send either the format or what is inside of it (RFC 9110, 8.4.1.2).
        if len(data) > 1 and data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0:
            return _inflated(data, zlib.MAX_WBITS)
        found, cut = _inflated(data, -zlib.MAX_WBITS)
        return (data, False) if cut else (found, False)  # nothing marks it: it may be none
    if name == "br":
        return _from_brotli(data)
    return data, False


def _inflated(data: bytes, bits: int) -> tuple[bytes, bool]:
    parts, size = [], 0
    engine = zlib.decompressobj(bits)
    try:
        while data and not engine.eof:
            part = engine.decompress(data, _STEP)
            size += len(part)
            if size > LARGEST:
                raise TooLargeError
            parts.append(part)
            data = engine.unconsumed_tail
    except zlib.error:
        # What was not packed after all stands as it is; else what came before the damage is kept.
        return (b"".join(parts), True) if parts else (data, False)
    return b"".join(parts), not engine.eof


def _from_brotli(data: bytes) -> tuple[bytes, bool]:
    parts, size = [], 0
    engine = brotli.Decompressor()
    try:
        for at in range(0, len(data), _STEP):
            part = engine.process(data[at : at + _STEP], output_buffer_limit=_STEP)
            while part or not engine.can_accept_more_data():
                size += len(part)
                if size > LARGEST:
                    raise TooLargeError
                parts.append(part)
                part = engine.process(b"", output_buffer_limit=_STEP)
    except brotli.error:
        return (b"".join(parts), True) if parts else (data, False)
    return b"".join(parts), not engine.is_finished()


def differs(digest: str, forms: tuple[bytes, ...]) -> bool:
    """Whether `digest` (`sha1:…`, Base32 or hex) is that of none of `forms`.

    Digests of an unknown kind differ from nothing.
    """
    name, _, value = digest.rpartition(":")
    name = (name or "sha1").lower().replace("-", "")
    if name not in ("md5", "sha1", "sha256", "sha512") or not value:
        return False
    return not any(value.lower() in _written(name, data) for data in forms)


def _written(name: str, data: bytes) -> Iterator[str]:
    found = hashlib.new(name, data, usedforsecurity=False)
    yield found.hexdigest()
    yield base64.b32encode(found.digest()).decode().lower()
    yield base64.b32encode(found.digest()).decode().lower().rstrip("=")
