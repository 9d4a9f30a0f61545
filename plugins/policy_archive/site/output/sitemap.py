"""The sitemap of our own pages and those of MkDocs, compressed beside itself as MkDocs does."""

import gzip
from collections.abc import Sequence
from pathlib import Path

from mkdocs.utils import get_build_datetime

from policy_archive.pages.data import sitemap


def write(folder: Path, addresses: Sequence[str], home: str) -> None:
    """Write `sitemap.xml`, and the parts that it leads to, for a site at the address `home`."""
    stamp = int(get_build_datetime().timestamp())
    for name, data in sitemap.files(addresses, home):
        (folder / name).write_bytes(data)
        (folder / f"{name}.gz").write_bytes(gzip.compress(data, mtime=stamp))
