"""Our fonts are subsets, and the licence of what they are subsets of keeps its name for the whole."""

from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest

import policy_archive.site

FONTS = Path(policy_archive.site.__file__).parent / "assets/fonts"
RESERVED = ("Source Serif", "Source Sans", "SourceSerif", "SourceSans")
_NAME = 5
"""Index of `name` among the tables that WOFF2 knows by number."""
_TRANSFORMED = (10, 11)
"""`glyf` and `loca`: transformed unless their version is 3; others unless it is 0."""


def number(data: Iterator[int]) -> int:
    """A number as WOFF2 has it: seven bits a byte (UIntBase128)."""
    value = 0
    for byte in data:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return value


def names(font: bytes) -> str:
    """The `name` table of a WOFF2 file, as text (https://www.w3.org/TR/WOFF2/)."""
    directory = iter(font[48:])
    sizes = []
    for _ in range(int.from_bytes(font[12:14])):
        flags = next(directory)
        tag, version = flags & 0x3F, flags >> 6
        if tag == 0x3F:
            tag = int.from_bytes(bytes(next(directory) for _ in range(4)))
        size = number(directory)
        transformed = version != 3 if tag in _TRANSFORMED else version != 0
        sizes.append((tag, number(directory) if transformed else size))
    rest = bytes(directory)
    tables = brotli.decompress(rest[: int.from_bytes(font[20:24])])
    start = 0
    for tag, size in sizes:
        if tag == _NAME:
            return str(tables[start : start + size], "utf-16-be", "replace")
        start += size
    raise AssertionError("no names")


@pytest.mark.parametrize("path", sorted(FONTS.glob("*.woff2")), ids=lambda path: path.name)
def test_a_subset_is_not_called_by_the_reserved_name(path: Path) -> None:
    found = names(path.read_bytes())
    assert "Policy Archive" in found
    assert "Reserved Font Name" in found  # whose work it is stays told
    assert not any(name in found for name in RESERVED)
