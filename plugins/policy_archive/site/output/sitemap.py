"""The sitemap: our own pages and those of MkDocs, in parts of as many as search engines accept."""

import gzip
from collections.abc import Sequence
from html import escape
from pathlib import Path

from mkdocs.utils import get_build_datetime

MOST = 50_000
"""Addresses in one file, by https://www.sitemaps.org/protocol.html."""

_XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def write(folder: Path, addresses: Sequence[str], home: str) -> None:
    """Write `sitemap.xml`, or an index of `sitemap-1.xml` and so on below the address `home`.

    Addresses of pages alone, since the date of a build is no date of change.
    """
    parts = [addresses[at : at + MOST] for at in range(0, len(addresses), MOST)] or [[]]
    if len(parts) == 1:
        _write(folder / "sitemap.xml", "urlset", "url", parts[0])
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        _write(folder / name, "urlset", "url", part)
    _write(folder / "sitemap.xml", "sitemapindex", "sitemap", [home + name for name in names])


def _write(path: Path, root: str, item: str, addresses: Sequence[str]) -> None:
    lines = (f"<{item}><loc>{escape(address)}</loc></{item}>" for address in addresses)
    xml = "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', f"<{root} {_XMLNS}>", *lines, f"</{root}>", ""]
    )
    path.write_text(xml, encoding="utf-8")
    stamp = int(get_build_datetime().timestamp())
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(xml.encode(), mtime=stamp))
