"""One visit to a text: its record, its rows in the catalogue, and whatever else only needs it.

A visit is a task: it is done in any process that has this program, takes what it needs with it and
brings back bytes and rows. A pair of texts is visited once, too: what changed, summed up, and what
is made of that.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from policy_archive.build.tasks import cache_key, failure, read_source
from policy_archive.build.texts import RECORD, Texts, packed, unpacked
from policy_archive.catalogue.digests import digest
from policy_archive.catalogue.published.withdrawn import NOTHING, Withdrawn
from policy_archive.catalogue.rows import Quotes, SnapshotRows, quotes, rows_of
from policy_archive.diff import Change, ChangeSummary, compare, returning, summarise
from policy_archive.model import Record
from policy_archive.settings import Settings
from policy_archive.sources.files import Source
from policy_archive.sources.provenance import Claims
from policy_archive.topics.corrections import Corrections


class Extra(NamedTuple):
    """What else a visit makes of a text: a page's body, what search reads, a data file."""

    name: str
    version: str
    """Another one where the same text would give something else: templates, options."""
    make: Callable[[Record, Quotes], bytes]
    """Of the record and what it says on each topic; a function that travels to workers, or a
    partial of one."""


class ChangeExtra(NamedTuple):
    """What else a visit to two texts makes of what changed between them."""

    name: str
    version: str
    make: Callable[[Change, Record, Record], bytes]


@dataclass(frozen=True, slots=True)
class Order:
    """What visits are to make."""

    settings: Settings
    corrections: Corrections = field(default_factory=Corrections)
    extras: tuple[Extra, ...] = ()
    change_extras: tuple[ChangeExtra, ...] = ()
    withdrawn: Withdrawn = NOTHING
    """Of these nothing is made and nothing kept."""

    @property
    def made(self) -> str:
        """A digest of what is made of a text besides its record."""
        return digest([(it.name, it.version) for it in self.extras])

    @property
    def made_of_changes(self) -> str:
        """The same for changes."""
        return digest([(it.name, it.version) for it in self.change_extras])


@dataclass(frozen=True, slots=True)
class CarriedSource(Source):
    """A source with its bytes, for a process that may not see the file."""

    data: bytes = b""
    said: Claims | None = None

    def read(self) -> bytes:
        """The bytes."""
        return self.data

    def claims(self) -> Claims | None:
        """What was known."""
        return self.said


class Text(NamedTuple):
    """A text to visit, as its source or as the record that was made of it before."""

    key: str
    source: Source
    record: bytes | None = None
    """As `texts.packed` made it."""


class Visit(NamedTuple):
    """What was made of a text, or why nothing could be."""

    key: str
    corrections: str = ""
    """Digest of those of its site."""
    asked: tuple[str, str, str] = ("", "", "")
    """What a maintainer's selection goes by: kind, moment, language."""
    rows: SnapshotRows | None = None
    parts: Sequence[tuple[str, str, bytes]] = ()
    """Key, name and value, as `texts.packed` makes it."""
    failure: str = ""
    withdrawn: bool = False


class TextBatch(NamedTuple):
    """A task: texts to visit."""

    order: Order
    texts: Sequence[Text]


def visit(batch: TextBatch) -> list[Visit]:
    """Visit texts. Whatever one of them raises is its own failure and stops no other."""
    return [_visit(text, batch.order) for text in batch.texts]


def _visit(text: Text, order: Order) -> Visit:
    try:
        record, kept = _record(text, order.settings)
        snapshot = record.snapshot
        identity = (snapshot.site, snapshot.kind, snapshot.captured)
        if order.withdrawn.hides(*identity, record.sha256):
            return Visit(text.key, withdrawn=True)
        corrected = order.corrections.apply(record)
        said = quotes(corrected)
        parts = [(it.name, it.make(corrected, said)) for it in order.extras]
        return Visit(
            key=text.key,
            corrections=order.corrections.digest(record.snapshot.site),
            asked=(record.snapshot.kind, record.snapshot.captured, record.language),
            rows=rows_of(corrected, said),
            parts=[
                (text.key, RECORD, kept),
                *((text.key, name, packed(text.key, name, value)) for name, value in parts),
            ],
        )
    except Exception as error:
        return Visit(text.key, failure=failure(error))


def _record(text: Text, settings: Settings) -> tuple[Record, bytes]:
    """The record, without corrections, and as it is kept."""
    if text.record:
        return decoded(text.record), text.record
    record = read_source(text.source, settings)
    return record, packed(text.key, RECORD, msgspec.msgpack.encode(record))


def decoded(data: bytes) -> Record:
    """The record that was packed as `data`."""
    return msgspec.msgpack.decode(unpacked(data), type=Record)


def known_record(source: Source, settings: Settings, texts: Texts) -> Record:
    """Everything that can be said of one text, without corrections: as it is kept, or read anew.

    Raises:
        OSError: it cannot be read.
    """
    data = texts.get(cache_key(source, settings), RECORD)
    return decoded(data) if data else read_source(source, settings)


class Compared(NamedTuple):
    """What changed between two texts, or why that could not be found out."""

    id: int
    summary: ChangeSummary
    parts: Sequence[tuple[str, str, bytes]] = ()
    failure: str = ""


class PairOfTexts(NamedTuple):
    """Two texts to compare."""

    id: int
    """Of the change."""
    key: str
    before: int
    """The old record."""
    after: int
    past: Mapping[bytes, str]
    """What the new text has of captures before the old one (`Past.of`)."""


class PairBatch(NamedTuple):
    """A task: pairs of one policy's texts, in time order, with the records they need, each once."""

    order: Order
    records: Mapping[int, bytes]
    pairs: Sequence[PairOfTexts]


def compare_pairs(batch: PairBatch) -> list[Compared]:
    """Compare texts. Whatever one pair raises is its own failure and stops no other."""
    return list(_compared(batch))


def _compared(batch: PairBatch) -> Iterator[Compared]:
    order = batch.order
    held: dict[int, Record] = {}
    for pair in batch.pairs:
        try:
            ends = (pair.before, pair.after)
            held = {it: held.get(it) or decoded(batch.records[it]) for it in ends}
            old, new = (order.corrections.apply(held[it]) for it in ends)
            change = returning(compare(old.document, new.document), pair.past)
            parts = [(it.name, it.make(change, old, new)) for it in order.change_extras]
            yield Compared(
                pair.id,
                summarise(change, old, new),
                [(pair.key, name, packed(pair.key, name, value)) for name, value in parts],
            )
        except Exception as error:
            failure = f"{type(error).__name__}: {error}"
            yield Compared(pair.id, ChangeSummary(), failure=failure)
