"""The sitemap: addresses of pages, in parts of as many as search engines accept."""

from collections.abc import Iterator, Sequence
from html import escape

MOST = 50_000
"""Addresses in one file, by https://www.sitemaps.org/protocol.html."""

_XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def files(addresses: Sequence[str], home: str) -> Iterator[tuple[str, bytes]]:
    """`sitemap.xml`, or `sitemap-1.xml` and so on and an index of them, below the address `home`.

    Addresses of pages alone, since the date of a build is no date of change.
    """
    parts = [addresses[at : at + MOST] for at in range(0, len(addresses), MOST)] or [[]]
    if len(parts) == 1:
        yield "sitemap.xml", _xml("urlset", "url", parts[0])
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _xml("urlset", "url", part)
    yield "sitemap.xml", _xml("sitemapindex", "sitemap", [home + name for name in names])


def _xml(root: str, item: str, addresses: Sequence[str]) -> bytes:
    lines = (f"<{item}><loc>{escape(address)}</loc></{item}>" for address in addresses)
    text = "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', f"<{root} {_XMLNS}>", *lines, f"</{root}>", ""]
    )
    return text.encode()
