"""Snapshots as they are taken out of the catalogue: what is known of each, without its text."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path

import msgspec

from policy_archive.catalogue.archive import Entry
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.model import Notice, Snapshot
from policy_archive.sources.files import Source

_COLUMNS = """
    s.id, name, made, key, corrections, rank, segment, path, site, kind, captured,
    original_url, memento_url, raw_url, collection, revision, technical,
    title, language, words, blocks, sha256, checked
    FROM snapshots s JOIN sources USING (id)
"""
_SNAPSHOT = [
    it.name for it in fields(Snapshot) if it.name not in ("record_url", "licence", "document")
]
"""The other three are shown on the text's own page alone."""
_NOTICES = """
    SELECT source, code, message, severity, line
    FROM diagnostics d JOIN snapshots s ON s.id = source
    WHERE {} AND about = 'text' ORDER BY source, number
"""


@dataclass(frozen=True, slots=True)
class Placed(Entry):
    """An entry with what the catalogue knows of it."""

    id: int = field(kw_only=True)
    name: str = field(kw_only=True)
    """Of its source."""
    made: str = field(kw_only=True)
    """Digest of what else its visit made of it."""


def unplaced(catalogue: Catalogue, site: str, kind: str) -> list[Placed]:
    """All wanted snapshots of a policy, wherever they stand, in no order, without segments."""
    where = "s.site = ? AND s.kind = ?"
    return list(_entries(catalogue, f"{where} AND wanted", where, (site, kind), placed=False))


def of_policy(catalogue: Catalogue, policy: int) -> list[Placed]:
    """The snapshots of a policy, by its id, oldest first, undated ones last."""
    where = "s.policy = ? AND s.position IS NOT NULL"
    return list(_entries(catalogue, f"{where} ORDER BY position", where, (policy,), placed=True))


def _entries(
    catalogue: Catalogue, clause: str, where: str, values: tuple[object, ...], *, placed: bool
) -> Iterator[Placed]:
    ask = catalogue.connection.execute
    notices: dict[int, list[Notice]] = {}
    for id, *notice in ask(_NOTICES.format(where), values):
        notices.setdefault(id, []).append(Notice(*notice))
    for row in ask(f"SELECT {_COLUMNS} WHERE {clause}", values).fetchall():
        id, name, made, key, corrections, rank, segment, *rest = row
        *snapshot, title, language, words, blocks, sha256, checked = rest
        origin = msgspec.convert(
            dict(zip(_SNAPSHOT, snapshot, strict=True)), Snapshot, strict=False
        )
        yield Placed(
            snapshot=origin,
            title=title,
            language=language,
            words=words,
            blocks=blocks,
            sha256=sha256,
            checked=bool(checked),
            notices=tuple(notices.get(id, ())),
            segment=segment if placed else "",
            source=Source(origin.path, Path(), revision=origin.revision, order=rank),
            key=key,
            id=id,
            name=name,
            made=made,
            corrections=corrections,
        )
