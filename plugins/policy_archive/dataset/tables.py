"""The tables of the dataset: what each column holds, described here alone.

Headers of CSV, schemas of Parquet and SQLite, the fields of the Data Package and the documents'
reference are all made of these descriptions. Text is never empty: where there is nothing to say a
value is null.
"""

from collections.abc import Mapping
from typing import Annotated, NamedTuple, get_args, get_type_hints


class SnapshotRow(NamedTuple):
    """One capture of one policy at one moment."""

    page: Annotated[str, "address of its page below the site's root; names it in every table"]
    policy: Annotated[str, "address of its policy's page below the site's root"]
    site: Annotated[str, "domain, or a service's name where the archive has no domain"]
    kind: Annotated[str, "of terms: `privacy-policy`, `terms-of-service` …"]
    captured: Annotated[
        str | None, "when it was captured, UTC: `2014-05-21T17:33:13Z`, or the day; null: unknown"
    ]
    captured_precision: Annotated[str | None, "of that: `second` or `day`"]
    newest: Annotated[bool, "whether it is its policy's newest dated capture"]
    speaking: Annotated[bool, "whether its policy is quoted by it: the newest that is sound"]
    fault: Annotated[str | None, "why it cannot speak for its policy, by code; null: it could"]
    title: Annotated[str | None, "of the text"]
    language: Annotated[str, "of the text, as a BCP 47 tag; `und`: it could not be told"]
    words: Annotated[int, "of the cleaned text"]
    blocks: Annotated[int, "paragraphs, lists and tables in which topics were sought"]
    checked: Annotated[
        bool, "false: that no passage was found says nothing (another language, too short, cut off)"
    ]
    technical: Annotated[bool, "recorded since an archive's tools had changed, not the text"]
    original_url: Annotated[str | None, "where it was published (Memento: URI-R)"]
    memento_url: Annotated[str | None, "where the capture is replayed (Memento: URI-M)"]
    collection: Annotated[str | None, "that it was taken from"]
    path: Annotated[str, "of the archived file, in the archive's folder or its repository"]
    revision: Annotated[str | None, "commit that recorded it, in a repository"]
    sha256: Annotated[str, "SHA-256 of the archived bytes, in hex digits"]


class PassageRow(NamedTuple):
    """A block of a text that possibly speaks to a topic: that it mentions it is all we say."""

    page: Annotated[
        str, "of the snapshot; with `#` and the block behind it, the passage's permalink"
    ]
    topic: Annotated[str, "id of the topic"]
    block: Annotated[str, "id of the block: equal wherever the words are"]
    site: Annotated[str, "as in `snapshots`"]
    captured: Annotated[str | None, "as in `snapshots`"]
    place: Annotated[int, "among the blocks of the text, from 0"]
    opp115: Annotated[str | None, "category of OPP-115 that the topic belongs to"]
    score: Annotated[float, '0.35 to 1: from 0.5 on it counts, below it is shown as "possibly"']
    human: Annotated[bool, "said by a person, not found by the program"]
    start: Annotated[int, "character of `text`, from 0, from which on it speaks to the topic"]
    heading: Annotated[str | None, "of the section that it stands in"]
    text: Annotated[str, "of the whole block; a list's items and a table's rows one a line"]


class ChangeRow(NamedTuple):
    """The difference between two captures of a policy that follow each other."""

    page: Annotated[str, "address of its page below the site's root"]
    policy: Annotated[str, "as in `snapshots`"]
    site: Annotated[str, "as in `snapshots`"]
    kind: Annotated[str, "as in `snapshots`"]
    before: Annotated[str, "page of the older snapshot"]
    after: Annotated[str, "page of the newer snapshot"]
    since: Annotated[str | None, "when the old words were last captured: it changed after that"]
    captured: Annotated[str | None, "when the new words were first captured: it changed before"]
    bridged: Annotated[int, "captures between them that look broken and are passed over"]
    technical: Annotated[bool, "only an archive's tools caused it"]
    passages: Annotated[int | None, "with words added or removed; null: could not be compared"]
    added: Annotated[int | None, "words"]
    removed: Annotated[int | None, "words"]
    moved: Annotated[int | None, "passages that stand elsewhere now"]
    cosmetic: Annotated[int | None, "passages that only look different"]
    returned: Annotated[int | None, "passages that stood in an earlier capture, and stand again"]
    share: Annotated[float | None, "of the words of both, how many came or went: 0 to 1"]
    topics: Annotated[str | None, "ids of the topics that it touches, with spaces between them"]


class DoubtRow(NamedTuple):
    """A doubt about a snapshot, or a problem of the archive's upkeep with it."""

    page: Annotated[str, "of the snapshot"]
    number: Annotated[int, "among those of the snapshot, from 1"]
    site: Annotated[str, "as in `snapshots`"]
    code: Annotated[str, "of what is doubted"]
    severity: Annotated[str, "`doubt`: a fact about the archive; `problem`: a mistake in it"]
    message: Annotated[str, "the same in a sentence"]
    line: Annotated[int, "of the archived file, from 1"]


_KINDS: Mapping[type, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}


class Column(NamedTuple):
    """A column of a table."""

    name: str
    type: type[str] | type[int] | type[float] | type[bool]
    nullable: bool
    description: str
    """In Markdown's backquotes stands what is to be read letter by letter."""

    @property
    def kind(self) -> str:
        """The type as Table Schema calls it."""
        return _KINDS[self.type]


class Table(NamedTuple):
    """A table: its rows are described by a type of this module."""

    name: str
    row: type[SnapshotRow | PassageRow | ChangeRow | DoubtRow]
    key: tuple[str, ...]
    """The columns that tell its rows apart."""
    snapshots: tuple[str, ...] = ()
    """The columns that name a row of `snapshots`, by its `page`."""

    @property
    def description(self) -> str:
        """What a row is."""
        return (self.row.__doc__ or "").strip()

    @property
    def columns(self) -> tuple[Column, ...]:
        """In the order in which they stand in rows."""
        hints = get_type_hints(self.row, include_extras=True)
        return tuple(_column(name, *get_args(hint)) for name, hint in hints.items())


def _column(name: str, type: object, description: str) -> Column:
    one, *null = get_args(type) or (type,)
    return Column(name, one, bool(null), description)


TABLES = (
    Table("snapshots", SnapshotRow, ("page",)),
    Table("passages", PassageRow, ("page", "topic", "block"), ("page",)),
    Table("changes", ChangeRow, ("page",), ("before", "after")),
    Table("doubts", DoubtRow, ("page", "number"), ("page",)),
)
"""Every table; their order is that in which they are written and shown."""
